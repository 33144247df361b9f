"""Which documents have a term: coded lists by shard, and how an edit mends one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubhub.search.codes import code, code_gaps, code_set, count_set, read_gaps, read_set
from pubhub.search.terms import Found, is_pair, split_coded

OWN = 300
"""From this many characters on, a text is a file of its own, which every term with the same text shares."""
APART = " "
"""Stands before the name of such a file, where the text would stand; what is coded has no blank."""


@dataclass(frozen=True)
class Posting:
    """One term, coded."""

    docs: str = ""
    """The documents, by windows of their numbers."""
    after: str = ""
    """Followers, document by document; nothing for a term that is no pair. Of a single character: what follows it in pairs."""
    title: str = ""
    """Which of the documents have the term in the title, by the gaps between them."""
    lead: str = ""


Shard = dict[str, Posting]


def shard_of(term: str, shards: int) -> int:
    """Which shard a term is in; the browser works it out too. shards: a power of two."""
    value = 2166136261
    for char in term:
        value = ((value ^ ord(char)) * 16777619) & 0xFFFFFFFF
    return (value ^ (value >> 15)) & (shards - 1)


def starts_of(postings: Iterable[str]) -> dict[str, str]:
    """For each character the second ones of the pairs that it starts, in their order."""
    found: dict[str, list[str]] = {}
    for term in postings:
        if is_pair(term):
            found.setdefault(term[0], []).append(term[1])
    return {char: "".join(sorted(seconds)) for char, seconds in sorted(found.items())}


def write_shard(postings: Shard) -> tuple[list[str], dict[str, str]]:
    """A shard as it is published, five texts for each term; and the long ones, which stand apart, by their names."""
    flat: list[str] = []
    apart: dict[str, str] = {}

    def put(text: str, hint: int) -> str:
        if len(text) < OWN or text[0] == APART:
            return text
        name = hashlib.blake2b(text.encode("ascii"), digest_size=6).hexdigest()
        apart[name] = text
        return f"{APART}{name}{code(hint)}"

    for term, one in sorted(postings.items()):
        if len(term) == 1:
            flat += (term, "", one.after, "", "")
        else:
            # How many documents there are, and how long the list of followers is: what to ask for first.
            docs = put(one.docs, count_set(one.docs)) if len(one.docs) >= OWN and one.docs[0] != APART else one.docs
            flat += (term, docs, put(one.after, len(one.after) // 64), one.title, one.lead)
    return flat, apart


def read_shard(flat: Sequence[str], apart: Mapping[str, str] | None = None) -> Shard:
    """What `write_shard` wrote; without what stands apart, only its names."""
    shard = {flat[n]: Posting(*flat[n + 1 : n + 5]) for n in range(0, len(flat), 5)}
    return {term: whole(one, apart.get) or one for term, one in shard.items()} if apart is not None else shard


def apart_of(text: str) -> str:
    """The name of the file that a text is in; nothing for one that stands where it is."""
    return text[1:13] if text[:1] == APART else ""


def names_in(flat: Sequence[str]) -> Iterator[str]:
    """Names of what stands apart, once for each term that has it."""
    for n in range(0, len(flat), 5):
        if len(flat[n]) > 1:
            yield from filter(None, map(apart_of, flat[n + 1 : n + 3]))


def whole(posting: Posting, read: Callable[[str], object]) -> Posting | None:
    """A posting with what stands apart; None where that is lost."""
    texts = []
    for text in (posting.docs, posting.after):
        found = read(apart_of(text)) if apart_of(text) else text
        if not isinstance(found, str):
            return None
        texts.append(found)
    return Posting(texts[0], texts[1], posting.title, posting.lead)


def mend(posting: Posting, term: str, gone: Iterable[int], new: Mapping[int, Found]) -> Posting | None:
    """A posting after an edit, or None if no document has the term any more.

    Args:
        gone: documents that had the term before the edit.
        new: documents that have it now.
    """
    docs = read_set(posting.docs)
    after = dict(zip(docs, split_coded(posting.after), strict=True)) if is_pair(term) else dict.fromkeys(docs, "")
    title = {docs[n] for n in read_gaps(posting.title)}
    lead = {docs[n] for n in read_gaps(posting.lead)}
    for number in gone:
        after.pop(number, None)
        title.discard(number)
        lead.discard(number)
    for number, found in new.items():
        after[number] = found.after
        if found.title:
            title.add(number)
        if found.lead:
            lead.add(number)
    if not after:
        return None
    order = sorted(after)
    return Posting(
        docs=code_set(order),
        after="".join(after[number] for number in order),
        title=code_gaps(n for n, number in enumerate(order) if number in title),
        lead=code_gaps(n for n, number in enumerate(order) if number in lead),
    )


def script(kind: str, name: str, value: object) -> bytes:
    """A file that hands its content to the search as a script: works from a folder, and under a policy without eval."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Both end a line in older JavaScript.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'hubSearch.put("{kind}","{name}",{text})\n'.encode()


def unscript(data: bytes) -> object:
    """What `script` was given."""
    text = data.decode("utf-8")
    return json.loads(text[text.index(",", text.index(",") + 1) + 1 : text.rindex(")")])
