"""Brand files in a folder for people: takes planned files and their bytes, writes what differs, removes what is no longer wanted.

`assets.json` in the folder says which files are ours; nothing else is ever touched.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pubhub.brand.derive import Derived
from pubhub.engine.vault import Vault
from scripts.words import Refusal, Words
from scripts.writing import write

RECORD = "assets.json"
_OURS = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+")
"""Names that we write; a record that says others was not written by us."""


@dataclass(frozen=True)
class Fault:
    """A file that is not as it should be."""

    name: str
    kind: Literal["missing", "stale", "damaged", "surplus"]


@dataclass(frozen=True)
class Entry:
    """A line of the record."""

    name: str
    size: int
    sha256: str
    key: str


def chosen(files: Sequence[Derived], pattern: str | None, words: Words) -> list[Derived]:
    """Files whose name fits a shell pattern; all without one. Raises Refusal, with near names, if none does."""
    if pattern is None:
        return list(files)
    found = [one for one in files if fnmatchcase(one.name, pattern) or fnmatchcase(one.path, pattern)]
    if not found:
        bare = pattern.strip("*?")
        names = [one.name for one in files]
        near = (
            difflib.get_close_matches(bare, names, n=5, cutoff=0.4) or [name for name in names if bare[:4] in name][:5]
        )
        raise Refusal(
            "assets-none", code=2, value=pattern, near=words("assets-near", known="、".join(near)) if near else ""
        )
    return found


def vault_faults(files: Iterable[Derived], vault: Vault) -> Iterator[Fault]:
    """What the vault lacks."""
    for one in files:
        state = vault.look(one.key)
        if state != "whole":
            yield Fault(one.name, state)


def folder_faults(out: Path, files: Sequence[Derived], all_files: Sequence[Derived]) -> Iterator[Fault]:
    """What a written folder lacks, and what it has too much. Raises Refusal if it is not ours."""
    record = read_record(out)
    for one in files:
        entry = record.get(one.path)
        data = _read(out / one.path)
        if data is None:
            yield Fault(one.path, "missing")
        elif entry is None or entry.key != one.key.hex():
            yield Fault(one.path, "stale")
        elif hashlib.sha256(data).hexdigest() != entry.sha256:
            yield Fault(one.path, "damaged")
    wanted = {one.path for one in all_files}
    yield from (Fault(name, "surplus") for name in sorted(record.keys() - wanted) if (out / name).is_file())


def write_folder(
    out: Path, files: Sequence[Derived], all_files: Sequence[Derived], data_of: Callable[[Derived], bytes]
) -> tuple[int, int]:
    """Brings a folder up to date.

    Args:
        files: those to be written.
        all_files: those that may stay.

    Returns:
        How many files were written and how many removed.

    Raises:
        Refusal: the folder is not ours.
    """
    record = read_record(out)
    written = 0
    for one in files:
        data = data_of(one)
        if _read(out / one.path) != data:
            write(out / one.path, data)
            written += 1
        record[one.path] = Entry(one.path, len(data), hashlib.sha256(data).hexdigest(), one.key.hex())
    pruned = 0
    for name in sorted(record.keys() - {one.path for one in all_files}):
        pruned += _removed(out, record.pop(name))
    text = json.dumps({"files": [vars(entry) for _, entry in sorted(record.items())]}, ensure_ascii=False, indent=1)
    if _read(out / RECORD) != (text + "\n").encode():
        write(out / RECORD, (text + "\n").encode())
    return written, pruned


def read_record(out: Path) -> dict[str, Entry]:
    """What we wrote there before, by name. Raises Refusal for a record that cannot be ours."""
    data = _read(out / RECORD)
    if data is None:
        return {}
    try:
        entries = [Entry(**entry) for entry in json.loads(data)["files"]]
        good = all(_OURS.fullmatch(entry.name) and ".." not in entry.name for entry in entries)
    except (ValueError, TypeError, KeyError):
        good = False
    if not good:
        raise Refusal("assets-record", code=2, path=out)
    return {entry.name: entry for entry in entries}


def _removed(out: Path, entry: Entry) -> bool:
    """Removes a file of ours; one that somebody has changed since stays."""
    path = out / entry.name
    data = _read(path)
    if data is None or hashlib.sha256(data).hexdigest() != entry.sha256:
        return False
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return True


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
