"""The short way through front matter says what the YAML reader says, or nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pubhub.content.frontmatter import _slips
from pubhub.content.raw import parse
from pubhub.content.regular import read_regular

CONTENT = Path(__file__).resolve().parents[2] / "content"
LINES = (
    *(
        "",
        "  ",
        "- x",
        "  - y",
        "key:",
        "  k: v",
        "- a: b",
        "x",
        "a:b",
        "- a:b",
        "k: null",
        "- null",
        "k: [a, null]",
        "k: []",
    ),
    *(
        "k: [a,b ,c]",
        "k: [ ]",
        "- ",
        "-",
        "    deep: er",
        "k: 'it''s'",
        'k: "a" b',
        "k: 'a",
        "---",
        "...",
        "k : v",
        "k:  v",
    ),
    *(
        "on: yes",
        "k: 1:2",
        "k: a: b",
        "k: a #b",
        "k: a#b",
        "k: 2026-01-01",
        "k: é",
        "? a",
        "k: [a b]",
        "k: “甲”：乙",
        "- 甲：乙",
    ),
    *(
        "key：甲",
        "- key：甲",
        "k: &a b",
        "k: *a",
        "k: !!int 3",
        "k: |",
        "k: \u3000甲",
        "k: a\u00a0b",
        "# 注释",
        "k: ~",
        "<<: a",
    ),
)
SIGNS = " -:#[]{}\"'\\,&*!|>%@`~?=.\t：，—、0a中“"


def fronts() -> list[list[str]]:
    texts = [path.read_text("utf-8").split("\n") for path in sorted(CONTENT.rglob("index.md"))]
    return [lines[1 : lines.index("---", 1)] for lines in texts if lines[0] == "---"]


FRONTS = fronts()


def agree(lines: list[str]) -> bool:
    """True if the short way was taken; then the long way must say the same."""
    text = "\n".join(lines)
    quick = read_regular(text, 2)
    if quick is None:
        return False
    slow, problems = parse(text, "", 2)
    assert not problems, text
    assert not _slips(text.split("\n"), "", 2), text
    assert quick == slow, text
    return True


def test_nearly_every_text_is_regular() -> None:
    taken = [agree(lines) for lines in FRONTS]
    assert len(taken) > 50
    assert sum(taken) > 0.9 * len(taken)


@pytest.mark.parametrize("line", LINES)
def test_single_lines(line: str) -> None:
    agree([line])
    agree(["title: 甲", line, "date: 2026-09-12"])
    agree(["list:", line, "  - a", line])
    agree(["list:", "  - k: v", f"    {line}", line])


@pytest.mark.parametrize("seed", range(4))
def test_spoiled_texts(seed: int) -> None:
    draw = random.Random(seed)
    taken = 0
    for _ in range(400):
        lines = list(draw.choice(FRONTS))
        for _ in range(draw.randint(1, 3)):
            at = draw.randrange(len(lines))
            cut = draw.randint(0, len(lines[at]))
            match draw.randrange(6):
                case 0:
                    lines[at] = " " * draw.randint(1, 3) + lines[at]
                case 1:
                    lines[at] = lines[at][draw.randint(1, 2) :]
                case 2 if len(lines) > 1:
                    del lines[at]
                case 3:
                    lines.insert(at, draw.choice(LINES))
                case _:
                    lines[at] = lines[at][:cut] + draw.choice(SIGNS) + lines[at][cut + draw.randint(0, 1) :]
        taken += agree(lines)
    assert taken > 40, "spoiled texts are seldom regular, but these never were"


def test_the_line_numbers_are_those_of_the_file() -> None:
    front = read_regular("title: 甲\nlist:\n  - a\n  - k: v\n    m: 'w'", 2)
    assert front is not None
    assert front.key_lines == {"title": 2, "list": 3}
    assert front == parse("title: 甲\nlist:\n  - a\n  - k: v\n    m: 'w'", "", 2)[0]
