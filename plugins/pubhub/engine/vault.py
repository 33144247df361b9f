"""Costly files by what they were made from: takes a folder and keys, keeps bytes that check themselves.

Pictures, brand files and print take seconds each and depend on little, so they outlive the site they were made for, whichever
content folder or edition asked. Safe to delete at any time; a damaged file reads as missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

MOST = 2_000_000_000
"""Bytes kept; the longest unused go first."""
MOST_FILES = 60_000
"""Files kept: each takes a block of the disk, however small, and is looked at when the vault is tidied."""
_DIGEST = 32


class Vault:
    """Bytes by key. Only this project writes here."""

    def __init__(self, folder: Path, most: int = MOST, most_files: int = MOST_FILES) -> None:
        self._folder, self._most, self._most_files = folder, most, most_files

    def get(self, key: bytes) -> bytes | None:
        """What was put under the key, or None."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if hashlib.blake2b(data[_DIGEST:], digest_size=_DIGEST).digest() != data[:_DIGEST]:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data[_DIGEST:]

    def look(self, key: bytes) -> Literal["whole", "missing", "damaged"]:
        """How it stands with a key."""
        return "whole" if self.get(key) is not None else "damaged" if self._path(key).exists() else "missing"

    def put(self, key: bytes, data: bytes) -> None:
        """Replaces in one step. A full disk costs the memory, never the build."""
        path = self._path(key)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(hashlib.blake2b(data, digest_size=_DIGEST).digest())
                file.write(data)
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def prune(self, used: Iterable[bytes] = (), since_ns: int = sys.maxsize) -> None:
        """Bounds size and number. What the last build used stays, even if that alone is more than the bounds.

        Args:
            used: keys of what stands in the site, whether it was asked for here or not.
            since_ns: when that build began; what was asked for or put here since is used as well.
        """
        found = []
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime_ns, path, stat.st_size))
        size, count = sum(one[2] for one in found), len(found)
        if size <= self._most and count <= self._most_files:
            return
        needed = {self._path(key) for key in used}
        for path in needed:
            with contextlib.suppress(OSError):
                os.utime(path)
        for at, path, bytes_ in sorted(found):
            if size <= self._most and count <= self._most_files:
                return
            if at >= since_ns or path in needed:
                continue
            with contextlib.suppress(OSError):
                path.unlink()
            size, count = size - bytes_, count - 1

    def _path(self, key: bytes) -> Path:
        name = hashlib.blake2b(key, digest_size=20).hexdigest()
        return self._folder / name[:2] / name[2:]


def vault_of(cache: Path) -> Vault:
    """Where costly files are kept, for all content folders and editions together."""
    return Vault(cache / "vault")
