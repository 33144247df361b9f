"""Pelican with a simple theme, tags, feeds and pages of twenty."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.bench.corpus import Piece
from scripts.bench.generators import Peer, Step
from scripts.bench.peers.shared import SECTION_NAMES, STYLES, TOPIC_NAMES
from scripts.bench.tools import Tools

_HERE = Path(__file__).parent / "templates" / "pelican"


class Pelican(Peer):
    """Pelican with the theme in templates/pelican; its core has no links to the next and previous text."""

    name = "pelican"
    template = "theme/templates/article.html"

    def __init__(self, root: Path, tools: Tools) -> None:
        super().__init__(root)
        self._tools = tools

    def skeleton(self) -> None:
        shutil.copytree(_HERE / "theme", self.source / "theme" / "templates")
        (self.source / "theme" / "static").mkdir()
        (self.source / "theme" / "static" / "hub.css").write_bytes(STYLES)
        shutil.copy(_HERE / "settings.txt", self.source / "pelicanconf.py")
        (self.source / "content").mkdir()

    def file(self, piece: Piece) -> Path:
        return self.source / "content" / f"{piece.place}.md"

    def page(self, piece: Piece) -> Path:
        return self.out / f"{piece.place}.html"

    def address(self, piece: Piece, source: Piece) -> str:
        return f"{{filename}}/{piece.place}.md"

    def text(self, piece: Piece, pieces: Mapping[str, Piece]) -> str:
        front = {
            "Title": piece.title,
            "Date": piece.date.isoformat(),
            "Category": SECTION_NAMES[piece.section],
            "Tags": ", ".join(TOPIC_NAMES[topic] for topic in piece.topics),
            "Slug": piece.slug,
            "Summary": piece.summary,
            "Number": piece.id,
            "Related": ", ".join(f"{pieces[one].place}|{pieces[one].title}" for one in piece.related if one in pieces),
            "Status": "draft" if piece.draft else "published",
            "Save_as": f"{piece.place}.html",
            "Url": f"{piece.place}.html",
        }
        lines = "".join(f"{name}: {value}\n" for name, value in front.items() if value)
        return f"{lines}\n{self.body(piece, pieces)}"

    def steps(self) -> Sequence[Step]:
        folders = ("-o", str(self.out), "-s", str(self.source / "pelicanconf.py"), str(self.source / "content"))
        return [Step("pelican", (self._tools.need("pelican"), "-q", "-d", *folders), self.source)]

    def forget(self) -> None:
        super().forget()
        shutil.rmtree(self.source / "cache", ignore_errors=True)

    def versions(self) -> dict[str, str]:
        return {"pelican": self._tools.version("pelican")}
