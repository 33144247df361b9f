"""The template environment: takes template folders, gives an autoescaping Jinja environment that looks nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context

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


class PrintContext(Context):
    """All templates have the globals of the one environment, so a template that imports another never has any to hand on.

    Jinja compares them key by key at each import, which took a tenth of the time of a page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.globals_keys = set()


class PrintEnvironment(Environment):
    """Templates do not change while a site is printed: each is looked for once, and not at every `import` of every page."""

    context_class = PrintContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._loaded: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The same template each time. `globals` must be none: see the context."""
        if isinstance(name, Template) or globals is not None:
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found


def make_environment(folders: Iterable[Path], compiled: CompiledTemplates | None = None) -> Environment:
    """Autoescape is on (MkDocs' own environment has none: a title could carry a script), unknown names are errors."""
    return PrintEnvironment(
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
