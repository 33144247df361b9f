"""What a text can be found by: takes the normal form of its parts, gives terms, each with what follows it.

A term is a pair of neighbouring characters that does not start with a mark of punctuation; whatever is longer is found by its
pairs, and a single character by all pairs that it starts. For each pair and text there are short hashes of the characters that
follow it, so that three and more in a row are told from the same pairs apart without looking at the text. Terms that are no
text are in capitals, which a normal form never has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pubhub.search.codes import ALPHABET

BREAK = "\n"
"""Parts two texts of one document; a normal form has none."""
HASHES = 45
"""How many values a hash of one character takes."""
WIDE = HASHES * 92
"""And how many a hash in two characters takes, for pairs that much follows."""
FEW = 6
"""Up to this many followers are kept in one character each."""
MANY = 60
"""More followers than this are not told apart."""
MARK = ALPHABET[91]
NO_START = frozenset(" \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~。、·…¥￥")
"""No pair starts with one of these."""
ANY = "\0"
"""Stands for whatever follows a pair that ends with a mark: after a full stop there may be anything, and to tell it costs most."""
_CAPITALS = re.compile("[A-Z]")


@dataclass(frozen=True)
class Parts:
    """A document in normal form."""

    title: str
    lead: str
    """Summary, plain words and topics."""
    body: str
    extra: tuple[str, ...] = ()
    """Terms in capitals that its title, lead or body stand for; the first character tells the rank: 1, 2 or 3."""

    def whole(self) -> str:
        """All of it, the last pair followed by a break."""
        return f"{self.title}\n{self.lead}\n{self.body}\n\n"


def hash_of(char: str) -> int:
    """The same in every language: the browser works it out too."""
    code = 0 if char == BREAK else ord(char)
    return (code * 40503 + (code >> 7) * 977) % 65521


class _Lone(dict[str, str]):
    """A follower that is the only one, as it stands in a shard."""

    def __missing__(self, char: str) -> str:
        found = self[char] = ALPHABET[HASHES + hash_of(char) % HASHES]
        return found


LONE = _Lone()


@lru_cache(1 << 16)
def coded(after: str) -> str:
    """Followers as they stand in a shard: one character each, the last one marked; or the mark, their number and two each."""
    if len(after) == 1:
        return LONE[after]
    chars = set(after)
    if len(chars) <= FEW:
        values = sorted({hash_of(c) % HASHES for c in chars})
        return "".join(ALPHABET[v] for v in values[:-1]) + ALPHABET[HASHES + values[-1]]
    if len(chars) > MANY:
        return MARK + ALPHABET[0]
    wide = sorted({hash_of(c) % WIDE for c in chars})
    return MARK + ALPHABET[len(wide)] + "".join(ALPHABET[v // 92] + ALPHABET[v % 92] for v in wide)


def split_coded(text: str) -> list[str]:
    """What stands in a shard for several documents, one string each."""
    found = []
    at, end = 0, len(text)
    while at < end:
        start = at
        if text[at] == MARK:
            at += 2 + 2 * ALPHABET.index(text[at + 1])
        else:
            while ALPHABET.index(text[at]) < HASHES:
                at += 1
            at += 1
        found.append(text[start:at])
    return found


def pairs(text: str) -> dict[str, None]:
    """The pairs of a text in their order, that of its last character and a break among them."""
    return {a + b: None for a, b in zip(text, text[1:] + BREAK, strict=False) if a not in NO_START}


@dataclass(frozen=True)
class Found:
    """How one document has a term."""

    after: str
    """Coded followers; nothing for a term that is no pair."""
    title: bool = False
    lead: bool = False


def terms(parts: Parts) -> dict[str, Found]:
    """Everything that a document is found by."""
    whole = parts.whole()
    after: dict[str, str] = {}
    for a, b, c in dict.fromkeys(zip(whole, whole[1:], whole[2:], strict=False)):
        if b in NO_START:
            after[a + b] = ANY
        elif a not in NO_START:
            after[a + b] = after.get(a + b, "") + c
    title, lead = pairs(parts.title), pairs(parts.lead)
    found = {p: Found(coded(chars), p in title, p in lead) for p, chars in after.items() if p[0] not in NO_START}
    for extra in parts.extra:
        before = found.get(extra[1:], Found(""))
        found[extra[1:]] = Found("", before.title or extra[0] == "1", before.lead or extra[0] == "2")
    return found


def is_pair(term: str) -> bool:
    """True for a term that has followers."""
    return _CAPITALS.match(term) is None
