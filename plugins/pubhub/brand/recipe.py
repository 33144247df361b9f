"""Which files are made of the masters, as data: takes recipe.toml, gives groups, masters and steps."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Group:
    """Files that belong together: a folder of the kit, a table of the brand page."""

    id: str
    name: str
    note: str
    kit: bool
    """Whether the kit has them."""


@dataclass(frozen=True)
class MasterInfo:
    """What a master must be, and what readers are told of it."""

    name: str
    """theme/assets/brand/<name>.svg."""
    box: tuple[float, float]
    """Width and height of its viewBox."""
    least: tuple[int, int]
    """Smallest width: pixels on screens, millimetres on paper, 0 for never."""
    title: str
    use: str
    alt: str = ""
    pose: bool = False
    """True for the mascot."""
    ground: str = ""
    """The colour it is made for, by its token; empty for light paper."""


@dataclass(frozen=True)
class Step:
    """One kind of file for some masters."""

    make: str
    """fit, print, sheet, card, ico or icon."""
    group: str
    of: tuple[str, ...]
    """Names of masters; * stands for any letters, then each of them gets files of its own."""
    name: str = ""
    title: str = ""
    layout: str = ""
    widths: tuple[int, ...] = ()
    """Pixels."""
    formats: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    size: tuple[int, ...] = ()
    """Width and height of a card in pixels."""
    sizes: tuple[int, ...] = ()
    """Sides of icons in pixels."""
    ground: str = ""
    circle: float = 1.0
    """Diameter of the circle around the drawing, as a part of the side."""


@dataclass(frozen=True)
class Recipe:
    """All of it."""

    date: dt.date
    groups: tuple[Group, ...]
    masters: tuple[MasterInfo, ...]
    steps: tuple[Step, ...]


@cache
def own_recipe() -> Recipe:
    """The project's recipe."""
    return read_recipe((Path(__file__).parent / "recipe.toml").read_text("utf-8"))


def read_recipe(text: str) -> Recipe:
    """A recipe. Raises TypeError or KeyError for one that is not made of these records: a slip of ours."""
    data = tomllib.loads(text)
    return Recipe(
        data["date"],
        tuple(Group(**entry) for entry in data["group"]),
        tuple(MasterInfo(**_closed(entry)) for entry in data["master"]),
        tuple(Step(**_closed({**entry, "of": _listed(entry["of"])})) for entry in data["step"]),
    )


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _closed(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
