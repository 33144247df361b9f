"""An issue as an EPUB 3.3: takes a volume, its bodies, pictures and page numbers, gives the bytes of the file.

Written by hand: the same input gives the same bytes, and every line of metadata is true. What conforms to a standard is not
claimed here: that takes a human check.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from pubhub.archives.verify import pack
from pubhub.bulletin.links import mend_fragments
from pubhub.bulletin.pieces import Volume
from pubhub.bulletin.xhtml import xhtml
from pubhub.clock import chinese_date
from pubhub.content.model import Item
from pubhub.tokens import read_tokens
from pubhub.urls import absolute

SIGNS = {"critical": "▲", "high": "△", "moderate": "◆", "notice": "●"}
"""The mark beside the word of a severity."""
_COLOURS = {"critical": "crit", "high": "high", "moderate": "mod", "notice": "note"}
_TYPES = {
    ".png": "image/png",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".css": "text/css",
}
_FEATURES = (
    "alternativeText",
    "ARIA",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)
_PAGED = ("pageBreakMarkers", "pageNavigation")
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


@dataclass(frozen=True)
class _Part:
    """A line of the package's manifest."""

    id: str
    name: str
    type: str
    properties: str = ""
    in_spine: bool = False


def make_epub(
    environment: Environment,
    volume: Volume,
    body: Callable[[Item], Markup],
    pictures: Mapping[str, bytes],
    cover: tuple[str, bytes],
    page_of: Mapping[str, int],
    style: bytes,
) -> bytes:
    """The book.

    Args:
        body: HTML of an item whose links lead to `xb-2026-0404.xhtml` and `images/…`.
        pictures: by name inside the book, `images/…`.
        cover: name and bytes of the cover picture.
        page_of: page of the printed issue on which an item starts, by id; the issue's own id for the editor's note.
    """
    quizzed = tuple(piece for piece in volume.pieces if piece.quiz)
    names = {volume.issue.id: "note.xhtml", **{piece.id: _file(piece.file) for piece in volume.pieces}}
    pages = sorted((number, f"{names[id_]}#page-{number}") for id_, number in page_of.items() if id_ in names)

    def render(name: str, **values: object) -> str:
        return environment.get_template(f"bundle/book/{name}.html").render(volume=volume, **values)

    documents = {
        "cover.xhtml": render("cover", cover=cover[0]),
        "nav.xhtml": render("nav", pages=pages, quizzed=quizzed),
        "note.xhtml": render("note", body=_xhtml(body(volume.issue)), page=page_of.get(volume.issue.id, 0)),
    }
    for piece in volume.pieces:
        documents[_file(piece.file)] = render(
            "piece",
            piece=piece,
            body=_xhtml(body(piece.item)),
            page=page_of.get(piece.id, 0),
            rows=[] if piece.severity else piece.facts,
            signs=SIGNS,
        )
    if quizzed:
        documents["answers.xhtml"] = render("answers", quizzed=quizzed)
    documents["back.xhtml"] = render("back", corrections=correction_rows(volume))
    documents = mend_fragments(documents)
    parts = [_document(name) for name in documents]
    files = {name: text.encode("utf-8") for name, text in documents.items()}
    for name, data in sorted({**pictures, "book.css": style, cover[0]: cover[1]}.items()):
        kind = _TYPES[name[name.rindex(".") :]]
        parts.append(_Part(_id(name), name, kind, "cover-image" if name == cover[0] else ""))
        files[name] = data
    features = sorted(_FEATURES + (_PAGED if pages else ()), key=str.lower)
    uid = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, volume.online + ('#draft' if volume.draft else ''))}"
    files["package.opf"] = render("package", parts=parts, uid=uid, pages=pages, features=features).encode("utf-8")
    entries = sorted((f"EPUB/{name}", data) for name, data in files.items())
    return pack(
        [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", _CONTAINER.encode("utf-8")), *entries]
    )


def book_style(theme: Path) -> bytes:
    """The style sheet: no colour without its ground, since readers set their own page at night."""
    light = read_tokens(theme).light
    rules = "".join(
        f".severity.{level} {{ color: {light[name]}; background: {light[name + '-bg']}; border-color: {light[name]} }}\n"
        for level, name in _COLOURS.items()
    )
    return read_asset(theme / "bundle" / "book" / "book.css") + rules.encode("utf-8")


def read_asset(path: Path) -> bytes:
    """A shipped file with LF line ends, whatever the checkout made of them."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def correction_rows(volume: Volume) -> list[dict[str, object]]:
    """The correction log as templates print it."""
    return [
        {
            "date_text": chinese_date(one.change.date),
            "id": one.item.id,
            "title": one.item.title,
            "url": absolute(volume.site.url, one.item.url),
            "sample": one.item.sample,
            "level": one.level,
            "note": one.change.note,
        }
        for one in volume.corrections
    ]


def _xhtml(html: Markup) -> Markup:
    return Markup(xhtml(str(html)))


def _file(name: str) -> str:
    return name.replace(".html", ".xhtml")


def _document(name: str) -> _Part:
    return _Part(_id(name), name, "application/xhtml+xml", "nav" if name == "nav.xhtml" else "", in_spine=True)


def _id(name: str) -> str:
    return "p-" + name.replace("/", "-").replace(".", "-")
