"""A press with a memory: takes a cache folder and where the site stands, prints only what has changed, or nothing at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pubhub.content.catalog import Edition
from pubhub.content.ledger import LEDGER
from pubhub.content.survey import Folder
from pubhub.engine.collect import HEADS, RACY_NS
from pubhub.engine.emit import Emitted, LastSite, Written
from pubhub.engine.scout import Scout, spare_of
from pubhub.engine.store import Store, prune
from pubhub.engine.vault import vault_of
from pubhub.engine.version import code_version, digest, folder_key
from pubhub.press import MARK, Press, Progress, generator_tag
from pubhub.problems import Problem
from pubhub.site import OWN_DATA, Tree

_SITE, _RUN = "site", "run"
_STORES_FOLDER = "hub"
_STORES = 6
"""Content folders remembered; a test or a bench must not push the real one out at once."""


@dataclass(frozen=True)
class Remembered:
    """The last good run into a folder."""

    inputs: bytes
    """Of everything it was printed from."""
    at_ns: int
    problems: tuple[Problem, ...]
    mark: str


class Workshop:
    """One content folder, one edition, one place for its site."""

    def __init__(
        self,
        cache: Path,
        content: Path,
        theme: Sequence[Path],
        edition: Edition,
        today: dt.date,
        out: Path,
        progress: Progress | None = None,
        scout: Scout | None = None,
    ) -> None:
        self._stores = cache / _STORES_FOLDER
        self._content, self._theme, self._out = content, list(theme), out
        self._edition, self._today = edition, today
        self.spare = spare_of(cache, out)
        self._place = f"{_SITE}-{self.spare.name}"
        """Where the site before the last one may be kept, to become the next one. What is in it need not be trusted."""
        self._store = Store(memory_of(cache, content), code_version())
        # Looked at before anything is read: what changes later must not pass for what was printed.
        self._scout = scout or Scout(content, self.spare)
        self._words_read = self._words()
        self.press = Press(
            content, self._theme, edition, today, store=self._store, progress=progress, vault=vault_of(cache)
        )

    def unchanged(self) -> Remembered | None:
        """The last run, if printing again would give the site that stands, to the byte."""
        run = self._kept.get(_RUN)
        if not isinstance(run, Remembered) or not self._content.is_dir():
            return None
        # Until the scout is back there is time to read what will be needed if something has changed.
        self._store.read_ahead(HEADS, self._scout.is_back)
        found = self._scout.result()
        if run.inputs != self._inputs(self._words_read) or _refused(found.problems):
            return None
        if not _settled(found.folders, run.at_ns):
            return None
        return run if _stands(self._out, self._files(), run.mark) else None

    def read(self) -> Tree:
        """Collects and judges, with the help of the store."""
        self._store.read_ahead(HEADS, self._scout.is_back)
        found = self._scout.result()
        return self.press.read((found.folders, found.problems))

    def print(self, folder: Path) -> Emitted:
        """Prints into a folder that is empty or holds an earlier site, taking unchanged files from the site that stands."""
        files = self._files()
        return self.press.print(
            folder,
            LastSite(self._out, self._kept.get("shared", b""), files, self._kept.get("footing")) if files else None,
            self._scout.result().spare,
        )

    def remember(self, emitted: Emitted) -> None:
        """To be called once the printed folder stands where the site shall be."""
        mark = (self._out / MARK).read_text("utf-8")
        run = Remembered(self._inputs(self._words_read), self._scout.started_ns, self.press.tree.problems, mark)
        # A run during which words or templates changed is not remembered as whole; its files are, by what they were made
        # from. A text that changed has another stamp than was looked at, and so is found by the next run.
        whole = not _refused(self._scout.result().problems) and self._words() == self._words_read
        with self.press.timing.step("keep"):
            self._store.write(
                self._place,
                {
                    "files": emitted.files,
                    "shared": emitted.shared,
                    "footing": emitted.footing,
                    **({_RUN: run} if whole else {}),
                },
            )
            self._store.touch()
            if self.press.vault is not None and emitted.costly:
                self.press.vault.prune(emitted.kept, self._scout.started_ns - RACY_NS)
            prune(self._stores, _STORES)
            prune(self.spare.parent, _STORES)

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return self._store.read(self._place)

    def _files(self) -> dict[str, Written]:
        files = self._kept.get("files")
        return files if isinstance(files, dict) else {}

    def _inputs(self, words: bytes) -> bytes:
        """Of everything that a site is printed from."""
        return digest(words, self._scout.result().key, self._edition, self._today.isoformat())

    def _words(self) -> bytes:
        """Of everything but the items: code, templates, data and ledger."""
        data = self._content / "_data"
        return digest(
            code_version(),
            folder_key([*self._theme[:1], data if data.is_dir() else OWN_DATA]),
            _file_key(self._content / LEDGER),
            generator_tag(),
        )


def memory_of(cache: Path, content: Path) -> Path:
    """Where what is known of a content folder is kept."""
    return cache / _STORES_FOLDER / digest(os.fspath(content)).hex()


def read_with_memory(cache: Path, content: Path, today: dt.date, progress: Progress | None = None) -> Tree:
    """Reads and judges a content folder with the help of earlier reads: what `hub check` asks."""
    store = Store(memory_of(cache, content), code_version())
    return Press(content, (), "staff", today, store=store, progress=progress).read()


def _refused(problems: list[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)


def _settled(folders: list[Folder], at_ns: int) -> bool:
    """True if no file changed so shortly before the run that its stamp may hide a later change."""
    return all(folder.newest() + RACY_NS < at_ns for folder in folders)


def _file_key(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _stands(out: Path, files: dict[str, Written], mark: str) -> bool:
    """True if the folder holds exactly what was printed."""
    try:
        if (out / MARK).read_text("utf-8") != mark:
            return False
    except OSError:
        return False
    root = os.fspath(out)
    count = 0
    for _, _, names in os.walk(root):
        count += len(names)
    return count == len(files) + 1 and all(written.is_at(f"{root}/{url}") for url, written in files.items())
