"""What a generator under test has to answer: where it lies, what it is fed, which commands make its site."""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bench.corpus import Piece

_LINK = re.compile(r"\[([^\]]*)\]\((XB-\d{4}-\d+)\)")
_BOX = re.compile(r"^!!! scam\n((?: {4}.*\n?)+)", re.MULTILINE)
WITHDRAWN = "本文内容已经过时，现已撤回。"


@dataclass(frozen=True)
class Step:
    """One command of a build."""

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


class Generator(ABC):
    """One generator with a source tree and an output folder of its own below `root`."""

    name = ""
    template = ""
    """Path below `source` of the template that the template edit changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = root / "source"
        self.out = root / "out"

    @abstractmethod
    def prepare(self, pieces: Sequence[Piece]) -> None:
        """Writes the whole source tree anew."""

    @abstractmethod
    def put(self, piece: Piece, pieces: Mapping[str, Piece]) -> None:
        """Writes one piece; `pieces` are all, by id."""

    @abstractmethod
    def steps(self) -> Sequence[Step]:
        """The commands of one build, in order."""

    @abstractmethod
    def page(self, piece: Piece) -> Path:
        """Where the page of a piece stands."""

    def touch_template(self, mark: str) -> None:
        """Changes what every page of an item shows."""
        file = self.source / self.template
        text = file.read_text("utf-8")
        text = re.sub(r"<p class=\"mark\">.*?</p>", "", text)
        file.write_text(self.marked(text, f'<p class="mark">{mark}</p>'), "utf-8", newline="\n")

    def marked(self, text: str, mark: str) -> str:
        """The template with the mark in it."""
        return text.replace("</article>", f"{mark}</article>", 1)

    def forget(self) -> None:
        """Deletes the output and every cache: the next build is cold."""
        shutil.rmtree(self.out, ignore_errors=True)

    def versions(self) -> dict[str, str]:
        """What is measured."""
        return {}


class Peer(Generator):
    """Another generator: one Markdown file per piece, boxes as quotations, links by address."""

    boxes_stay = False

    @abstractmethod
    def file(self, piece: Piece) -> Path:
        """Source file of a piece."""

    @abstractmethod
    def text(self, piece: Piece, pieces: Mapping[str, Piece]) -> str:
        """Its content."""

    @abstractmethod
    def address(self, piece: Piece, source: Piece) -> str:
        """How `source` links to `piece`."""

    @abstractmethod
    def skeleton(self) -> None:
        """Configuration, templates, section pages."""

    def prepare(self, pieces: Sequence[Piece]) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.source.mkdir(parents=True)
        self.skeleton()
        known = {piece.id: piece for piece in pieces}
        for piece in pieces:
            self.put(piece, known)

    def put(self, piece: Piece, pieces: Mapping[str, Piece]) -> None:
        file = self.file(piece)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.text(piece, pieces), "utf-8", newline="\n")

    def body(self, piece: Piece, pieces: Mapping[str, Piece]) -> str:
        """The Markdown of a piece in this generator's words."""
        if piece.withdrawn:
            return WITHDRAWN + "\n"

        def link(match: re.Match[str]) -> str:
            target = pieces.get(match[2])
            return f"[{match[1]}]({self.address(target, piece)})" if target else match[1]

        text = _LINK.sub(link, piece.body)
        return text if self.boxes_stay else _BOX.sub(_quoted, text)


def _quoted(match: re.Match[str]) -> str:
    lines = [line.strip() for line in match[1].rstrip().split("\n")]
    return "> **骗子怎么说**\n>\n" + "".join(f"> {line}\n" for line in lines)
