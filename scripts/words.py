"""What the commands say: takes a key of words.toml and values, gives a sentence in Chinese or English."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HUB = "py scripts\\hub.py" if sys.platform == "win32" else "python3 scripts/hub.py"
"""How a reader of our sentences types the command."""
LANGUAGES = ("zh", "en")


@cache
def texts() -> dict[str, dict[str, str]]:
    """All wordings by key."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Words:
    """The voice of one run."""

    lang: str = "zh"

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of a key. Raises KeyError for a key or value that is not there: a slip of ours."""
        return texts()[key][self.lang].format_map({"hub": HUB, **values})


class Refusal(Exception):
    """What was asked for cannot be done; carries the sentence that says why and the exit code."""

    def __init__(self, key: str, /, code: int = 1, **values: object) -> None:
        super().__init__(key)
        self.key, self.code, self.values = key, code, values

    def sentence(self, words: Words) -> str:
        """Why, and what to do."""
        return words(self.key, **self.values)


def use_utf8() -> None:
    """Chinese never stops a console that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def tell(text: str) -> None:
    """A line for people, on stderr: stdout belongs to results."""
    print(text, file=sys.stderr, flush=True)
