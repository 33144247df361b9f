"""Where templates are: ours first, then the icons that Material ships."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

OWN = Path(__file__).parents[2] / "theme"


def theme_folders(dirs: Sequence[str] = ()) -> list[Path]:
    """MkDocs' theme folders, or the same without MkDocs; the first one is the project's."""
    if dirs:
        return [Path(folder) for folder in dirs]
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    return [OWN, Path(spec.origin).parent / "templates"]
