"""Code within Markdown: takes a body, gives it with code blanked out, so that an article may explain what it may not do."""

from __future__ import annotations

import re
from bisect import bisect_right

FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^`]*)$")
_TICKS = re.compile(r"`+")
BLANK_LINES = re.compile(r"(\n[ \t]*\n)")
MAX_LINE = 30_000
_BLANK = "\u00a0"
"""What code is replaced by: white space, but no indentation."""


def blank_code(body: str) -> str:
    """The body with fenced code and code spans blanked out; an unclosed fence is text, as Markdown has it."""
    lines = body.split("\n")
    unclosed = {"`": MAX_LINE, "~": MAX_LINE}
    number = 0
    while number < len(lines):
        opened = FENCE.match(lines[number])
        # What was once looked for down to the end of the file is not looked for again.
        if opened and len(opened[1]) < unclosed[opened[1][0]]:
            mark = opened[1]
            close = re.compile(rf"^[ >]*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
            end = next((n for n in range(number + 1, len(lines)) if close.match(lines[n])), None)
            if end is None:
                unclosed[mark[0]] = len(mark)
            else:
                for n in range(number, end + 1):
                    lines[n] = _BLANK * len(lines[n])
                number = end
        number += 1
    text = "\n".join(lines)
    if "`" not in text:
        return text
    return "".join(_blank_spans(part) if "`" in part else part for part in BLANK_LINES.split(text))


def _blank_spans(paragraph: str) -> str:
    """A span reaches from one run of backticks to the next of the same length."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(paragraph)]
    by_length: dict[int, list[int]] = {}
    for n, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(n)
    pieces, done, n = [], 0, 0
    while n < len(runs):
        start, end = runs[n]
        same = by_length[end - start]
        after = bisect_right(same, n)
        if after < len(same) and paragraph[start - 1 : start] != "\\":
            n = same[after]
            end = runs[n][1]
            pieces += [paragraph[done:start], re.sub(r"[^\n]", _BLANK, paragraph[start:end])]
            done = end
        n += 1
    return "".join(pieces) + paragraph[done:]
