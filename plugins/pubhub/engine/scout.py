"""Goes ahead of a build: takes the content folder and the spare site, says what is where, in a process of its own.

Looking at twenty thousand files takes as long as importing what prints them, so the two are done side by side. What is
imported here is little for that reason; the rest is imported where it is used.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pubhub.engine.workers import Ahead

if TYPE_CHECKING:
    from pubhub.content.survey import Folder
    from pubhub.engine.standing import Standing
    from pubhub.problems import Problem


class Scouted(NamedTuple):
    """What was found."""

    folders: list[Folder]
    """Items of the content folder."""
    problems: list[Problem]
    key: bytes
    """Of both."""
    spare: Standing
    """Of the site before the last one."""


class Scout:
    """On its way from the moment it is made; must be called back by `result` or `close`."""

    def __init__(self, content: Path, spare: Path) -> None:
        self.started_ns = time.time_ns()
        """Before anything was looked at."""
        self._ahead = Ahead(partial(_look, content, spare))
        self._found: Scouted | None = None

    def is_back(self) -> bool:
        """True if `result` has nothing to wait for, or nobody to wait for."""
        return self._found is not None or self._ahead.is_ready()

    def result(self) -> Scouted:
        """What was found; the same each time."""
        if self._found is None:
            from pubhub.content.survey import Folder

            folders, problems, key, spare = self._ahead.result()
            self._found = Scouted([Folder(*folder) for folder in folders], problems, key, spare)
        return self._found

    def close(self) -> None:
        """Calls it back, whether or not it has found anything."""
        self._ahead.close()


def spare_of(cache: Path, out: Path) -> Path:
    """Where the site before the last one at `out` may be kept."""
    from pubhub.engine.version import digest

    return cache / "spare" / digest(str(out)).hex()


def _look(content: Path, spare: Path) -> tuple[list[tuple[Any, ...]], list[Problem], bytes, Standing]:
    from pubhub.content.survey import survey
    from pubhub.engine.standing import standing
    from pubhub.engine.version import digest

    folders, problems = survey(content) if content.is_dir() else ([], [])
    # Plain tuples travel and come back in a third of the time.
    plain = [tuple(folder) for folder in folders]
    return plain, problems, digest(repr(plain), repr(problems)), standing(spare)
