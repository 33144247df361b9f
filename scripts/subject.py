"""What a command is about: the content folder, its items, its vocabulary, the day.

Imported before anything else by every command: what is large is imported where it is used.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pubhub.clock import build_date
from scripts.places import CONTENT
from scripts.words import Refusal, Words, tell

if TYPE_CHECKING:
    from pubhub.content.vocabulary import Vocabulary


def content_folder(given: str | None, paths: Iterable[Path] = ()) -> Path:
    """The content folder: the one given, else the one that the first path lies in, else the project's own.

    Args:
        given: value of --content.
        paths: absolute paths the command is about.

    Raises:
        Refusal: `given` is no folder.
    """
    if given is not None:
        folder = Path(os.path.normpath(Path.cwd() / given))
        if not folder.is_dir():
            raise Refusal("no-content", code=2, path=given)
        return folder
    from pubhub.content.model import BY_SECTION

    for path in paths:
        if path == CONTENT or CONTENT in path.parents:
            return CONTENT
        for folder in (path, *path.parents):
            if any((folder / name).is_dir() for name in BY_SECTION):
                return folder
    return CONTENT


def place_in(root: Path, path: Path) -> str:
    """A path as problems name it: relative to the content folder, empty for the folder itself.

    Raises:
        Refusal: the path lies outside.
    """
    for folder, inner in ((root, path), (root.resolve(), path.resolve())):
        if inner == folder or folder in inner.parents:
            place = inner.relative_to(folder).as_posix()
            return "" if place == "." else place
    raise Refusal("outside-content", code=2, path=path, root=root)


def item_files(folder: Path) -> Iterator[Path]:
    """Every index.md at or below a folder, in order; our own and hidden folders and links are left out."""
    from pubhub.content.frontmatter import is_link

    for here, names, files in os.walk(folder, followlinks=False):
        place = Path(here)
        names[:] = sorted(n for n in names if not n.startswith((".", "_")) and not is_link(place / n))
        if "index.md" in files and not is_link(place / "index.md"):
            yield place / "index.md"


def vocabulary_of(root: Path, words: Words) -> Vocabulary:
    """The words and people of a content folder; Refusal, with every problem printed, if they cannot be read."""
    from pubhub.content.vocabulary import read_vocabulary
    from pubhub.problems import ordered
    from pubhub.site import OWN_DATA

    data = root / "_data"
    vocabulary, problems = read_vocabulary(data if data.is_dir() else OWN_DATA)
    if vocabulary is None:
        for problem in ordered(problems):
            tell(problem.text(words.lang))
        raise Refusal("vocabulary-broken", code=1)
    return vocabulary


def given_day(day: dt.date | None) -> dt.date:
    """The day of an option, else of the environment, else today; fixed once, so that midnight cannot fall into a build.

    Raises:
        Refusal: the environment holds no date.
    """
    try:
        return day or build_date(os.environ)
    except (ValueError, OverflowError, OSError):
        raise Refusal("bad-environment-date", code=2) from None
