"""The ledger of published ids: a line for every address that an item was ever approved at, so that none is lost or used again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pubhub.content.model import ITEM_ID
from pubhub.problems import Problem, problem

LEDGER = "_ledger/published.tsv"
_PAIR = re.compile(rf"({ITEM_ID})\t([^\s\ufffd]+)")
_PAIR_LINE = re.compile(rf"^{_PAIR.pattern}$", re.MULTILINE)


def read_ledger(root: Path) -> tuple[tuple[str, str], ...]:
    """Ids and addresses, an id once for each address it had; empty where there is no ledger yet.

    Lines that are no pair are left out (`check_ledger` names them).
    """
    return tuple(_PAIR_LINE.findall("\n".join(_lines(root))))


def check_ledger(root: Path) -> list[Problem]:
    """Lines that a merge or a hand has spoilt: a ledger that forgets in silence protects nothing."""
    return [
        problem(LEDGER, number, "ledger-line", value=line)
        for number, line in enumerate(_lines(root), 1)
        if line.strip() and not _PAIR.fullmatch(line)
    ]


def format_ledger(entries: Iterable[tuple[str, str]]) -> str:
    """Sorted lines `id<TAB>address`: two branches that add different ids merge without a conflict in meaning."""
    return "".join(f"{id_}\t{url}\n" for id_, url in sorted(set(entries)))


def _lines(root: Path) -> list[str]:
    try:
        return (root / LEDGER).read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    except OSError:  # a folder of that name, no permission: said as a line that cannot be read
        return ["\ufffd"]
