"""The site in memory: takes a content folder, reads it again when told, prints any page when it is asked for.

Nothing is printed ahead. A change at 10,000 items can touch hundreds of lists, of which somebody looks at one.
"""

from __future__ import annotations

import datetime as dt
import os
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from pubhub.bulletin.plan import bulletin_files
from pubhub.content.catalog import Catalog, Edition, make_catalog
from pubhub.content.loader import Loaded
from pubhub.content.model import Issue, url_of
from pubhub.engine.desk import Desk
from pubhub.engine.emit import made
from pubhub.engine.plan import File, Output, Page
from pubhub.engine.store import Store
from pubhub.engine.vault import vault_of
from pubhub.engine.version import folder_key
from pubhub.pages.bodies import Bodies
from pubhub.press import Forme, Press, Progress
from pubhub.problems import ContentRefused, Problem
from pubhub.review.policy import Decision
from pubhub.site import Tree
from scripts.places import CACHE
from scripts.preview.ground import Ground
from scripts.preview.report import Printed, Report, Trouble, Unpublished
from scripts.words import Words


class Memory(Store):
    """The store of `hub build`, read from disk once and written through, so that either command starts where the other ended."""

    _LARGE = frozenset({"bodies"})

    def __init__(self, folder: Path, version: str) -> None:
        super().__init__(folder, version)
        self._tables: dict[tuple[str, int], dict[str, object]] = {}

    def read(self, table: str, shard: int = 0) -> dict[str, object]:
        """A shard of a table, or nothing."""
        if table in self._LARGE:
            return super().read(table, shard)
        if (table, shard) not in self._tables:
            self._tables[table, shard] = super().read(table, shard)
        return self._tables[table, shard]

    def write(self, table: str, content: Mapping[str, object], shard: int = 0) -> None:
        """Replaces a shard."""
        if table not in self._LARGE:
            self._tables[table, shard] = dict(content)
        super().write(table, content, shard)


class Workroom:
    """One content folder, one edition, one day."""

    def __init__(
        self,
        content: Path,
        theme: Sequence[Path],
        edition: Edition,
        today: dt.date,
        store: Store,
        words: Words,
        fault_log: Path,
        progress: Progress | None = None,
    ) -> None:
        self._content, self._theme = content, list(theme)
        self._edition, self._today = edition, today
        self._store, self._words, self._fault_log = store, words, fault_log
        self._progress = progress
        self._ground = Ground(content)
        self._standing: _Standing | None = None
        self._theme_key = ""

    def build(self, changed: Iterable[str] = ()) -> Report:
        """Reads what has changed. Whatever goes wrong, the pages of the last good build stay."""
        started = time.monotonic()
        press = Press(
            self._content,
            self._theme,
            self._edition,
            self._today,
            store=self._store,
            lenient=True,
            progress=self._progress,
            vault=vault_of(CACHE),
        )
        paths = sorted(changed)
        report = self._build(press, paths)
        urls = {path: url_of(path) for path in map(self._place, paths) if path.endswith("/index.md")}
        return replace(report, seconds=time.monotonic() - started, urls=urls)

    def _build(self, press: Press, changed: Sequence[str]) -> Report:
        troubles: tuple[Trouble, ...] = ()
        try:
            tree = press.read(self._ground.look(changed))
            troubles = tuple(self._trouble(problem) for problem in tree.problems)
            if tree.vocabulary is None:
                return Report(self._words("preview-data"), troubles)
            standing = _Standing(press.set_up(), press, tree)
            theme_key = folder_key(self._theme[:1])
            if theme_key != self._theme_key:
                standing.try_templates()
        except ContentRefused as refused:
            # A file changed while it was being read, and the change will be told again; or the theme is broken.
            theme = any(problem.path.startswith(f"{self._theme[0].name}/") for problem in refused.problems)
            return Report(
                self._words("preview-tokens" if theme else "preview-moving"),
                tuple(self._trouble(problem) for problem in refused.problems),
            )
        except Exception as error:
            return Report(self._why(error), troubles)
        self._standing, self._theme_key = standing, theme_key
        pages = len(standing.forme.plan.pages())
        return Report(
            "", troubles, standing.unpublished(), standing.staff_only(), pages, root=standing.forme.printer.root
        )

    def page(self, url: str) -> Printed:
        """One address of the last good build."""
        if self._standing is None:
            return Printed("nothing")
        try:
            return self._standing.print(url)
        except ContentRefused as refused:
            return Printed("failed", reason="\n".join(problem.sentence() for problem in refused.problems))
        except Exception as error:
            return Printed("failed", reason=self._why(error, page=True))

    def _why(self, error: Exception, page: bool = False) -> str:
        """What an editor can make of an exception; all of it goes to a file for the maintainers."""
        place = template_place(error)
        if place is None:
            self._fault_log.parent.mkdir(parents=True, exist_ok=True)
            self._fault_log.write_text("".join(traceback.format_exception(error)), "utf-8")
            return self._words("preview-fault-page" if page else "preview-fault", path=self._fault_log)
        name, line = place
        key = "preview-template-page" if page else "preview-template"
        return self._words(key, path=self._short(name), line=line, reason=str(error))

    def _short(self, name: str) -> str:
        for folder in self._theme:
            if Path(name).is_relative_to(folder):
                return f"{folder.name}/{Path(name).relative_to(folder).as_posix()}"
        return name

    def _place(self, changed: str) -> str:
        path = Path(changed)
        return path.relative_to(self._content).as_posix() if path.is_relative_to(self._content) else ""

    def _trouble(self, problem: Problem) -> Trouble:
        item = problem.path.endswith("/index.md")
        key = f"{problem.field}：" if problem.field else ""
        return Trouble(
            problem.path,
            problem.line,
            problem.level,
            key + problem.sentence(),
            problem.text(self._words.lang),
            url_of(problem.path) if item else "",
        )


