"""What a text can be found by: takes the normal form of its parts, gives terms, each with what follows it.

A term is a pair of neighbouring characters; whatever is longer is found by its pairs. For each pair and text there is a short
list of hashes of the characters that follow it, so that three and more in a row are told from the same pairs apart without
looking at the text. Terms that are no text are in capitals, which a normal form never has.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pubhub.search.codes import ALPHABET

BREAK = "\n"
"""Parts two texts of one document; a normal form has none."""
HASHES = 45
"""How many values a hash of one character takes."""
WIDE = HASHES * 92
"""And how many a hash in two characters takes, for pairs that much follows."""
FEW = 3
"""Up to this many followers are kept in one character each."""
MANY = 60
"""More followers than this are not told apart."""
_LAST = HASHES
_MARK = ALPHABET[91]


@dataclass(frozen=True)
class Parts:
    """A document in normal form."""

    title: str
    lead: str
    """Summary, plain words and topics."""
    body: str
    extra: tuple[str, ...] = ()
    """Terms in capitals that its title, lead or body stand for; the first character tells the rank: 1, 2 or 3."""


class _Hashes(dict[str, str]):
    """Character → its hash as one printable character, of those that say that more follow."""

    def __missing__(self, char: str) -> str:
        found = self[char] = ALPHABET[hash_of(char) % HASHES]
        return found


def hash_of(char: str) -> int:
    """The same in every language: the browser works it out too."""
    code = 0 if char == BREAK else ord(char)
    return (code * 40503 + (code >> 7) * 977) % 65521


_FIRST = _Hashes()


def followers(text: str) -> dict[str, str]:
    """Each pair of the text with the characters that follow it, each once, in the order in which they come.

    The last pair is followed by a break.
    """
    found: dict[str, str] = {}
    get = found.get
    for a, b, c in dict.fromkeys(zip(text, text[1:], text[2:] + BREAK, strict=False)):
        pair = a + b
        found[pair] = get(pair, "") + c
    return {pair: after for pair, after in found.items() if BREAK not in pair}


def coded(after: str) -> str:
    """Followers as they stand in a shard: one character each, the last one marked; or the mark, their number and two each."""
    if len(after) == 1:
        return _LONE[after]
    if len(after) <= FEW:
        values = sorted({hash_of(c) % HASHES for c in after})
        return "".join(ALPHABET[v] for v in values[:-1]) + ALPHABET[_LAST + values[-1]]
    if len(after) > MANY:
        return _MARK + ALPHABET[0]
    wide = sorted({hash_of(c) % WIDE for c in after})
    return _MARK + ALPHABET[len(wide)] + "".join(ALPHABET[v // 92] + ALPHABET[v % 92] for v in wide)


class _Lone(dict[str, str]):
    def __missing__(self, char: str) -> str:
        found = self[char] = ALPHABET[_LAST + hash_of(char) % HASHES]
        return found


_LONE = _Lone()


def split_coded(text: str) -> list[str]:
    """What stands in a shard for several documents, one string each."""
    found = []
    at, end = 0, len(text)
    while at < end:
        start = at
        if text[at] == _MARK:
            at += 2 + 2 * ALPHABET.index(text[at + 1])
        else:
            while ALPHABET.index(text[at]) < _LAST:
                at += 1
            at += 1
        found.append(text[start:at])
    return found


def pairs(text: str) -> dict[str, None]:
    """The pairs of a text, in their order."""
    return dict.fromkeys(p for p in map("".join, itertools.pairwise(text)) if BREAK not in p)


def terms(parts: Parts) -> tuple[dict[str, str], Sequence[str], Sequence[str]]:
    """Everything a document is found by.

    Returns:
        Each pair with its coded followers, and single characters with nothing; the terms of its title; those of its lead.
    """
    whole = BREAK.join((parts.title, parts.lead, parts.body))
    found = {pair: coded(after) for pair, after in followers(whole).items()}
    for char in dict.fromkeys(whole):
        found[char] = ""
    found.pop(BREAK, None)
    title = [*pairs(parts.title), *dict.fromkeys(parts.title)]
    lead = [*pairs(parts.lead), *(c for c in dict.fromkeys(parts.lead) if c != BREAK)]
    for extra in parts.extra:
        found[extra[1:]] = ""
        if extra[0] == "1":
            title.append(extra[1:])
        elif extra[0] == "2":
            lead.append(extra[1:])
    return found, title, lead


def is_pair(term: str) -> bool:
    """True for a term that has followers."""
    return len(term) == 2 and not term[0].isupper()


def count_of(after: Iterable[str]) -> int:
    """How many."""
    return sum(1 for _ in after)
