"""What a type cannot say: rules inside one item and between items. Takes loaded items, gives problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from pubhub.content.alt import is_file_name
from pubhub.content.call import check_call
from pubhub.content.ledger import LEDGER, Published
from pubhub.content.loader import Loaded
from pubhub.content.model import (
    BY_SECTION,
    COLUMNS,
    ITEM_ID,
    SCOPES,
    Alert,
    Campaign,
    Case,
    Course,
    Entry,
    Event,
    Issue,
    Item,
    Lesson,
    News,
)
from pubhub.problems import Problem, problem
from pubhub.urls import OWN_PAGES, RESERVED

_COLUMN_KINDS: Mapping[str, frozenset[str]] = {
    "工作动态": frozenset({"news", "event", "campaign"}),
    "支行荟萃": frozenset({"news", "event"}),
    "消保之星": frozenset({"star"}),
    "消保微讲堂": frozenset({"lesson", "article", "course"}),
    "风险瞭望台": frozenset({"alert", "case"}),
}
_NAMING = frozenset({Event.section, Course.section, Issue.section})
"""Sections whose items name others in keys of their own."""
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_NAMED = re.compile(ITEM_ID + r"(#.*)?")


def check_item(item: Item) -> Iterator[Problem]:
    """Rules that need this item alone."""
    origin = item.origin

    def wrong(code: str, field: str, **params: object) -> Problem:
        return problem(origin.uri, origin.line(field), code, field, **params)

    parts = origin.uri.split("/")
    if item.section != "pages" and parts[1] != str(item.date.year):
        yield wrong("year-folder", "date", folder=parts[1], year=item.date.year)
    if item.status == "withdrawn" and item.withdrawn is None:
        yield wrong("withdrawn-without-reason", "status")
    if item.withdrawn is not None and item.status != "withdrawn":
        yield wrong("withdrawn-status", "withdrawn")
    if item.id in item.related or item.superseded_by == item.id:
        yield wrong("names-itself", "related" if item.id in item.related else "superseded_by")
    yield from _check_notes(item, wrong)
    yield from _check_kind(item, wrong)


def _check_notes(item: Item, wrong: Callable[..., Problem]) -> Iterator[Problem]:
    """What front matter says of pictures."""
    if item.cover_alt and not item.cover:
        yield wrong("cover-alt-alone", "cover_alt")
    elif item.cover_alt and is_file_name(item.cover_alt, item.cover):
        yield wrong("alt-file-name", "cover_alt", value=item.cover, alt=item.cover_alt)
    seen = set()
    for number, note in enumerate(item.pictures, 1):
        if note.file in seen:
            yield wrong("repeated", f"pictures[{number}].file", value=note.file)
        seen.add(note.file)


def _check_kind(item: Item, wrong: Callable[..., Problem]) -> Iterator[Problem]:
    if isinstance(item, Alert):
        if item.expires < (item.issued or item.date):
            yield wrong("expires-first", "expires", date=item.issued or item.date, expires=item.expires)
    elif isinstance(item, (Event, Campaign)):
        if item.ends is not None and item.ends < item.starts:
            yield wrong("ends-first", "ends", starts=item.starts, ends=item.ends)
        if isinstance(item, Event) and item.origin.assets and not (item.photo_consent or item.people or item.pictures):
            yield wrong("photo-consent", "photo_consent")
        if isinstance(item, Campaign):
            yield from check_call(item, wrong)
    elif isinstance(item, Case):
        if item.basis == "consented" and item.consent is None:
            yield wrong("consent-missing", "basis")
    elif isinstance(item, Entry):
        if item.state in {"done", "dropped"} and not item.outcome:
            yield wrong("outcome-missing", "state")
        if item.due < item.raised:
            yield wrong("due-first", "due", raised=item.raised, due=item.due)
        if item.visibility != "staff":
            yield wrong("register-public", "visibility")
    elif isinstance(item, Issue) and item.origin.slug != item.quarter.lower():
        yield wrong("quarter-slug", "quarter", quarter=item.quarter, slug=item.origin.slug)
    if isinstance(item, (Lesson, Course)):
        for number, question in enumerate(item.quiz, 1):
            if question.answer > len(question.options):
                yield wrong(
                    "quiz-answer", f"quiz[{number}].answer", answer=question.answer, count=len(question.options)
                )


def check_tree(
    loaded: Iterable[Loaded], ledger: Sequence[Published], unread: Collection[str] = frozenset()
) -> Iterator[Problem]:
    """Rules between items.

    Args:
        loaded: what could be read.
        ledger: everything ever approved.
        unread: ids and addresses of files that have problems of their own: they are not missing.
    """
    found = list(loaded)
    by_id: dict[str, Item] = {}
    signed = {(id_, url) for id_, url, _ in ledger}
    # Of two with one id, the one that was published under it keeps it.
    for one in sorted(found, key=lambda one: (one.item.id, one.item.url) not in signed):
        item = one.item
        if item.id in by_id:
            other = by_id[item.id].origin.uri
            yield problem(item.origin.uri, item.origin.line("id"), "duplicate-id", "id", id=item.id, other=other)
        else:
            by_id[item.id] = item
    yield from _check_aliases([one.item for one in found])
    public = {id_ for id_, item in by_id.items() if item.visibility == "public"}
    staff = by_id.keys() - public
    for one in found:
        if not _names_only(one, public, staff):
            yield from _check_references(one, by_id, unread)
    yield from _check_columns([one.item for one in found], by_id)
    yield from _check_ledger(by_id, {one.item.url: one.item for one in found}, ledger, unread)


def _check_aliases(items: list[Item]) -> Iterator[Problem]:
    moved = [item for item in items if item.aliases]
    taken = {item.url: item.origin.uri for item in items} if moved else {}
    for item in moved:
        for number, alias in enumerate(item.aliases, 1):
            field = f"aliases[{number}]"
            if alias in taken or _is_own(alias):
                other = taken.get(alias, "网站自己的页面")
                yield problem(item.origin.uri, item.origin.line(field), "alias-taken", field, value=alias, other=other)
            taken.setdefault(alias, item.origin.uri)


def _is_own(alias: str) -> bool:
    """True for an address that the site itself fills, or may: home, lists, topics."""
    first, *rest = alias.removesuffix(".html").split("/")
    if first in RESERVED | OWN_PAGES:
        return True
    # alerts.html, alerts/index.html, alerts/2026.html, alerts/page-2.html, alerts/2026/page-2.html are lists.
    return first in BY_SECTION and all(re.fullmatch(r"index|[0-9]{4}|page-[0-9]+", part) for part in rest)


def references(item: Item) -> Iterator[tuple[str, str]]:
    """Every id that front matter names, with its field."""
    for number, id_ in enumerate(item.related, 1):
        yield f"related[{number}]", id_
    if item.superseded_by:
        yield "superseded_by", item.superseded_by
    if isinstance(item, Event):
        yield from ((f"materials[{n}]", id_) for n, id_ in enumerate(item.materials, 1))
    if isinstance(item, Course):
        yield from ((f"lessons[{n}]", id_) for n, id_ in enumerate(item.lessons, 1))
    if isinstance(item, Issue):
        for name, ids in zip(COLUMNS, item.columns, strict=True):
            yield from ((f"columns.{name}[{n}]", id_) for n, id_ in enumerate(ids, 1))


def _names_only(one: Loaded, public: Collection[str], staff: Collection[str]) -> bool:
    """True for an item that names nothing but public items, so that nothing can be wrong with it: nearly every one."""
    item, scan = one.item, one.scan
    if item.superseded_by or item.section in _NAMING:
        return False
    for id_ in item.related:
        if id_ not in public:
            return False
    for pointer in scan.pointers:
        if not pointer.image and pointer.target not in public:
            return False
    return not staff or all(id_ not in staff for id_, _ in scan.mentions)


def _check_references(one: Loaded, by_id: Mapping[str, Item], unread: Collection[str]) -> Iterator[Problem]:
    item, origin = one.item, one.item.origin
    # Lines of keys are looked up where one is needed: ten thousand items have nothing to be said of.
    named = [(0, field, id_) for field, id_ in references(item)]
    named += [(pointer.line, "", pointer.target.split("#")[0]) for pointer in one.scan.item_ids()]
    for line, field, id_ in named:
        target = by_id.get(id_)
        if target is None:
            if id_ not in unread:
                yield problem(origin.uri, line or origin.line(field), "unknown-id", field, value=id_)
        elif target.visibility == "staff" and item.visibility == "public":
            yield problem(origin.uri, line or origin.line(field), "names-staff", field, value=id_)
    if item.visibility == "public" and one.scan.mentions:
        linked = {id_ for _, _, id_ in named}
        for id_, line in one.scan.mentions:
            mentioned = by_id.get(id_)
            if mentioned is not None and mentioned.visibility == "staff" and id_ not in linked:
                yield problem(origin.uri, line, "names-staff", value=id_)
    for pointer in one.scan.pointers:
        if not pointer.image and _is_path(pointer.target):
            yield problem(origin.uri, pointer.line, "path-link", value=pointer.target)
    if not item.superseded_by:
        return
    seen: set[str] = set()
    step: Item | None = item
    while step is not None and step.superseded_by and step.superseded_by != step.id:
        if step.id in seen:
            # Who only leads into a circle has nothing to mend.
            if step.id == item.id:
                at = origin.line("superseded_by")
                yield problem(origin.uri, at, "superseded-circle", "superseded_by", value=item.id)
            break
        seen.add(step.id)
        step = by_id.get(step.superseded_by)


def _is_path(target: str) -> bool:
    return not (target.startswith("#") or _NAMED.fullmatch(target) or _ELSEWHERE.match(target))


def _check_columns(items: list[Item], by_id: Mapping[str, Item]) -> Iterator[Problem]:
    printed: dict[str, str] = {}
    quarters: dict[str, str] = {}
    for issue in (i for i in items if isinstance(i, Issue)):
        uri, line = issue.origin.uri, issue.origin.line
        if issue.quarter in quarters:
            yield problem(
                uri, line("quarter"), "quarter-twice", "quarter", value=issue.quarter, other=quarters[issue.quarter]
            )
        quarters[issue.quarter] = uri
        for name, ids in zip(COLUMNS, issue.columns, strict=True):
            for number, id_ in enumerate(ids, 1):
                field = f"columns.{name}[{number}]"
                target = by_id.get(id_)
                if id_ in printed:
                    yield problem(uri, line(field), "printed-twice", field, value=id_, other=printed[id_])
                printed[id_] = issue.quarter
                if target is None:
                    continue
                scope = "支行荟萃" if isinstance(target, News) and target.scope == "outlet" else name
                if target.kind not in _COLUMN_KINDS[name] or (isinstance(target, News) and name != scope):
                    kind = SCOPES[target.scope] if isinstance(target, News) else target.name
                    yield problem(uri, line(field), "wrong-column", field, value=id_, kind=kind, column=name)


def _check_ledger(
    by_id: Mapping[str, Item], by_url: Mapping[str, Item], ledger: Sequence[Published], unread: Collection[str]
) -> Iterator[Problem]:
    for number, (id_, url, _) in enumerate(ledger, 1):
        item = by_id.get(id_)
        if item is None:
            there = by_url.get(url)
            if there is not None and id_ not in unread:
                place = there.origin
                yield problem(place.uri, place.line("id"), "published-renumbered", "id", value=id_, now=there.id)
            elif id_ not in unread and url not in unread:
                yield problem(LEDGER, number, "published-gone", value=id_, url=url)
        elif url != item.url and url not in item.aliases:
            yield problem(item.origin.uri, 1, "published-moved", "aliases", value=id_, url=url)
