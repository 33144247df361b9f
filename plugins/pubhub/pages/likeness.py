"""How alike two titles are: takes texts, gives a number. Pairs of Han characters tell Chinese words well enough, at no cost."""

from __future__ import annotations

import re

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
# Said of every fraud, so it tells none from another.
_COMMON = frozenset(
    ["怎么", "什么", "为什", "一个", "这样", "如何", "不要", "骗局", "诈骗", "小心", "当心", "识破", "防范"]
)


def pairs(title: str) -> frozenset[str]:
    """Pairs of neighbouring Han characters, and whole Latin words and numbers."""
    found: set[str] = set()
    for run in _RUN.findall(title.lower()):
        if run[0] < "\u3400":
            found.add(run)
        else:
            found.update([run[n : n + 2] for n in range(len(run) - 1)])
    return frozenset(found - _COMMON)


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """0 (nothing in common) to 100 (the same)."""
    common = len(one & other)
    return 200 * common // (len(one) + len(other)) if common else 0
