"""HTML of ours as Typst: takes one item's sanitised body, gives blocks of Typst code that call the theme's elements.

Text only ever stands in string literals, so no article can be read as code. What is not known here is refused by name: nothing
is dropped in silence. The elements themselves are drawn by theme/print/body.typ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from pubhub.printing.literal import breakable, prose, quoted, shown, unprintable
from pubhub.printing.notes import Notes, notes_of
from pubhub.printing.settings import Block, Link, Settings, UnknownElement
from pubhub.printing.tables import WHOLE, is_wide, table
from pubhub.printing.traditional import is_traditional
from pubhub.printing.tree import Node, parse

_SPANS = {
    "b": "s",
    "strong": "s",
    "em": "em",
    "i": "em",
    "cite": "em",
    "q": "q",
    "kbd": "kbd",
    "mark": "mk",
    "sub": "lower",
    "sup": "upper",
    "ins": "ins",
    "u": "ins",
    "del": "del",
    "s": "del",
    "small": "fine",
}
_CAPTION = 160
"""Characters that stand with their picture; a longer caption may be broken by a page."""
_BLOCKS = frozenset(
    ["blockquote", "details", "div", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul"]
    + [f"h{n}" for n in range(1, 7)]
)


def typst_of(html: str, settings: Settings) -> tuple[Block, ...]:
    """Raises UnknownElement for an element that the allow-list of markup/render.py does not give."""
    return tuple(_Converter(parse(html), settings).top())


def typst_text(text: str, settings: Settings) -> str:
    """Plain text as one expression."""
    settings.missing += unprintable(text, settings.printable)
    return quoted(prose(text, settings.printable))


class _Converter:
    def __init__(self, root: Node, settings: Settings) -> None:
        self._root, self._settings = root, settings
        self._notes: Notes = notes_of(root)
        self._ids = {node.attributes["id"] for node in root.walk() if "id" in node.attributes} - self._notes.ids
        self._told: set[str] = set()
        self._links = True

    def top(self) -> Iterator[Block]:
        for node, code in self._blocks(self._root.children):
            notes = node is not None and self._notes.is_list(node)
            yield Block(code, node is not None and is_wide(node), notes)

    def _blocks(self, children: Sequence[Node | str]) -> Iterator[tuple[Node | None, str]]:
        """Block elements, each with its code; text that stands between them is a paragraph."""
        run: list[Node | str] = []
        for child in children:
            if isinstance(child, Node) and child.tag in _BLOCKS:
                yield from self._loose(run)
                run = []
                code = self._block(child)
                if code:
                    yield child, code
            else:
                run.append(child)
        yield from self._loose(run)

    def _loose(self, run: list[Node | str]) -> Iterator[tuple[None, str]]:
        code = self._inline(run)
        if code != "{}":
            yield None, f"p({code})"

    def _flow(self, children: Sequence[Node | str]) -> str:
        """Blocks, or the inline content of a tight list item, as one expression."""
        if not any(isinstance(child, Node) and child.tag in _BLOCKS for child in children):
            return self._inline(children)
        return "{" + "\n".join(code for _, code in self._blocks(children)) + "}"

    def _block(self, node: Node) -> str:
        tag = node.tag
        if tag == "p":
            inner = self._inline(node.children)
            if inner == "{}":
                return ""
            return f"trad(p({inner}))" if is_traditional(node.text()) else f"p({inner})"
        if tag[0] == "h" and tag[1:].isdigit():
            name = self._label(node.attributes.get("id", ""))
            return f"hd({int(tag[1]) - 1 + self._settings.level}, {self._inline(node.children)}, {name})"
        if tag in {"ul", "ol"}:
            return self._list(node)
        if tag == "dl":
            return self._definitions(node)
        if tag == "hr":
            return "rule()"
        if tag == "blockquote":
            return f"quotation({self._flow(node.children)})"
        if tag == "pre":
            return self._code(node)
        if tag == "figure":
            return self._figure(node)
        if tag == "table":
            return table(node, self._flow, self._without_links, self._settings)
        if tag == "details":
            return self._details(node)
        return self._div(node)

    def _div(self, node: Node) -> str:
        if self._notes.is_list(node):
            return self._note_list()
        if "admonition" in node.classes:
            kind = next(iter(sorted(node.classes - {"admonition"})), "note")
            head = next((c for c in node.elements if "admonition-title" in c.classes), None)
            rest = [c for c in node.children if c is not head]
            title = self._inline(head.children) if head is not None else "none"
            return f'aside("{kind}", {title}, {self._flow(rest)}, {_is_long(rest)})'
        return self._flow(node.children)

    def _details(self, node: Node) -> str:
        """Paper has no click: printed open."""
        head = next((c for c in node.elements if c.tag == "summary"), None)
        rest = [c for c in node.children if c is not head]
        kind = next(iter(sorted(node.classes)), "note")
        title = self._inline(head.children) if head is not None else "none"
        return f'aside("{kind}", {title}, {self._flow(rest)}, {_is_long(rest)})'

    def _list(self, node: Node) -> str:
        items = []
        for item in node.elements:
            if item.tag != "li":
                raise UnknownElement(self._settings.item, f"{node.tag}/{item.tag}")
            items.append(f"({str(_holds_task(item)).lower()}, {self._flow(item.children)})")
        inner = "".join(f"{item}," for item in items)
        if node.tag == "ul":
            return f"ul(({inner}))"
        start = node.attributes.get("start", "1")
        return f"ol({int(start) if start.isdigit() else 1}, ({inner}))"

    def _definitions(self, node: Node) -> str:
        groups: list[tuple[list[str], list[str]]] = []
        for part in node.elements:
            if part.tag == "dt":
                if not groups or groups[-1][1]:
                    groups.append(([], []))
                groups[-1][0].append(self._inline(part.children))
            elif part.tag == "dd":
                if not groups:
                    groups.append(([], []))
                groups[-1][1].append(self._flow(part.children))
            else:
                raise UnknownElement(self._settings.item, f"dl/{part.tag}")
        rows = "".join(
            f"(({''.join(f'{t},' for t in terms)}), ({''.join(f'{d},' for d in texts)}))," for terms, texts in groups
        )
        return f"defs(({rows}))"

    def _without_links(self, children: Sequence[Node | str]) -> str:
        self._links = False
        try:
            return self._flow(children)
        finally:
            self._links = True

    def _code(self, node: Node) -> str:
        """Lines as they are; colours of the screen's highlighter are left out."""
        lines = node.text().strip("\n").expandtabs(4).split("\n")
        self._settings.missing += unprintable("".join(lines), self._settings.printable)
        return f"listing(({''.join(quoted(breakable(shown(line, self._settings.printable))) + ',' for line in lines)}))"

    def _figure(self, node: Node) -> str:
        image = next((n for n in node.walk() if n.tag == "img"), None)
        caption = next((n for n in node.elements if n.tag == "figcaption"), None)
        if image is None:
            raise UnknownElement(self._settings.item, "figure")
        told = caption.text() if caption is not None else ""
        words = self._inline(caption.children) if caption is not None else "none"
        return f"fig({self._image(image)}, {words}, {str(len(told) > _CAPTION).lower()})"

    def _image(self, node: Node) -> str:
        """Arguments of a picture: its number, its alternative text, its width and height in pixels."""
        url = node.attributes.get("src", "")
        pictures = self._settings.pictures
        if url not in pictures:
            pictures.append(url)
        size = ", ".join(node.attributes.get(name, "0") for name in ("width", "height"))
        return (
            f"{pictures.index(url)}, {quoted(shown(node.attributes.get('alt', ''), self._settings.printable))}, {size}"
        )

    def _inline(self, children: Sequence[Node | str]) -> str:
        parts: list[str] = []
        for number, child in enumerate(children):
            if isinstance(child, Node):
                parts.append(self._span(child))
                continue
            text = child
            if number == 0 or _is_task(children[number - 1]):
                text = text.lstrip(" \t\r\n")
            if number == len(children) - 1:
                text = text.rstrip(" \t\r\n")
            if text:
                self._settings.missing += unprintable(text, self._settings.printable)
                parts.append(quoted(prose(text, self._settings.printable)))
        return "{" + "; ".join(filter(None, parts)) + "}"

    def _span(self, node: Node) -> str:
        tag = node.tag
        if tag == "sup" and self._notes.is_reference(node):
            return self._note(node)
        if tag in _SPANS:
            return f"{_SPANS[tag]}({self._inline(node.children)})"
        if tag == "a":
            return self._link(node)
        if tag == "code":
            self._settings.missing += unprintable(node.text(), self._settings.printable)
            return f"c({quoted(prose(node.text(), self._settings.printable))})"
        if tag == "br":
            return "linebreak()"
        if tag == "abbr":
            return self._abbreviation(node)
        if tag == "img":
            return f"picture({self._image(node)})"
        if tag == "span":
            return f"tk({str(node.text() == '☑').lower()})" if _is_task(node) else self._inline(node.children)
        if tag == "picture":
            image = next((n for n in node.elements if n.tag == "img"), None)
            if image is not None:
                return f"picture({self._image(image)})"
        raise UnknownElement(self._settings.item, tag)

    def _abbreviation(self, node: Node) -> str:
        """Told in full where it comes up first: nobody can point at paper."""
        title = node.attributes.get("title", "")
        if not title or title in self._told:
            return self._inline(node.children)
        self._told.add(title)
        return f"abbr({self._inline(node.children)}, {typst_text(title, self._settings)})"

    def _link(self, node: Node) -> str:
        target = node.attributes.get("href", "")
        inner = self._inline(node.children)
        if "footnote-backref" in node.classes:
            return ""
        if not self._links:
            return inner
        if target.startswith("#"):
            label = self._label(target[1:]) if target[1:] in self._ids else "none"
            return f"lk(none, {label}, {inner})" if label != "none" else inner
        found = self._settings.link(target) if target else Link()
        if found.label:
            return f"lk(none, label({quoted(found.label)}), {inner}, page: true)"
        return f"lk({quoted(found.url)}, none, {inner})" if found.url else inner

    def _note(self, node: Node) -> str:
        name = self._notes.target(node)
        if name not in self._notes.bodies:
            raise UnknownElement(self._settings.item, "sup")
        place = self._label(node.attributes.get("id", ""))
        return f"fn({self._notes.number(name)}, {self._label(name)}, {place})"

    def _note_list(self) -> str:
        """Notes stand at the end: at the foot of a page they would leave a block of level columns, and stand before it."""
        rows = "".join(
            f"({self._flow(body)}, {self._label(name)}, {self._label(next(iter(self._notes.references.get(name, ())), ''))}),"
            for name, body in self._notes.bodies.items()
        )
        return f"notes(({rows}))" if rows else ""

    def _label(self, id_: str) -> str:
        return f"label({quoted(label_of(self._settings.item, id_))})" if id_ else "none"


def _is_task(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag == "span" and "task" in node.classes


def _holds_task(item: Node) -> bool:
    """Whether a list item itself begins with a box, and not a list within it."""
    first = next((child for child in item.children if isinstance(child, Node)), None)
    return first is not None and (_is_task(first) or (first.tag == "p" and any(map(_is_task, first.children))))


def _is_long(children: Sequence[Node | str]) -> str:
    """Whether a box may be broken by a page: a short one stays whole."""
    return str(sum(len(c if isinstance(c, str) else c.text()) for c in children) > WHOLE).lower()


def label_of(item: str, id_: str) -> str:
    """The name of a place of an item. ASCII only: a PDF must sort its names by their bytes, and two encodings would not."""
    return f"{item}:{id_ if id_.isascii() else hashlib.blake2b(id_.encode(), digest_size=8).hexdigest()}"
