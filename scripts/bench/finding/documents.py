"""What is searched: takes a folder of texts or of our content, gives documents, and our index over them."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from pubhub.content.body import Scan
from pubhub.content.catalog import make_catalog
from pubhub.content.loader import Loaded
from pubhub.content.model import Article, Origin
from pubhub.content.reading import Lines
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File
from pubhub.markup.render import Rendered
from pubhub.pages.bodies import Bodies
from pubhub.press import Press
from pubhub.search.index import Index
from pubhub.search.normal import normal
from pubhub.search.parts import PartMaker
from pubhub.search.texts import sheet_of
from pubhub.site import read_words
from pubhub.theme import theme_folders
from scripts.bench.corpus import DAY
from scripts.places import CONTENT

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST = 800
"""Han characters of a text that counts as long."""
_MOST = 9_999


@dataclass(frozen=True)
class Document:
    """One text, as every engine gets it."""

    id: str
    title: str
    body: str
    """Lines."""


@dataclass(frozen=True)
class Subject:
    """What is searched, and what is in it."""

    documents: tuple[Document, ...]
    truth: dict[str, str]
    """The normal form of everything that can be found of a document, by id."""
    desk: Desk

    def index(self) -> list[File]:
        """Our index."""
        return list(Index(self.desk).files())


def subject(folder: Path) -> Subject:
    """Texts (.md, .txt) or a content folder, which has `_data`."""
    desk = _content(folder) if (folder / "_data").is_dir() else _texts(folder)
    maker = PartMaker(desk.catalog.vocabulary)
    documents, truth = [], {}
    for entry in desk.catalog.entries:
        body = "" if entry.withdrawn else desk.bodies.neutral(entry.item)
        sheet = sheet_of(desk.catalog, entry.item, body)
        parts = maker.parts(sheet)
        truth[sheet.id] = "\n".join((parts.title, parts.lead, parts.body))
        documents.append(Document(sheet.id, sheet.title, "\n".join((sheet.summary, *sheet.plain, sheet.body))))
    return Subject(tuple(documents), truth, desk)


def _content(folder: Path) -> Desk:
    press = Press(folder, theme_folders(), "public", DAY)
    press.read()
    return press.desk()


def _texts(folder: Path) -> Desk:
    vocabulary, _ = read_words(CONTENT)
    assert vocabulary is not None
    bodies: dict[str, Rendered] = {}
    loaded = []
    for number, (title, text) in enumerate(_long(folder), 1):
        if number > _MOST:
            break
        uri = f"articles/2026/text-{number}/index.md"
        paragraphs = (f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
        bodies[uri] = Rendered("\n".join(paragraphs), ())
        item = Article(
            id=f"{vocabulary.site.id_prefix}-2026-{number:04}",
            title=title[:60],
            date=DAY - dt.timedelta(days=number % 365),
            summary="",
            status="published",
            authors=(),
            origin=Origin(uri, "articles", f"text-{number}", 1, Lines(), (), (), "", "", "", str(number)),
        )
        loaded.append((Loaded(item, Scan((), (), ""), {}, ""), False, ()))
    catalog = make_catalog(vocabulary, "public", DAY, loaded)
    return Desk(folder, folder, catalog, Bodies(catalog, bodies.__getitem__), Environment(autoescape=True))


def _long(folder: Path) -> Iterator[tuple[str, str]]:
    """Title and text of each long Chinese text, in the order of their paths."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".txt"} and p.is_file()):
        text = _FRONT.sub("", path.read_text("utf-8", "ignore").replace("\r\n", "\n"))
        if len(_HAN.findall(text)) >= _LEAST:
            heading = re.search(r"^#+ +(.+)$", text, re.MULTILINE)
            yield (heading[1].strip() if heading else path.stem), text


def holders(subject: Subject, strings: Sequence[str]) -> list[set[str]]:
    """For each string the ids of the documents that have it."""
    forms = [normal(text) for text in strings]
    return [{id_ for id_, text in subject.truth.items() if form in text} for form in forms]
