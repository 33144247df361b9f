"""Traditional to simplified for the search within an issue: takes nothing, gives OpenCC's table, one character to one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def folds() -> Mapping[str, str]:
    """Characters that only traditional text has, each with its simplified form."""
    spec = find_spec("opencc")
    assert spec is not None
    assert spec.origin is not None
    table = Path(spec.origin).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text("utf-8").splitlines() if "\t" in line)
    return {old: new.split()[0] for old, new in pairs if old not in new.split()}
