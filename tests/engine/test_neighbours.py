"""What is remembered of neighbours is what a look around would find, after any change of items, day and order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

from pubhub.content.catalog import Catalog, make_catalog
from pubhub.content.loader import Loaded
from pubhub.content.model import Alert
from pubhub.pages.fingerprints import Fingerprints
from pubhub.pages.steady import Footing, footing, steady_items
from pubhub.pages.surroundings import Memory, Neighbourhood
from pubhub.press import read_tree
from tests.site.builds import ROOT

DAY = dt.date(2026, 11, 24)


def change(one: Loaded, dice: random.Random, number: int, ids: list[str]) -> Loaded:
    """Another date, other topics or related items, another text: as the front matter changes, so does its hash."""
    item = one.item
    what = dice.choice(["date", "topics", "related", "text", "expires"])
    if what == "text":
        return _with_origin(one, source=f"{number}")
    changes: dict[str, object] = {}
    if what == "date":
        changes["date"] = item.date + dt.timedelta(days=dice.randrange(-200, 200))
    elif what == "topics":
        changes["topics"] = tuple(dice.sample(["credit", "loan", "payment", "cash", "campus"], 2))
    elif what == "related":
        changes["related"] = tuple(dice.sample(ids, 2))
    elif isinstance(item, Alert):
        changes["expires"] = DAY + dt.timedelta(days=dice.randrange(-50, 50))
    one = dataclasses.replace(one, item=dataclasses.replace(item, **changes))  # type: ignore[arg-type]
    return _with_origin(one, front=f"{number:032}{0:032}", source=f"{number}")


def _with_origin(one: Loaded, **changes: str) -> Loaded:
    origin = dataclasses.replace(one.item.origin, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(one, item=dataclasses.replace(one.item, origin=origin))


def catalog_of(loaded: list[Loaded], withdrawn: set[str], hidden: set[str], day: dt.date) -> Catalog:
    assert TREE.vocabulary is not None
    shown = [(one, one.item.id in withdrawn, ()) for one in loaded if one.item.id not in hidden]
    return make_catalog(TREE.vocabulary, "public", today=day, shown=shown)


TREE = read_tree(ROOT / "content", DAY)


def test_a_memory_answers_as_a_look_around_does() -> None:
    dice = random.Random(11)
    loaded = [one for one in TREE.loaded if one.item.visibility == "public"]
    ids = [one.item.id for one in loaded]
    withdrawn: set[str] = set()
    hidden: set[str] = set()
    day = DAY
    memory: Memory | None = None
    last: Footing | None = None
    keys: dict[str, bytes] = {}
    spared = 0
    for number in range(80):
        for _ in range(dice.choice([0, 1, 1, 1, 2, 5])):
            at = dice.randrange(len(loaded))
            loaded[at] = change(loaded[at], dice, number * 10 + 1, ids)
        for group in (withdrawn, hidden):
            if dice.random() < 0.15:
                group ^= {dice.choice(ids)}
        if dice.random() < 0.1:
            day = DAY + dt.timedelta(days=dice.randrange(-100, 100))
        catalog = catalog_of(loaded, withdrawn, hidden, day)
        prints = Fingerprints(catalog)
        warm, cold = Neighbourhood(catalog, prints.all, memory), Neighbourhood(catalog, prints.all)
        now = footing(catalog, prints, warm)
        steady = steady_items(catalog, warm, now, last)
        new = {}
        for entry in catalog.entries:
            item = entry.item
            key = new[item.id] = prints.page(item, cold.around(item))
            if item.id in steady:
                assert keys[item.id] == key, (number, item.id)
                spared += 1
            else:
                assert warm.around(item) == cold.around(item), (number, item.id)
        memory, last, keys = warm.memory(), now, new
    # The short way is there to be taken.
    assert spared > 80 * len(loaded) / 3
