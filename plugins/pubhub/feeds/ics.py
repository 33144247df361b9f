"""Events, campaigns and days that come back as calendars (RFC 5545): takes a catalog, gives bytes.

All entries are whole days, so they need no time zone: an event on 4 December is on 4 December wherever the phone is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Campaign, Event
from pubhub.content.vocabulary import Anniversary
from pubhub.feeds.naming import Names
from pubhub.pages.anniversaries import days_of
from pubhub.pages.items import life
from pubhub.pages.moments import moments

URL, TYPE = "calendar.ics", "text/calendar"
MOST = 1000
"""Events of the whole calendar; the latest by their first day."""
FIRST_YEAR = 2020
"""Yearly days of the common calendar repeat from this year on."""
AHEAD = 5
"""Years ahead in which days without a rule of the common calendar are written out."""
WIDTH = 75
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})

Dated = Event | Campaign


def dated_items(catalog: Catalog) -> list[Dated]:
    """Events and campaigns, the latest first."""
    found: list[Dated] = [*catalog.of_kind(Event), *catalog.of_kind(Campaign)]
    return sorted(found, key=lambda item: (item.starts, item.id), reverse=True)


def one_calendar(catalog: Catalog, item: Dated, names: Names) -> bytes:
    """A calendar of one event, to be opened on a phone."""
    return _calendar(_event(catalog, item, names), [])


def whole_calendar(catalog: Catalog, items: Sequence[Dated], names: Names) -> bytes:
    """The calendar that others subscribe to."""
    words = catalog.vocabulary.site
    head = [
        ("NAME", _text(f"{words.name}日历")),
        ("X-WR-CALNAME", _text(f"{words.name}日历")),
        ("X-WR-CALDESC", _text(f"{words.organisation}消费者权益保护活动与宣传日。")),
        ("URL", names.page(URL)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "P1D"),
        ("X-PUBLISHED-TTL", "P1D"),
    ]
    events = [line for item in items for line in _event(catalog, item, names)]
    days = [line for one in catalog.vocabulary.calendar for line in _anniversary(one, catalog.today.year, names)]
    return _calendar([*events, *days], head)


def _calendar(body: Iterable[tuple[str, str]], head: Iterable[tuple[str, str]]) -> bytes:
    opening = [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//pubhub//hub calendar//ZH")]
    lines = [*opening, ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"), *head, *body, ("END", "VCALENDAR")]
    return b"".join(folded(f"{name}:{value}") for name, value in lines)


def folded(line: str) -> bytes:
    """A content line of at most 75 octets a piece, never cut within a character."""
    whole = line.encode("utf-8")
    if len(whole) <= WIDTH:
        return whole + b"\r\n"
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        data = character.encode("utf-8")
        # Each further piece starts with a space, which counts.
        if len(piece) + len(data) > WIDTH - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += data
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"


def _event(catalog: Catalog, item: Dated, names: Names) -> Iterator[tuple[str, str]]:
    told = moments(catalog, item)
    successor = catalog.get(item.superseded_by) if item.superseded_by else None
    withdrawn = catalog.is_withdrawn(item)
    notice = life(catalog, item, successor) if withdrawn or successor else None
    page = names.page(successor.url if successor and not withdrawn else item.url)
    mark = ("【示例】" if item.sample else "") + ("【已取消】" if withdrawn else "【已有新版】" if successor else "")
    yield "BEGIN", "VEVENT"
    yield "UID", names.uid(item.id)
    # The last change, not the clock: the same event always gives the same bytes.
    yield "DTSTAMP", _utc(told[-1])
    yield "CREATED", _utc(told[0])
    yield "LAST-MODIFIED", _utc(told[-1])
    yield "SEQUENCE", str(len(told) - 1)
    yield "STATUS", "CANCELLED" if notice else "TENTATIVE" if item.sample else "CONFIRMED"
    yield "DTSTART;VALUE=DATE", _date(item.starts)
    yield "DTEND;VALUE=DATE", _date((item.ends or item.starts) + dt.timedelta(days=1))
    yield "SUMMARY", _text(mark + item.title)
    yield "DESCRIPTION", _text(f"{notice.text if notice else item.summary}\n{page}")
    if isinstance(item, Event) and not notice:
        yield "LOCATION", _text(item.place)
        yield "CATEGORIES", _text(model.FORMATS[item.format])
    yield "URL", page
    # Nobody is busy because a campaign runs.
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _anniversary(one: Anniversary, year: int, names: Names) -> Iterator[tuple[str, str]]:
    if one.month and not one.lunar:
        first = days_of(Anniversary(one.id, one.name, one.month, one.day), range(FIRST_YEAR, FIRST_YEAR + 4))[0]
        yield from _day(one, one.id, first, names, yearly=True)
    elif one.month:
        for day in days_of(one, range(year - 1, year + AHEAD + 1)):
            yield from _day(one, f"{one.id}-{day.year}", day, names)
    if not one.lunar:
        for day in one.days:
            yield from _day(one, f"{one.id}-{_date(day)}", day, names)


def _day(one: Anniversary, name: str, day: dt.date, names: Names, yearly: bool = False) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VEVENT"
    yield "UID", names.uid(name)
    yield "DTSTAMP", f"{day.year}0101T000000Z"
    yield "DTSTART;VALUE=DATE", _date(day)
    yield "DTEND;VALUE=DATE", _date(day + dt.timedelta(days=1))
    if yearly:
        yield "RRULE", "FREQ=YEARLY"
    yield "SUMMARY", _text(one.name)
    if one.note:
        yield "DESCRIPTION", _text(one.note)
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _text(words: str) -> str:
    return _CONTROL.sub("", words.replace("\r\n", "\n")).translate(_ESCAPES)


def _date(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
