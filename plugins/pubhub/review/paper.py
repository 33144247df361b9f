"""A look at an item as paper will show it: takes its text and pictures, gives advice where print falls short of the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pubhub.content.loader import Loaded
from pubhub.printing.fonts import printable
from pubhub.printing.literal import unprintable
from pubhub.problems import Problem, problem

# Characters that every face of ours has: only the others are worth reading a font for.
_RARE = re.compile(
    "[^\n\r\t -~\u00a0-\u00ac\u00ae-\u00ff\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3015\u4e00-\u9fa5\uff01-\uff5e]"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_COLUMN = 484
"""Pixels that fill a column of 82 mm at 150 dots an inch."""
_ICON = 64
"""Pixels: what is no larger is meant to be small."""


def paper(one: Loaded, fields: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Characters without a glyph, each once, and pictures too coarse for a column."""
    yield from _characters(one, fields)
    origin = one.item.origin
    for pointer in one.scan.pointers:
        picture = one.pictures.get(pointer.target) if pointer.image else None
        if picture is not None and _ICON < picture.width < _COLUMN:
            width = round(picture.width / 150 * 25.4)
            pixels = str(picture.width)
            yield problem(
                origin.uri, pointer.line, "print-coarse", value=pointer.target, pixels=pixels, width=str(width)
            )


def _characters(one: Loaded, fields: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    origin = one.item.origin
    body = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), one.body)
    texts = [(name, origin.line(name), text) for name, text in fields]
    texts += [("", origin.body_line + number, line) for number, line in enumerate(body.split("\n"))]
    told: set[str] = set()
    for name, line, text in texts:
        if not _RARE.search(text):
            continue
        for character in unprintable(text, printable):
            if character not in told:
                told.add(character)
                label = f"U+{ord(character):04X}"
                yield problem(origin.uri, line, "print-character", name, value=character, label=label)
