"""Shipped scripts lose their comments and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pubhub.engine.assets import without_comments
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
