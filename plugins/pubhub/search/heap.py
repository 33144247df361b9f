"""Files of an index between builds: takes a folder, keeps everything in one file that grows, so that an edit writes what it changes.

Nothing here is believed: whoever reads knows the digest of what was written.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

Spot = tuple[int, int]
"""Where something begins, and how many bytes it has."""
_WASTE = 1 << 22
"""So many bytes may always be out of use."""


class Heap:
    """A file that only grows, so that what is known of it stays true whatever happens to a build."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = ""
        """Of the file; empty before the first one is begun."""

    def read(self, spot: Spot) -> bytes:
        """What is at a spot, or whatever is there now."""
        try:
            with (self._folder / self.name).open("rb") as file:
                file.seek(spot[0])
                return file.read(spot[1])
        except OSError:
            return b""

    def begin(self) -> None:
        """The next writing starts a new file."""
        names = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
        self.name = str(1 + max((int(name) for name in names if name.isdecimal()), default=0))

    def put(self, spots: dict[str, Spot], files: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Appends files, each with its digest, and notes where. What a full disk does not take will read as something else."""
        path = self._folder / self.name
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                at = file.tell()
                for url, (_, data) in files.items():
                    spots[url] = (at, len(data))
                    at += len(data)
                file.write(b"".join([data for _, data in files.values()]))

    def is_wasteful(self, spots: Mapping[str, Spot]) -> bool:
        """True if most of the file is out of use."""
        end = max((at + size for at, size in spots.values()), default=0)
        return end > _WASTE + 3 * sum(size for _, size in spots.values())

    def sweep(self) -> None:
        """Removes the files of earlier beginnings."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name != self.name:
                    path.unlink()
