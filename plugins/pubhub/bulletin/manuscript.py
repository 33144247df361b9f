"""An issue as Typst files: takes the desk and an issue, gives the text that theme/print sets, and the pictures it shows."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pubhub.bulletin.artwork import INTROS, POSES, SEVERITIES, colours, qr, theme_files
from pubhub.bulletin.columns import printed
from pubhub.bulletin.corrections import since_last
from pubhub.bulletin.photos import address_of, pixels_of, print_copy, suffix_of
from pubhub.clock import chinese_date, quarter_name
from pubhub.content.model import Alert, Article, Case, Issue, Item, News, Star
from pubhub.engine.desk import Desk
from pubhub.markup.rewrite import NEUTRAL
from pubhub.pages.cards import card
from pubhub.pages.items import fact_rows, questions_of, steps_of
from pubhub.pictures import Picture
from pubhub.printing.convert import typst_of
from pubhub.printing.fonts import printable
from pubhub.printing.literal import breakable, shown, unprintable
from pubhub.printing.settings import Block, Link, Settings, UnknownElement
from pubhub.problems import ContentRefused, Problem, problem
from pubhub.tokens import Tokens
from pubhub.urls import absolute

_TWO_COLUMNS = (Article, Case, News, Star)
_SHORT = 260
"""Characters of code of a last paragraph that is kept together with the sources."""
_ROUNDS, _MANY = 4, 50
"""How often a block of columns may change its height in one pass of Typst, which lays pages out five times and remembers each;
so many articles that it may not: they change between passes alone."""
_LEADS = 4
"""Titles on the cover."""


@dataclass(frozen=True)
class Format:
    """What kind of PDF."""

    screen: bool = False
    """For phones: one column, pages of their shape, larger type."""
    marks: bool = False
    """For the printing house: 3 mm of bleed, trim marks, whole sheets of four pages."""
    draft: bool = False
    """Not yet reviewed, and marked so on every page."""


@dataclass(frozen=True)
class Manuscript:
    """Everything that Typst reads, but for the pictures' bytes."""

    files: Mapping[str, bytes]
    pictures: tuple[tuple[str, Picture], ...]
    """File names and what they show."""
    screen: bool
    problems: tuple[Problem, ...]
    """Characters that no face of print has."""

    def all_files(self) -> dict[str, bytes]:
        """With the pictures, cleaned."""
        return {**self.files, **{name: print_copy(picture, self.screen) for name, picture in self.pictures}}


def manuscript(desk: Desk, tokens: Tokens, issue: Issue, format: Format) -> Manuscript:
    """Raises ContentRefused for an element that print does not know."""
    return _Writer(desk, tokens, issue, format).write()


