"""Edits as data: takes a state of the corpus and a random source, gives the next state and what proves that it was published."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from scripts.bench.corpus import DAY, Piece, Value, piece

State = dict[str, Piece]
"""All pieces by id."""


@dataclass(frozen=True)
class Edit:
    """What one edit does."""

    name: str
    piece: Piece | None = None
    """The piece as it is afterwards."""
    before: Piece | None = None
    """As it was."""
    template: str = ""
    """A mark that every item's page shall show."""
    shows: str = ""
    """What the page of the piece says afterwards."""
    hides: str = ""
    """What it says no more."""
    state: State = field(default_factory=dict)


def text(state: State, random: Random, number: int) -> Edit:
    """One sentence more."""
    old = _any(state, random)
    sentence = f"第{number}次核对以后，编辑补上了这一句，编号是{random.randrange(10**6)}。"
    new = dataclasses.replace(old, body=f"{sentence}\n\n{old.body}")
    return _changed("text", state, old, new, shows=sentence)


def title(state: State, random: Random, number: int) -> Edit:
    """Another title, and another day of the same year."""
    old = _any(state, random)
    first = dt.date(old.date.year, 1, 1)
    last = min(dt.date(old.date.year, 12, 31), DAY)
    day = first + dt.timedelta(days=random.randrange((last - first).days + 1))
    name = f"改过的标题第{number}次之{random.randrange(10**6)}"
    new = dataclasses.replace(old, title=name, date=day, fields=_valid_from(old, day))
    return _changed("title", state, old, new, shows=name)


def new(state: State, random: Random, number: int) -> Edit:
    """One item more, of today."""
    serial = 500_000 + number
    fresh = piece(serial, 0, list(state.values())[-400:], seed=random.randrange(10**9))
    fresh = dataclasses.replace(fresh, date=DAY, id=f"XB-{DAY.year}-{serial}", withdrawn=False)
    fresh = dataclasses.replace(fresh, fields=_valid_from(fresh, DAY))
    return Edit("new", piece=fresh, shows=fresh.title, state={**state, fresh.id: fresh})


def withdrawn(state: State, random: Random, number: int) -> Edit:
    """One item taken back."""
    old = _any(state, random)
    return _changed("withdrawn", state, old, dataclasses.replace(old, withdrawn=True), hides=_phrase(old))


def template(state: State, random: Random, number: int) -> Edit:
    """Another word on every item's page."""
    mark = f"模板第{number}次修改{random.randrange(10**6)}"
    return Edit("template", template=mark, piece=_any(state, random), shows=mark, state=state)


SCENARIOS: Mapping[str, Callable[[State, Random, int], Edit]] = {
    "text": text,
    "title": title,
    "new": new,
    "withdrawn": withdrawn,
    "template": template,
}
"""The edits that generators are compared on, in the order in which they are made."""


def changed(edit: Edit) -> tuple[Piece, Piece]:
    """A piece before and after an edit that changed one."""
    assert edit.before is not None
    assert edit.piece is not None
    return edit.before, edit.piece


def _changed(name: str, state: State, old: Piece, new_: Piece, shows: str = "", hides: str = "") -> Edit:
    return Edit(name, piece=new_, before=old, shows=shows, hides=hides, state={**state, new_.id: new_})


def _any(state: State, random: Random) -> Piece:
    """A published piece that is no issue: the printed columns of those bind too much."""
    return random.choice(published(state))


def published(state: State) -> Sequence[Piece]:
    """The pieces with a page that shows their text."""
    return [one for one in state.values() if not one.withdrawn and not one.draft and one.kind != "issue"]


def _valid_from(old: Piece, day: dt.date) -> dict[str, Value]:
    """Fields that must not lie before the day."""
    fields = dict(old.fields)
    for name in ("expires", "starts"):
        if name in fields:
            fields[name] = max(str(fields[name]), day.isoformat())
    return fields


def _phrase(piece_: Piece) -> str:
    """A sentence of the body that stands nowhere else on its page."""
    first = piece_.body.split("\n")[0]
    return first.split("。")[0].split("[^")[0]
