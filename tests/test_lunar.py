"""Lunar days against dates that calendars print."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from pubhub.content.vocabulary import Anniversary
from pubhub.lunar import FIRST, LAST, lunar_day
from pubhub.pages.anniversaries import days_of, next_day_of

SENIORS = Anniversary("double-ninth", "老年节", 9, 9, lunar=True)


@pytest.mark.parametrize(
    ("year", "month", "day", "common"),
    [
        (2020, 9, 9, "2020-10-25"),
        (2023, 9, 9, "2023-10-23"),
        (2024, 9, 9, "2024-10-11"),
        (2025, 9, 9, "2025-10-29"),
        (2026, 9, 9, "2026-10-18"),
        (2027, 9, 9, "2027-10-08"),
        (2033, 9, 9, "2033-10-01"),
        (2024, 1, 1, "2024-02-10"),
        (2025, 1, 1, "2025-01-29"),
        (2026, 1, 1, "2026-02-17"),
        # New moon seven minutes after midnight.
        (2030, 1, 1, "2030-02-03"),
        (2025, 5, 5, "2025-05-31"),
        (2025, 8, 15, "2025-10-06"),
        (2026, 8, 15, "2026-09-25"),
    ],
)
def test_days(year: int, month: int, day: int, common: str) -> None:
    assert lunar_day(year, month, day) == dt.date.fromisoformat(common)


def test_years_join_without_a_gap() -> None:
    for year, after in pairwise(range(FIRST, LAST + 1)):
        last = lunar_day(year, 12, 30) or lunar_day(year, 12, 29)
        start = lunar_day(after, 1, 1)
        assert last is not None
        assert start is not None
        # A leap month after the eleventh stands before the twelfth; nothing stands after it.
        assert last + dt.timedelta(days=1) == start, year


def test_the_ninth_day_of_the_ninth_month_is_always_in_autumn() -> None:
    days = days_of(SENIORS, range(FIRST, LAST + 1))
    assert len(days) == LAST - FIRST + 1
    assert all((10, 1) <= (day.month, day.day) <= (11, 1) for day in days)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2019, 1, 1), (2051, 1, 1), (2026, 13, 1), (2026, 1, 31), (2026, 0, 1)]
)
def test_what_no_lunar_year_has_is_refused(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        lunar_day(year, month, day)


def test_a_short_month_has_no_day_30() -> None:
    assert lunar_day(2026, 2, 30) is None
    assert lunar_day(2026, 1, 30) == dt.date(2026, 3, 18)


def test_years_that_lack_a_day_have_none() -> None:
    leap = Anniversary("leap", "闰日", 2, 29)
    assert days_of(leap, range(2026, 2030)) == [dt.date(2028, 2, 29)]
    assert next_day_of(leap, dt.date(2026, 11, 24)) == dt.date(2028, 2, 29)
    assert next_day_of(SENIORS, dt.date(2060, 1, 1)) is None


def test_the_twelfth_month_may_end_in_the_next_year() -> None:
    laba = Anniversary("laba", "腊八节", 12, 8, lunar=True)
    assert days_of(laba, [2026]) == [dt.date(2026, 1, 26)]


def test_next_day_comes_from_rule_or_list() -> None:
    assert next_day_of(SENIORS, dt.date(2026, 10, 18)) == dt.date(2026, 10, 18)
    assert next_day_of(SENIORS, dt.date(2026, 10, 19)) == dt.date(2027, 10, 8)
    listed = Anniversary("week", "宣传周", days=(dt.date(2026, 9, 14), dt.date(2027, 9, 13)))
    assert next_day_of(listed, dt.date(2026, 11, 24)) == dt.date(2027, 9, 13)
