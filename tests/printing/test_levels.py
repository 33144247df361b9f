"""Columns that end level: what a pass tells of its blocks."""

from __future__ import annotations

from pubhub.printing.levels import Mark, states, too_low, unsettled


def block(end: tuple[int, float], bottom: tuple[int, float], state: tuple[int, ...] = (1, 0, 2, 3)) -> list[Mark]:
    """Marks of one block: page and y of its text's end and of its foot."""
    return [
        Mark("top", "a/0", 1, 54, 100, state),
        Mark("end", "a/0", end[0], 309, end[1]),
        Mark("bottom", "a/0", bottom[0], 54, bottom[1]),
    ]


def test_text_that_ends_at_the_foot_or_above_is_held() -> None:
    assert too_low(block((1, 400), (1, 400))) == set()
    assert too_low(block((1, 400.9), (1, 400))) == set()
    assert too_low(block((1, 700), (2, 90))) == set()


def test_text_that_ends_below_is_not() -> None:
    assert too_low(block((1, 402), (1, 400))) == {"a/0"}
    assert too_low(block((2, 90), (1, 400))) == {"a/0"}


def test_a_block_without_changes_left_may_stand_better_next_time() -> None:
    assert unsettled(block((1, 400), (1, 400), (3, 2, 4, 0))) == {"a/0"}
    assert unsettled(block((1, 400), (1, 400), (3, 2, 4, 1))) == set()
    assert states(block((1, 400), (1, 400), (3, 2, 4, 0))) == {"a/0": (3, 2, 4)}


def test_other_marks_are_no_blocks() -> None:
    marks = [Mark("item", "XB-2026-0001", 3, 54, 90), Mark("last", "", 9, 0, 0)]
    assert (too_low(marks), unsettled(marks), states(marks)) == (set(), set(), {})
