"""The brand files of one site: takes the theme and the site's words, gives masters and every derived file, rendered when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pubhub.brand.derive import Derived, derive
from pubhub.brand.masters import read_masters
from pubhub.brand.recipe import Recipe, own_recipe
from pubhub.content.vocabulary import Site
from pubhub.engine.plan import File
from pubhub.engine.vault import Vault
from pubhub.engine.workers import spread
from pubhub.problems import ContentRefused, Problem, ordered
from pubhub.tokens import Tokens, read_tokens


@dataclass(frozen=True)
class Collection:
    """Masters and derived files."""

    recipe: Recipe
    tokens: Tokens
    masters: Mapping[str, bytes]
    files: tuple[Derived, ...]
    advice: tuple[Problem, ...]
    """What is not as it should be, but stops nothing."""

    def file(self, one: Derived) -> File:
        """As it is planned."""
        return File(one.url, partial(self.render, one), one.key, keep=True)

    def data(self, one: Derived, vault: Vault | None) -> bytes:
        """Its bytes, from the vault if they are there; else they are put there."""
        # Imported late, as the renderers below: `hub assets` shall know in a moment that all is there.
        from pubhub.engine.emit import made

        return made(self.file(one), vault)

    def render(self, one: Derived) -> bytes:
        """Its bytes, made anew."""
        from pubhub.brand.render import render

        return render(one.work, [self.masters[name] for name in one.masters])

    def named(self, name: str) -> Derived:
        """A file by its name."""
        return next(one for one in self.files if one.name == name)


def collection_of(theme: Path, site: Site, recipe: Recipe | None = None) -> Collection:
    """Everything of a theme folder. Raises ContentRefused with all that is wrong with masters or tokens."""
    recipe = recipe or own_recipe()
    tokens = read_tokens(theme)
    masters, problems = read_masters(theme / "assets" / "brand", recipe.masters, tokens.palette.values())
    if any(problem.level == "error" for problem in problems):
        raise ContentRefused(ordered(problems))
    words = {"line": site.title, "organisation": site.organisation}
    files = derive(recipe, masters, words, colours_of(tokens))
    return Collection(recipe, tokens, masters, files, tuple(ordered(problems)))


def colours_of(tokens: Tokens) -> dict[str, str]:
    """The colours that grounds and cards ask for; files do not follow the reader's dark scheme."""
    light = {name: tokens.light[name] for name in ("paper", "ink", "muted", "brand")}
    return {**light, "white": tokens.palette["white"], "red": tokens.palette["red"], "dark": tokens.dark["paper"]}


def fill(
    collection: Collection,
    vault: Vault,
    wanted: Iterable[Derived],
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[str, int]]:
    """Renders into the vault what is not whole there, on all cores, the longest first; gives names and sizes of what was made."""
    todo = sorted((one for one in wanted if vault.look(one.key) != "whole"), key=lambda one: (-one.cost, one.name))
    done: list[tuple[str, int]] = []
    for answers in spread(_Rendering(collection, vault), todo, chunk=1, least=2):
        done += answers
        if progress is not None:
            progress(len(done), len(todo))
    return sorted(done)


@dataclass(frozen=True)
class _Rendering:
    """Runs in workers."""

    collection: Collection
    vault: Vault

    def __call__(self, todo: Sequence[Derived]) -> list[tuple[str, int]]:
        found = []
        for one in todo:
            data = self.collection.render(one)
            self.vault.put(one.key, data)
            found.append((one.name, len(data)))
        return found
