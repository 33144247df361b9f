"""The template environment: takes template folders, gives an autoescaping Jinja environment that looks nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from pubhub.engine.store import Store

_TABLE = "templates"


class CompiledTemplates(BytecodeCache):
    """Compiled templates in the store, whose digests tell a damaged one from a whole one (Jinja's own cache runs either)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = store.read(_TABLE)
        self._changed = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        code = self._kept.get(f"{bucket.key} {bucket.checksum}")
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        self._kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()
        self._changed = True

    def keep(self) -> None:
        """Writes what is new. Old checksums of a template go when the store is of another version."""
        if self._changed:
            self._store.write(_TABLE, self._kept)
            self._changed = False


def make_environment(folders: Iterable[Path], compiled: CompiledTemplates | None = None) -> Environment:
    """Autoescape is on (MkDocs' own environment has none: a title could carry a script), unknown names are errors."""
    return Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        bytecode_cache=compiled,
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        # Blank lines of the template's own logic are bytes on every page.
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
