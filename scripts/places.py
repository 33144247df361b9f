"""Where things are: the project, its cache, what the user named. Standard library only."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from scripts.words import Refusal

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
CACHE = ROOT / ".cache"


def existing(given: Iterable[str]) -> list[Path]:
    """Absolute paths of what the user named, relative to where the user stands.

    Raises:
        Refusal: there is no such file or folder.
    """
    found = []
    for name in given:
        path = Path.cwd() / name
        # Not resolved: an item is where the user sees it, not where a link leads.
        path = Path(os.path.normpath(path))
        if not path.exists():
            raise Refusal("no-path", code=2, path=name)
        found.append(path)
    return found


def shown(path: Path) -> str:
    """A path as short as it can be said from where the user stands."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
