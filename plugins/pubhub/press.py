"""The press: takes a content folder, an edition and a day, prints a site. `hub build`, `hub serve` and MkDocs all print with it.

Collect (read and judge everything), plan (which outputs there are and what each depends on), render and emit (what has
changed, on all cores). Nothing here knows where the site will be served from or what stood there before.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from pubhub.brand.plan import brand_files, face_of
from pubhub.bulletin.bundle import address
from pubhub.bulletin.plan import bulletin_files
from pubhub.content.catalog import Catalog, Edition
from pubhub.content.survey import Folder
from pubhub.content.vocabulary import Vocabulary
from pubhub.engine.assets import read_assets
from pubhub.engine.collect import Collected, collect
from pubhub.engine.desk import Desk, Feature
from pubhub.engine.emit import Emitted, LastSite, emit
from pubhub.engine.icons import Icons
from pubhub.engine.machine import machine_files
from pubhub.engine.plan import File, Plan
from pubhub.engine.render import Printer
from pubhub.engine.standing import Standing
from pubhub.engine.store import Store
from pubhub.engine.templates import CompiledTemplates, make_environment
from pubhub.engine.timing import Timing
from pubhub.engine.vault import Vault
from pubhub.engine.version import code_version, digest, folder_key
from pubhub.feeds.follow import URL as FOLLOW
from pubhub.feeds.plan import feeds_files
from pubhub.markup.render import Rendered
from pubhub.pages.bodies import Bodies
from pubhub.pages.shared import site_view
from pubhub.problems import Problem, ordered
from pubhub.safety.audit import Finding, Inspector, check_tree_of
from pubhub.safety.csp import policy
from pubhub.search.page import search_pages
from pubhub.search.plan import search_files
from pubhub.sections.plan import section_pages
from pubhub.site import Tree, judge_tree, read_words
from pubhub.topics.plan import topic_pages

MARK = ".hub-site"
"""The file by which a folder is known as a site of ours; says what was printed."""
FEATURES: tuple[Feature, ...] = (
    brand_files,
    bulletin_files,
    section_pages,
    topic_pages,
    feeds_files,
    search_files,
    search_pages,
)
"""The parts of a site. The bulletin comes first: issue pages name its downloads."""
Progress = Callable[[str, int, int], None]
"""Told the step (read, print), how much is done and how much there is."""


class AuditFailed(Exception):
    """The finished site has something in it that must not be there. Carries the findings."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = tuple(findings)


def generator_tag(host_version: str = "") -> str:
    """What `<meta name=generator>` says, in the form that MkDocs and Material use."""
    return f"mkdocs-{host_version or version('mkdocs')}, mkdocs-material-{version('mkdocs-material')}"


@dataclass(frozen=True)
class Forme:
    """A site that is set and locked up: any page can be printed from it, none has been."""

    desk: Desk
    plan: Plan
    printer: Printer
    inspector: Inspector
    shared: bytes
    """Of everything that all outputs depend on."""


