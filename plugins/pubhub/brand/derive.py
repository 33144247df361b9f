"""All files that the recipe makes: takes masters, words and colours, gives each with its name, before any is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pubhub.brand.recipe import MasterInfo, Recipe, Step
from pubhub.brand.works import Card, Fit, Ico, Icon, Print, Sheet, Work, fitted, print_pixels
from pubhub.engine.version import digest

FOLDER = "assets/brand"
_LIBRARIES = ("resvg_py", "Pillow", "typst", "manimgx-fonts-cjk")
_MAKERS = ("render.py", "works.py", "card.typ", "large.typ", "sheet.typ")


@dataclass(frozen=True)
class Derived:
    """A file to be made."""

    name: str
    """mascot-greeting-240.webp."""
    group: str
    title: str
    """问好 …"""
    masters: tuple[str, ...]
    work: Work
    pixels: tuple[int, int] | None
    """Width and height, None for vectors."""
    key: bytes
    """Of the drawings, the work and what does it: nothing else can change the bytes."""

    @property
    def format(self) -> str:
        """png, webp, avif, pdf or ico."""
        return self.name.rpartition(".")[2]

    @property
    def url(self) -> str:
        """assets/brand/mascot-greeting-240.1a2b3c4d5e.webp: the name changes with the file."""
        stem, _, suffix = self.name.rpartition(".")
        return f"{FOLDER}/{stem}.{self.key.hex()[:10]}.{suffix}"

    @property
    def path(self) -> str:
        """Where it stands in a folder for people: mascot/mascot-greeting-240.webp."""
        return f"{self.group}/{self.name}"

    @property
    def cost(self) -> int:
        """About how long it takes, to begin with the longest."""
        width, height = self.pixels or (0, 0)
        return width * height * (8 if self.format == "avif" else 1)


@cache
def maker_version() -> bytes:
    """Of the code and the libraries that render."""
    folder = Path(__file__).parent
    sources = [(folder / name).read_bytes().replace(b"\r\n", b"\n") for name in _MAKERS]
    return digest(*sources, *(f"{name} {version(name)}" for name in _LIBRARIES))


def derive(
    recipe: Recipe, masters: Mapping[str, bytes], words: Mapping[str, str], colours: Mapping[str, str]
) -> tuple[Derived, ...]:
    """Every file of the recipe, in its order.

    Args:
        masters: bytes by name; all that the recipe names.
        words: name, title, organisation, programme … of the site, for cards.
        colours: hexadecimal by token, for grounds and cards.
    """
    infos = {info.name: info for info in recipe.masters}
    found = []
    for step in recipe.steps:
        for name, title, used, work, pixels in _works(step, recipe, infos, words, colours):
            drawings = [part for master in used for part in (master, masters[master])]
            key = digest("brand", maker_version(), repr(work), *drawings)
            found.append(Derived(name, step.group, title, used, work, pixels, key))
    names = [one.name for one in found]
    assert len(set(names)) == len(names), "two files of one name"
    return tuple(found)


_Planned = tuple[str, str, tuple[str, ...], Work, tuple[int, int] | None]


def _works(
    step: Step,
    recipe: Recipe,
    infos: Mapping[str, MasterInfo],
    words: Mapping[str, str],
    colours: Mapping[str, str],
) -> Iterator[_Planned]:
    if step.make == "card":
        width, height = step.size
        said = tuple(sorted({**words, **colours}.items()))
        yield f"{step.name}.png", step.title, step.of, Card(step.layout, (width, height), said), (width, height)
        return
    for info in (info for name, info in infos.items() if any(fnmatchcase(name, mask) for mask in step.of)):
        of, ground = (info.name,), colours[step.ground] if step.ground else ""
        match step.make:
            case "fit":
                for side in step.widths:
                    size = fitted(info.box, side, float("inf"))
                    for suffix in step.formats:
                        yield f"{info.name}-{side}.{suffix}", info.title, of, Fit(*size, suffix), size
            case "print":
                for paper in step.papers:
                    size = print_pixels(info.box, paper)
                    yield f"{info.name}-{paper}-300dpi.png", info.title, of, Print(*size), size
            case "sheet":
                fill = colours[info.ground or "white"]
                for paper in step.papers:
                    work = Sheet(paper, info.title, info.alt or info.title, fill, recipe.date)
                    yield f"{info.name}-{paper}.pdf", info.title, of, work, None
            case "ico":
                yield f"{step.name}.ico", step.title, of, Ico(step.sizes), (step.sizes[-1], step.sizes[-1])
            case "icon":
                for side in step.sizes:
                    name = step.name.format(size=side)
                    yield f"{name}.png", step.title, of, Icon(side, step.circle, ground), (side, side)
            case _:
                raise KeyError(step.make)
