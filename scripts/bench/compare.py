"""The comparison: every generator in every scenario, in turn, with each run's conditions checked before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from scripts.bench.corpus import SEED, corpus
from scripts.bench.edits import SCENARIOS, Edit, State
from scripts.bench.facts import settle
from scripts.bench.figures import Figures, summed
from scripts.bench.generators import Generator
from scripts.bench.measure import Run, run
from scripts.bench.trees import Size, digest, size
from scripts.words import Refusal

ALL = ("cold", "unchanged", *SCENARIOS)
Say = Callable[[str], None]


@dataclass
class Bench:
    """What one comparison needs and gathers."""

    generators: Sequence[Generator]
    items: int
    repeats: int
    log: Path
    pictures: int = 0
    say: Say = lambda text: None
    patience: float = 0.0
    """Seconds that may still be spent on waiting for a quiet machine; the larger the corpus, the more it is worth."""
    commands: dict[str, list[str]] = field(default_factory=dict)
    _built: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.patience = min(300.0, self.items / 10)

    def figures(self, scenarios: Sequence[str]) -> Iterator[Figures]:
        """Prepares every generator, then yields its figures scenario by scenario, in the order of ALL."""
        pieces = corpus(self.items, self.pictures)
        for generator in self.generators:
            self.say(f"{generator.name}: prepare")
            generator.prepare(pieces)
            self.commands[generator.name] = [" ".join(step.command) for step in generator.steps()]
        state: State = {piece.id: piece for piece in pieces}
        for name in (one for one in ALL if one in scenarios):
            edits = list(self._edits(name, state))
            state = edits[-1].state if edits else state
            # Repeat by repeat, so that a busy minute of the machine falls on all of them.
            runs: dict[str, list[Run]] = {generator.name: [] for generator in self.generators}
            sizes: dict[str, Size] = {}
            for repeat in range(self.repeats):
                for generator in self.generators:
                    self.say(f"{generator.name}: {name} {repeat + 1}/{self.repeats}")
                    runs[generator.name].append(self._once(generator, name, edits[repeat] if edits else None))
                    sizes[generator.name] = size(generator.out)
            for generator in self.generators:
                yield summed(generator.name, name, self.items, runs[generator.name], sizes[generator.name])

    def _edits(self, name: str, state: State) -> Iterator[Edit]:
        if name in SCENARIOS:
            random = Random(f"{SEED}/{name}")
            for repeat in range(self.repeats):
                edit = SCENARIOS[name](state, random, len(ALL) * repeat + list(ALL).index(name))
                state = edit.state
                yield edit

    def _once(self, generator: Generator, name: str, edit: Edit | None) -> Run:
        if name == "cold":
            generator.forget()
        elif generator.name not in self._built:
            self.build(generator)  # the warm-up
        before = digest(generator.out) if name == "unchanged" else ""
        if edit is not None:
            self._apply(generator, edit)
        self.patience -= settle(self.patience)
        done = self.build(generator)
        if name == "unchanged" and before != digest(generator.out) and generator.name == "pubhub":
            raise Refusal(
                "bench-wrong", generator=generator.name, scenario=name, reason="unchanged input, other output"
            )
        if edit is not None:
            expect(generator, edit)
        return done

    def _apply(self, generator: Generator, edit: Edit) -> None:
        piece = edit.piece
        assert piece is not None
        shown = generator.page(piece).read_text("utf-8") if generator.page(piece).exists() else ""
        if (edit.shows and edit.shows in shown) or (edit.hides and edit.hides not in shown):
            raise Refusal("bench-wrong", generator=generator.name, scenario=edit.name, reason="true before the edit")
        if edit.template:
            generator.touch_template(edit.template)
        else:
            generator.put(piece, edit.state)

    def build(self, generator: Generator) -> Run:
        """One build that has to end well."""
        done = run(generator.steps(), self.log)
        if done.code != 0:
            raise Refusal("bench-failed", generator=generator.name, number=done.code, said=done.said)
        self._built.add(generator.name)
        return done


def expect(generator: Generator, edit: Edit) -> None:
    """Raises Refusal if the page does not say what the edit is about."""
    assert edit.piece is not None
    page = generator.page(edit.piece)
    shown = page.read_text("utf-8") if page.exists() else ""
    if not page.exists() or edit.shows not in shown or (edit.hides and edit.hides in shown):
        raise Refusal("bench-wrong", generator=generator.name, scenario=edit.name, reason=f"{page} does not show it")
