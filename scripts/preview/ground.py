"""The survey of a content folder, renewed only where something was saved: 10,000 folders are not walked for one text."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from pubhub.content.survey import Folder, survey
from pubhub.problems import Problem


class Ground:
    """What is where."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: list[Folder] = []
        self._places: dict[str, int] = {}
        self._problems: list[Problem] = []

    def look(self, changed: Iterable[str]) -> tuple[list[Folder], list[Problem]]:
        """As `survey`.

        Args:
            changed: absolute paths; all that is known to have changed since the last look. Nothing: look everywhere.
        """
        paths = list(changed)
        if not paths or self._problems or not all(self._is_text_again(Path(path)) for path in paths):
            self._folders, self._problems = survey(self._root)
            self._places = {folder.uri: number for number, folder in enumerate(self._folders)}
        return list(self._folders), list(self._problems)

    def _is_text_again(self, path: Path) -> bool:
        """Notes the new stamp of a text that was known before; False if the change is of another kind."""
        if path.is_relative_to(self._root / "_data"):
            return True
        uri = path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else ""
        number = self._places.get(uri)
        try:
            found = path.lstat()
        except OSError:
            return False
        if number is None or not stat.S_ISREG(found.st_mode):
            return False
        folder = self._folders[number]
        stamp = (path.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        self._folders[number] = folder._replace(stamps=(stamp, *folder.stamps[1:]))
        return True
