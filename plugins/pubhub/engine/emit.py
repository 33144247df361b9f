"""Writes a plan into a folder: what has not changed stays or is linked from the last site, the rest is made on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pubhub.engine.plan import File, Output, Page, Plan
from pubhub.engine.render import Printer
from pubhub.engine.standing import Look, Standing, level, standing
from pubhub.engine.timing import Timing
from pubhub.engine.vault import Vault
from pubhub.engine.workers import spread
from pubhub.pages.steady import Footing
from pubhub.safety.audit import Finding, Inspector

_CHUNK = 16
_ROUND = 5500
"""Outputs before the workers are replaced: each copies whatever memory it touches, and new ones begin with none."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_Todo = tuple[Output, bytes]
"""What to make and its key."""


class Written(NamedTuple):
    """A file of a finished site, by what it was made from and what it looks like on disk."""

    key: bytes
    size: int
    mtime_ns: int
    inode: int

    def looks(self, look: Look | None) -> bool:
        """True if this is how a file looks that nobody has touched since."""
        return look == self[1:]

    def is_at(self, path: str) -> bool:
        """True if nobody has touched the file since."""
        try:
            found = os.stat(path, follow_symlinks=False)  # noqa: PTH116  thousands of times a build
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns, found.st_ino) == self[1:]


@dataclass(frozen=True)
class LastSite:
    """The site that stands, and what is known of its files."""

    folder: Path
    shared: bytes
    """Of what all its outputs depended on."""
    files: Mapping[str, Written]
    footing: Footing | None = None

    def data(self, url: str, key: bytes) -> bytes | None:
        """A file as it stands, if it was made from the same; else None."""
        known = self.files.get(url)
        if known is None or known.key != key or not known.is_at(f"{self.folder}/{url}"):
            return None
        return (self.folder / url).read_bytes()


@dataclass(frozen=True)
class Emitted:
    """What `emit` did."""

    shared: bytes
    files: dict[str, Written]
    made: int
    """Outputs made anew."""
    findings: list[Finding]
    footing: Footing | None = None
    kept: tuple[bytes, ...] = ()
    """Keys of the costly files in it, as the vault knows them."""
    costly: int = 0
    """Groups of costly files that were made anew, or taken from the vault."""


def emit(
    plan: Plan,
    printer: Printer,
    folder: Path,
    shared: bytes,
    inspector: Inspector,
    last: LastSite | None = None,
    progress: Callable[[int, int], None] | None = None,
    timing: Timing | None = None,
    vault: Vault | None = None,
    there: Standing | None = None,
) -> Emitted:
    """Fills `folder`, which is empty or holds an earlier site: of that stays what is in the new one to the byte.

    Args:
        shared: of everything that all outputs depend on.
        last: unchanged files are taken from here.
        vault: costly files are taken from here, and put here.
        there: what stands in `folder`, where somebody has looked.
    """
    timing = timing or Timing()
    outputs = [output for _, output in sorted(plan.outputs.items())]
    before = last.files if last is not None and last.shared == shared else {}
    files: dict[str, Written] = {}
    todo: list[_Todo] = []
    missing: list[tuple[Output, Written]] = []
    with timing.step("compare"):
        if there is None or not there.is_of(folder):
            there = standing(folder)
        for output in outputs:
            known = before.get(output.url)
            key = known.key if known is not None and _is_steady(output) else _key_of(output)
            if known is None or not key or known.key != key:
                todo.append((output, key))
            elif known.looks(there.files.get(output.url)):
                files[output.url] = known
            else:
                missing.append((output, known))
        level(folder, there, files, _folders(outputs))
        for output, known in missing:
            if _taken(last, known, output.url, folder):
                files[output.url] = known
            else:
                todo.append((output, known.key))
    findings: list[Finding] = []
    made = 0
    work = _Work(printer, folder, inspector, vault)
    groups, rest = _apart(todo)
    with timing.step("print"):
        rounds = (spread(work, rest[n : n + _ROUND], _CHUNK) for n in range(0, len(rest), _ROUND))
        for answers in chain(spread(work.groups, groups, 1, least=2), chain.from_iterable(rounds)):
            for url, written, found in answers:
                files[url] = written
                findings += found
            made += len(answers)
            if progress is not None:
                progress(made, len(todo))
    kept = tuple(output.key for output in outputs if isinstance(output, File) and output.keep and output.key)
    return Emitted(shared, files, made, sorted(findings), kept=kept, costly=len(groups))


