"""Tables: takes a table's tree, gives a call whose columns are as wide as their words need; a very wide one is set row by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from pubhub.printing.notes import Notes
from pubhub.printing.settings import Settings
from pubhub.printing.tree import Node

_NARROW = 3
"""Columns that stand well in half of a page."""
_MOST = 44
"""Half-width characters of a row that stand well in half of a page."""
WHOLE = 280
"""Characters of a box that is kept on one page."""
_BOXES = frozenset({"blockquote", "details"})
_HOLDERS = frozenset({"dd", "div", "dl", "li", "ol", "ul"})
_INSET, _LEAST = 3, 0.12
"""Half-width characters of a cell's padding; share of the room that every column keeps."""
_WORD = re.compile(r"(?<![!-~])[!-~]{4,19}(?![!-~])")
"""A run without a place to break; longer ones are broken (literal.py)."""
Flow = Callable[[Sequence[Node | str]], str]


def table(node: Node, flow: Flow, head_flow: Flow, settings: Settings) -> str:
    """A call of `tab`, or of `records` for more columns than the page has room for.

    head_flow: for the head, which is printed again on each page and so may hold no links.
    """
    head, body = _rows(node)
    columns = max((sum(_span(cell, "colspan") for cell in row) for row in (*head, *body)), default=0)
    if not columns:
        return ""
    if columns > settings.most_columns:
        return _records(head, body, flow)
    weights = _with_room(_weights((*head, *body), columns), (*head, *body), settings.room[is_wide(node)])
    widths = ", ".join(f"{weight}fr" for weight in weights)
    caption = next((child for child in node.elements if child.tag == "caption"), None)
    return (
        f"tab(({widths},), ({_cells(head, head_flow)}), ({_cells(body, flow)}), "
        f"{flow(caption.children) if caption is not None else 'none'}, {str(_is_long(body)).lower()}, {_repeats(head)})"
    )


def is_wide(node: Node) -> bool:
    """Whether a block needs the whole width of the page."""
    if node.tag in _BOXES or "admonition" in node.classes:
        # What a page may break has a frame that hides how much too long it is for a column.
        return len(node.text()) > WHOLE or any(is_wide(child) for child in node.elements)
    if node.tag in _HOLDERS:
        return any(is_wide(child) for child in node.elements)
    if node.tag == "pre":
        lines = node.text().strip("\n").split("\n")
        return len(lines) > 12 or max(map(_width, lines)) > _MOST
    if node.tag != "table":
        return False
    head, body = _rows(node)
    rows = [*head, *body]
    columns = max((len(row) for row in rows), default=0)
    longest = max((sum(_width(cell.text()) for cell in row) for row in rows), default=0)
    return columns > _NARROW or longest > _MOST or _is_long(body)


def _repeats(head: list[list[Node]]) -> str:
    """Whether the head may be printed again: a footnote may not be numbered twice."""
    return str(not any("footnote-ref" in n.classes for row in head for cell in row for n in cell.walk())).lower()


def _is_long(rows: list[list[Node]]) -> bool:
    """Whether a page may break the table: a short one stays whole."""
    return len(rows) > 9 or sum(len(cell.text()) for row in rows for cell in row) > 400


def _rows(node: Node) -> tuple[list[list[Node]], list[list[Node]]]:
    head: list[list[Node]] = []
    body: list[list[Node]] = []
    for part in node.walk():
        if part.tag in {"thead", "tbody", "tfoot"}:
            rows = [[c for c in row.elements if c.tag in {"th", "td"}] for row in part.elements if row.tag == "tr"]
            (head if part.tag == "thead" else body).extend(rows)
    return head, body


def _cells(rows: list[list[Node]], flow: Flow) -> str:
    return "".join(f"({''.join(f'{_cell(cell, flow)},' for cell in row)})," for row in rows)


def _cell(node: Node, flow: Flow) -> str:
    side = {"right": "right", "center": "center"}.get(node.attributes.get("align", ""), "left")
    spans = (_span(node, "colspan"), _span(node, "rowspan"))
    return f"({flow(node.children)}, {side}, {spans[0]}, {spans[1]})"


def _records(head: list[list[Node]], body: list[list[Node]], flow: Flow) -> str:
    """Each row as a block of its own: the first cell as its title, the others with their column's name before them."""
    once = [flow(cell.children) for cell in head[-1]] if head else []
    # A note of the head stands where its column is named first.
    again = (
        [flow([c for c in cell.children if isinstance(c, str) or not Notes.is_reference(c)]) for cell in head[-1]]
        if head
        else []
    )

    def fields(row: list[Node], names: list[str]) -> Iterator[str]:
        for number, cell in enumerate(row):
            yield f"({names[number] if number < len(names) else 'none'}, {flow(cell.children)}),"

    rows = (" ".join(fields(row, again if number else once)) for number, row in enumerate(body))
    return f"records(({''.join(f'({row}),' for row in rows)}))"


def _weights(rows: Sequence[list[Node]], columns: int) -> list[int]:
    """Shares of the width in half-width characters, so that short columns keep a word on a line and long ones wrap."""
    longest = [4] * columns
    for row in rows:
        if len(row) == columns:
            for number, cell in enumerate(row):
                longest[number] = max(longest[number], _width(cell.text()))
    return [round(9 + min(width, 60) ** 0.8 * 3) for width in longest]


def _with_room(weights: list[int], rows: Sequence[list[Node]], room: int) -> list[int]:
    """The same, but for columns that would be narrower than a number or word of theirs: those get what they need."""
    needs = [0.0] * len(weights)
    for row in rows:
        if len(row) == len(weights):
            for number, cell in enumerate(row):
                longest = max((len(word) for word in _WORD.findall(cell.text())), default=0)
                needs[number] = max(needs[number], (longest + _INSET) / room)
    whole = sum(weights)
    short = {n for n, weight in enumerate(weights) if weight / whole < needs[n]}
    left = 1 - sum(needs[n] for n in short)
    rest = sum(weight for n, weight in enumerate(weights) if n not in short)
    if not short or not rest or left < _LEAST * (len(weights) - len(short)):
        return weights
    return [round(1000 * (needs[n] if n in short else weight / rest * left)) for n, weight in enumerate(weights)]


def _width(text: str) -> int:
    """Half-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text.strip())


def _span(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1
