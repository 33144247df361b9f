"""From a sheet to the parts that are indexed: takes the site's vocabulary, gives normal forms, readings and synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pubhub.content.vocabulary import Vocabulary
from pubhub.search.normal import normal
from pubhub.search.pinyin import pinyin
from pubhub.search.terms import BREAK, Parts
from pubhub.search.texts import Sheet

_HAN = re.compile("[\u3400-\u9fff]{2,}")


@dataclass(frozen=True)
class Texts:
    """A document as it is written."""

    title: str
    lead: tuple[str, ...]
    body: str
    extra: tuple[str, ...] = ()
    """As in Parts."""

    def parts(self) -> Parts:
        """The normal form."""
        return Parts(normal(self.title), BREAK.join(map(normal, self.lead)), normal(self.body), self.extra)


class PartMaker:
    """Makes the parts of sheets."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._topics = {term.id: term.name for term in vocabulary.topics}
        self._groups = [
            (normal(group.words[0]), [normal(word) for word in group.words if "…" not in word])
            for group in vocabulary.synonyms
        ]

    def parts(self, sheet: Sheet, said: bool = True) -> Parts:
        """Normal forms, and what the document stands for besides its words.

        said: whether its readings are wanted.
        """
        return self.texts(sheet, said).parts()

    def texts(self, sheet: Sheet, said: bool = True) -> Texts:
        """The same as it is written."""
        topics = [self._topics.get(topic, "") for topic in sheet.topics]
        texts = Texts(sheet.title, (sheet.summary, *sheet.plain, *topics), sheet.body)
        extra = [*self._synonyms(texts.parts())] if self._groups else []
        if said and sheet.state != "withdrawn":
            extra += (f"1{term}" for term in readings(sheet.title))
            extra += (f"2{term}" for topic in topics for term in readings(topic))
        return replace(texts, extra=tuple(dict.fromkeys(extra)))

    def _synonyms(self, parts: Parts) -> Iterator[str]:
        for name, words in self._groups:
            for rank, text in (("1", parts.title), ("2", parts.lead), ("3", parts.body)):
                if any(word in text for word in words):
                    yield f"{rank}S{name}"
                    break


def readings(text: str) -> tuple[str, ...]:
    """Pairs of syllables and pairs of initials of neighbouring characters, in capitals.

    As the words are read, and as the characters are read by themselves: the browser knows only the latter.
    """
    return tuple(dict.fromkeys(term for run in _HAN.findall(text) for term in _readings(run)))


@cache
def _readings(run: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said in (pinyin(run), [_alone(char) for char in run]):
        for one, other in pairwise(map(str.upper, said)):
            found[f"{one} {other}"] = None
            found[f"I{one[0]}{other[0]}"] = None
    return tuple(found)


@cache
def _alone(char: str) -> str:
    return pinyin(char)[0]
