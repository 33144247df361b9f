"""The front matter reader: what it gives for files that pass. What it says about the others stands in tests/cases/frontmatter.yml."""

from __future__ import annotations

import pytest

from pubhub.content.frontmatter import decode, read
from pubhub.content.raw import Mapping, parse


def plain(front: str) -> dict[str, object]:
    document, problems = read(f"---\n{front}\n---\n".encode(), "")
    assert problems == []
    assert document is not None
    return document.front.plain()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-09-12", "2026-09-12"),
        ("yes", "yes"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("1e3", "1e3"),
        ("null", ""),
        ("~", ""),
        ('"null"', "null"),
        ("'~'", "~"),
        ("''", ""),
        ("", ""),
        ("[a, 2026-01-01, no]", ["a", "2026-01-01", "no"]),
        ("{a: 1, b: [x]}", {"a": "1", "b": ["x"]}),
        ("甲：乙，“丙”", "甲：乙，“丙”"),
        ("a # 注释", "a"),
        ("a#b", "a#b"),
        ("|\n  甲\n  乙", "甲\n乙"),
    ],
)
def test_values_stay_texts(text: str, value: object) -> None:
    assert plain(f"key: {text}") == {"key": value}


def test_lines_are_those_of_the_file() -> None:
    document, _ = read("\n---\n# 注释\ntitle: 甲\n\nlist:\n  - a\n  - b\n---\n\n正文\n".encode(), "")
    assert document is not None
    assert document.front.key_lines == {"title": 4, "list": 6}
    assert document.body_line == 10
    assert document.body == "\n正文\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_editors_write_the_same_text(newline: str, mark: str) -> None:
    data = (mark + "---\ntitle: 甲\n---\n\n正文。\n").replace("\n", newline).encode()
    document, problems = read(data, "")
    assert document is not None
    assert (document.front.plain(), document.body) == ({"title": "甲"}, "\n正文。\n")
    assert {p.level for p in problems} <= {"advice"}


def test_a_rule_in_the_body_is_not_the_end() -> None:
    document, problems = read("---\ntitle: 甲\n---\n一\n\n---\n\n二\n".encode(), "")
    assert problems == []
    assert document is not None
    assert document.body == "一\n\n---\n\n二\n"


@pytest.mark.parametrize("front", ["", "# 只有注释", "\n"])
def test_nothing_between_the_dashes(front: str) -> None:
    assert plain(front) == {}


def test_a_gbk_file_that_ends_in_ascii_is_named_gbk() -> None:
    text, problems = decode(("标题 " + "a" * 500).encode("gbk"), "")
    assert text is None
    assert [p.code for p in problems] in (["gbk"], ["not-utf8"])


@pytest.mark.parametrize("depth", [9, 40, 900, 1100, 20_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[\n", "]\n")])
def test_depth_is_refused_before_it_hurts(depth: int, opening: str, closing: str) -> None:
    raw, problems = parse("key: " + opening * depth + closing * depth, "", 1)
    assert raw is None
    assert [p.code for p in problems] == ["yaml-too-deep"]


def test_a_tree_of_aliases_is_refused_fast() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    raw, problems = parse("l0: &l0 [x]\n" + levels, "", 1)
    assert raw is None
    assert {p.code for p in problems} == {"yaml-alias"}


def test_equal_scalars_are_no_aliases() -> None:
    raw, problems = parse("a: x\nb: x\nc: [x, x]", "", 1)
    assert problems == []
    assert isinstance(raw, Mapping)
