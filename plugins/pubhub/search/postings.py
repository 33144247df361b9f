"""Which documents have a term: takes documents in the order of their numbers, gives shards of coded lists; mends a shard for an edit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pubhub.search.codes import code, code_rising, read_rising
from pubhub.search.terms import is_pair, split_coded

Run = tuple[int, int, str]
"""Part of a rising list: its first and last number, and the differences after the first, coded."""
Gathered = dict[str, tuple[Run | None, str, Run | None, Run | None]]
"""Term → documents, followers, documents with it in the title, in the lead."""


@dataclass(frozen=True)
class Posting:
    """One term, coded."""

    docs: str = ""
    after: str = ""
    """Followers, document by document; nothing for a term that is no pair."""
    title: str = ""
    """The documents that have the term in the title."""
    lead: str = ""


@dataclass(frozen=True)
class Found:
    """How one document has a term."""

    after: str
    title: bool = False
    lead: bool = False


def gather(documents: Iterable[tuple[int, Mapping[str, str], Sequence[str], Sequence[str]]]) -> Gathered:
    """Inverts documents: number, terms with coded followers, terms of the title, of the lead; numbers rise."""
    docs: dict[str, list[int]] = {}
    after: dict[str, list[str]] = {}
    title: dict[str, list[int]] = {}
    lead: dict[str, list[int]] = {}
    for number, terms, in_title, in_lead in documents:
        for term, follow in terms.items():
            if term in docs:
                docs[term].append(number)
                after[term].append(follow)
            else:
                docs[term] = [number]
                after[term] = [follow]
        for term in in_title:
            title.setdefault(term, []).append(number)
        for term in in_lead:
            lead.setdefault(term, []).append(number)
    return {
        term: (_run(numbers), "".join(after[term]), _run(title.get(term)), _run(lead.get(term)))
        for term, numbers in docs.items()
    }


def _run(numbers: list[int] | None) -> Run | None:
    return (numbers[0], numbers[-1], code_rising(numbers[1:], numbers[0])) if numbers else None


def join(parts: Sequence[Gathered]) -> dict[str, Posting]:
    """Parts that follow each other, in the order of their numbers, to whole postings."""
    found: dict[str, Posting] = {}
    for term in sorted(set().union(*parts)):
        own = [part[term] for part in parts if term in part]
        found[term] = Posting(
            _joined(one[0] for one in own),
            "".join(one[1] for one in own),
            _joined(one[2] for one in own),
            _joined(one[3] for one in own),
        )
    return found


def _joined(runs: Iterable[Run | None]) -> str:
    text = ""
    last = 0
    for run in runs:
        if run is not None:
            text += code(run[0] - last) + run[2]
            last = run[1]
    return text


def shard_of(term: str, shards: int) -> int:
    """Which shard a term is in; the browser works it out too. shards: a power of two."""
    value = 2166136261
    for char in term:
        value = ((value ^ ord(char)) * 16777619) & 0xFFFFFFFF
    return (value ^ (value >> 15)) & (shards - 1)


def deal(postings: Mapping[str, Posting], shards: int) -> list[dict[str, Posting]]:
    """Postings by shard."""
    found: list[dict[str, Posting]] = [{} for _ in range(shards)]
    for term, posting in postings.items():
        found[shard_of(term, shards)][term] = posting
    return found


def write_shard(postings: Mapping[str, Posting]) -> list[str]:
    """A shard as it is published: five texts for each term."""
    flat: list[str] = []
    for term, one in sorted(postings.items()):
        flat += (term, one.docs, one.after, one.title, one.lead)
    return flat


def read_shard(flat: Sequence[str]) -> dict[str, Posting]:
    """What `write_shard` wrote."""
    return {flat[n]: Posting(*flat[n + 1 : n + 5]) for n in range(0, len(flat), 5)}


def mend(posting: Posting, term: str, gone: Iterable[int], new: Mapping[int, Found]) -> Posting | None:
    """A posting after an edit, or None if no document has the term any more.

    Args:
        gone: documents that had the term before the edit.
        new: documents that have it now.
    """
    docs = read_rising(posting.docs)
    after = dict(zip(docs, split_coded(posting.after), strict=True)) if is_pair(term) else dict.fromkeys(docs, "")
    title, lead = set(read_rising(posting.title)), set(read_rising(posting.lead))
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
    return replace(
        posting,
        docs=code_rising(order),
        after="".join(after[number] for number in order),
        title=code_rising(sorted(title)),
        lead=code_rising(sorted(lead)),
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
