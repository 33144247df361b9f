"""The drawings everything is made of: takes a folder and the recipe, gives their bytes, or says what is wrong with each.

A master draws the same in a browser, in resvg and in Typst, and needs nothing beside itself: shapes, gradients, groups.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from pubhub.brand.recipe import MasterInfo
from pubhub.problems import Problem, problem

PLACE = "theme/assets/brand"
"""How problems name the folder."""
_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset({"script", "style", "foreignObject", "animate", "animateMotion", "animateTransform", "set", "a"})
_FOREIGN_DRAWN = frozenset({"image", "text", "filter", "feImage"})
_PAINTS = frozenset({"fill", "stroke", "stop-color", "color", "flood-color"})
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_NO_COLOUR = frozenset({"none", "currentColor", "inherit", "transparent"})
_URL = re.compile(r"url\(\s*['\"]?(?!#)[^)]*\)")


def read_masters(
    folder: Path, infos: Iterable[MasterInfo], palette: Collection[str]
) -> tuple[dict[str, bytes], list[Problem]]:
    """All masters by name, line ends as LF, and all that is wrong with them.

    Args:
        palette: hexadecimal colours that a master may use.
    """
    known = {colour.upper() for colour in palette}
    masters: dict[str, bytes] = {}
    problems: list[Problem] = []
    for info in infos:
        path = f"{PLACE}/{info.name}.svg"
        try:
            data = (folder / f"{info.name}.svg").read_bytes().replace(b"\r\n", b"\n")
        except FileNotFoundError:
            problems.append(problem(path, 1, "master-missing"))
            continue
        except OSError:
            problems.append(problem(path, 1, "unreadable"))
            continue
        problems += check_master(data, path, info.box, known)
        masters[info.name] = data
    return masters, problems


def check_master(data: bytes, path: str, box: tuple[float, float], palette: Collection[str]) -> list[Problem]:
    """What is wrong with one drawing."""
    reading = _Reading(path, box, palette)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: reading.element(name, attributes, parser.CurrentLineNumber)
    # A document type may hold entities that grow to gigabytes; no drawing needs one.
    parser.StartDoctypeDeclHandler = lambda *_: reading.add("master-active", parser.CurrentLineNumber, what="DOCTYPE")
    parser.ProcessingInstructionHandler = lambda target, _: reading.add(
        "master-active", parser.CurrentLineNumber, what=f"<?{target}>"
    )
    parser.EntityDeclHandler = _no_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return [*reading.found, problem(path, error.lineno, "master-broken")]
    except _EntityFound:
        pass
    return reading.found


class _EntityFound(Exception):
    """Stops reading."""


def _no_entity(*_: object) -> None:
    raise _EntityFound


@dataclass
class _Reading:
    """One drawing, element by element."""

    path: str
    box: tuple[float, float]
    palette: Collection[str]
    found: list[Problem] = field(default_factory=list)
    depth: int = 0

    def add(self, code: str, line: int, **params: object) -> None:
        entry = problem(self.path, line, code, **params)
        # One wrong colour is one thing to mend, however often it is used.
        if all((one.code, one.params) != (code, entry.params) for one in self.found):
            self.found.append(entry)

    def element(self, full: str, attributes: dict[str, str], line: int) -> None:
        space, _, name = full.rpartition(" ")
        if not self.depth:
            self._root(space, name, attributes, line)
        self.depth += 1
        if name in _ACTIVE or space not in {_SVG, ""}:
            self.add("master-active", line, what=f"<{name}>")
        if name in _FOREIGN_DRAWN:
            self.add("master-drawn", line, what=f"<{name}>")
        for long, value in attributes.items():
            for code, params in self._attribute(name, long.rpartition(" ")[2], value):
                self.add(code, line, **params)

    def _root(self, space: str, name: str, attributes: dict[str, str], line: int) -> None:
        if (space, name) != (_SVG, "svg"):
            self.add("master-broken", line)
            return
        wanted = (0.0, 0.0, *self.box)
        try:
            given = tuple(float(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip()))
        except ValueError:
            given = ()
        if given != wanted:
            box = " ".join(f"{part:g}" for part in wanted)
            self.add("master-viewbox", line, value=attributes.get("viewBox", ""), wanted=box)

    def _attribute(self, element: str, name: str, value: str) -> Iterator[tuple[str, dict[str, str]]]:
        if name.startswith("on") or name == "style":
            yield "master-active", {"what": name}
        elif (name == "href" and not value.startswith("#")) or _URL.search(value):
            yield "master-foreign", {"value": value}
        elif name in _PAINTS and not value.startswith("url(#") and value not in _NO_COLOUR:
            full = "#" + "".join(c * 2 for c in value[1:]) if len(value) == 4 and value.startswith("#") else value
            if not _HEX.match(value) or full.upper() not in self.palette:
                yield "master-colour", {"value": value}
