"""An issue in print: takes the desk and an issue, gives a PDF with its pages; one that was made before comes from the vault."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
_SHEET = 4
"""Pages of a folded sheet."""
_COVER = b'#import "issue.typ": *\n#show: magazine\n#cover()\n'
_COVER_WIDTH = 1200
"""Pixels of the cover's picture."""


@dataclass(frozen=True)
class Printed:
    """A finished issue."""

    pdf: bytes
    pages: int
    cover: bytes
    """The first page as a PNG; empty but for the printed issue."""
    page_of: dict[str, int]
    """Item id → page of its title, 1-based."""
    problems: tuple[Problem, ...] = field(default=())
    """Characters that no face of print has; they stand there by their number."""


def print_issue(desk: Desk, issue: Issue, *, screen: bool = False, marks: bool = False, draft: bool = False) -> Printed:
    """The PDF of an issue: PDF/A-2a and PDF/UA-1, the same bytes for the same content.

    Args:
        screen: pages of a phone's shape, one column, larger type, numbers to tap.
        marks: for the printing house: 3 mm of bleed, trim marks, and pages for notes that make the last sheet whole.
        draft: marked 草稿 · 未审核 on every page.

    Raises:
        ContentRefused: an element of an article that print does not know.
    """
    return _print(desk, issue, Format(screen, marks, draft))()


def print_both(desk: Desk, issue: Issue, draft: bool = False) -> tuple[Printed, Printed]:
    """The printed issue and the one for phones, set side by side. Raises ContentRefused."""
    jobs = [_print(desk, issue, Format(screen, draft=draft)) for screen in (False, True)]
    with ThreadPoolExecutor(len(jobs)) as threads:
        paper, screen = threads.map(lambda job: job(), jobs)
    return paper, screen


def _print(desk: Desk, issue: Issue, format: Format) -> Callable[[], Printed]:
    """What is left to do once the bodies are read: it may run in a thread of its own."""
    text = manuscript(desk, read_tokens(desk.theme), issue, format)
    key = digest(b"printed", *_contents(text, issue))
    kept = desk.vault.get(key) if desk.vault is not None else None
    if kept is not None:
        done = _unpacked(kept, text)
        return lambda: done
    files = text.all_files()

    def job() -> Printed:
        with temporary() as folder:
            done = _Setting(Typesetter(Path(folder), files, _epoch(issue.date)), text).print(format)
        if desk.vault is not None:
            desk.vault.put(key, _packed(done))
        return done

    return job


def print_key(desk: Desk, issue: Issue, *, screen: bool = False, marks: bool = False, draft: bool = False) -> bytes:
    """Of everything that `print_issue` depends on, without rendering a body."""
    catalog = desk.catalog
    items = [issue, *(item for _, column in printed(catalog, issue) for item in column)]
    told = since_last(catalog, issue)
    named = sorted({p.target.split("#")[0] for i in items for p in catalog.entry(i.id).scan.pointers if not p.image})
    targets = [(id_, found.url) for id_ in named if (found := catalog.get(id_)) is not None]
    return digest(
        design_key(desk),
        repr((screen, marks, draft)),
        *(f"{item.origin.uri} {item.origin.source}" for item in items),
        *(f"{one.change} {one.item.origin.uri} {one.item.title}" for one in told),
        repr(targets),
    )


def design_key(desk: Desk) -> bytes:
    """Of what all issues are printed with; worked out once for a catalog."""
    words = desk.catalog.vocabulary
    known = desk.catalog.memo
    if "design" not in known:
        known["design"] = digest(
            repr((words.site, words.facts, words.people, words.sections, words.topics)),
            *(part for name, data in sorted(theme_files(desk.theme).items()) for part in (name, data)),
            (desk.theme / "tokens.toml").read_bytes(),
            code_version(),
            *versions(),
        )
    return bytes(known["design"])


class _Setting:
    """Passes over one issue, each with what the passes before it found."""

    def __init__(self, typesetter: Typesetter, text: Manuscript) -> None:
        self._typesetter, self._text = typesetter, text
        self._known: dict[str, object] = {}
        self._rounds = int(json.loads(text.files["issue.json"])["rounds"])

    def print(self, format: Format) -> Printed:
        sheet = self._level()
        rest = -_pages(sheet) % _SHEET
        if format.marks and rest:
            self._tell(padding=rest)
            sheet = self._level()
        found = {mark.name: mark.page for mark in reversed(sheet.marks) if mark.kind == "item"}
        page_of = dict(sorted(found.items()))
        cover = b""
        if not format.screen and not format.marks:
            self._typesetter.change("main.typ", _COVER)
            self._tell(page_of=page_of)
            cover = self._typesetter.picture(_COVER_WIDTH)
        return Printed(sheet.pdf, _pages(sheet), cover, page_of, self._text.problems)

    def _level(self) -> Sheet:
        """Sets the issue, and again as long as a block of two columns does not hold its text or may end more level."""
        for number in itertools.count(1):
            sheet = self._typesetter.set(LEVEL if number < _POLISHED else STEADY if number < _PASSES else FITTING)
            if sheet.pdf:
                break
            extra = states(sheet.marks)
            if number >= _PASSES:
                extra |= dict.fromkeys(too_low(sheet.marks), ONE_COLUMN)
            self._tell(extra=extra)
            if number + 1 >= _POLISHED:
                # Few changes in a pass leave it time to settle.
                self._tell(rounds=min(self._rounds, 1 if number + 1 < _PASSES else 0))
        return sheet

    def _tell(self, **more: object) -> None:
        """Adds to what the theme knows of the issue."""
        self._known |= more
        record = {**json.loads(self._text.files["issue.json"]), **self._known}
        self._typesetter.change("issue.json", json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8"))


def _pages(sheet: Sheet) -> int:
    return max(mark.page for mark in sheet.marks if mark.kind == "last")


def _contents(text: Manuscript, issue: Issue) -> list[str | bytes]:
    parts: list[str | bytes] = [*versions(), issue.date.isoformat()]
    for name, data in sorted(text.files.items()):
        parts += [name, data]
    return [*parts, *(f"{name} {key_of(picture, text.screen)}" for name, picture in text.pictures)]


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