class _Writer:
    def __init__(self, desk: Desk, tokens: Tokens, issue: Issue, format: Format) -> None:
        self._desk, self._catalog, self._issue, self._format = desk, desk.catalog, issue, format
        self._tokens = tokens
        self._columns = printed(self._catalog, issue)
        self._items = [item for _, items in self._columns for item in items]
        self._pictures: list[str] = []
        self._problems: list[Problem] = []

    def write(self) -> Manuscript:
        main = ['#import "issue.typ": *', '#import "body.typ": *', "#show: magazine", "#cover()", "#contents()"]
        main += ["#pagebreak(weak: true)", f"#editorial({self._plain(self._issue)})", "#pagebreak(weak: true)"]
        for number, (_, items) in enumerate(self._columns):
            main.append(f"#opener(d.columns.at({number}))")
            main += [
                f"#article({json.dumps(item.id)}, {self._parts(item)}, first: {str(item is items[0]).lower()})"
                for item in items
            ]
        if any(_quiz(item) for item in self._items):
            main += ["#answers()"]
        main += ["#corrections()", "#note-pages()", "#back()"]
        known = {f"{NEUTRAL}{address_of(picture, name)}": picture for name, picture in self._shown_pictures()}
        names = [f"picture-{n}{suffix_of(known[url])}" for n, url in enumerate(self._pictures)]
        files = {
            "main.typ": "\n".join(main).encode("utf-8"),
            "issue.json": self._json(names, [pixels_of(known[url], self._format.screen) for url in self._pictures]),
            **theme_files(self._desk.theme),
            **{f"qr-{item.id}.svg": qr(self._address(item)) for item in self._items},
            "qr-issue.svg": qr(self._address(self._issue)),
        }
        pictures = [(name, known[url]) for name, url in zip(names, self._pictures, strict=True)]
        return Manuscript(files, tuple(pictures), self._format.screen, tuple(dict.fromkeys(self._problems)))

    def _shown_pictures(self) -> Iterable[tuple[str, Picture]]:
        for item in (self._issue, *self._items):
            yield from self._catalog.entry(item.id).used_pictures().items()

    def _convert(self, item: Item, level: int) -> tuple[Block, ...]:
        settings = Settings(
            item.id,
            printable,
            partial(self._link),
            level=level,
            most_columns=3 if self._format.screen else 10,
            room=(41, 41) if self._format.screen else (47, 98),
            pictures=self._pictures,
        )
        try:
            blocks = typst_of(self._desk.bodies.neutral(item), settings)
        except UnknownElement as found:
            line = item.origin.body_line
            raise ContentRefused([problem(item.origin.uri, line, "print-element", value=found.element)]) from None
        self._report(item, settings.missing, item.origin.body_line)
        return blocks

    def _plain(self, item: Item) -> str:
        return "{" + "\n".join(block.code for block in self._convert(item, 1)) + "}"

    def _parts(self, item: Item) -> str:
        """The body and its notes, as two arguments."""
        blocks = self._convert(item, 2)
        body = [block for block in blocks if not block.notes]
        notes = "\n".join(block.code for block in blocks if block.notes)
        return f"{self._runs(body, closed=not notes and not _quiz(item))}, {notes or 'none'}"

    @staticmethod
    def _runs(blocks: Iterable[Block], closed: bool) -> str:
        """Neighbouring blocks of one width together: those of half a page are set in two columns, the wide ones across.

        closed: whether the sources follow the body at once.
        """
        runs: list[tuple[bool, list[str]]] = []
        for wide, code in ((block.wide, block.code) for block in blocks):
            if not runs or runs[-1][0] != wide:
                # A heading stands with what it announces.
                heads: list[str] = []
                while wide and runs and runs[-1][1] and runs[-1][1][-1].startswith("hd("):
                    heads.insert(0, runs[-1][1].pop())
                runs.append((wide, heads))
            runs[-1][1].append(code)
        if closed and runs and runs[-1][1][-1].startswith("p(") and len(runs[-1][1][-1]) < _SHORT:
            # Its sources stand below it, never on a page of their own.
            runs[-1][1][-1] = f"keep({runs[-1][1][-1]})"
        return (
            "("
            + "".join(f"({str(wide).lower()}, {{\n" + "\n".join(codes) + "\n})," for wide, codes in runs if codes)
            + ")"
        )

    def _link(self, url: str) -> Link:
        if not url.startswith(NEUTRAL):
            return Link(url)
        id_, _, fragment = url.removeprefix(NEUTRAL).partition("#")
        if any(item.id == id_ for item in self._items):
            return Link(label=id_)
        target = self._catalog.get(id_)
        return Link(self._address(target) + (f"#{fragment}" if fragment else "")) if target else Link()

    def _address(self, item: Item) -> str:
        return absolute(self._catalog.vocabulary.site.url, item.url)

    def _report(self, item: Item, missing: Iterable[str], line: int) -> None:
        for character in dict.fromkeys(missing):
            number = f"U+{ord(character):04X}"
            self._problems.append(problem(item.origin.uri, line, "print-character", value=character, label=number))

    def _json(self, names: list[str], pixels: list[int]) -> bytes:
        issue, site = self._issue, self._catalog.vocabulary.site
        sections = {section.id: section.intro for section in self._catalog.vocabulary.sections}
        found = since_last(self._catalog, issue)
        record = {
            "screen": self._format.screen,
            "marks": self._format.marks,
            "draft": self._format.draft,
            "colours": colours(self._tokens),
            "title": site.bulletin,
            "title_full": f"{site.bulletin} {quarter_name(issue.quarter)}",
            "quarter": f"第{quarter_name(issue.quarter).rpartition('第')[2]}",
            "quarter_name": quarter_name(issue.quarter),
            "year": issue.quarter[:4],
            "number": issue.quarter[5:],
            "date": [issue.date.year, issue.date.month, issue.date.day],
            "date_text": chinese_date(issue.date),
            "organisation": site.organisation,
            "team": site.team,
            "licence": site.licence,
            "keywords": [t.name for t in self._catalog.vocabulary.topics if t.id in issue.topics],
            "id": issue.id,
            "lead": issue.lead,
            "summary": issue.summary,
            "url": self._address(issue),
            "shown": _bare(self._address(issue)),
            "leads": [item.id for item in self._leads()],
            "order": [item.id for item in self._items],
            "columns": [
                {
                    "name": name,
                    "intro": INTROS.get(name, sections.get(items[0].section, "")),
                    "pose": POSES.get(name, "greeting"),
                    "items": [i.id for i in items],
                }
                for name, items in self._columns
            ],
            "items": {item.id: self._item(item) for item in self._items},
            "has_quiz": any(_quiz(item) for item in self._items),
            "hotlines": [
                {"number": h.number, "name": h.name, "use": h.use, "emergency": h.emergency}
                for h in self._catalog.vocabulary.facts.hotlines
            ],
            "corrections": [
                {
                    "date": chinese_date(one.change.date),
                    "level": one.level,
                    "title": one.item.title,
                    "note": one.change.note,
                    "url": self._address(one.item),
                }
                for one in found
            ],
            "corrections_intro": "上期出版以来，网站上已经发布的内容有下面这些更正和重要更新。",
            "files": names,
            "pixels": pixels,
            # What only a second pass knows.
            "extra": {},
            "page_of": {},
            "padding": 0,
            "rounds": _ROUNDS if len(self._items) <= _MANY else 0,
        }
        text = self._printable(record, issue)
        return json.dumps(text, ensure_ascii=False, sort_keys=True).encode("utf-8")

    def _item(self, item: Item) -> dict[str, Any]:
        people = {person.id: person.name for person in self._catalog.vocabulary.people}
        names = "、".join(people[a] for a in item.authors if a in people)
        seen = card(self._catalog, item)
        record = {
            "id": item.id,
            "title": item.title,
            "kind": seen.kind_name,
            "layout": "two" if isinstance(item, _TWO_COLUMNS) else "one",
            "byline": "　".join(filter(None, (names, chinese_date(item.date), *_beside(item)))),
            "summary": item.summary,
            "plain": item.plain,
            "teaser": item.plain[0] if item.plain else item.summary.partition("。")[0] + "。",
            "facts": [] if isinstance(item, (News, Star)) else fact_rows(self._catalog, item),
            "steps": steps_of(item),
            "steps_title": "遇到了怎么办" if isinstance(item, Alert) else "照着做",
            "quiz": _quiz(item),
            "severity": [SEVERITIES[item.severity], seen.severity.name]
            if isinstance(item, Alert) and seen.severity
            else None,
            "sample": item.sample,
            "sources": [{"text": s.text, "url": s.url} for s in item.sources],
            "url": self._address(item),
            "shown": _bare(self._address(item)),
        }
        printed_record: dict[str, Any] = self._printable(record, item)
        # Addresses are for machines as well: nothing may be put into them.
        return {**printed_record, "url": record["url"], "sources": _with_urls(printed_record["sources"], item)}

    def _leads(self) -> list[Item]:
        """The first of each column from the last to the first: what warns stands above what reports; samples last."""
        firsts = [items[0] for _, items in reversed(self._columns)]
        rest = [item for _, items in reversed(self._columns) for item in items[1:]]
        return sorted([*firsts, *rest], key=lambda item: item.sample)[:_LEADS]

    def _printable(self, value: Any, item: Item) -> Any:
        """Every text with what no face has spelled out."""
        if isinstance(value, str):
            self._report(item, unprintable(value, printable), 1)
            return breakable(shown(value, printable))
        if isinstance(value, dict):
            return {key: self._printable(one, item) for key, one in value.items()}
        return [self._printable(one, item) for one in value] if isinstance(value, (list, tuple)) else value


def _beside(item: Item) -> tuple[str, ...]:
    """What stands beside the date of a report."""
    if isinstance(item, Star):
        return (item.person, item.unit)
    return (item.unit,) if isinstance(item, News) else ()


def _quiz(item: Item) -> list[dict[str, Any]]:
    return [dataclasses.asdict(question) for question in questions_of(item)]


def _with_urls(sources: list[dict[str, str]], item: Item) -> list[dict[str, str]]:
    return [{**row, "url": source.url} for row, source in zip(sources, item.sources, strict=True)]


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url).rstrip("/")
