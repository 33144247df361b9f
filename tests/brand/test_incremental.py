"""A changed drawing, or a brand page that goes, gives the site that a clean build gives."""

from __future__ import annotations

import re
from pathlib import Path

from tests.engine.test_incremental import Place, tree


def test_a_changed_drawing_and_a_page_that_goes(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.print()
    before = tree(place.out)
    icon = place.theme / "assets" / "brand" / "favicon.svg"
    icon.write_text(icon.read_text("utf-8") + "<!-- redrawn -->\n", "utf-8")
    place.print()
    after = tree(place.out)
    assert after == place.clean()
    gone = {re.sub(r"\.\w{10}\.", ".", url) for url in before.keys() - after.keys()}
    assert gone == {"assets/brand/favicon.ico", "assets/brand/favicon.svg", "assets/brand/brand-kit.zip"}

    page = place.content / "pages" / "brand" / "index.md"
    withdrawn = "status: withdrawn\nwithdrawn: {at: 2026-11-24, reason: outdated, note: 换新的了}"
    page.write_text(page.read_text("utf-8").replace("status: published", withdrawn), "utf-8")
    place.print()
    light = tree(place.out)
    assert light == place.clean()
    # The drawings themselves are the theme's.
    assert {url.rpartition(".")[2] for url in light if url.startswith("assets/brand/")} == {"svg"}
    assert "favicon.ico" not in light
    assert b'rel="manifest"' not in light["index.html"]
    assert b"og:image" not in light["index.html"]
