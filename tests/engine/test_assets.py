"""Shipped scripts lose their comments and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pubhub.engine.assets import read_assets, without_comments
from tests.site.builds import ROOT

SCRIPTS = sorted((ROOT / "theme" / "assets").rglob("*.js"))


def test_comments_go_and_code_stays() -> None:
    script = (
        b"/* Head:\n   more. */\n(function () {\n // why\n var a = 'http://x'; // stays\n /* stays */ b();\n})();\n"
    )
    assert without_comments(script) == b"(function () {\n var a = 'http://x'; // stays\n /* stays */ b();\n})();\n"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_string_of_several_lines_could_be_cut(path: Path) -> None:
    plain = re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', "", path.read_text("utf-8"), flags=re.DOTALL)
    assert "`" not in plain


def test_notes_of_several_lines_go_as_well() -> None:
    script = (
        b"/* Head. */\n var a = 1; /* stays */\n /* What b does,\n    at length. */\n function b() {}\n /* short */\n"
    )
    assert without_comments(script) == b"var a = 1; /* stays */\n function b() {}\n"


def test_parts_of_a_script_are_published_as_one(tmp_path: Path) -> None:
    for name, text in (("20-two.js", "/* Two. */\none();\n"), ("10-one.js", "/* One. */\nfunction one() {}\n")):
        (tmp_path / "assets" / "core").mkdir(parents=True, exist_ok=True)
        (tmp_path / "assets" / "core" / name).write_text(text, "utf-8")
    shutil.copy(ROOT / "theme" / "assets" / "hub.css", tmp_path / "assets" / "hub.css")
    shutil.copy(ROOT / "theme" / "tokens.toml", tmp_path / "tokens.toml")
    assets = read_assets(tmp_path / "assets")
    assert set(assets.names) == {"core.js", "hub.css"}
    assert assets.contents[assets.names["core.js"]] == (
        b'(function () {\n"use strict";\nfunction one() {}\none();\n})();\n'
    )
