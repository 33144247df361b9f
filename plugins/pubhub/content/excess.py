"""Markup that would hold a build for minutes: takes a body, gives what there is too much of, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubhub.content.code import FENCE

_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
_PAREN_OR_BLANK = re.compile(r"(?<=\])\(|\)|\n[ \t]*\n")
_EXCESS = re.compile(
    r"\[{20}|\({60}|`{60}|\*{200}|_{200}|!{200}|^(?:[ \t]*>){13}|^[ \t]{160}(?=[ \t]*\S)", re.MULTILINE
)
_RUNS = ("[" * 20, "(" * 60, "`" * 60, "*" * 200, "_" * 200, "!" * 200)
# Each of these takes Markdown's reader quadratic time or worse, so that a text of 30 kB can hold a build for minutes.
_LIMITS = tuple(
    (name, re.compile(pattern, re.MULTILINE), most)
    for name, pattern, most in (
        ("代码块", r"^[ >]*(?:`{3,}|~{3,})", 400),
        ("提示框", r"^[ \t>]*(?:!!!|\?\?\?)", 200),
        ("标题或分隔线", r"^[ \t>]*(?:#{1,6}|[-=*_](?:[ \t]*[-=*_]){0,200}[ \t]*$)", 800),
        ("术语解释", r"^[ \t>]*:[ \t]", 200),
        ("缩写", r"^[ \t>]*\*\[[^\]\n]{0,200}\]:", 60),
        ("脚注", r"\[\^", 400),
        ("链接定义", r"^[ \t>]*\[[^\]\n]{0,200}\]:", 400),
        ("注释", r"<!--", 200),
        ("段内换行", r"(?:  |\\)$", 3000),
    )
)
_ANYWHERE = {"脚注": "[^", "注释": "<!--"}
_MOST_OPEN = 60
"""Brackets of one paragraph that never close."""


def too_many(body: str, prose: str) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Code, offset and words of each problem.

    Args:
        body: as written.
        prose: the same with its code blanked.
    """
    lines = body.count("\n") + 1
    for name, pattern, most in _LIMITS:
        # All but these stand once in a line.
        if (prose.count(_ANYWHERE[name]) if name in _ANYWHERE else lines) <= most:
            continue
        found = [match.start() for match in pattern.finditer(body if name == "代码块" else prose)]
        if len(found) > most:
            yield "too-many", found[most], {"name": name, "count": len(found), "limit": most}
    if ("```" in prose or "~~~" in prose) and (fence := next(_open_fences(prose), None)):
        yield "fence-open", fence.start(), {"value": fence[1]}
    if prose.count("[") + prose.count("(") <= _MOST_OPEN:
        return
    open_: list[int] = []
    for match in (*_BRACKET.finditer(prose), *_PAREN_OR_BLANK.finditer(prose)):
        if match[0] in {"[", "("}:
            open_.append(match.start())
        elif match[0] in {"]", ")"} and open_:
            open_.pop()
        elif match[0][0] == "\n":
            open_.clear()
        if len(open_) > _MOST_OPEN:
            yield "excessive-markup", open_[0], {"value": prose[open_[0]]}
            break


def _open_fences(prose: str) -> Iterator[re.Match[str]]:
    """Fences that are left when all code is blanked: they never close."""
    return re.finditer(FENCE.pattern, prose, re.MULTILINE)


def excess(prose: str) -> re.Match[str] | None:
    """A run of one sign that no text needs."""
    return _EXCESS.search(prose) if _may_be_excess(prose) else None


def _may_be_excess(prose: str) -> bool:
    """False if the pattern need not be asked, which takes as long as all others together."""
    spaces = prose.count(" ") + prose.count("\t")
    return spaces >= 160 or prose.count(">") >= 13 or any(run in prose for run in _RUNS)
