"""The date, injected: takes an option or the environment, gives the day on which the site is built."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_CHINESE = "〇一二三四五六七八九"


def build_date(environment: Mapping[str, str]) -> dt.date:
    """HUB_DATE (YYYY-MM-DD), else SOURCE_DATE_EPOCH (seconds, UTC), else today.

    Raises ValueError for a HUB_DATE or SOURCE_DATE_EPOCH that is no date.
    """
    if given := environment.get("HUB_DATE"):
        return dt.date.fromisoformat(given)
    if epoch := environment.get("SOURCE_DATE_EPOCH"):
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.date.today()  # noqa: DTZ011  the reader's calendar day is the local one


def chinese_date(day: dt.date) -> str:
    """2026年9月12日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_day(day: dt.date) -> str:
    """9月12日."""
    return f"{day.month}月{day.day}日"


def quarter_days(quarter: str) -> tuple[dt.date, dt.date]:
    """First and last day of `2026Q3`. Raises ValueError for anything else."""
    match = _QUARTER.fullmatch(quarter)
    if not match:
        raise ValueError(quarter)
    year, number = int(match[1]), int(match[2])
    first = dt.date(year, number * 3 - 2, 1)
    after = dt.date(year + number // 4, number * 3 % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def quarter_name(quarter: str) -> str:
    """2026年第三季度, from `2026Q3`."""
    return f"{quarter[:4]}年第{_CHINESE[int(quarter[5])]}季度"


def quarter_of(day: dt.date) -> str:
    """`2026Q3` for a day in August 2026."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"
