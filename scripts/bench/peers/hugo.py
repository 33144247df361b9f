"""Hugo, alone or with Pagefind over its output."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.bench.corpus import SECTIONS, Piece
from scripts.bench.generators import Peer, Step
from scripts.bench.layout import yaml
from scripts.bench.peers.shared import SECTION_NAMES, STYLES, TOPIC_NAMES
from scripts.bench.tools import Tools

_HERE = Path(__file__).parent / "templates" / "hugo"


class Hugo(Peer):
    """Hugo with the templates in templates/hugo."""

    template = "layouts/page.html"

    def __init__(self, root: Path, tools: Tools, searched: bool) -> None:
        super().__init__(root)
        self.name = "hugo+pagefind" if searched else "hugo"
        self._tools = tools
        self._searched = searched

    def skeleton(self) -> None:
        shutil.copytree(_HERE, self.source, dirs_exist_ok=True)
        (self.source / "static").mkdir()
        (self.source / "static" / "hub.css").write_bytes(STYLES)
        for section in SECTIONS.values():
            self._index(section, SECTION_NAMES[section])
        for topic, name in TOPIC_NAMES.items():
            self._index(f"topics/{topic}", name)
        self._index("topics", "话题")

    def _index(self, place: str, title: str) -> None:
        file = self.source / "content" / place / "_index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {title}\n---\n", "utf-8", newline="\n")

    def file(self, piece: Piece) -> Path:
        return self.source / "content" / f"{piece.place}.md"

    def page(self, piece: Piece) -> Path:
        return self.out / f"{piece.place}.html"

    def address(self, piece: Piece, source: Piece) -> str:
        return f"/{piece.place}.html"

    def text(self, piece: Piece, pieces: Mapping[str, Piece]) -> str:
        shown = ("plain", "steps", "severity", "expires", "authors", "rights", "sources")
        front: dict[str, object] = {
            "title": piece.title,
            "date": piece.date.isoformat(),
            "description": piece.summary,
            "number": piece.id,
            "draft": str(piece.draft).lower(),
            "topics": list(piece.topics),
            "related": [f"/{pieces[id_].place}" for id_ in piece.related if id_ in pieces],
            **{name: piece.fields[name] for name in shown if piece.fields.get(name)},
        }
        if piece.withdrawn:
            front = {**front, "withdrawn": "true", "plain": [], "steps": []}
        kept = {name: value for name, value in front.items() if value not in ([], "")}
        return f"---\n{yaml(kept)}---\n{self.body(piece, pieces)}"

    def steps(self) -> Sequence[Step]:
        command = (self._tools.need("hugo"), "build", "--quiet", "--cleanDestinationDir")
        places = ("--source", str(self.source), "--destination", str(self.out), "--cacheDir", str(self.root / "cache"))
        found = [Step("hugo", (*command, *places), self.source)]
        if self._searched:
            found.append(
                Step("pagefind", (self._tools.need("pagefind"), "--site", str(self.out), "--quiet"), self.root)
            )
        return found

    def forget(self) -> None:
        super().forget()
        for folder in (self.root / "cache", self.source / "resources", self.source / "public"):
            shutil.rmtree(folder, ignore_errors=True)

    def versions(self) -> dict[str, str]:
        names = ("hugo", "pagefind") if self._searched else ("hugo",)
        return {name: self._tools.version(name) for name in names}
