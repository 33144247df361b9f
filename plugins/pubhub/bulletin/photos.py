"""Pictures in print and book: takes a picture of an item, gives the address that its HTML has, and the file that is shown."""

from __future__ import annotations

import math
from functools import lru_cache

from pubhub.pictures import Picture, copy_key, shown_copy, single

_WIDEST, _HIGHEST, _DOTS = 172 / 25.4, 85 / 25.4, 200
"""Inches that a figure may take on paper (theme/print/body.typ, `fig`), and dots that each should have."""


def address_of(picture: Picture, name: str) -> str:
    """Where a body's HTML says the picture is, once it has one size."""
    return single(picture, name).url


def suffix_of(picture: Picture) -> str:
    """Of the file that is printed."""
    return f".{single(picture, 'a').format}"


@lru_cache(maxsize=64)
def book_copy(picture: Picture) -> bytes:
    """Upright, clean, for screens: what the site shows where it can show one size alone."""
    copy = single(picture, "a")
    return shown_copy(picture, copy.width, copy.format)


def pixels_of(picture: Picture, screen: bool) -> int:
    """Width of the copy in a PDF."""
    width = single(picture, "a").width
    inches = min(_WIDEST, _HIGHEST * picture.width / picture.height)
    return width if screen else max(width, min(picture.width, math.ceil(inches * _DOTS)))


@lru_cache(maxsize=64)
def print_copy(picture: Picture, screen: bool) -> bytes:
    """Upright, clean; on paper 200 dots an inch, if the picture has them."""
    return shown_copy(picture, pixels_of(picture, screen), single(picture, "a").format)


def key_of(picture: Picture, screen: bool) -> str:
    """Of everything that the bytes of a copy in a PDF depend on."""
    return copy_key(picture, pixels_of(picture, screen), single(picture, "a").format).hex()
