"""Which documents have a term: coded lists by shard, and how an edit mends one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pubhub.search.codes import code_gaps, code_set, read_gaps, read_set
from pubhub.search.terms import Found, is_pair, split_coded


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


def deal(postings: Mapping[str, Posting], shards: int) -> list[Shard]:
    """Postings by shard, and for each character which pairs it starts."""
    found: list[Shard] = [{} for _ in range(shards)]
    starts: dict[str, list[str]] = {}
    for term, posting in postings.items():
        found[shard_of(term, shards)][term] = posting
        if is_pair(term):
            starts.setdefault(term[0], []).append(term[1])
    for char, seconds in starts.items():
        found[shard_of(char, shards)][char] = Posting(after="".join(sorted(seconds)))
    return found


def write_shard(postings: Shard) -> list[str]:
    """A shard as it is published: five texts for each term."""
    flat: list[str] = []
    for term, one in sorted(postings.items()):
        flat += (term, one.docs, one.after, one.title, one.lead)
    return flat


def read_shard(flat: Sequence[str]) -> Shard:
    """What `write_shard` wrote."""
    return {flat[n]: Posting(*flat[n + 1 : n + 5]) for n in range(0, len(flat), 5)}


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