@dataclass
class Press:
    """One print run."""

    content: Path
    theme: Sequence[Path]
    """Template folders, the project's first."""
    edition: Edition
    today: dt.date
    generator: str = field(default_factory=generator_tag)
    store: Store | None = None
    features: Sequence[Feature] = FEATURES
    lenient: bool = False
    """For previews: goes on without the items that have errors."""
    preview: bool = False
    """For MkDocs' `serve`: lenient, and lets its reload script run."""
    drafts: Collection[str] = ()
    """Ids shown without approval: for a reviewers' copy of an issue, never for a site."""
    progress: Progress | None = None
    vault: Vault | None = None
    """Where costly files are kept between builds."""

    timing: Timing = field(default_factory=Timing)
    tree: Tree = field(init=False)
    catalog: Catalog = field(init=False)
    _collected: Collected = field(init=False)
    _compiled: CompiledTemplates | None = field(init=False, default=None)

    def read(self, found: tuple[list[Folder], list[Problem]] | None = None) -> Tree:
        """Collects and judges. Bad content raises nothing: its problems are in the tree.

        found: the survey of the content folder, where it was made already.
        """
        vocabulary, problems = read_words(self.content)
        if vocabulary is None:
            self.tree = Tree(self.content, None, (), {}, tuple(ordered(problems)), self.today)
            return self.tree
        self._collected = collect(self.content, vocabulary, self.store, found, self._step("read"), self.timing)
        got = self._collected
        with self.timing.step("judge"):
            self.tree = judge_tree(self.content, vocabulary, got.loaded, (*problems, *got.problems), self.today)
        return self.tree

    @property
    def shelf(self) -> Callable[[str], Rendered]:
        """Rendered bodies of all items that were read, hidden ones included."""
        return self._collected.shelf

    def desk(self) -> Desk:
        """Everything to plan with. Raises ContentRefused if the tree has errors."""
        with self.timing.step("catalog"):
            self.catalog = self.tree.catalog(self.edition, self.lenient or self.preview, self.drafts)
        bodies = Bodies(self.catalog, self.shelf)
        self._compiled = CompiledTemplates(self.store) if self.store is not None else None
        return Desk(
            self.content,
            self.theme[0],
            self.catalog,
            bodies,
            make_environment(self.theme, self._compiled),
            vault=self.vault,
            store=self.store,
            hurried=self.lenient or self.preview,
            memory=self.store.read(f"related-{self.edition}").get("memory") if self.store is not None else None,
        )

    def _remember(self, desk: Desk) -> None:
        memory = desk.neighbourhood.memory()
        if self.store is not None and memory is not desk.memory:
            self.store.write(f"related-{self.edition}", {"memory": memory})

    def set_up(self, last: LastSite | None = None) -> Forme:
        """Plans what `read` found and makes everything ready to print.

        last: the site that stands.

        Raises:
            ContentRefused: the tree has errors.
        """
        desk = self.desk()
        vocabulary = self.catalog.vocabulary
        assets = read_assets(self.theme[0] / "assets")
        csp = policy([assets.boot])
        # The reload script of a preview is inline and differs each time.
        shown = policy([]).replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") if self.preview else csp
        face = face_of(desk) if brand_files in self.features else None
        follow = FOLLOW if feeds_files in self.features else ""
        site = replace(site_view(self.catalog), face=face, follow_url=follow)
        shared = digest(
            code_version(), folder_key(self.theme[:1]), repr(site), words_of(vocabulary), shown, self.generator
        )
        if last is not None and last.shared == shared:
            desk.last, desk.old = last.footing, last.data
        plan = Plan()
        with self.timing.step("plan"):
            for feature in self.features:
                plan.add(feature(desk))
        plan.add(File(url, partial(bytes, data), url.encode()) for url, data in assets.contents.items())
        plan.add(machine_files(plan, self.catalog, csp))
        printer = Printer(desk.environment, site, assets, Icons(self.theme), shown, self.generator, vocabulary.site.url)
        # Compiled once here, not once in each worker: those that others stand on as well.
        printer.prepare(sorted(p.relative_to(self.theme[0]).as_posix() for p in self.theme[0].rglob("*.html")))
        if self._compiled is not None:
            self._compiled.keep()
        return Forme(desk, plan, printer, Inspector(self._staff_ids(), plan.outputs, shown, printer.root), shared)

    def print(self, folder: Path, last: LastSite | None = None, there: Standing | None = None) -> Emitted:
        """Prints what `read` found into a folder that is empty or holds an earlier site.

        there: what stands in the folder, where somebody has looked.

        Raises:
            ContentRefused: the tree has errors.
            AuditFailed: the result has something in it that must not be there.
        """
        forme = self.set_up(last)
        plan, progress = forme.plan, self._step("print")
        with self.timing.step("prepare"):
            for work in forme.desk.prepare:
                work()
        emitted = emit(
            plan, forme.printer, folder, forme.shared, forme.inspector, last, progress, self.timing, self.vault, there
        )
        self._remember(forme.desk)
        (folder / MARK).write_text(json.dumps(self._mark(plan), ensure_ascii=False) + "\n", "utf-8")
        with self.timing.step("audit"):
            findings = emitted.findings or check_tree_of(folder, {*plan.outputs, MARK})
        if findings and not self.preview:
            raise AuditFailed(findings)
        return replace(emitted, footing=forme.desk.footing)

    def _staff_ids(self) -> set[str]:
        """Ids that the public edition may not even mention. An id of a draft in a sentence gives nothing away."""
        if self.edition == "staff":
            return set()
        return {one.item.id for one in self.tree.loaded if one.item.visibility == "staff"}

    def _mark(self, plan: Plan) -> dict[str, object]:
        issue = self.catalog.current_issue()
        return {
            "pages": len(plan.pages()),
            "items": len(self.catalog.entries),
            "hidden": sum(decision.state == "hidden" for decision in self.tree.decisions.values()),
            "edition": self.edition,
            "date": self.today.isoformat(),
            "bundle": address(issue) if issue else "",
        }

    def _step(self, name: str) -> Callable[[int, int], None] | None:
        return partial(self.progress, name) if self.progress else None


def words_of(vocabulary: Vocabulary) -> str:
    """The words that any page may print; calendar, stations and wording advice are not among them."""
    shared = (
        vocabulary.site,
        vocabulary.topics,
        vocabulary.audiences,
        vocabulary.rights,
        vocabulary.people,
        vocabulary.facts,
        vocabulary.sections,
    )
    return repr(shared)


def read_tree(root: Path, today: dt.date) -> Tree:
    """Reads and judges a content folder as every build does, without a memory."""
    return Press(root, (), "staff", today).read()