class _Standing:
    """A good build, ready to print from."""

    def __init__(self, forme: Forme, press: Press, tree: Tree) -> None:
        self.forme, self._press, self._tree = forme, press, tree
        bad = {problem.path for problem in tree.errors}
        self._hidden = [(one, decision) for one, decision in self._decided("hidden") if one.item.origin.uri not in bad]
        self._hidden_kinds = {one.item.url: one.item.kind for one, _ in self._hidden}

    def print(self, url: str) -> Printed:
        """One page or file."""
        output = self.forme.plan.outputs.get(url)
        if output is not None:
            data = self._data(output)
            return Printed("good", data, findings=tuple(one.what for one in self.forme.inspector.look(url, data)))
        # What readers do not get is planned only when somebody asks for it.
        output = self._behind(url)
        return Printed("good", self._data(output)) if output is not None else Printed("missing")

    def try_templates(self) -> None:
        """Prints a page of every template, so that a slip in one is known before somebody meets it."""
        first = {page.template: page for page in reversed(self.forme.plan.pages())}
        for _, page in sorted(first.items()):
            self.forme.printer.render(page)

    def unpublished(self) -> tuple[Unpublished, ...]:
        """Hidden items and their reasons, by file."""
        return tuple(
            Unpublished(
                one.item.origin.uri,
                one.item.url,
                one.item.title,
                type(one.item).name,
                decision.reason.replace("。；", "。"),
            )
            for one, decision in sorted(self._hidden, key=lambda pair: pair[0].item.origin.uri)
        )

    def staff_only(self) -> int:
        """Items that this edition leaves out whatever their state."""
        if self._press.edition == "staff":
            return 0
        return sum(one.item.visibility == "staff" for one in self._tree.loaded)

    def _data(self, output: Output) -> bytes:
        if isinstance(output, Page):
            return "".join(self.forme.printer.render(output)).encode("utf-8")
        return made(output, self._press.vault)

    def _decided(self, state: str) -> Iterator[tuple[Loaded, Decision]]:
        for one in self._tree.loaded:
            decision = self._tree.decisions[one.item.origin.uri]
            if decision.state == state and (one.item.visibility == "public" or self._press.edition == "staff"):
                yield one, decision

    def _behind(self, url: str) -> Output | None:
        """A page of a hidden item, or a file that only such pages use, from a catalog in which everything is published.

        Nothing else is taken from it: lists and published pages stay as readers get them.
        """
        kind = self._hidden_kinds.get(url)
        if not self._hidden or (kind is None and url.endswith(".html")):
            return None
        features = self._press.features
        if kind is not None and kind != Issue.kind:
            # Downloads matter to the pages of issues alone, and take longest.
            features = [feature for feature in features if feature is not bulletin_files]
        planned = (output for feature in features for output in feature(self._desk_of_all))
        return next((output for output in planned if output.url == url and (kind or isinstance(output, File))), None)

    @cached_property
    def _desk_of_all(self) -> Desk:
        catalog = self._everything()
        return replace(self.forme.desk, catalog=catalog, bodies=Bodies(catalog, self._press.shelf), memory=None)

    def _everything(self) -> Catalog:
        shown = [
            (one, decision.state == "withdrawn", decision.approvals)
            for state in ("published", "withdrawn")
            for one, decision in self._decided(state)
            if self._press.catalog.get(one.item.id) is not None
        ]
        shown += [(one, one.item.status == "withdrawn", decision.approvals) for one, decision in self._hidden]
        vocabulary = self._press.catalog.vocabulary
        return make_catalog(vocabulary, self._press.edition, today=self._press.today, shown=shown)


def template_place(error: Exception) -> tuple[str, int] | None:
    """The template and the line in which an exception came up; None if no template had to do with it."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "?", error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if frames:
        return os.fspath(frames[-1].filename), frames[-1].lineno or 1
    return (str(error), 1) if isinstance(error, TemplateError) else None
