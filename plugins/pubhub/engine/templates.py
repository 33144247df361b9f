"""The template environment: takes template folders, gives an autoescaping Jinja environment that looks nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined


def make_environment(folders: Iterable[Path], compiled: Path | None = None) -> Environment:
    """Autoescape is on (MkDocs' own environment has none: a title could carry a script), unknown names are errors.

    compiled: a folder for compiled templates, which saves their compilation in the next process.
    """
    cache = None
    if compiled is not None:
        try:
            compiled.mkdir(parents=True, exist_ok=True)
            cache = FileSystemBytecodeCache(str(compiled))
        except OSError:
            pass
    return Environment(
        bytecode_cache=cache,
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        # Blank lines of the template's own logic are bytes on every page.
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
