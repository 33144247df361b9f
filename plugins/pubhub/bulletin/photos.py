"""Pictures in print and book: takes a picture of an item, gives the address that its HTML has, and the file that is shown."""

from __future__ import annotations

from functools import lru_cache

from pubhub.pictures import Picture, copy_key, shown_copy, single


def address_of(picture: Picture, name: str) -> str:
    """Where a body's HTML says the picture is, once it has one size."""
    return single(picture, name).url


def suffix_of(picture: Picture) -> str:
    """Of the file that is printed."""
    return f".{single(picture, 'a').format}"


@lru_cache(maxsize=64)
def print_copy(picture: Picture) -> bytes:
    """Upright, clean, wide enough for 150 dots an inch across the page."""
    copy = single(picture, "a")
    return shown_copy(picture, copy.width, copy.format)


def key_of(picture: Picture) -> str:
    """Of everything that the bytes of a copy depend on."""
    copy = single(picture, "a")
    return copy_key(picture, copy.width, copy.format).hex()
