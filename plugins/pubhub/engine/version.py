"""What made a result: takes the code and the libraries it stands on, gives one text that changes when they do."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_LIBRARIES = ("Jinja2", "Markdown", "MarkupSafe", "Pillow", "Pygments", "PyYAML", "nh3", "pymdown-extensions")


@cache
def code_version() -> str:
    """Hash of this package, its libraries' versions and Python's."""
    # Imported late: it brings a parser of e-mails, and most of this module needs none of it.
    from importlib.metadata import version

    package = Path(__file__).parents[1]
    files = sorted(p for p in package.rglob("*") if p.suffix in {".py", ".toml", ".typ"})
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    return digest(sys.version, *libraries, *(f"{p.relative_to(package)} {p.read_bytes().hex()}" for p in files)).hex()


def folder_key(folders: Iterable[Path]) -> str:
    """Hash of every file below some folders, by name and content."""
    parts = []
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            parts += [path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]
    return digest(*parts).hex()


def digest(*parts: str | bytes) -> bytes:
    """16 bytes over the parts, each with its length, so that ("ab", "c") differs from ("a", "bc")."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "little"))
        whole.update(data)
    return whole.digest()
