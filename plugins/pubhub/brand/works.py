"""Kinds of work that turn drawings into a file. What a work says is part of the file's name."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

PAPERS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
"""Width and height in millimetres."""
MARGIN = 15.0
"""Millimetres."""
DPI = 300


@dataclass(frozen=True)
class Fit:
    """A picture of some width; ground transparent."""

    width: int
    height: int
    format: str
    """png, webp or avif."""


@dataclass(frozen=True)
class Print:
    """A PNG that says how large it is on paper; ground transparent."""

    width: int
    height: int
    dpi: int = DPI


@dataclass(frozen=True)
class Sheet:
    """A page with the drawing as vectors: PDF/A-2a and PDF/UA-1."""

    paper: str
    title: str
    alt: str
    ground: str
    """Hexadecimal."""
    day: dt.date


@dataclass(frozen=True)
class Card:
    """Drawings and words together on paper, a PNG."""

    layout: str
    size: tuple[int, int]
    words: tuple[tuple[str, str], ...]
    """Name and text, or name and hexadecimal colour."""


@dataclass(frozen=True)
class Ico:
    """An icon file with a frame for each side, each drawn on its own."""

    sizes: tuple[int, ...]


@dataclass(frozen=True)
class Icon:
    """A square PNG with the drawing in the middle."""

    size: int
    circle: float
    """Diameter of the circle around the drawing, as a part of the side."""
    ground: str
    """Hexadecimal, or empty for transparent."""


Work = Fit | Print | Sheet | Card | Ico | Icon


def fitted(box: tuple[float, float], width: float, height: float) -> tuple[int, int]:
    """Pixels of a drawing as large as it can be within a width and a height; the renderer rounds the height up."""
    wide = int(min(width, height * box[0] / box[1]))
    return wide, math.ceil(wide * box[1] / box[0])


def print_pixels(box: tuple[float, float], paper: str) -> tuple[int, int]:
    """Pixels of a drawing on a paper, within the margin."""
    width, height = ((side - 2 * MARGIN) / 25.4 * DPI for side in PAPERS[paper])
    return fitted(box, width, height)
