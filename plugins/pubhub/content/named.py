"""Items that data files name: takes what was read of a file, gives the ids with their places; and says which no item has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pubhub.problems import Problem, problem


class Named(NamedTuple):
    """One id in a data file."""

    path: str
    """Relative to the content folder."""
    line: int
    field: str
    id: str


def named_in(name: str, value: Any, lines: Mapping[str, int]) -> Iterator[Named]:
    """The ids in what was read of the data file `name`; `lines`: of places such as `synonyms[3].pages[1]`."""
    places: dict[str, Sequence[str]] = {}
    if name == "finding":
        places = {key: getattr(value, key) for key in ("nothing", "numbers", "links")}
    elif name == "synonyms":
        places = {f"{name}[{number}].pages": group.pages for number, group in enumerate(value, 1)}
    for place, ids in places.items():
        for number, id_ in enumerate(ids, 1):
            field = f"{place}[{number}]"
            yield Named(f"_data/{name}.yml", lines.get(field, 1), field, id_)


def check_named(named: Iterable[Named], known: Collection[str]) -> Iterator[Problem]:
    """A problem for each id that no item has. One that is hidden, or of the other edition, is no mistake."""
    for one in named:
        if one.id not in known:
            yield problem(one.path, one.line, "unknown-id-in-data", one.field, value=one.id)
