"""An issue in print: takes the desk and an issue, gives a PDF with its pages; one that was made before comes from the vault."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import dataclass, field
from functools import partial

from pubhub.bulletin.columns import printed
from pubhub.bulletin.corrections import since_last
from pubhub.bulletin.manuscript import Format, Manuscript, manuscript, theme_files
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.engine.version import code_version, digest
from pubhub.engine.workers import apart
from pubhub.printing.typeset import Mark, Sheet, Typesetter, versions
from pubhub.problems import Problem
from pubhub.tokens import read_tokens

_COVER = 1200
"""Pixels of the cover picture's width."""
_ROUNDS = 10
"""Passes after which two columns are given up; four do for most issues."""
_ONE_COLUMN = -1
_HALF_LINE = 8.75
"""Points: half of theme/print's pitch."""
_STEPS = 6
"""Half lines that a block grows at once, at most."""


@dataclass(frozen=True)
class Printed:
    """A finished issue."""

    pdf: bytes
    pages: int
    cover: bytes
    """The first page as a PNG."""
    page_of: dict[str, int]
    """Item id → page of its title, 1-based."""
    problems: tuple[Problem, ...] = field(default=())
    """Characters that no face of print has; they stand there by their number."""


def print_issue(desk: Desk, issue: Issue, *, screen: bool = False, marks: bool = False, draft: bool = False) -> Printed:
    """The PDF of an issue: PDF/A-2a and PDF/UA-1, the same bytes for the same content.

    Args:
        screen: small pages, one column, larger type, for phones and tired eyes.
        marks: 3 mm of bleed and trim marks.
        draft: marked 草稿 · 未审核 on every page.

    Raises:
        ContentRefused: an element of an article that print does not know.
    """
    text = manuscript(desk, read_tokens(desk.theme), issue, Format(screen, marks, draft))
    key = digest(b"printed", *_contents(text, issue))
    kept = desk.vault.get(key) if desk.vault is not None else None
    if kept is not None:
        return _unpacked(kept, text)
    sheet, cover = apart(partial(_set, text, issue.date))
    found = {mark.name: mark.page for mark in reversed(sheet.marks) if mark.kind == "item"}
    pages = max(mark.page for mark in sheet.marks if mark.kind == "last")
    done = Printed(sheet.pdf, pages, cover, dict(sorted(found.items())), text.problems)
    if desk.vault is not None:
        desk.vault.put(key, _packed(done))
    return done


def print_key(desk: Desk, issue: Issue, *, screen: bool = False, marks: bool = False, draft: bool = False) -> bytes:
    """Of everything that `print_issue` depends on, without rendering a body."""
    catalog = desk.catalog
    items = [issue, *(item for _, column in printed(catalog, issue) for item in column)]
    told = since_last(catalog, issue)
    named = sorted({p.target.split("#")[0] for i in items for p in catalog.entry(i.id).scan.pointers if not p.image})
    targets = [(id_, found.url) for id_ in named if (found := catalog.get(id_)) is not None]
    words = catalog.vocabulary
    return digest(
        repr((screen, marks, draft)),
        *(f"{item.origin.uri} {item.origin.source}" for item in items),
        *(f"{one.change} {one.item.origin.uri} {one.item.title}" for one in told),
        repr(targets),
        repr((words.site, words.facts, words.people, words.sections, words.topics)),
        *(part for name, data in sorted(theme_files(desk.theme).items()) for part in (name, data)),
        (desk.theme / "tokens.toml").read_bytes(),
        code_version(),
        *versions(),
    )


def _set(text: Manuscript, day: dt.date) -> tuple[Sheet, bytes]:
    typesetter = Typesetter(text.all_files(), _epoch(day))
    return _level(typesetter, text), typesetter.first_page(_COVER)


def _level(typesetter: Typesetter, text: Manuscript) -> Sheet:
    """Sets the issue, and again as long as a block of two columns that a page breaks is too low for its text."""
    record = json.loads(text.files["issue.json"])
    extra: dict[str, int] = {}
    number = 0
    while True:
        sheet = typesetter.set(lambda marks: not _too_low(marks))
        low = _too_low(sheet.marks)
        if not low:
            return sheet
        number += 1
        for name, steps in low.items():
            # What does not settle is set in one column, which always holds its text.
            extra[name] = extra.get(name, 0) + steps if number < _ROUNDS else _ONE_COLUMN
        record["extra"] = extra
        typesetter.change("issue.json", json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8"))


def _too_low(marks: tuple[Mark, ...]) -> dict[str, int]:
    """Blocks whose text ends below their foot, and by how many half lines each must grow: both columns take what is too much."""
    ends = {mark.name: mark for mark in marks if mark.kind == "end"}
    feet = {mark.name: mark for mark in marks if mark.kind == "bottom"}
    low = {}
    for name, end in sorted(ends.items()):
        foot = feet[name]
        if end.page > foot.page:
            low[name] = _STEPS
        elif end.page == foot.page and end.y > foot.y + 1:
            low[name] = min(_STEPS, math.ceil((end.y - foot.y) / 2 / _HALF_LINE))
    return low


def _contents(text: Manuscript, issue: Issue) -> list[str | bytes]:
    parts: list[str | bytes] = [*versions(), issue.date.isoformat()]
    for name, data in sorted(text.files.items()):
        parts += [name, data]
    return [*parts, *(f"{name} {picture.sha256} {picture.shown}" for name, picture in text.pictures)]


def _packed(done: Printed) -> bytes:
    head = json.dumps({"pages": done.pages, "page_of": done.page_of, "pdf": len(done.pdf)}).encode()
    return len(head).to_bytes(4, "big") + head + done.pdf + done.cover


def _unpacked(data: bytes, text: Manuscript) -> Printed:
    size = 4 + int.from_bytes(data[:4], "big")
    head = json.loads(data[4:size])
    end = size + head["pdf"]
    return Printed(data[size:end], head["pages"], data[end:], head["page_of"], text.problems)


def _epoch(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
