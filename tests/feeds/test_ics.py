"""Calendars of small sites, read back by icalendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import icalendar
import pytest

from pubhub.feeds.ics import folded
from tests.feeds.feeding import feeds_of, item, made, place, press_of
from tests.support import write


def events(data: bytes) -> dict[str, Any]:
    return {str(e["UID"]).partition("@")[0]: e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_days_are_whole_and_the_last_one_counts(tmp_path: Path) -> None:
    found = feeds_of(
        tmp_path,
        {place("event", "a"): item("event", starts="2026-12-04", ends="2026-12-06", place="某支行，二楼；大厅")},
    )
    event = events(found["events/2026/a.ics"])["XB-2026-0101"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (dt.date(2026, 12, 4), dt.date(2026, 12, 7))
    assert str(event["LOCATION"]) == "某支行，二楼；大厅"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event.decoded("DTSTAMP") == dt.datetime(2026, 9, 11, 16, 0, tzinfo=dt.UTC)
    assert events(found["calendar.ics"]).keys() == {"XB-2026-0101"}


def test_changes_count_up_and_the_uid_stays(tmp_path: Path) -> None:
    changes = "[{date: 2026-11-01, level: major, note: 改期}, {date: 2026-11-02, level: minor, note: 错字}]"
    found = feeds_of(tmp_path, {place("event", "a"): item("event", starts="2026-12-05", changes=changes)})
    event = events(found["calendar.ics"])["XB-2026-0101"]
    assert event["SEQUENCE"] == 1
    assert event.decoded("LAST-MODIFIED") > event.decoded("CREATED")


def test_what_was_taken_back_is_cancelled(tmp_path: Path) -> None:
    gone = item(
        "event",
        starts="2026-12-05",
        place="收回的地点",
        summary="收回的摘要",
        status="withdrawn",
        withdrawn="{at: 2026-11-20, reason: other}",
    )
    found = feeds_of(tmp_path, {place("event", "a"): gone})
    event = events(found["calendar.ics"])["XB-2026-0101"]
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["SEQUENCE"] == 1
    assert "收回" not in found["calendar.ics"].decode().replace("\r\n ", "")


def test_examples_are_tentative_and_say_so(tmp_path: Path) -> None:
    found = feeds_of(tmp_path, {place("event", "a"): item("event", sample="true")})
    event = events(found["calendar.ics"])["XB-2026-0101"]
    assert str(event["STATUS"]) == "TENTATIVE"
    assert str(event["SUMMARY"]).startswith("【示例】")


def test_campaigns_too(tmp_path: Path) -> None:
    found = feeds_of(tmp_path, {place("campaign", "a"): item("campaign")})
    event = events(found["campaigns/2026/a.ics"])["XB-2026-0101"]
    assert event.decoded("DTEND") == dt.date(2026, 10, 1)


def test_days_that_come_back(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "_data" / "calendar.yml").write_text(
        "- {id: day, name: 消费者权益日, month: 3, day: 15, note: 年年都有}\n"
        "- {id: seniors, name: 老年节, month: 9, day: 9, lunar: true}\n"
        "- {id: week, name: 宣传周, days: [2026-09-14]}\n",
        "utf-8",
    )
    found = events(made(press_of(tmp_path))["calendar.ics"])
    assert found["day"].decoded("DTSTART") == dt.date(2020, 3, 15)
    assert dict(found["day"]["RRULE"]) == {"FREQ": ["YEARLY"]}
    seniors = {id_: event.decoded("DTSTART") for id_, event in found.items() if id_.startswith("seniors")}
    assert seniors["seniors-2026"] == dt.date(2026, 10, 18)
    assert seniors["seniors-2027"] == dt.date(2027, 10, 8)
    assert len(seniors) == 7
    assert found["week-20260914"].decoded("DTSTART") == dt.date(2026, 9, 14)


@pytest.mark.parametrize("character", ["a", "汉", "é", "👨‍👩‍👧‍👦", "𬍛"])
def test_lines_are_folded_between_characters(character: str) -> None:
    for length in range(60, 90):
        line = "SUMMARY:" + character * length
        pieces = folded(line).removesuffix(b"\r\n").split(b"\r\n")
        assert all(len(piece) <= 75 for piece in pieces)
        assert all(piece.startswith(b" ") for piece in pieces[1:])
        # Each piece is whole characters, so the pieces decode on their own.
        assert "".join([pieces[0].decode(), *(piece[1:].decode() for piece in pieces[1:])]) == line


def test_odd_words_are_escaped(tmp_path: Path) -> None:
    title = "a, b; c\\\\n d: “e”"
    found = feeds_of(tmp_path, {place("event", "a"): item("event", title=f'"{title}"')})
    assert str(events(found["calendar.ics"])["XB-2026-0101"]["SUMMARY"]) == "a, b; c\\n d: “e”"
