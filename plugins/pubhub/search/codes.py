"""Numbers as printable ASCII: takes numbers, gives characters that stand in a JavaScript string as they are and compress well.

0…79 take one character, up to 999 two, then five, then nine. Sets of numbers go by windows of six, one character each, so that
dense and sparse sets both come out near what they hold. The browser reads both back (theme/assets/search/core.js).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

ALPHABET = "".join(chr(n) for n in range(0x23, 0x7F) if chr(n) != "\\") + "!"
"""92 characters: no quote, no backslash, no blank."""
WINDOW = 6
"""Numbers in one window; its members are 1 to 63."""
SKIPS = 22
"""Up to this many empty windows are one character; more are the mark and a number."""
SKIP_MARK = ALPHABET[63 + SKIPS]
_BASE = len(ALPHABET)
_ONE = 80
_TWO = _ONE + 10 * _BASE
_VALUES = {c: n for n, c in enumerate(ALPHABET)}


def code(number: int) -> str:
    """One number."""
    if number < _ONE:
        return ALPHABET[number]
    if number < _TWO:
        high, low = divmod(number - _ONE, _BASE)
        return ALPHABET[_ONE + high] + ALPHABET[low]
    count = 4 if number < _BASE**4 else 8
    digits = []
    for _ in range(count):
        number, digit = divmod(number, _BASE)
        digits.append(ALPHABET[digit])
    return ALPHABET[90 if count == 4 else 91] + "".join(reversed(digits))


_CODES = [code(n) for n in range(_TWO)]


def code_all(numbers: Iterable[int]) -> str:
    """Several numbers, one after another."""
    return "".join([_CODES[n] if n < _TWO else code(n) for n in numbers])


def code_gaps(rising: Iterable[int]) -> str:
    """A rising list by the gaps between its numbers."""
    gaps, last = [], -1
    for number in rising:
        gaps.append(number - last - 1)
        last = number
    return code_all(gaps)


def read_all(text: str) -> Iterator[int]:
    """What `code_all` wrote."""
    at, end = 0, len(text)
    while at < end:
        value, at = _read(text, at)
        yield value


def read_gaps(text: str) -> list[int]:
    """What `code_gaps` wrote."""
    found, last = [], -1
    for gap in read_all(text):
        last += gap + 1
        found.append(last)
    return found


def _read(text: str, at: int) -> tuple[int, int]:
    value = _VALUES[text[at]]
    at += 1
    if value < _ONE:
        return value, at
    if value < 90:
        return _ONE + (value - _ONE) * _BASE + _VALUES[text[at]], at + 1
    count = 4 if value == 90 else 8
    value = 0
    for char in text[at : at + count]:
        value = value * _BASE + _VALUES[char]
    return value, at + count


@lru_cache(1 << 14)
def code_skip(windows: int) -> str:
    """Some empty windows."""
    if windows <= 0:
        return ""
    return ALPHABET[62 + windows] if windows <= SKIPS else SKIP_MARK + code(windows - SKIPS - 1)


def code_set(rising: Iterable[int], last: int = -1) -> str:
    """A rising list by windows; `last` is the window before the first."""
    masks: dict[int, int] = {}
    for number in rising:
        window, bit = divmod(number, WINDOW)
        masks[window] = masks.get(window, 0) | 1 << bit
    parts = []
    for window, mask in masks.items():
        if window - last > 1:
            parts.append(code_skip(window - last - 1))
        parts.append(ALPHABET[mask - 1])
        last = window
    return "".join(parts)


def stretches(text: str) -> Iterator[tuple[str, int]]:
    """What `code_set` wrote, in pieces of one character for each window or skip, and how many windows are skipped after each."""
    at = 0
    while (mark := text.find(SKIP_MARK, at)) >= 0:
        skip, end = _read(text, mark + 1)
        yield text[at:mark], skip + SKIPS + 1
        at = end
    yield text[at:], 0


_MEMBERS = bytes(
    (_VALUES[chr(n)] + 1).bit_count() if chr(n) in _VALUES and _VALUES[chr(n)] < 63 else 0 for n in range(256)
)


def count_set(text: str) -> int:
    """How many numbers `code_set` was given."""
    return sum(sum(piece.encode("ascii").translate(_MEMBERS)) for piece, _ in stretches(text))


def read_set(text: str) -> list[int]:
    """What `code_set` wrote."""
    found: list[int] = []
    at, end, window = 0, len(text), -1
    while at < end:
        value = _VALUES[text[at]]
        at += 1
        if value < 63:
            window += 1
            base = window * WINDOW
            found += [base + bit for bit in range(WINDOW) if value + 1 >> bit & 1]
        elif value < 63 + SKIPS:
            window += value - 62
        else:
            skip, at = _read(text, at)
            window += skip + SKIPS + 1
    return found
