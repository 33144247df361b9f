"""Chinese sentences for the benchmark: takes a random source, gives text that segments and compresses like real prose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from random import Random

_DATA = tomllib.loads((Path(__file__).parent / "prose.toml").read_text("utf-8"))
LISTS: Mapping[str, tuple[str, ...]] = {name: tuple(words) for name, words in _DATA["slots"].items()}
"""What fills each slot of a template; the lists multiply, so that no two texts say the same."""
SENTENCES, HEADINGS, TITLES, SUMMARIES, PLAIN, STEPS, CELLS = (
    tuple(_DATA[name]) for name in ("sentences", "headings", "titles", "summaries", "plain", "steps", "cells")
)
_SLOT = re.compile(r"\{([a-z]+)\}")
_HAN = re.compile("[\u4e00-\u9fff]")


def say(random: Random, templates: tuple[str, ...]) -> str:
    """One of the templates with its slots filled."""
    return _SLOT.sub(lambda slot: random.choice(LISTS[slot[1]]), random.choice(templates))


def several(random: Random, templates: tuple[str, ...], count: int) -> list[str]:
    """Up to `count` of them, no two alike."""
    return list(dict.fromkeys(say(random, templates) for _ in range(count)))


def paragraph(random: Random, sentences: int) -> str:
    """Some sentences in a row."""
    return "".join(say(random, SENTENCES) for _ in range(sentences))


def han(text: str) -> int:
    """How many Han characters a text has."""
    return len(_HAN.findall(text))


def shortened(text: str, most: int) -> str:
    """The text, cut at a length."""
    return text if len(text) <= most else text[: most - 1] + "…"
