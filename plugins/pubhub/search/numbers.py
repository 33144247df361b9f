"""Numbers of documents: takes an item's id, gives a number that depends on nothing else, so that no item renumbers another.

A number is kept below 2**53, which a browser's numbers hold exactly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

_FEW, _MANY = 14, 21
"""Bits for a sequence of four digits, and of five or six."""
_YEARS = 14
_EPOCH = 2000
_PREFIXES = 1 << 16


def places(prefixes: Iterable[str], home: str) -> dict[str, int]:
    """Where the ids of each prefix start. The site's own come first; the others by their hash, so that another one moves none.

    Args:
        prefixes: of all ids there are.
        home: the site's own prefix.
    """
    found = {home: 0}
    for prefix in sorted(set(prefixes) - {home}):
        place = int.from_bytes(hashlib.blake2b(prefix.encode(), digest_size=2).digest(), "big") or 1
        while place in found.values():
            place = place % (_PREFIXES - 1) + 1
        found[prefix] = place
    return {prefix: place << (_MANY + _YEARS + 1) for prefix, place in found.items()}


def number_of(id_: str, places: Mapping[str, int]) -> int:
    """The number of an id such as XB-2026-0102. Ids that are near each other have numbers that are."""
    prefix, year, sequence = id_.split("-")
    years = (int(year) - _EPOCH) % (1 << _YEARS)
    if len(sequence) == 4:
        return places[prefix] + (years << _FEW) + int(sequence)
    # 01234 and 001234 are different ids.
    own = int(sequence) + (1_000_000 if len(sequence) == 5 else 0)
    return places[prefix] + (1 << (_FEW + _YEARS)) + (years << _MANY) + own
