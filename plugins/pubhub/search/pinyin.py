"""How characters are read: pypinyin, loaded when it is first asked. Its phrases take a seventh of a second, and most builds ask nothing."""

from __future__ import annotations


def pinyin(text: str) -> list[str]:
    """A syllable of pinyin for each character, without tones; several characters are read as the phrase that they are."""
    from pypinyin import lazy_pinyin

    found: list[str] = lazy_pinyin(text)
    return found
