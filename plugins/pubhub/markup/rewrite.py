"""What an element tree needs before it is HTML for us: takes the tree of one body, changes links, pictures, headings, tables and hotlines."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from pubhub.content.alt import DECORATIVE
from pubhub.content.model import ITEM_ID
from pubhub.pictures import Shown

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# No rewriting of text inside these: code is code, and a link in a link is no link.
_VERBATIM = frozenset({"a", "code", "pre", "kbd", "script", "style"})
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
_SOFT_BREAK = re.compile(rf"(?<={_CHINESE})[ \t]*\n[ \t]*(?={_CHINESE})")
_DIGITS = re.compile(r"[0-9]{3}")
_TASK = re.compile(r"\s*\[([ xX])\]\s+")
_REFERENCE = re.compile(rf"({ITEM_ID})(#.*)?")


@dataclass(frozen=True)
class Heading:
    """A heading of the body."""

    id: str
    title: str
    level: int


NEUTRAL = "pubhub-neutral:"
"""Stands before ids and published addresses until `resolve` knows the page."""


@dataclass
class Place:
    """What a body may use: nothing here depends on the page, so that its HTML is good for every page and edition."""

    pictures: Mapping[str, Shown] = field(default_factory=dict)
    """By file name."""
    hotlines: Collection[str] = ()
    """Numbers that become call links."""


class Rewrite(Treeprocessor):
    """Runs after inline patterns. `place` and `headings` belong to the page being converted."""

    place: Place
    headings: list[Heading]
    ids: set[str]
    pictures: set[str]

    def begin(self, place: Place) -> None:
        """Must be called before each conversion."""
        self.place, self.headings, self._tables = place, [], 0
        self.ids, self.pictures = set(), set()
        numbers = sorted(map(re.escape, place.hotlines), key=len, reverse=True)
        self._hotline = (
            re.compile(rf"(?<![\d.,:/%+A-Za-z-])({'|'.join(numbers)})(?![\d.,:%A-Za-z/-]*\d|[%元万亿年月个次人])")
            if numbers
            else None
        )

    def run(self, root: ET.Element) -> None:
        self._level_headings(root)
        self._walk(root)

    def _walk(self, parent: ET.Element) -> None:
        for number, child in enumerate(list(parent)):
            tag = child.tag
            if tag == "a":
                self._link(child)
                for image in list(child.iter("img")):
                    self._picture(image)
            elif tag == "img":
                self._picture(child)
                continue
            elif tag == "li":
                _task(child)
            elif tag == "p" and _is_figure(child):
                self._figure(child)
            if tag == "table":
                self._tables += 1
                parent[number] = _scrollable(child, self._tables)
            if tag not in _VERBATIM:
                self._walk(child)
        if parent.tag not in _VERBATIM:
            self._text(parent)

    def _link(self, link: ET.Element) -> None:
        target = link.get("href", "").strip()
        named = _REFERENCE.fullmatch(target)
        if link.get("class", "").startswith("footnote") or target.startswith("#"):
            return
        if named:
            self.ids.add(named[1])
            link.set("href", NEUTRAL + target)
        elif (scheme := _SCHEME.match(target)) and scheme[0].lower() in {"http:", "https:"}:
            link.set("class", "ext")
        elif scheme is None or scheme[0].lower() not in {"mailto:", "tel:"}:
            # A path, or a scheme that is not ours to give (NEUTRAL too): the words stay, the way there does not.
            link.tag = "span"
            link.attrib.clear()

    def _picture(self, image: ET.Element) -> None:
        """Turns an `img` into what the page needs; one that is not beside the text becomes its words."""
        name = image.get("src", "")
        shown = self.place.pictures.get(name)
        alt = image.get("alt", "")
        title = image.get("title", "")
        image.attrib.clear()
        if shown is None:
            image.tag = "span"
            image.text = alt
            return
        self.pictures.add(name)
        img = image
        if shown.sources:
            image.tag = "picture"
            for source in shown.sources:
                files = ", ".join(f"{NEUTRAL}{url} {width}w" for url, width in source.files)
                ET.SubElement(image, "source", {"type": source.type, "srcset": files, "sizes": shown.sizes})
            img = ET.SubElement(image, "img")
        img.set("src", NEUTRAL + shown.url)
        img.set("alt", "" if title == DECORATIVE else alt)
        img.set("width", str(shown.width))
        img.set("height", str(shown.height))
        img.set("loading", "lazy")
        img.set("decoding", "async")
        if title and title != DECORATIVE:
            img.set("title", title)

    def _figure(self, paragraph: ET.Element) -> None:
        """A picture that stands alone; its title is its caption, and who made it stands behind that."""
        paragraph.tag = "figure"
        paragraph.text = paragraph[0].tail = None
        title = paragraph[0].get("title", "")
        shown = self.place.pictures.get(paragraph[0].get("src", ""))
        words = "" if title == DECORATIVE else paragraph[0].attrib.pop("title", "")
        credit = shown.credit if shown else ""
        if shown and shown.is_tall:
            paragraph.set("class", "tall")
        if not words and not credit:
            return
        caption = ET.SubElement(paragraph, "figcaption")
        caption.text = words
        if credit:
            if words:
                caption.text += " "
            ET.SubElement(caption, "small").text = credit

    def _level_headings(self, root: ET.Element) -> None:
        """The page's title is the one h1, and no level is skipped on the way down."""
        found = [e for e in root.iter() if e.tag in _HEADINGS]
        used: set[str] = set()
        stack: list[int] = []
        for heading in found:
            given = _HEADINGS[heading.tag]
            while stack and stack[-1] >= given:
                stack.pop()
            stack.append(given)
            level = min(len(stack) + 1, 6)
            heading.tag = f"h{level}"
            title = "".join(_plain_text(heading)).strip()
            heading.set("id", _anchor(title, used))
            if level <= 3:
                self.headings.append(Heading(heading.get("id", ""), title, level))

    def _text(self, parent: ET.Element) -> None:
        if parent.text and not isinstance(parent.text, AtomicString):
            if "\n" in parent.text:
                parent.text = _SOFT_BREAK.sub("", parent.text)
            self._call(parent, None)
        for child in list(parent):
            if child.tail and not isinstance(child.tail, AtomicString):
                if "\n" in child.tail:
                    child.tail = _SOFT_BREAK.sub("", child.tail)
                self._call(parent, child)

    def _call(self, parent: ET.Element, before: ET.Element | None) -> None:
        """Hotline numbers in the text after `before` (or the first text) become call links."""
        text = (parent.text if before is None else before.tail) or ""
        if self._hotline is None or parent.tag in _HEADINGS or not _DIGITS.search(text):
            return
        parts = self._hotline.split(text)
        if len(parts) == 1:
            return
        if before is None:
            parent.text = parts[0]
        else:
            before.tail = parts[0]
        at = 0 if before is None else list(parent).index(before) + 1
        for offset, (number, after) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
            link = ET.Element("a", {"class": "tel", "href": f"tel:{number}"})
            link.text = number
            link.tail = after
            parent.insert(at + offset, link)


