"""Sets of documents as long integers, a bit for each: takes ranks of documents, gives sets that C loops join, compare and code.

Documents have places in windows of their numbers (codes.WINDOW); only windows that have a document have places. The first place
is the highest bit, so that base64 of the integer is a symbol for each window.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

from pubhub.search.codes import ALPHABET, SKIPS, WINDOW, code_all, code_skip

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_MIRRORED = [int(f"{value:06b}"[::-1], 2) for value in range(64)]
_SYMBOLS = bytes.maketrans(_BASE64, bytes([0x20, *(ord(ALPHABET[mask - 1]) for mask in _MIRRORED[1:])]))
"""A window's symbol in base64 → its code; a blank for an empty one."""
_GAPS = [(" " * windows, code_skip(windows)) for windows in range(SKIPS, 0, -1)]
_DIGIT = re.compile(b"1")
_WIDE_GAP = re.compile(f" {{{SKIPS + 1},}}")
_MANY_STRETCHES = 12
_SIGNS = [bytes.maketrans(b"01", bytes((0, sign))) for sign in range(128)]
_ZEROS, _BOTH = b"\x60", b"\x62"
"""What two digits "0" and two digits "1" add up to."""


class Coded(NamedTuple):
    """A set by windows."""

    first: int
    """Window of the first document."""
    docs: str
    """Coded as if the window before it was the last."""
    last: int


class Flags(NamedTuple):
    """Which documents of a set are marked, by gaps."""

    first: int
    """How many come before the first marked one."""
    rest: str
    last: int
    """How many come after the last."""


class Rows:
    """Sets of the documents with certain numbers, which rise."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.windows = sorted({number // WINDOW for number in numbers})
        place = {window: n for n, window in enumerate(self.windows)}
        self.of = [place[number // WINDOW] * WINDOW + number % WINDOW for number in numbers]
        """Rank → place."""
        self.size = -(-len(self.windows) * WINDOW // 24) * 24
        """Whole bytes, and whole groups of base64."""
        self._digits = f"0{self.size}b"
        self._blank = bytearray(b"0" * self.size)
        edges = [n for n in range(1, len(self.windows)) if self.windows[n] - self.windows[n - 1] > 1]
        self._stretches = list(zip([0, *edges], [*edges, len(self.windows)], strict=True))
        self._coded: dict[int, Coded] = {}

    def row(self, ranks: Iterable[int]) -> int:
        """The set of some ranks."""
        row = self._blank.copy()
        for place in map(self.of.__getitem__, ranks):
            row[place] = 0x31
        return int(row, 2)

    def digits(self, row: int) -> bytes:
        """A digit for each place."""
        return format(row, self._digits).encode("ascii")

    def signs(self, row: int, sign: int) -> bytes:
        """A byte for each place: `sign` or 0."""
        return self.digits(row).translate(_SIGNS[sign])

    def places(self, row: int) -> list[int]:
        """The places of a set, rising."""
        count = row.bit_count()
        if count * 12 > self.size:
            return list(compress(range(self.size), self.signs(row, 1)))
        if count > 8:
            return [found.start() for found in _DIGIT.finditer(self.digits(row))]
        places = []
        while row:
            bit = row.bit_length()
            places.append(self.size - bit)
            row ^= 1 << (bit - 1)
        return places

    def row_of(self, signs: bytes) -> int:
        """The set of all places that have a sign."""
        return int(signs.translate(_ONES), 2)

    def before(self, row: int, place: int) -> int:
        """How many places of a set come before one of them."""
        return (row >> (self.size - 1 - place)).bit_count() - 1

    def code(self, row: int) -> Coded:
        """A set that is not empty."""
        found = self._coded.get(row)
        if found is None:
            found = self._coded[row] = self._code(row)
        return found

    def _code(self, row: int) -> Coded:
        symbols = b2a_base64(row.to_bytes(self.size // 8, "big"), newline=False).translate(_SYMBOLS).decode("ascii")
        if len(self._stretches) > _MANY_STRETCHES:
            return self._scattered(symbols)
        parts: list[str] = []
        first = last = -1
        for start, end in self._stretches:
            text = symbols[start:end]
            own = text.lstrip(" ")
            if not own:
                continue
            begin = self.windows[start] + len(text) - len(own)
            if first < 0:
                first = begin
            else:
                parts.append(code_skip(begin - last - 1))
            own = own.rstrip(" ")
            last = begin + len(own) - 1
            parts.append(_closed(own))
        return Coded(first, "".join(parts), last)

    def _scattered(self, symbols: str) -> Coded:
        """The same where hardly any windows are neighbours."""
        parts: list[str] = []
        first = last = -1
        for window, symbol in zip(self.windows, symbols, strict=False):
            if symbol != " ":
                if first < 0:
                    first = window
                else:
                    parts.append(code_skip(window - last - 1))
                parts.append(symbol)
                last = window
        return Coded(first, "".join(parts), last)

    def flags(self, row: int, marked: int) -> Flags | None:
        """Which places of `row` are in `marked`, a part of it."""
        if not marked:
            return None
        count = marked.bit_count()
        if count * 24 < row.bit_count():
            gaps, last = [], -1
            for place in self.places(marked):
                at = self.before(row, place)
                gaps.append(at - last - 1)
                last = at
            return Flags(gaps[0], code_all(gaps[1:]), row.bit_count() - last - 1)
        both = int.from_bytes(self.digits(row), "big") + int.from_bytes(self.digits(marked), "big")
        first, *between, after = map(len, both.to_bytes(self.size, "big").translate(None, _ZEROS).split(_BOTH))
        return Flags(first, code_all(between), after)


_ONES = b"0" + b"1" * 255


def _closed(symbols: str) -> str:
    """Blanks between windows to what stands for so many empty ones."""
    if " " not in symbols:
        return symbols
    if _GAPS[0][0] in symbols:
        symbols = _WIDE_GAP.sub(lambda found: code_skip(len(found[0])), symbols)
    for blanks, coded in _GAPS:
        if blanks in symbols:
            symbols = symbols.replace(blanks, coded)
    return symbols
