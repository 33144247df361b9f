"""An issue in print: takes the desk and an issue, gives a PDF with its pages; one that was made before comes from the vault."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pubhub.bulletin.artwork import theme_files
from pubhub.bulletin.columns import printed
from pubhub.bulletin.corrections import since_last
from pubhub.bulletin.manuscript import Format, Manuscript, manuscript
from pubhub.bulletin.photos import key_of
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.engine.version import code_version, digest
from pubhub.printing.levels import ONE_COLUMN, states, too_low
from pubhub.printing.typeset import FITTING, LEVEL, STEADY, Sheet, Typesetter, temporary, versions
from pubhub.problems import Problem
from pubhub.tokens import read_tokens

_POLISHED = 4
"""Passes after which columns may end as they do; one or two do for most issues."""
_PASSES = 10
"""After which two columns are given up."""
_COVER = b'#import "issue.typ": *\n#show: magazine\n#cover()\n'
_COVER_WIDTH = 1200
"""Pixels of the cover's picture."""


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
    with temporary() as folder:
        typesetter = Typesetter(Path(folder), text.all_files(), _epoch(issue.date))
        sheet = _level(typesetter, text)
        found = {mark.name: mark.page for mark in reversed(sheet.marks) if mark.kind == "item"}
        page_of = dict(sorted(found.items()))
        typesetter.change("main.typ", _COVER)
        _tell(typesetter, text, page_of=page_of)
        cover = typesetter.picture(_COVER_WIDTH)
    pages = max(mark.page for mark in sheet.marks if mark.kind == "last")
    done = Printed(sheet.pdf, pages, cover, page_of, text.problems)
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


def _level(typesetter: Typesetter, text: Manuscript) -> Sheet:
    """Sets the issue, and again as long as a block of two columns does not hold its text or may end more level."""
    for number in itertools.count(1):
        sheet = typesetter.set(LEVEL if number < _POLISHED else STEADY if number < _PASSES else FITTING)
        if sheet.pdf:
            break
        extra = states(sheet.marks)
        if number >= _PASSES:
            extra |= dict.fromkeys(too_low(sheet.marks), ONE_COLUMN)
        # Few changes in a pass leave it time to settle.
        rounds = {} if number + 1 < _POLISHED else {"rounds": 1 if number + 1 < _PASSES else 0}
        _tell(typesetter, text, extra=extra, **rounds)
    return sheet


def _tell(typesetter: Typesetter, text: Manuscript, **more: Mapping[str, object]) -> None:
    """Adds to what the theme knows of the issue."""
    record = {**json.loads(text.files["issue.json"]), **more}
    typesetter.change("issue.json", json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8"))


def _contents(text: Manuscript, issue: Issue) -> list[str | bytes]:
    parts: list[str | bytes] = [*versions(), issue.date.isoformat()]
    for name, data in sorted(text.files.items()):
        parts += [name, data]
    return [*parts, *(f"{name} {key_of(picture)}" for name, picture in text.pictures)]


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
