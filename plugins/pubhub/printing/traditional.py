"""Traditional Chinese among simplified: takes a paragraph, says whether it wants the faces of Taiwan and Hong Kong."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_LEAST = 2


@cache
def _own() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only traditional and only simplified text has, from OpenCC's tables."""
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        return frozenset(), frozenset()
    folder = Path(spec.origin).parent / "dictionary"

    def keys(name: str) -> frozenset[str]:
        pairs = (line.split("\t") for line in (folder / name).read_text("utf-8").splitlines() if "\t" in line)
        return frozenset(key for key, values in pairs if key not in values.split())

    return keys("TSCharacters.txt"), keys("STCharacters.txt")


def is_traditional(text: str) -> bool:
    """True where at least two characters are traditional only, and hardly any simplified only."""
    traditional, simplified = _own()
    here = sum(c in traditional for c in text)
    return here >= _LEAST and here > 4 * sum(c in simplified for c in text)