def _folders(outputs: Sequence[Output]) -> set[str]:
    """Every folder that a file lies in, and those above it."""
    found: set[str] = set()
    for name in {output.url.rpartition("/")[0] for output in outputs}:
        folder = name
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _apart(todo: Sequence[_Todo]) -> tuple[list[list[_Todo]], list[_Todo]]:
    """Costly files by what they share work with, each group for one worker, and everything else."""
    groups: dict[str, list[_Todo]] = {}
    rest: list[_Todo] = []
    for output, key in todo:
        if isinstance(output, File) and output.keep:
            groups.setdefault(output.group or output.url, []).append((output, key))
        else:
            rest.append((output, key))
    return list(groups.values()), rest


def _is_steady(output: Output) -> bool:
    return isinstance(output, Page) and output.steady


def _key_of(output: Output) -> bytes:
    if isinstance(output, Page):
        return output.template.encode() + output.key() if output.key is not None else b""
    return output.key


def _taken(last: LastSite | None, known: Written, url: str, folder: Path) -> bool:
    """Puts the last site's file into `folder`; False if it is not what was written then."""
    if last is None:
        return False
    source, target = f"{last.folder}/{url}", f"{folder}/{url}"
    if not known.is_at(source):
        return False
    try:
        os.link(source, target)
    except OSError:
        # No hard links here (FAT, some network drives): a copy keeps size and time; its inode differs, so say no.
        return False
    return True


class _Work:
    """Makes some outputs; runs in workers."""

    def __init__(self, printer: Printer, folder: Path, inspector: Inspector, vault: Vault | None) -> None:
        self._printer, self._folder, self._inspector = printer, os.fspath(folder), inspector
        self._vault = vault

    def __call__(self, todo: Sequence[_Todo]) -> list[tuple[str, Written, list[Finding]]]:
        return [self._one(output, key) for output, key in todo]

    def groups(self, groups: Sequence[Sequence[_Todo]]) -> list[tuple[str, Written, list[Finding]]]:
        """The same for whole groups."""
        return [answer for group in groups for answer in self(group)]

    def _one(self, output: Output, key: bytes) -> tuple[str, Written, list[Finding]]:
        if isinstance(output, Page):
            parts = self._printer.render(output)
            data = "".join(parts).encode("utf-8")
            findings = self._inspector.look_at_page(output.url, parts)
        else:
            data = made(output, self._vault)
            findings = self._inspector.look(output.url, data)
        written = _write(f"{self._folder}/{output.url}", data, key)
        return output.url, written, findings


def _write(path: str, data: bytes, key: bytes) -> Written:
    # A file object would ask the system four more questions about each of twenty thousand files.
    descriptor = os.open(path, _NEW_FILE, 0o666)
    try:
        with memoryview(data) as rest:
            done = os.write(descriptor, rest)
            while done < len(data):
                done += os.write(descriptor, rest[done:])
        found = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    return Written(key, found.st_size, found.st_mtime_ns, found.st_ino)


def made(file: File, vault: Vault | None) -> bytes:
    """The bytes of a file, from the vault if it is one of those that are kept there."""
    if vault is None or not file.keep or not file.key:
        return file.make()
    data = vault.get(file.key)
    if data is None:
        data = file.make()
        vault.put(file.key, data)
    return data
