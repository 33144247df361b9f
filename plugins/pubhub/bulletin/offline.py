"""An issue as a small site that opens by double click: takes a volume and its bodies, gives pages, style, script and search data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from pubhub.bulletin.book import SIGNS, correction_rows, read_asset
from pubhub.bulletin.links import mend_fragments
from pubhub.bulletin.pieces import Piece, Volume
from pubhub.content.model import Item
from pubhub.search.texts import plain_text
from pubhub.tokens import css, read_tokens


def offline_files(
    environment: Environment,
    theme: Path,
    volume: Volume,
    body: Callable[[Item], Markup],
    cover: tuple[str, tuple[int, int]],
    fold: Mapping[str, str],
) -> dict[str, bytes]:
    """Files of the folder `site/`.

    Args:
        body: HTML of an item whose links lead to `xb-2026-0404.html` and `../images/…`.
        cover: address of the cover picture from a page, its width and height.
        fold: traditional character → simplified, for the search.
    """

    def render(name: str, **values: object) -> str:
        return environment.get_template(f"bundle/site/{name}.html").render(volume=volume, signs=SIGNS, **values)

    pieces = volume.pieces
    bodies = {piece.id: body(piece.item) for piece in pieces}
    pages = {
        "index.html": render(
            "index",
            body=body(volume.issue),
            cover=cover[0],
            cover_size=cover[1],
            corrections=correction_rows(volume),
        )
    }
    for number, piece in enumerate(pieces):
        pages[piece.file] = render(
            "piece",
            piece=piece,
            body=bodies[piece.id],
            rows=[] if piece.severity else piece.facts,
            before=pieces[number - 1] if number else None,
            after=pieces[number + 1] if number + 1 < len(pieces) else None,
        )
    folder = theme / "bundle" / "site"
    return {
        **{name: text.encode("utf-8") for name, text in mend_fragments(pages).items()},
        "style.css": css(read_tokens(theme)).encode("utf-8") + read_asset(folder / "style.css"),
        "issue.js": read_asset(folder / "issue.js"),
        "data.js": _data(pieces, bodies, fold).encode("utf-8"),
    }


def _data(pieces: tuple[Piece, ...], bodies: Mapping[str, Markup], fold: Mapping[str, str]) -> str:
    """What the search looks through, as a script: a page opened from a folder may not fetch."""
    rows = [[piece.file, piece.column, piece.title, _words(piece, bodies[piece.id])] for piece in pieces]
    seen = set("".join(text for row in rows for text in row))
    pairs = "".join(f"{old}{new}" for old, new in sorted(fold.items()) if new in seen and max(old + new) <= "\uffff")
    record = {"fold": pairs, "pieces": rows}
    # Neither a tag nor a line separator of another language may end the script early.
    text = json.dumps(record, ensure_ascii=False, indent=0).replace("<", "\\u003c")
    return f"window.pubhubIssue = {text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')};\n"


def _words(piece: Piece, html: Markup) -> str:
    quiz = [word for q in piece.quiz for word in (q.text, q.options[q.answer - 1], q.explain)]
    facts = (value for _, value in piece.facts)
    parts = [piece.summary, *piece.plain, *facts, *piece.steps, plain_text(str(html)), *quiz, piece.id]
    return re.sub(r"\s+", " ", " ".join(parts)).strip()
