"""What is looked for: strings cut from the texts themselves, by kind, with a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from opencc import OpenCC

_RUN = re.compile("[\u4e00-\u9fff]+")
_MARKS = re.compile(r"[，。！？；：、“”‘’（）《》,.!?;:\"'()<>\s]+")
KINDS = ("two", "three", "words", "phrases", "marks", "traditional")


def samples(texts: Iterable[str], count: int, seed: int) -> dict[str, list[str]]:
    """Strings of normal forms, `count` of each kind.

    two, three: characters in a row. words: what stands between marks, up to six characters. phrases: 4 to 12 characters without
    a mark. marks: 4 to 16 with whatever is there. traditional: some of the others, as they are written in Hong Kong or Taiwan.
    """
    dice = random.Random(seed)
    lines = [line for text in texts for line in text.split("\n") if len(line) > 20]
    runs = [run for line in lines for run in _RUN.findall(line)]

    def cut(pool: list[str], least: int, most: int) -> str:
        for _ in range(10_000):
            text = dice.choice(pool)
            size = dice.randint(least, most)
            if len(text) >= size:
                at = dice.randrange(len(text) - size + 1)
                found = text[at : at + size].strip()
                if len(found) >= least and _RUN.search(found):
                    return found
        raise ValueError("the texts are too short")

    words = [run for line in lines for run in _MARKS.split(line) if _RUN.fullmatch(run) and 2 <= len(run) <= 6] or runs
    found = {
        "two": [cut(runs, 2, 2) for _ in range(count)],
        "three": [cut(runs, 3, 3) for _ in range(count)],
        "words": [dice.choice(words) for _ in range(count)],
        "phrases": [cut(runs, 4, 12) for _ in range(count)],
        "marks": [cut(lines, 4, 16) for _ in range(count)],
    }
    convert = [OpenCC(name).convert for name in ("s2t", "s2tw", "s2hk")]
    mixed = [text for kind in ("three", "words", "phrases") for text in found[kind]]
    found["traditional"] = [convert[n % 3](dice.choice(mixed)) for n in range(count)]
    return found
