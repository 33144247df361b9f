"""What stands in a folder: takes a folder, gives its files by address with size, time and inode, and the folders in it.

Nothing is opened and no link followed: thousands of files are looked at in a moment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

Look = tuple[int, int, int]
"""Size, mtime in nanoseconds, inode: as long as it stays, so do the bytes."""


@dataclass(frozen=True)
class Standing:
    """A folder as it was found."""

    files: dict[str, Look] = field(default_factory=dict)
    """Everything that is no folder, by address relative to the root."""
    folders: frozenset[str] = frozenset()
    """Without the root."""
    inode: int = 0
    """Of the root: it stays when the folder is moved."""

    def is_of(self, root: Path) -> bool:
        """True if this was said of the folder that is now at `root`."""
        return self.inode != 0 and root.stat().st_ino == self.inode


def standing(root: Path) -> Standing:
    """Everything below `root`; nothing for a folder that is not there."""
    files: dict[str, Look] = {}
    folders: list[str] = []
    try:
        inode = root.stat().st_ino
    except OSError:
        return Standing()
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(f"{root}/{prefix}") as found:
                entries = list(found)
        except OSError:
            continue
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
                waiting.append(f"{name}/")
            else:
                with suppress(OSError):
                    files[name] = look(entry)
    return Standing(files, frozenset(folders), inode)


def look(entry: os.DirEntry[str]) -> Look:
    """How a file looks on disk. Raises OSError."""
    # On Windows a directory entry knows no inode.
    found = os.lstat(entry.path) if sys.platform == "win32" else entry.stat(follow_symlinks=False)
    return found.st_size, found.st_mtime_ns, found.st_ino


def level(root: Path, there: Standing, kept: Iterable[str], folders: Iterable[str]) -> None:
    """Clears away what shall not stay and makes the folders that shall be.

    Args:
        there: what stands below `root`.
        kept: addresses of files that stay.
        folders: all folders that are needed, those between included.
    """
    needed = frozenset(folders)
    for url in there.files.keys() - frozenset(kept):
        (root / url).unlink()
    # Deepest first.
    for name in sorted(there.folders - needed, reverse=True):
        (root / name).rmdir()
    for name in sorted(needed - there.folders):
        (root / name).mkdir()
