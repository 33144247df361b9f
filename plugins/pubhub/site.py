"""From files to a judged tree: each item by itself, then all of them together, then what an edition may show."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pubhub.content.catalog import Catalog, Edition, make_catalog
from pubhub.content.frontmatter import is_link
from pubhub.content.ledger import open_ledger
from pubhub.content.loader import Loaded, load_item
from pubhub.content.model import Issue, url_of
from pubhub.content.named import check_named
from pubhub.content.rules import check_item, check_tree, references
from pubhub.content.vocabulary import Vocabulary, read_vocabulary
from pubhub.pictures import Picture
from pubhub.problems import ContentRefused, Problem, ordered, problem
from pubhub.review.addresses import lost_addresses
from pubhub.review.lint import lint
from pubhub.review.policy import Decision, judge

OWN_DATA = Path(__file__).parents[2] / "content" / "_data"
"""The project's own vocabulary, used by a content folder that brings none."""


@dataclass(frozen=True)
class Tree:
    """Everything that was read and judged, hidden items included: for check, approve and the preview, never for a page."""

    root: Path
    vocabulary: Vocabulary | None
    loaded: tuple[Loaded, ...]
    decisions: dict[str, Decision]
    """By URI."""
    problems: tuple[Problem, ...]
    today: dt.date

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops a build."""
        return tuple(p for p in self.problems if p.level == "error")

    def catalog(self, edition: Edition, lenient: bool = False, drafts: Collection[str] = ()) -> Catalog:
        """What an edition may show. Raises ContentRefused if the tree has any error.

        Args:
            lenient: for a preview, leaves out the items that errors point at instead. Never for a published site.
            drafts: ids that are shown though nobody approved them yet: for a reviewers' copy. Never for a published site.
        """
        if self.vocabulary is None or (self.errors and not lenient):
            raise ContentRefused(self.problems)
        bad = {p.path for p in self.errors}
        decided = ((one, self.decisions[uri]) for one in self.loaded if (uri := one.item.origin.uri) not in bad)
        shown = (
            (one, d.state == "withdrawn", d.approvals)
            for one, d in decided
            if d.state != "hidden" or (one.item.id in drafts and one.item.status != "withdrawn")
        )
        return make_catalog(self.vocabulary, edition, today=self.today, shown=shown)


def _hidden_in_print(loaded: list[Loaded], decisions: Mapping[str, Decision]) -> Iterator[Problem]:
    """Names what keeps an issue from being printed as it was approved."""
    issues = [one for one in loaded if isinstance(one.item, Issue)]
    if not issues:
        return
    hidden = {}
    for one, decision in zip(loaded, decisions.values(), strict=True):
        if decision.state != "published":
            hidden[one.item.id] = "已撤回" if decision.state == "withdrawn" else decision.reason.rstrip("。")
    for one in issues:
        if one.item.id not in hidden:
            for field, id_ in references(one.item):
                if id_ in hidden:
                    at = one.item.origin.line(field)
                    yield problem(one.item.origin.uri, at, "column-hidden", field, value=id_, why=hidden[id_])


def _once(found: list[Problem]) -> Iterator[Problem]:
    """Without the words on pictures that a text shows and that have a problem of their own: a file of a wrong kind is no missing one."""
    refused = {p.path for p in found if p.level == "error"}
    for one in found:
        if one.code == "missing-picture":
            name = dict(one.params)["value"]
            if name != "index.md" and f"{one.path.rpartition('/')[0]}/{name}" in refused:
                continue
        yield one


_CLAIM = re.compile(rb"id\W{0,12}([A-Z]{2,6}-[0-9]{4}-[0-9]{4,6})")


def _unread(root: Path, problems: list[Problem]) -> set[str]:
    """Ids and addresses of items whose files have errors: what links to them is not wrong for that."""
    found: set[str] = set()
    named = {p.path for p in problems if p.level == "error"}
    # A broken picture keeps its item from being read, too.
    beside = {f"{path.rpartition('/')[0]}/index.md" for path in named}
    for uri in named | beside:
        file = root / uri
        there = file.is_file() and not is_link(file)
        if uri.endswith("/index.md") and (there or uri in named):
            found.add(url_of(uri))
        if not uri.endswith("/index.md") or not there:
            continue
        try:
            # Without its zero bytes, UTF-16 shows its ASCII letters.
            with file.open("rb") as opened:
                start = opened.read(100_000).replace(b"\0", b"")
        except OSError:
            continue
        found |= {claim.decode() for claim in _CLAIM.findall(start)[:1]}
    return found


def examine(
    uri: str,
    markdown: Path,
    pictures: tuple[Path, ...],
    vocabulary: Vocabulary,
    seen: Mapping[str, Picture] | None = None,
) -> tuple[Loaded | None, list[Problem]]:
    """One item by itself: read, typed, looked over. What it may say of others is for `judge_tree`.

    seen: pictures that were looked at before, by SHA-256.
    """
    loaded, problems = load_item(uri, markdown, pictures, vocabulary.known(), seen)
    if loaded is not None:
        problems += check_item(loaded.item)
        problems += lint(loaded, vocabulary)
    return loaded, problems


def read_words(root: Path) -> tuple[Vocabulary | None, list[Problem]]:
    """The vocabulary of a content folder, or the project's own for a folder that brings none."""
    if not root.is_dir():
        return None, [problem(root.name or str(root), 1, "content-missing")]
    data = root / "_data"
    return read_vocabulary(data if data.is_dir() else OWN_DATA)


def judge_tree(
    root: Path, vocabulary: Vocabulary, loaded: Iterable[Loaded], problems: Iterable[Problem], today: dt.date
) -> Tree:
    """Items that were examined, together: who may be shown, and what is wrong between them."""
    items, found = list(loaded), list(problems)
    people = {person.id: person for person in vocabulary.people}
    decisions = {}
    for one in items:
        decision = judge(one.item, people, today)
        decisions[one.item.origin.uri] = decision
        found += decision.problems
    ledger, spoilt = open_ledger(root)
    found += spoilt
    unread = _unread(root, found)
    found += check_tree(items, ledger, unread)
    if (root / "_data").is_dir():
        found += check_named(vocabulary.named, unread | {one.item.id for one in items})
    found += lost_addresses(items, decisions, ledger)
    found += _hidden_in_print(items, decisions)
    return Tree(root, vocabulary, tuple(items), decisions, tuple(ordered(_once(found))), today)
