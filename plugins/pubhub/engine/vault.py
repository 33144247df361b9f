"""Costly files by what they were made from: takes a folder and keys, keeps bytes that check themselves.

Pictures, brand files and print take seconds each and depend on little, so they outlive the site they were made for, whichever
content folder or edition asked. Safe to delete at any time; a damaged file reads as missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Literal

MOST = 2_000_000_000
"""Bytes kept; the longest unused go first."""
_DIGEST = 32


class Vault:
    """Bytes by key. Only this project writes here."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder, self._most = folder, most

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

    def prune(self) -> None:
        """Bounds the size."""
        found = []
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime_ns, path.name, stat.st_size, path))
        total = sum(size for _, _, size, _ in found)
        for _, _, size, path in sorted(found):
            if total <= self._most:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size

    def _path(self, key: bytes) -> Path:
        name = hashlib.blake2b(key, digest_size=20).hexdigest()
        return self._folder / name[:2] / name[2:]


def vault_of(cache: Path) -> Vault:
    """Where costly files are kept, for all content folders and editions together."""
    return Vault(cache / "vault")
