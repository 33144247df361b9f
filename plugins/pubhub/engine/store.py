"""What earlier builds worked out: takes a folder and a version, keeps pickled tables in shards that check themselves.

Safe to delete at any time. A table that is missing, damaged or of another version reads as empty, so the work is done again.
Only this project writes here; a pickle from elsewhere is never read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

SHARDS = 64
_MAGIC = b"pubhub\n"


class Store:
    """Tables of one content folder."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version.encode("utf-8")
        self._ahead: dict[str, dict[int, dict[str, Any]]] = {}

    def read(self, table: str, shard: int = 0) -> dict[str, Any]:
        """A shard of a table, or nothing."""
        try:
            data = self._path(table, shard).read_bytes()
        except OSError:
            return {}
        head = len(_MAGIC) + 32
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : head] != self._digest(data[head:]):
            return {}
        try:
            found = pickle.loads(data[head:])
        except Exception:
            return {}
        return found if isinstance(found, dict) else {}

    def read_all(self, table: str) -> dict[str, Any]:
        """All shards of a table together."""
        found: dict[str, Any] = {}
        ahead, self._ahead = self._ahead, {}
        for shard in range(SHARDS):
            known = ahead.get(table, {}).get(shard)
            found.update(self.read(table, shard) if known is None else known)
        return found

    def read_ahead(self, table: str, enough: Callable[[], bool]) -> None:
        """Reads for the next `read_all` until there is something better to do."""
        shards = self._ahead.setdefault(table, {})
        for shard in range(SHARDS):
            if enough():
                return
            shards[shard] = self.read(table, shard)

    def write(self, table: str, content: Mapping[str, Any], shard: int = 0) -> None:
        """Replaces a shard in one step. A full disk costs the memory, never the build."""
        payload = pickle.dumps(dict(content), pickle.HIGHEST_PROTOCOL)
        path = self._path(table, shard)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(_MAGIC + self._digest(payload))
                file.write(payload)
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            with contextlib.suppress(OSError):
                path.unlink()

    def folder(self, name: str) -> Path:
        """Where something is kept in a form of its own; it goes with the store, and may be damaged like any table."""
        return self._folder / name

    def touch(self) -> None:
        """Says that the store is in use: `prune` lets the longest unused go."""
        with contextlib.suppress(OSError):
            os.utime(self._folder)

    def clear(self) -> None:
        """Forgets everything."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _digest(self, payload: bytes) -> bytes:
        # Keyed by the version: what another version wrote does not even look whole.
        key = hashlib.blake2b(self._version, digest_size=32).digest()
        return hashlib.blake2b(payload, digest_size=32, key=key).digest()

    def _path(self, table: str, shard: int) -> Path:
        return self._folder / table / f"{shard:02}"


def shard_of(name: str) -> int:
    """Which shard a name belongs to; the same on every machine."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % SHARDS


def by_shard(names: Iterable[str]) -> dict[int, list[str]]:
    """Names by shard."""
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(shard_of(name), []).append(name)
    return found


def prune(root: Path, keep: int) -> None:
    """Bounds the memory: only the `keep` stores that were used last stay."""
    if not root.is_dir():
        return
    stores = sorted(_dated(root), reverse=True)
    for _, folder in stores[keep:]:
        shutil.rmtree(folder, ignore_errors=True)


def _dated(root: Path) -> Iterator[tuple[float, Path]]:
    for folder in root.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            with contextlib.suppress(OSError):
                yield folder.stat().st_mtime, folder
