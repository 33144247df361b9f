"""Cuts texts where no term reaches across: takes a text as it is written, gives clauses, each of which is worked on once.

Texts of one site say much in the same words. What stands between two marks of punctuation gives the same terms wherever it
stands, so a clause that a thousand items have is put into normal form and taken apart a single time. A line that ends without
a mark runs on into the next one, since a break between Han characters is no blank: there a third clause, of two characters on
each side, holds what reaches across.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubhub.search.normal import normal
from pubhub.search.terms import BREAK

MARKS = "，。！？；：、（）《》“”…"
"""Every character of the normal form of each is one that no pair starts with."""
_OPEN, _END = "\x00", "\x01"
"""Close a clause that its line closes, and one that its text closes. Content is refused that has control characters."""
_CLAUSE = re.compile(f"[^{MARKS}{_OPEN}{_END}]+[{MARKS}{_OPEN}{_END}]")


def clauses(text: str) -> list[str]:
    """The clauses of a text, each with what closes it."""
    if "\n" in text:
        before, *lines = text.split("\n")
        parts = [before]
        for line in lines:
            both = before[-2:] + line[:2]
            if len(both) == 4 and min(both) >= "\u4e00" and max(both) <= "\u9fff":
                parts.append(f"{_OPEN}{both}{_OPEN}{line}")
            else:
                parts.append(f"\n{line}")
            before = line
        text = "".join(parts)
    found: list[str] = _CLAUSE.findall(text + _END)
    return found


def form(clause: str) -> str:
    """The normal form of a clause, as far as its last pair has a follower."""
    if clause[-1] == _OPEN:
        return normal(clause[:-1])
    if clause[-1] == _END:
        return normal(clause[:-1]) + BREAK + BREAK
    return normal(clause) + BREAK


def triples(own: Iterable[str]) -> dict[tuple[str, str, str], None]:
    """What three characters follow each other in some clauses."""
    closed: list[str] = []
    others: list[str] = []
    for clause in own:
        (closed if clause[-1] not in (_OPEN, _END) else others).append(clause)
    found: dict[tuple[str, str, str], None] = {}
    for text in (normal("".join(closed)) + BREAK, *map(form, others)):
        found.update(dict.fromkeys(zip(text, text[1:], text[2:], strict=False)))
    return found
