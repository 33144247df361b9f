"""What print falls short of: told with its line, once, and without a look into the fonts where none is needed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pubhub.press import read_tree
from pubhub.printing.fonts import covered
from pubhub.problems import Problem
from pubhub.review.paper import _RARE
from tests.support import PLACE, picture, valid, write


def told(folder: Path, body: str, pictures: dict[str, bytes] | None = None, **keys: str) -> list[Problem]:
    beside = {f"{PLACE.rpartition('/')[0]}/{name}": data for name, data in (pictures or {}).items()}
    tree = read_tree(write(folder, {PLACE: valid(body=body + "\n", **keys), **beside}), dt.date(2026, 11, 24))
    return [p for p in tree.problems if p.code.startswith("print-")]


def test_a_character_without_a_glyph_is_told_once_with_its_line(tmp_path: Path) -> None:
    text = valid(body="第一行。\n")
    first = text[: text.index("第一行")].count("\n") + 1
    (found,) = told(tmp_path, "第一行。\n\n古文字𓀀在这里，\n再来一个𓀀。")
    assert (found.code, found.level, found.path, found.line) == ("print-character", "advice", PLACE, first + 2)
    assert "𓀀" in found.sentence()
    assert "U+13000" in found.sentence()


@pytest.mark.parametrize(
    "text",
    ["䶮姓、㛃姓、𬍛字辈", "轉帳以前先打電話", "恭喜🎉👍🏽👨‍👩‍👧", "café naïve Ω ①②③ ★→", "<!-- 𓀀 -->看不见的话"],
)
def test_what_print_can_show_is_no_matter(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"一句话：{text}。") == []


def test_a_title_and_code_are_looked_at_too(tmp_path: Path) -> None:
    found = told(tmp_path, "```\n𓀁\n```", summary="一句话说清楚𓀀这件事。")
    assert [(p.field, p.code) for p in sorted(found, key=lambda p: p.line)] == [
        ("summary", "print-character"),
        ("", "print-character"),
    ]


def test_a_coarse_picture_is_told_with_its_size_on_paper(tmp_path: Path) -> None:
    pictures = {"small.png": picture(width=300, height=200), "fine.png": picture(width=484, height=300)}
    pictures["icon.png"] = picture(width=48, height=48)
    body = "![小图的说明](small.png)\n\n![大图的说明](fine.png)\n\n![图标的说明](icon.png)"
    (found,) = told(tmp_path, body, pictures, people="无")
    assert (found.code, found.level) == ("print-coarse", "advice")
    assert "small.png" in found.sentence()
    assert "51 毫米" in found.sentence()


def test_what_is_passed_without_a_look_has_a_glyph() -> None:
    assert [chr(c) for c in range(0x20, 0x30000) if not _RARE.match(chr(c)) and c not in covered()] == []