def _plain_text(element: ET.Element) -> Iterator[str]:
    if element.tag == "sup" and "fnref" in element.get("id", ""):
        return
    yield element.text or ""
    for child in element:
        yield from _plain_text(child)
        yield child.tail or ""


def _anchor(title: str, used: set[str]) -> str:
    """A readable id: the words of the heading; ASCII ones get a prefix, since the page has ids of its own."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", title).lower()).strip("-_")[:40]
    base = words if words and not words.isascii() else f"s-{words or 'part'}"
    name, number = base, 2
    while name in used:
        name, number = f"{base}-{number}", number + 1
    used.add(name)
    return name


def _task(item: ET.Element) -> None:
    holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    match = _TASK.match(holder.text or "")
    if not match:
        return
    done = match[1] != " "
    mark = ET.Element("span", {"class": "task", "role": "img", "aria-label": "已完成" if done else "待办"})
    mark.text = "☑" if done else "☐"
    mark.tail = " " + (holder.text or "")[match.end() :]
    holder.text = ""
    holder.insert(0, mark)
    item.set("class", "task-list-item")


def _is_figure(paragraph: ET.Element) -> bool:
    return (
        len(paragraph) == 1
        and paragraph[0].tag == "img"
        and not f"{paragraph.text or ''}{paragraph[0].tail or ''}".strip()
    )


def _scrollable(table: ET.Element, number: int) -> ET.Element:
    box = ET.Element("div", {"class": "table", "tabindex": "0", "role": "region", "aria-label": f"表格 {number}"})
    box.append(table)
    box.tail, table.tail = table.tail, None
    return box
