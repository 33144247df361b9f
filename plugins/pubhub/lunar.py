"""The Chinese lunar calendar from 2020 to 2050: takes a lunar month and day, gives days of the common calendar.

A table, not astronomy: a new moon minutes from midnight (as in February 2030) would make a formula wrong by a day.
"""

from __future__ import annotations

import datetime as dt
from itertools import accumulate

_YEARS = {
    # First day; long (1, 30 days) and short (0, 29 days) months in order; the month that a leap month follows, or 0.
    2020: ("01-25", "0111010010101", 4),
    2021: ("02-12", "011010101010", 0),
    2022: ("02-01", "101011010101", 0),
    2023: ("01-22", "0100110110101", 2),
    2024: ("02-10", "010010110110", 0),
    2025: ("01-29", "1010010101110", 6),
    2026: ("02-17", "101001001110", 0),
    2027: ("02-06", "110100100110", 0),
    2028: ("01-26", "1110100100110", 5),
    2029: ("02-13", "110101010011", 0),
    2030: ("02-03", "010110101010", 0),
    2031: ("01-23", "0110101101010", 3),
    2032: ("02-11", "100101101101", 0),
    2033: ("01-31", "0100101011101", 11),
    2034: ("02-19", "010010101101", 0),
    2035: ("02-08", "101001001101", 0),
    2036: ("01-28", "1101001001011", 6),
    2037: ("02-15", "110100100101", 0),
    2038: ("02-04", "110101010010", 0),
    2039: ("01-24", "1101101010100", 5),
    2040: ("02-12", "101101011010", 0),
    2041: ("02-01", "010101101101", 0),
    2042: ("01-22", "0100101011011", 2),
    2043: ("02-10", "010010011011", 0),
    2044: ("01-30", "1010010010111", 7),
    2045: ("02-17", "101001001011", 0),
    2046: ("02-06", "101010100101", 0),
    2047: ("01-26", "1011010100101", 5),
    2048: ("02-14", "011011010010", 0),
    2049: ("02-02", "101011011010", 0),
    2050: ("01-23", "0101010110110", 3),
}
FIRST, LAST = min(_YEARS), max(_YEARS)


def lunar_day(year: int, month: int, day: int) -> dt.date | None:
    """The common day of a day of a lunar year (leap months are passed over), or None if that month has no day 30.

    Raises ValueError for a year outside the table and for a month or day that no lunar year has.
    """
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError((year, month, day))
    first, months, leap = _YEARS[year]
    lengths = [29 + int(long) for long in months]
    place = month if leap and month > leap else month - 1
    if day > lengths[place]:
        return None
    before = [0, *accumulate(lengths)][place]
    return dt.date.fromisoformat(f"{year}-{first}") + dt.timedelta(days=before + day - 1)
