"""Files are written whole or not at all: into a temporary file beside them, then renamed."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path


def write(path: Path, data: bytes, workplace: Path | None = None) -> None:
    """Replaces or makes a file; its permissions stay.

    Args:
        workplace: an existing folder on the same file system for the temporary file, if one beside `path`
            would be in the way.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = (workplace or path.parent) / f".{path.name}.{os.getpid()}.new"
    try:
        temporary.write_bytes(data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_if_changed(path: Path, text: str) -> bool:
    """Writes text with LF ends unless the file says the same already (CRLF from a checkout counts as the same)."""
    if is_same(path, text):
        return False
    write(path, text.encode())
    return True


def is_same(path: Path, text: str) -> bool:
    """True if the file holds this text, whatever its line ends."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n") == text
    except (OSError, UnicodeDecodeError):
        return False
