"""CAP messages through the life of an alert."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from lxml import etree

from tests.feeds.feeding import CAP, SCHEMAS, feeds_of, item, made, place, press_of, words, xml

RULES = etree.XMLSchema(etree.parse(SCHEMAS / "cap.xsd"))


def message(found: dict[str, bytes], slug: str = "a") -> etree._Element:
    root = xml(found[f"alerts/2026/{slug}.cap.xml"])
    assert RULES.validate(root), RULES.error_log
    return root


def said(root: etree._Element, *names: str) -> tuple[str, ...]:
    return tuple(words(root, "/".join(f"{CAP}{part}" for part in name.split("/"))) for name in names)


def test_first_issue(tmp_path: Path) -> None:
    root = message(feeds_of(tmp_path, {place("alert", "a"): item(issued="2026-09-10")}))
    assert said(root, "identifier", "sender", "sent", "status", "msgType", "scope") == (
        "XB-2026-0101.0", "hub.example.cn", "2026-09-12T00:00:00+08:00", "Actual", "Alert", "Public",
    )  # fmt: skip
    assert root.find(f"{CAP}references") is None
    assert said(root, "info/category", "info/effective", "info/expires", "info/web") == (
        "Security", "2026-09-10T00:00:00+08:00", "2027-03-31T23:59:59+08:00", "https://hub.example.cn/alerts/2026/a.html",
    )  # fmt: skip
    assert said(root, "info/instruction") == ("1. 先挂断",)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("critical", ("Immediate", "Extreme", "Observed")),
        ("high", ("Expected", "Severe", "Observed")),
        ("moderate", ("Future", "Moderate", "Observed")),
        ("notice", ("Future", "Minor", "Likely")),
    ],
)
def test_levels(tmp_path: Path, level: str, expected: tuple[str, ...]) -> None:
    root = message(feeds_of(tmp_path, {place("alert", "a"): item(severity=level)}))
    assert said(root, "info/urgency", "info/severity", "info/certainty") == expected


def test_each_major_change_is_an_update_that_names_all_before(tmp_path: Path) -> None:
    changes = (
        "[{date: 2026-10-01, level: major, note: 一}, {date: 2026-10-02, level: minor, note: 二},"
        " {date: 2026-10-03, level: correction, note: 三}]"
    )
    root = message(feeds_of(tmp_path, {place("alert", "a"): item(changes=changes)}))
    assert said(root, "identifier", "msgType", "sent") == ("XB-2026-0101.2", "Update", "2026-10-03T00:00:02+08:00")
    assert said(root, "references")[0].split() == [
        "hub.example.cn,XB-2026-0101.0,2026-09-12T00:00:00+08:00",
        "hub.example.cn,XB-2026-0101.1,2026-10-01T00:00:01+08:00",
    ]


def test_a_withdrawal_cancels_and_says_nothing_more(tmp_path: Path) -> None:
    gone = item(
        status="withdrawn", withdrawn="{at: 2026-11-01, reason: wrong, note: 不公开的说明}", steps="[收回的一步]"
    )
    root = message(feeds_of(tmp_path, {place("alert", "a"): gone}))
    assert said(root, "msgType", "identifier") == ("Cancel", "XB-2026-0101.1")
    assert said(root, "references") == ("hub.example.cn,XB-2026-0101.0,2026-09-12T00:00:00+08:00",)
    assert root.find(f"{CAP}info/{CAP}instruction") is None
    text = etree.tostring(root, encoding="unicode")
    assert "收回的一步" not in text
    assert "不公开的说明" not in text
    assert said(root, "info/headline") == ("【已撤回】假客服来电",)


def test_a_successor_updates_what_it_replaces(tmp_path: Path) -> None:
    found = feeds_of(
        tmp_path,
        {
            place("alert", "a"): item(superseded_by="XB-2026-0102"),
            place("alert", "b"): item(id="XB-2026-0102", date="2026-10-02", title="新版"),
        },
    )
    old, new = message(found, "a"), message(found, "b")
    first = "hub.example.cn,XB-2026-0101.0,2026-09-12T00:00:00+08:00"
    assert said(new, "msgType", "identifier", "references") == ("Update", "XB-2026-0102.0", first)
    assert said(old, "msgType", "identifier", "references") == ("Update", "XB-2026-0101.1", first)
    assert said(old, "info/expires", "info/web") == (
        "2026-10-02T00:00:01+08:00",
        "https://hub.example.cn/alerts/2026/b.html",
    )


def test_a_successor_that_is_not_shown_replaces_nothing(tmp_path: Path) -> None:
    found = feeds_of(
        tmp_path,
        {
            place("alert", "a"): item(superseded_by="XB-2026-0102"),
            place("alert", "b"): item(id="XB-2026-0102", date="2026-10-02").replace(
                "status: published", "status: draft"
            ),
        },
    )
    assert said(message(found), "msgType") == ("Alert",)


def test_examples_are_tests(tmp_path: Path) -> None:
    root = message(feeds_of(tmp_path, {place("alert", "a"): item(sample="true")}))
    assert said(root, "status") == ("Test",)
    assert "示例" in said(root, "note")[0]
    assert said(root, "info/headline")[0].startswith("【示例】")


def test_messages_do_not_change_while_days_go_by(tmp_path: Path) -> None:
    before = feeds_of(tmp_path, {place("alert", "a"): item()})
    after = made(press_of(tmp_path, today=dt.date(2030, 1, 1)))
    assert before["alerts/2026/a.cap.xml"] == after["alerts/2026/a.cap.xml"]
    assert b'"state": "expired"' in after["alerts.json"]


def test_the_index_has_all_in_force_and_the_latest(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        place("alert", f"n{n}"): item(
            id=f"XB-2026-{n:04}", date="2026-09-12", expires="2026-10-01" if n > 5 else "2027-01-01"
        )
        for n in range(1, 61)
    }
    index = xml(feeds_of(tmp_path, files)["alerts/cap.xml"])
    links = [link.get("href") or "" for link in index.iterfind("{*}entry/{*}link")]
    assert len(links) == 55
    assert {f"https://hub.example.cn/alerts/2026/n{n}.cap.xml" for n in range(1, 6)} <= set(links)
