"""Pictures in print: takes a picture of an item, gives the address that its HTML has, and the file that Typst reads."""

from __future__ import annotations

from pubhub.pictures import Picture, clean_copy


def address_of(picture: Picture, name: str) -> str:
    """Where a body's HTML says the picture is."""
    return picture.address(name)


def suffix_of(picture: Picture) -> str:
    """Of the file that is printed."""
    return ".webp"


def print_copy(picture: Picture) -> bytes:
    """Upright, clean, wide enough for 150 dots an inch across the page."""
    return clean_copy(picture)
