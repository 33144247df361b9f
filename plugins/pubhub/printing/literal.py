"""Text as a Typst string: takes any characters, gives a literal that can never be read as code, and lines that can be broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from pubhub.printing.emoji import spelled

_CHINESE = r"[\u2e80-\u2fff\u3005-\u303f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHINESE_SPACE = re.compile(rf"(?<={_CHINESE}) (?={_CHINESE})")
_LONG = re.compile(r"[!-~]{20,}")
_PLACE = re.compile(r"([/?&=.,_:;#%@+~|-])(?=[0-9A-Za-z])")
_WORD = re.compile(r"[0-9A-Za-z]{12,}|_{12,}")
_ACCENTED = re.compile("[^\\W\u2e80-\U0003ffff][\u0300-\u036f]+")
_BREAK = "\u200b"
_JOIN = "\u2060"
# A middle dot begins no line, and a double dash or ellipsis is one sign.
_TIED = re.compile(r"(?<=[^\s·])(?=·(?!·))|(?<=(?<!—)—)(?=—(?!—))|(?<=(?<!…)…)(?=…(?!…))")
_SIGNS = re.compile(r"[^\w\s]{12,}")

Printable = Callable[[str], bool]
"""Whether a face of ours has a character."""


def quoted(text: str) -> str:
    """A string literal."""
    out = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{{{ord(c):x}}}" for c in out) + '"'


def prose(text: str, printable: Printable) -> str:
    """Running text as it is set: white space as in HTML, long words breakable, every character one that has a glyph."""
    return breakable(shown(_CHINESE_SPACE.sub("", _SPACE.sub(" ", text)), printable))


def shown(text: str, printable: Printable) -> str:
    """The text with every sign that no face has spelled out: an emoji by name, anything else by its number. Never an empty box."""
    if text.isascii():
        return text
    # An accent that comes after its letter has no glyph of its own here; Chinese is left as it was typed.
    text = _ACCENTED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    return "".join(
        part if known or all(printable(c) for c in part) else "".join(_by_number(c, printable) for c in part)
        for part, known in spelled(text, printable)
    )


def unprintable(text: str, printable: Printable) -> list[str]:
    """Characters that had to be given by their number, each once, in order."""
    text = _ACCENTED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    found = (c for part, known in spelled(text, printable) if not known for c in part if not printable(c))
    return list(dict.fromkeys(found))


def breakable(text: str) -> str:
    """Long addresses and words may be broken after their signs, or anywhere if they have none."""
    text = _TIED.sub(_JOIN, text) if "·" in text or "——" in text or "……" in text else text
    text = _LONG.sub(_broken, text)
    # Rows of dashes and dots, as for filling in.
    return _SIGNS.sub(lambda row: _BREAK.join(re.findall("[^\u200b]{1,4}", row[0])), text)


def _broken(match: re.Match[str]) -> str:
    parts = _PLACE.sub(rf"\1{_BREAK}", match[0])
    return _WORD.sub(lambda word: _BREAK.join(re.findall("..?", word[0])), parts)


def _by_number(character: str, printable: Printable) -> str:
    return character if printable(character) else f"［U+{ord(character):04X}］"
