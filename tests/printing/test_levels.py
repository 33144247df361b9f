"""Columns that end level: what the second pass makes of the marks of the first."""

from __future__ import annotations

from pubhub.printing.levels import HALF_LINE, TOP, Mark, too_high, too_low


def block(end: tuple[int, float, float], bottom: tuple[int, float], top: tuple[int, float] = (1, 100)) -> list[Mark]:
    """Marks of one block: page, x and y of its text's end; page and y of its foot and its top."""
    return [
        Mark("top", "a/0", top[0], 54, top[1]),
        Mark("end", "a/0", *end),
        Mark("bottom", "a/0", bottom[0], 54, bottom[1]),
    ]


def test_text_that_ends_at_the_foot_is_left_alone() -> None:
    marks = block((1, 309, 400), (1, 400))
    assert too_low(marks) == too_high(marks) == {}


def test_a_block_grows_by_half_of_what_is_too_much() -> None:
    assert too_low(block((1, 309, 400 + 4 * HALF_LINE), (1, 400))) == {"a/0": 2}
    assert too_low(block((1, 309, 400 + 2), (1, 400))) == {"a/0": 1}
    assert too_low(block((1, 309, 2000), (1, 400))) == {"a/0": 6}
    assert too_low(block((2, 54, 90), (1, 400))) == {"a/0": 6}


def test_a_block_shrinks_whose_last_page_is_empty_or_half_empty() -> None:
    empty = block((1, 309, 700), (2, TOP + 3 * HALF_LINE))
    assert too_high(empty) == {"a/0": 3}
    left = block((2, 54, TOP + 20 * HALF_LINE), (2, TOP + 20 * HALF_LINE))
    assert too_high(left) == {"a/0": 10}
    # A few lines need no second column.
    assert too_high(block((2, 54, TOP + 8 * HALF_LINE), (2, TOP + 8 * HALF_LINE))) == {}
    # A short text beside nothing on the page where it began is no fault.
    assert too_high(block((1, 54, 200), (1, 210))) == {}


def test_other_marks_are_no_blocks() -> None:
    assert too_high([Mark("item", "XB-2026-0001", 3, 54, 90), Mark("last", "", 9, 0, 0)]) == {}
