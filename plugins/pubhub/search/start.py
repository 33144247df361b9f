"""The file that every search starts with: takes what is known of all documents, gives columns that compress well, and the words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Campaign, Event, Item
from pubhub.content.vocabulary import Vocabulary
from pubhub.search.codes import ALPHABET, code_all, code_set, read_all, read_set
from pubhub.search.normal import SAME, fold_pairs, normal
from pubhub.search.pinyin import pinyin

HAN = re.compile("[\u3400-\u9fff]")
FORMAT = 2
"""Of all files of the index; another number tells a page that is still open from before that it has to be loaded again."""
_EPOCH = dt.date(2000, 1, 1)


class Attributes(NamedTuple):
    """What ranking and filters need of a document before anything of it is loaded."""

    kind: str
    date: dt.date
    ends: dt.date | None
    topics: tuple[str, ...]
    mark: int
    """0 none, 1 superseded, 2 withdrawn."""


def attributes_of(catalog: Catalog, item: Item) -> Attributes:
    """The attributes of an item that this edition shows."""
    withdrawn = catalog.is_withdrawn(item)
    superseded = bool(item.superseded_by and catalog.get(item.superseded_by))
    ends = None
    if isinstance(item, Alert):
        ends = item.expires
    elif isinstance(item, (Event, Campaign)):
        ends = item.ends or item.starts
    mark = 2 if withdrawn else 1 if superseded else 0
    return Attributes(item.kind, item.date, ends, () if withdrawn else item.topics, mark)


def start_file(
    catalog: Catalog,
    attributes: Mapping[str, Attributes],
    number: Callable[[str], int],
    shape: Mapping[str, int],
    characters: str,
) -> dict[str, object]:
    """Everything that has to be there before the first question."""
    words = catalog.vocabulary
    order = sorted(attributes, key=number)
    rows = [attributes[id_] for id_ in order]
    kinds = sorted({row.kind for row in rows})
    topics = [term.id for term in words.topics]
    lasting = {row.kind for row in rows if row.ends}
    days = [(row.date - _EPOCH).days for row in rows]
    steps = [day - before for day, before in zip(days, [0, *days], strict=False)]
    return {
        "format": FORMAT,
        "edition": catalog.edition,
        **shape,
        "kinds": [[kind, model.BY_KIND[kind].name, int(kind in lasting)] for kind in kinds],
        "topics": [[term.id, term.name] for term in words.topics],
        "docs": code_set(number(id_) for id_ in order),
        "kind": "".join(ALPHABET[kinds.index(row.kind)] for row in rows),
        "date": code_all(map(_zigzag, steps)),
        "mark": "".join(ALPHABET[row.mark] for row in rows),
        "ends": code_all(
            1 + _zigzag((row.ends - row.date).days) if row.ends else 0 for row in rows if row.kind in lasting
        ),
        "topic": [code_set(n for n, row in enumerate(rows) if topic in row.topics) for topic in topics],
        "same": "".join(old + new for old, new in SAME.items()),
        "fold": fold_pairs(characters + _typed(words)),
        "synonyms": [[normal(word) for word in group.words] for group in words.synonyms],
        "best": [[number(id_) for id_ in group.pages if id_ in attributes] for group in words.synonyms],
        "help": {
            name: [number(id_) for id_ in getattr(words.finding, name) if id_ in attributes]
            for name in ("nothing", "numbers", "links")
        },
        "ignore": [normal(word) for word in words.finding.ignore],
    }


def attributes_in(start: Mapping[str, Any], numbers: Collection[int]) -> dict[int, Attributes]:
    """What a `start_file` says of those numbers that it knows."""
    wanted = {place: number for place, number in enumerate(read_set(start["docs"])) if number in numbers}
    topics: dict[int, list[str]] = {place: [] for place in wanted}
    for (name, _), places in zip(start["topics"], start["topic"], strict=True):
        for place in wanted.keys() & set(read_set(places)):
            topics[place].append(name)
    days = list(accumulate(_unzigzag(step) for step in read_all(start["date"])))
    lasts = [ALPHABET[n] for n, (_, _, lasts) in enumerate(start["kinds"]) if lasts]
    own = [place for place, kind in enumerate(start["kind"]) if kind in lasts]
    ends = {place: end for place, end in zip(own, read_all(start["ends"]), strict=True) if end and place in wanted}
    found = {}
    for place, number in wanted.items():
        date = _EPOCH + dt.timedelta(days[place])
        end = date + dt.timedelta(_unzigzag(ends[place] - 1)) if place in ends else None
        kind = start["kinds"][ALPHABET.index(start["kind"][place])][0]
        mark = ALPHABET.index(start["mark"][place])
        found[number] = Attributes(kind, date, end, tuple(topics[place]), mark)
    return found


def said_file(words: Vocabulary) -> dict[str, object]:
    """How words and characters are read: for what is typed as pinyin, or with a character that sounds the same."""
    groups = [[_said(word) for word in group.words] for group in words.synonyms]
    common = _common()
    syllables: dict[str, list[str]] = {}
    for char in sorted({*_typed(words)} - {*common}):
        if HAN.fullmatch(char):
            syllables.setdefault(pinyin(char)[0], []).append(char)
    runs = ((syllable, sum(1 for _ in run)) for syllable, run in groupby(pinyin(char)[0] for char in common))
    return {
        "said": groups,
        "topics": [_said(term.name) for term in words.topics],
        # The order of GB 2312 goes by sound, and browsers know it: how many characters each syllable has is enough.
        "common": " ".join(f"{syllable}{count}" for syllable, count in runs),
        "chars": " ".join(
            syllable + "".join(chars) for syllable, chars in sorted(syllables.items()) if syllable.isascii()
        ),
    }


def _said(word: str) -> str:
    return " ".join(part.lower() for part in pinyin(word))


def _typed(words: Vocabulary) -> str:
    """Characters of the words that searches know besides those of the texts."""
    named = (word for group in words.synonyms for word in group.words)
    return normal("".join((*named, *words.finding.ignore, *(term.name for term in words.topics))))


def _common() -> str:
    """The 3,755 most usual characters: the first level of GB 2312."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return b"".join(rows).decode("gb2312", "ignore")


def _zigzag(number: int) -> int:
    """Back and forth are both small numbers."""
    return number * 2 if number >= 0 else -number * 2 - 1


def _unzigzag(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2
