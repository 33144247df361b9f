"""Numbers as printable ASCII: takes numbers, gives characters that stand in a JavaScript string as they are and compress well.

0…79 take one character, up to 1,091 two, then five, then nine. The browser reads them back (theme/assets/search/core.js).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import sub

ALPHABET = "".join(chr(n) for n in range(0x23, 0x7F) if chr(n) != "\\") + "!"
"""92 characters: no quote, no backslash, no blank."""
_BASE = len(ALPHABET)
_ONE = 80
_PAIRS = 90 - _ONE
_TWO = _ONE + _PAIRS * _BASE
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


class _Codes(dict[int, str]):
    def __missing__(self, number: int) -> str:
        found = self[number] = code(number)
        return found


_CODES = _Codes((n, code(n)) for n in range(_TWO))


def code_all(numbers: Iterable[int]) -> str:
    """Several numbers, one after another."""
    return "".join(map(_CODES.__getitem__, numbers))


def code_rising(numbers: list[int], last: int = 0) -> str:
    """A rising list by its differences, the first one from `last`."""
    if not numbers:
        return ""
    return code(numbers[0] - last) + code_all(map(sub, numbers[1:], numbers))


def read_all(text: str) -> Iterator[int]:
    """What `code_all` wrote."""
    values, at, end = _VALUES, 0, len(text)
    while at < end:
        value = values[text[at]]
        at += 1
        if value >= _ONE:
            if value < 90:
                value = _ONE + (value - _ONE) * _BASE + values[text[at]]
                at += 1
            else:
                count = 4 if value == 90 else 8
                value = 0
                for char in text[at : at + count]:
                    value = value * _BASE + values[char]
                at += count
        yield value


def read_rising(text: str) -> list[int]:
    """What `code_rising` wrote, from 0."""
    found = []
    last = 0
    for step in read_all(text):
        last += step
        found.append(last)
    return found
