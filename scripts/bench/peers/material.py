"""Stock mkdocs-material as its manual has it, with tags and, if asked for, its search; articles stay out of the nav."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from scripts.bench.corpus import SECTIONS, Piece
from scripts.bench.generators import Peer, Step
from scripts.bench.layout import yaml
from scripts.bench.peers.shared import SECTION_NAMES, TOPIC_NAMES
from scripts.bench.tools import Tools

_CONFIG = """\
site_name: 同心圆消保
site_url: https://hub.example.cn/
use_directory_urls: false
docs_dir: docs
theme:
  name: material
  custom_dir: overrides
  language: zh
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.footer]
plugins:
{search}  - tags
markdown_extensions: [tables, toc, admonition, footnotes, attr_list, md_in_html, pymdownx.superfences]
not_in_nav: |
  /*/*/*
nav:
  - index.md
{nav}  - 话题: tags.md
"""


class Material(Peer):
    """MkDocs with the Material theme."""

    template = "overrides/main.html"
    boxes_stay = True

    def __init__(self, root: Path, tools: Tools, searched: bool) -> None:
        super().__init__(root)
        self.name = "material" if searched else "material-bare"
        self._searched = searched
        self._pieces: dict[str, list[Piece]] = {}

    def prepare(self, pieces: Sequence[Piece]) -> None:
        super().prepare(pieces)
        for section in SECTIONS.values():
            inside = sorted((p for p in pieces if p.section == section), key=lambda p: (p.date, p.id), reverse=True)
            # MkDocs has no lists: what a user would keep by hand or by a hook, the newest twenty.
            lines = [f"- [{one.title}]({one.date.year}/{one.slug}.md) {one.date}\n" for one in inside[:20]]
            self._write(f"docs/{section}/index.md", f"# {SECTION_NAMES[section]}\n\n{''.join(lines)}")

    def skeleton(self) -> None:
        nav = "".join(f"  - {SECTION_NAMES[one]}: {one}/index.md\n" for one in SECTIONS.values())
        search = "  - search:\n      lang: zh\n" if self._searched else ""
        self._write("mkdocs.yml", _CONFIG.format(nav=nav, search=search))
        self._write(
            "docs/index.md",
            "# 同心圆消保\n\n" + "".join(f"- [{SECTION_NAMES[s]}]({s}/index.md)\n" for s in SECTIONS.values()),
        )
        self._write("docs/tags.md", "# 话题\n\n<!-- material/tags -->\n")
        self._write(
            "overrides/main.html", '{% extends "base.html" %}\n{% block content %}{{ super() }}{% endblock %}\n'
        )

    def _write(self, place: str, text: str) -> None:
        file = self.source / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")

    def file(self, piece: Piece) -> Path:
        return self.source / "docs" / f"{piece.place}.md"

    def page(self, piece: Piece) -> Path:
        return self.out / f"{piece.place}.html"

    def address(self, piece: Piece, source: Piece) -> str:
        return f"../../{piece.place}.md"

    def text(self, piece: Piece, pieces: Mapping[str, Piece]) -> str:
        front = yaml(
            {
                "title": piece.title,
                "date": piece.date.isoformat(),
                "description": piece.summary,
                "tags": [TOPIC_NAMES[topic] for topic in piece.topics],
                **({"draft": "true"} if piece.draft else {}),
            }
        )
        related = [
            f"- [{pieces[id_].title}]({self.address(pieces[id_], piece)})\n" for id_ in piece.related if id_ in pieces
        ]
        after = f"\n## 接着看\n\n{''.join(related)}" if related else ""
        return f"---\n{front}---\n# {piece.title}\n\n{self.body(piece, pieces)}{after}"

    def marked(self, text: str, mark: str) -> str:
        return text.replace("{{ super() }}", "{{ super() }}" + mark, 1)

    def steps(self) -> Sequence[Step]:
        command = (
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-q",
            "-f",
            str(self.source / "mkdocs.yml"),
            "-d",
            str(self.out),
        )
        quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
        return [Step("mkdocs", command, self.source, {**os.environ, **quiet})]

    def versions(self) -> dict[str, str]:
        return {name: version(name) for name in ("mkdocs", "mkdocs-material")}
