"""Days that come back: takes an entry of the calendar, gives its days in given years."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from pubhub.content.vocabulary import Anniversary
from pubhub.lunar import FIRST, LAST, lunar_day


def days_of(one: Anniversary, years: Iterable[int]) -> list[dt.date]:
    """In order. A year without the day (29 February, a lunar year beyond the table) has none; a lunar day belongs to
    the lunar year's number, which from January to early February is the year before."""
    wanted = sorted(set(years))
    found = {day for day in one.days if day.year in wanted}
    for year in wanted if one.month and one.day else ():
        if one.lunar:
            candidates = (lunar_day(n, one.month, one.day) for n in (year - 1, year) if FIRST <= n <= LAST)
            found.update(day for day in candidates if day is not None and day.year == year)
        elif one.day <= calendar.monthrange(year, one.month)[1]:
            found.add(dt.date(year, one.month, one.day))
    return sorted(found)


def next_day_of(one: Anniversary, today: dt.date) -> dt.date | None:
    """The first day from today on, or None if none is known."""
    near = days_of(one, range(today.year, today.year + 9))
    return min((day for day in (*near, *one.days) if day >= today), default=None)
