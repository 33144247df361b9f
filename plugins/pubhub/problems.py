"""What went wrong, said once: takes codes and parameters, gives sorted sentences (Chinese, English for maintainers), JSON or GitHub lines."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Level = Literal["error", "held", "advice"]
"""error: the build refuses. held: this one item stays unpublished. advice: worth a look, blocks nothing."""

LEVEL_NAMES = {
    "zh": {"error": "错误", "held": "未发布", "advice": "提醒"},
    "en": {"error": "error", "held": "held", "advice": "advice"},
}


@dataclass(frozen=True)
class Message:
    """The wording of one problem code (problems.toml)."""

    code: str
    level: Level
    zh: str
    fix: str
    en: str
    en_fix: str


@cache
def messages() -> dict[str, Message]:
    """All wordings by code; the file is part of the package."""
    table = tomllib.loads((Path(__file__).parent / "problems.toml").read_text("utf-8"))
    return {code: Message(code=code, **entry) for code, entry in table.items()}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, in one place."""

    path: str
    """Relative to the content folder, with forward slashes."""
    line: int
    """1-based line of the file; 1 where the whole file is meant."""
    code: str
    field: str = ""
    """The front matter key, with its place in a list: `related[2]`."""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> Level:
        """How much it stops."""
        return messages()[self.code].level

    def sentence(self, lang: str = "zh") -> str:
        """What happened and what to do, in one breath."""
        message = messages()[self.code]
        what, fix = (message.zh, message.fix) if lang == "zh" else (message.en, message.en_fix)
        values = dict(self.params)
        return (what + ("" if lang == "zh" else " ") + fix).format_map(values)

    def text(self, lang: str = "zh") -> str:
        """`path:line: field: what happened. What to do. [code]`."""
        where = f"{printable(self.path)}:{self.line}: "
        key = f"{self.field}：" if self.field and lang == "zh" else ""
        key = f"{self.field}: " if self.field and lang != "zh" else key
        return f"{where}{LEVEL_NAMES[lang][self.level]}: {key}{self.sentence(lang)} [{self.code}]"


def problem(path: str, line: int, code: str, field: str = "", /, **params: object) -> Problem:
    """Makes a problem; parameters become short strings (author text is cut, so that a hostile line cannot flood the log)."""
    short = ((k, shorten(str(v), 400 if k in _OWN_WORDS else 60)) for k, v in sorted(params.items()))
    return Problem(path, max(line, 1), code, shorten(field), tuple(short))


_OWN_WORDS = frozenset({"close", "hint", "known", "label", "lines", "where", "why", "words"})
"""Parameters that we word ourselves: a list of choices that breaks off in the middle helps nobody."""


def shorten(text: str, limit: int = 60) -> str:
    """`text` on one line, control characters shown as �, at most `limit` characters."""
    clean = printable(" ".join(text.split()))
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def printable(text: str) -> str:
    """`text` with what no terminal should be sent shown as �: a file name may hold line ends and half characters."""
    return "".join(c if c.isprintable() else "�" for c in text)


class ContentRefused(Exception):
    """The tree has errors: nothing may be built from it. Carries all problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file, line and code, doubles dropped."""
    return sorted(set(problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar known word, or nothing: for 您是不是想写…"""
    import difflib

    close = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.7)
    return close[0] if close else ""


def as_json(problems: Sequence[Problem], lang: str = "zh") -> str:
    """A JSON array, one object per problem, stable keys."""
    rows = [
        {
            "path": printable(p.path),
            "line": p.line,
            "level": p.level,
            "field": p.field,
            "code": p.code,
            "message": p.sentence(lang),
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_github(problems: Sequence[Problem], prefix: str = "", lang: str = "zh") -> str:
    """Workflow commands that mark the lines of a pull request."""
    kinds = {"error": "error", "held": "error", "advice": "notice"}

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    return "\n".join(
        f"::{kinds[p.level]} file={escape(prefix + printable(p.path)).replace(',', '%2C').replace(':', '%3A')},"
        f"line={p.line},title={p.code}::{escape((p.field + '：' if p.field else '') + p.sentence(lang))}"
        for p in problems
    )


def summary(problems: Sequence[Problem], lang: str = "zh") -> str:
    """One closing line with the counts: places that are wrong, items that are held, advice."""
    counts = {level: sum(p.level == level for p in problems) for level in ("error", "advice")}
    counts["held"] = len({p.path for p in problems if p.level == "held"})
    if lang == "zh":
        return f"错误 {counts['error']} 处，未发布 {counts['held']} 项，提醒 {counts['advice']} 条。"
    return f"{counts['error']} errors, {counts['held']} held, {counts['advice']} advice."
