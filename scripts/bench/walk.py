"""A random walk: after every edit the incremental site must be the clean one, byte for byte."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from scripts.bench import layout
from scripts.bench.corpus import DAY, SEED, TOPICS, Piece, corpus, piece
from scripts.bench.edits import changed, published, withdrawn
from scripts.bench.edits import text as _text
from scripts.bench.edits import title as _title
from scripts.bench.measure import run
from scripts.bench.ours import Ours
from scripts.bench.trees import differences
from scripts.words import Refusal


@dataclass(frozen=True)
class Stride:
    """One edit, the two builds after it, and where they disagree."""

    number: int
    name: str
    about: str
    incremental: float
    clean: float
    """Wall seconds."""
    differences: tuple[str, ...]


@dataclass
class _Ground:
    """One content folder and the two project copies that build it."""

    warm: Ours
    cold: Ours
    state: dict[str, Piece]
    random: Random
    number: int = 0
    aliases: dict[str, list[str]] = field(default_factory=dict)

    def rewrite(self, old: Piece, new: Piece) -> str:
        """Puts the new version where it belongs and takes the old one away."""
        if old.place != new.place:
            self.aliases.setdefault(old.id, []).append(layout.address(old))
            layout.remove_piece(self.warm.content, old)
        self.state[new.id] = new
        layout.write_piece(self.warm.content, new, self.aliases.get(new.id, ()))
        if not new.draft:
            layout.enter(self.warm.content, new)
        return new.place

    def some(self) -> Piece:
        """Any published piece."""
        return self.random.choice(published(self.state))


def walk(folder: Path, items: int, strides: int, log: Path, seed: int = SEED) -> Iterator[Stride]:
    """Makes `strides` edits one after another."""
    ground = prepare(folder, items, seed)
    for number in range(strides):
        ground.number = number
        # The first round takes every kind of edit once.
        name = list(EDITS)[number] if number < len(EDITS) else ground.random.choice(list(EDITS))
        about = EDITS[name](ground)
        incremental = build(ground.warm, log)
        ground.cold.forget()
        clean = build(ground.cold, log)
        yield Stride(number, name, about, incremental, clean, tuple(differences(ground.warm.out, ground.cold.out)))


def prepare(folder: Path, items: int, seed: int = SEED) -> _Ground:
    """Two project copies on one content folder."""
    shutil.rmtree(folder, ignore_errors=True)
    content = folder / "content"
    warm, cold = Ours(folder / "warm", content), Ours(folder / "cold", content)
    warm.install()
    cold.install()
    pieces = corpus(items)
    layout.write_tree(content, pieces)
    return _Ground(warm, cold, {one.id: one for one in pieces}, Random(f"{seed}/walk"))


def build(ours: Ours, log: Path) -> float:
    """Wall seconds of a build that has to end well."""
    done = run(ours.steps(), log)
    if done.code != 0:
        raise Refusal("bench-failed", generator=ours.name, number=done.code, said=done.said)
    return done.wall


def text(ground: _Ground) -> str:
    """A sentence more."""
    before, after = changed(_text(ground.state, ground.random, ground.number))
    return ground.rewrite(before, after)


def title(ground: _Ground) -> str:
    """Another title and day."""
    before, after = changed(_title(ground.state, ground.random, ground.number))
    return ground.rewrite(before, dataclasses.replace(after, date=before.date))


def date(ground: _Ground) -> str:
    """Another day of the same year: neighbours and lists move."""
    before, after = changed(_title(ground.state, ground.random, ground.number))
    return ground.rewrite(before, dataclasses.replace(after, title=before.title))


def move(ground: _Ground) -> str:
    """Another address, with the old one as alias; every other time another year as well."""
    old = ground.some()
    day = old.date
    if ground.number % 2:
        year = old.date.year - 1
        day = dt.date(year, old.date.month, min(old.date.day, 28))
    return ground.rewrite(old, dataclasses.replace(old, slug=f"moved-{ground.number:05d}", date=day))


def draft(ground: _Ground) -> str:
    """A new text that nobody has signed."""
    return _fresh(ground, draft=True)


def new(ground: _Ground) -> str:
    """A new text, signed."""
    return _fresh(ground, draft=False)


def _fresh(ground: _Ground, draft: bool) -> str:
    serial = 600_000 + ground.number
    made = piece(serial, 0, list(ground.state.values())[-200:], seed=ground.random.randrange(10**9))
    made = dataclasses.replace(made, id=f"XB-{made.date.year}-{serial}", draft=draft, withdrawn=False)
    return ground.rewrite(made, made)


def delete(ground: _Ground) -> str:
    """A draft that never was published goes."""
    drafts = [one for one in ground.state.values() if one.draft]
    if not drafts:
        return draft(ground)
    gone = ground.random.choice(drafts)
    layout.remove_piece(ground.warm.content, gone)
    del ground.state[gone.id]
    return gone.place


def withdraw(ground: _Ground) -> str:
    """A text is taken back."""
    before, after = changed(withdrawn(ground.state, ground.random, ground.number))
    return ground.rewrite(before, after)


def topic(ground: _Ground) -> str:
    """Other topics."""
    old = ground.some()
    return ground.rewrite(old, dataclasses.replace(old, topics=tuple(ground.random.sample(TOPICS, 3))))


def expiry(ground: _Ground) -> str:
    """An alert runs out, or runs on."""
    alerts = [one for one in published(ground.state) if one.kind == "alert"]
    if not alerts:
        return text(ground)
    old = ground.random.choice(alerts)
    day = max(old.date, DAY + dt.timedelta(days=ground.random.choice((-30, -1, 0, 90, 400))))
    return ground.rewrite(old, dataclasses.replace(old, fields={**old.fields, "expires": day.isoformat()}))


def data(ground: _Ground) -> str:
    """A word of the vocabulary that many pages show."""
    file = ground.warm.content / "_data" / ground.random.choice(("topics.yml", "sections.yml", "audiences.yml"))
    lines = file.read_text("utf-8").split("\n")
    places = [n for n, line in enumerate(lines) if line.startswith("  intro: ")]
    at = ground.random.choice(places)
    lines[at] = f"  intro: 第{ground.number}次改写的介绍。"
    file.write_text("\n".join(lines), "utf-8", newline="\n")
    return f"_data/{file.name}"


def template(ground: _Ground) -> str:
    """A template of the theme, in both copies."""
    mark = f"模板第{ground.number}次修改"
    for copy in (ground.warm, ground.cold):
        copy.touch_template(mark)
    return ground.warm.template


EDITS: dict[str, Callable[[_Ground], str]] = {
    "text": text,
    "title": title,
    "date": date,
    "move": move,
    "draft": draft,
    "new": new,
    "delete": delete,
    "withdraw": withdraw,
    "topic": topic,
    "expiry": expiry,
    "data": data,
    "template": template,
}
