"""The ledger of published ids: a line for every address that an item was ever approved at, so that none is lost or used again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pubhub.content.model import ITEM_ID
from pubhub.problems import Problem, problem

LEDGER = "_ledger/published.tsv"
_LINE = re.compile(rf"({ITEM_ID})\t([^\s\ufffd]+)(\tstaff)?")


class Published(NamedTuple):
    """An address that was approved once."""

    id: str
    url: str
    staff: bool = False
    """True if it was only ever approved for the staff edition: readers never knew it."""


def read_ledger(root: Path) -> tuple[Published, ...]:
    """An id once for each address it had; empty where there is no ledger yet.

    Lines that are of no such form are left out (`open_ledger` names them).
    """
    return open_ledger(root)[0]


def open_ledger(root: Path) -> tuple[tuple[Published, ...], list[Problem]]:
    """The same, and the lines that a merge or a hand has spoilt: a ledger that forgets in silence protects nothing."""
    found: list[Published] = []
    problems: list[Problem] = []
    for number, line in enumerate(_lines(root), 1):
        if match := _LINE.fullmatch(line):
            id_, url, staff = match.groups()
            found.append(Published(id_, url, bool(staff)))
        elif line.strip():
            problems.append(problem(LEDGER, number, "ledger-line", value=line))
    return tuple(found), problems


def format_ledger(entries: Iterable[Published]) -> str:
    """Sorted lines `id<TAB>address`, for staff alone with `<TAB>staff`; what was public once stays so.

    Two branches that add different ids merge without a conflict in meaning.
    """
    lines: dict[tuple[str, str], bool] = {}
    for id_, url, staff in entries:
        lines[id_, url] = lines.get((id_, url), True) and staff
    return "".join(
        id_ + "\t" + url + ("\tstaff" if staff else "") + "\n" for (id_, url), staff in sorted(lines.items())
    )


def _lines(root: Path) -> list[str]:
    try:
        return (root / LEDGER).read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    except OSError:  # a folder of that name, no permission: said as a line that cannot be read
        return ["\ufffd"]
