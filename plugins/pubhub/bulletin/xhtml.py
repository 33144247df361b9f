"""HTML of a body to XHTML of a book: takes our sanitised HTML, gives well-formed markup that EPUB readers know.

Attributes that only a browser needs go, table cells say their alignment by class, footnotes say what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "col", "wbr"})
_DROPPED = frozenset({"loading", "decoding", "tabindex", "align"})
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass
class Element:
    """A piece of a document; children are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def classes(self) -> list[str]:
        """Words of its class attribute."""
        return self.attributes.get("class", "").split()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """A tree with a nameless root."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def xhtml(html: str) -> str:
    """Markup to stand inside the body of an XHTML document with the prefix `epub`."""
    root = parse(html)
    _mend(root)
    return serialize(root)


def serialize(element: Element) -> str:
    """XML of an element, or of what is in a nameless one."""
    inside = "".join(
        escape(_NO_XML.sub("", child), quote=False) if isinstance(child, str) else serialize(child)
        for child in element.children
    )
    if not element.tag:
        return inside
    attributes = "".join(f' {name}="{_attribute(value)}"' for name, value in element.attributes.items())
    if element.tag in _VOID:
        return f"<{element.tag}{attributes}/>"
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def _attribute(value: str) -> str:
    # A parser would make a space of a line break.
    return escape(_NO_XML.sub("", value)).replace("\n", "&#10;").replace("\t", "&#9;")


def _mend(parent: Element, in_head: bool = False) -> None:
    for child in parent.children:
        if isinstance(child, Element):
            _one(child, in_head)
            _mend(child, in_head or child.tag == "thead")


def _one(element: Element, in_head: bool) -> None:
    given = element.attributes
    if element.tag in {"td", "th"} and given.get("align") in {"left", "right", "center"}:
        given["class"] = " ".join([*element.classes(), f"al-{given['align']}"])
    for name in _DROPPED & set(given):
        del given[name]
    classes = element.classes()
    if element.tag == "div" and "table" in classes:
        # A screen's scrolling box; on paper and in a book it has nothing to announce.
        element.attributes = {"class": "table"}
    elif element.tag == "th" and not serialize(Element("", {}, element.children)).strip():
        # The corner of a table heads nothing.
        element.tag = "td"
    elif element.tag == "th" and in_head:
        given.setdefault("scope", "col")
    elif element.tag == "details":
        given["open"] = "open"
    elif element.tag == "img" and "alt" not in given:
        given["alt"] = ""
    elif element.tag == "a" and "footnote-ref" in classes:
        given.update({"epub:type": "noteref", "role": "doc-noteref"})
    elif element.tag == "a" and "footnote-backref" in classes:
        given["role"] = "doc-backlink"
        if "title" in given:
            given["aria-label"] = given.pop("title")
    elif element.tag == "div" and "footnote" in classes:
        element.tag = "section"
        given.update({"epub:type": "endnotes", "role": "doc-endnotes", "aria-label": "注释"})
        element.children = [c for c in element.children if not (isinstance(c, Element) and c.tag == "hr")]
