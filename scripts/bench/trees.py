"""Folders as facts: size, number of files, digests, what differs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """How big a site is."""

    bytes: int
    files: int


def size(folder: Path) -> Size:
    """Sum and number of all files."""
    sizes = [path.stat().st_size for _, path in files(folder)]
    return Size(sum(sizes), len(sizes))


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file with its place below the folder, in order."""
    found = []
    for here, _, names in os.walk(folder):
        found += [Path(here) / name for name in names]
    yield from sorted((path.relative_to(folder).as_posix(), path) for path in found)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file by its place; empty if there is no folder."""
    return {place: hashlib.sha256(path.read_bytes()).hexdigest() for place, path in files(folder)}


def digest(folder: Path) -> str:
    """One SHA-256 over all places and bytes."""
    return hashlib.sha256("".join(f"{place}\0{sha}\n" for place, sha in digests(folder).items()).encode()).hexdigest()


def differences(one: Path, other: Path) -> list[str]:
    """Places that are not the same in both: `-` only in the first, `+` only in the second, `≠` different bytes."""
    first, second = digests(one), digests(other)
    found = [f"- {place}" for place in sorted(first.keys() - second.keys())]
    found += [f"+ {place}" for place in sorted(second.keys() - first.keys())]
    return found + [f"≠ {place}" for place in sorted(first.keys() & second.keys()) if first[place] != second[place]]
