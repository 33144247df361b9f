"""Columns that end level: what a pass tells of its blocks."""

from __future__ import annotations

import pytest

from pubhub.printing.levels import Mark, states, too_low, unsettled


def block(
    end: tuple[int, float], bottom: tuple[int, float], state: tuple[int, ...] = (1, 0, 2, 3), steps: int = 0
) -> list[Mark]:
    """Marks of one block: page and y of its text's end and of its foot."""
    return [
        Mark("top", "a/0", 1, 54, 100, state),
        Mark("end", "a/0", end[0], 309, end[1]),
        Mark("bottom", "a/0", bottom[0], 54, bottom[1], (steps,)),
    ]


def test_text_that_ends_at_the_foot_or_above_is_held() -> None:
    assert too_low(block((1, 400), (1, 400))) == set()
    assert too_low(block((1, 400.9), (1, 400))) == set()
    assert too_low(block((1, 700), (2, 90))) == set()


def test_text_that_ends_below_is_not() -> None:
    assert too_low(block((1, 402), (1, 400))) == {"a/0"}
    assert too_low(block((2, 90), (1, 400))) == {"a/0"}


@pytest.mark.parametrize(
    ("state", "steps", "wanted"),
    [
        ((3, 2, 1000, 0), 0, False),  # as level as half lines allow
        ((3, 2, 1000, 0), 4, False),  # one less was too few
        ((5, 2, 1000, 0), 4, True),  # something between may do
        ((5, 2, 1000, 0), -1, True),  # not enough
        ((5, 2, 5, 0), -1, True),  # was enough at another place
        ((-1000, -1000, 1000, 0), 0, False),  # one column
    ],
)
def test_which_blocks_another_pass_would_change(state: tuple[int, ...], steps: int, wanted: bool) -> None:
    marks = block((1, 400), (1, 400), state, steps)
    assert unsettled(marks) == ({"a/0"} if wanted else set())
    assert states(marks) == {"a/0": (*state[:3], steps)}


def test_other_marks_are_no_blocks() -> None:
    marks = [Mark("item", "XB-2026-0001", 3, 54, 90), Mark("last", "", 9, 0, 0)]
    assert (too_low(marks), unsettled(marks), states(marks)) == (set(), set(), {})
