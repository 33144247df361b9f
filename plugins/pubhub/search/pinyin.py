"""How characters are read: pypinyin, loaded when it is first asked. Its phrases take a seventh of a second, and most builds ask nothing."""

from __future__ import annotations

from functools import cache


def pinyin(text: str) -> list[str]:
    """A syllable of pinyin for each character, without tones; several characters are read as the phrase that they are."""
    from pypinyin.seg.simpleseg import seg

    return [syllable for word in seg(text) for syllable in _word(word)]


@cache
def _word(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))
