"""Where things are: the project, its cache, the content folder that a command is about. Knows no content."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.words import Refusal

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
CACHE = ROOT / ".cache"


def content_folder(given: str | None, paths: Iterable[Path] = (), sections: Iterable[str] = ()) -> Path:
    """The content folder: the one given, else the one that the first path lies in, else the project's own.

    Args:
        given: value of --content.
        paths: absolute paths the command is about.
        sections: folder names by which a content folder is known.

    Raises:
        Refusal: `given` is no folder.
    """
    if given is not None:
        folder = Path(os.path.abspath(given))
        if not folder.is_dir():
            raise Refusal("no-content", code=2, path=given)
        return folder
    for path in paths:
        if path == CONTENT or CONTENT in path.parents:
            return CONTENT
        for folder in (path, *path.parents):
            if any((folder / name).is_dir() for name in sections):
                return folder
    return CONTENT


def existing(given: Iterable[str]) -> list[Path]:
    """Absolute paths of what the user named, relative to where the user stands.

    Raises:
        Refusal: there is no such file or folder.
    """
    found = []
    for name in given:
        path = Path(os.path.abspath(name))
        if not path.exists():
            raise Refusal("no-path", code=2, path=name)
        found.append(path)
    return found


def item_files(folder: Path) -> Iterator[Path]:
    """Every index.md at or below a folder, in order; our own and hidden folders and links are left out."""
    for here, names, files in os.walk(folder, followlinks=False):
        place = Path(here)
        names[:] = sorted(n for n in names if not n.startswith((".", "_")) and not (place / n).is_symlink())
        if "index.md" in files and not (place / "index.md").is_symlink():
            yield place / "index.md"


def shown(path: Path) -> str:
    """A path as short as it can be said from where the user stands."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
