"""Feeds of small sites: what bumps an entry, what a withdrawal leaves, odd titles, none and one."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import feedparser
import pytest

from pubhub.feeds.xml import escaped
from tests.feeds.feeding import ATOM, DAY, feeds_of, item, keys_of, made, place, press_of, relax, words, xml
from tests.support import BOTH, approved, picture, valid, write

HOSTILE = [
    "a < b & c > d “引号” \"直引号\" '单引号'",
    "]]> 与 &amp; 与 %3C",
    "表情 👨‍👩‍👧‍👦 和 𬍛 字",
    "עברית و العربية 混排",
    "=cmd|' /C calc'!A0",
    "+86 138 的来电；还有, 逗号\\反斜杠",
]


def entries(data: bytes) -> dict[str, dict[str, str]]:
    """Id → title, updated, summary and content of an Atom feed."""
    return {
        words(entry, f"{ATOM}id").rpartition(":")[2]: {
            name: (entry.findtext(f"{ATOM}{name}") or "")
            for name in ("title", "published", "updated", "summary", "content")
        }
        for entry in xml(data).iter(f"{ATOM}entry")
    }


def one(root: Path, **lines: str) -> dict[str, str]:
    found = entries(feeds_of(root, {place("alert", "a"): item(**lines)})["atom.xml"])
    return found["XB-2026-0101"]


@pytest.mark.parametrize("title", HOSTILE)
def test_odd_titles_come_through_every_format(tmp_path: Path, title: str) -> None:
    quoted = json.dumps(title, ensure_ascii=False)
    found = feeds_of(
        tmp_path,
        {
            place("alert", "a"): item(title=quoted, summary=quoted),
            place("event", "b"): item("event", id="XB-2026-0102", title=quoted, starts="2026-12-01", place=quoted),
        },
    )
    assert relax("atom.rng").validate(xml(found["atom.xml"]))
    assert relax("rss.rng").validate(xml(found["rss.xml"]))
    atom = {words(e, f"{ATOM}title") for e in xml(found["atom.xml"]).iter(f"{ATOM}entry")}
    rss = {words(e, "title") for e in xml(found["rss.xml"]).iter("item")}
    assert atom == rss == {i["title"] for i in json.loads(found["feed.json"])["items"]} == {title}
    assert not feedparser.parse(found["atom.xml"]).bozo
    assert words(xml(found["alerts/2026/a.cap.xml"]), "{*}info/{*}headline") == title


def test_no_control_character_can_stand_in_xml() -> None:
    assert escaped("a\x00\x0b\x1f\ufffe\uffffb\tc\nd") == "ab\tc\nd"
    assert escaped("]]>") == "]]&gt;"
    assert escaped("\ud800") == ""


def test_a_site_without_items_has_valid_empty_feeds(tmp_path: Path) -> None:
    found = feeds_of(tmp_path, {})
    for url, data in found.items():
        if url.endswith("atom.xml") or url == "alerts/cap.xml":
            assert relax("atom.rng").validate(xml(data)), url
            assert not feedparser.parse(data).bozo
        elif url.endswith("rss.xml"):
            assert relax("rss.rng").validate(xml(data)), url
        elif url.endswith("feed.json"):
            assert json.loads(data)["items"] == []
    assert json.loads(found["alerts.json"])["alerts"] == []
    assert json.loads(found["items.json"])["items"] == []
    assert b"BEGIN:VEVENT" not in found["calendar.ics"]
    assert found["items.csv"].count(b"\r\n") == 1


def test_a_minor_change_is_no_news_and_a_major_one_is(tmp_path: Path) -> None:
    plain = one(tmp_path / "1")
    assert plain["published"] == plain["updated"] == "2026-09-12T00:00:00+08:00"
    minor = one(tmp_path / "2", changes="[{date: 2026-10-01, level: minor, note: 错别字}]")
    assert minor["updated"] == plain["updated"]
    major = one(tmp_path / "3", changes="[{date: 2026-10-01, level: major, note: 新手法}]")
    assert major["updated"].startswith("2026-10-01T")
    assert major["published"] == plain["published"]
    corrected = one(
        tmp_path / "4",
        changes="[{date: 2026-10-05, level: correction, note: 更正}, {date: 2026-10-01, level: major, note: 新}]",
    )
    assert corrected["updated"].startswith("2026-10-05T")


def test_two_changes_on_one_day_can_be_told_apart(tmp_path: Path) -> None:
    same_day = one(tmp_path / "1", changes="[{date: 2026-09-12, level: correction, note: 更正}]")
    assert same_day["published"] < same_day["updated"]
    twice = one(
        tmp_path / "2",
        changes="[{date: 2026-09-12, level: correction, note: 一}, {date: 2026-09-12, level: major, note: 二}]",
    )
    assert same_day["updated"] < twice["updated"]
    assert twice["updated"].startswith("2026-09-12T")


def test_what_was_withdrawn_keeps_its_place_and_loses_its_words(tmp_path: Path) -> None:
    files = {
        place("alert", "a"): item(
            body="收回的正文。\n",
            summary="收回的摘要。",
            plain="[收回的一句话]",
            steps="[收回的一步]",
            topics="[loan]",
            status="withdrawn",
            withdrawn="{at: 2026-11-01, reason: wrong, note: 收回的说明}",
        )
    }
    found = feeds_of(tmp_path, files)
    for url in ("atom.xml", "alerts/atom.xml", "topics/loan/atom.xml"):
        entry = entries(found[url])["XB-2026-0101"]
        assert entry["title"] == "【已撤回】假客服来电"
        assert entry["updated"] == "2026-11-01T00:00:01+08:00"
        assert entry["content"] == ""
        assert "2026年11月1日撤回" in entry["summary"]
    (told,) = json.loads(found["alerts.json"])["alerts"]
    assert told["state"] == "withdrawn"
    assert told["withdrawn"] == {"at": "2026-11-01", "reason": "wrong"}
    for url, data in found.items():
        assert "收回的" not in data.decode("utf-8-sig"), url


def test_a_late_withdrawal_comes_to_the_top(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        place("article", f"n{n}"): item("article", id=f"XB-2026-{n:04}", date=f"2026-09-{n % 28 + 1:02}")
        for n in range(1, 61)
    }
    gone = item(
        id="XB-2025-0001",
        date="2025-01-01",
        expires="2025-06-01",
        status="withdrawn",
        withdrawn="{at: 2026-11-20, reason: wrong}",
    )
    files[place("alert", "old", 2025)] = gone
    found = feeds_of(tmp_path, files)
    ids = list(entries(found["atom.xml"]))
    assert ids[0] == "XB-2025-0001"
    assert len(ids) == 50
    assert len(entries(found["atom-2.xml"])) == 11
    assert b'rel="next"' in found["atom.xml"]
    assert b'rel="next"' not in found["atom-2.xml"]
    assert len(entries(found["articles/atom.xml"])) == 50
    assert "XB-2025-0001" not in entries(found["articles/atom.xml"])


def test_a_newer_version_is_named(tmp_path: Path) -> None:
    found = feeds_of(
        tmp_path,
        {
            place("alert", "a"): item(superseded_by="XB-2026-0102"),
            place("alert", "b"): item(id="XB-2026-0102", title="新版提示", date="2026-10-02"),
        },
    )
    old = entries(found["atom.xml"])["XB-2026-0101"]
    assert old["title"].startswith("【已有新版】")
    assert old["updated"].startswith("2026-10-02T")
    assert '<a href="https://hub.example.cn/alerts/2026/b.html">新版提示</a>' in old["content"]


def test_examples_say_so(tmp_path: Path) -> None:
    entry = one(tmp_path, sample="true")
    assert entry["title"] == "【示例】假客服来电"
    assert "示例" in entry["content"]


def test_ids_outlive_addresses(tmp_path: Path) -> None:
    before = feeds_of(tmp_path / "1", {place("alert", "a"): item()})
    moved = feeds_of(tmp_path / "2", {place("alert", "b"): item(aliases="[alerts/2026/a.html]")})
    assert list(entries(before["atom.xml"])) == list(entries(moved["atom.xml"]))
    assert b"tag:hub.example.cn,2026:XB-2026-0101" in moved["atom.xml"]


def test_the_authority_can_outlive_the_host(tmp_path: Path) -> None:
    write(tmp_path, {place("alert", "a"): item()})
    (tmp_path / "_data" / "feeds.yml").write_text(
        "authority: old.example.cn\nsender: alerts@bank.example\narea: 某市\n"
    )
    found = made(press_of(tmp_path))
    assert b"tag:old.example.cn,2026:XB-2026-0101" in found["atom.xml"]
    message = found["alerts/2026/a.cap.xml"].decode()
    assert "<sender>alerts@bank.example</sender>" in message
    assert "<areaDesc>某市</areaDesc>" in message


def test_summaries_instead_of_whole_texts(tmp_path: Path) -> None:
    write(tmp_path, {place("alert", "a"): item(body="正文里的一句话。\n")})
    (tmp_path / "_data" / "feeds.yml").write_text("content: summary\n")
    found = made(press_of(tmp_path))
    assert "正文里的一句话" not in found["atom.xml"].decode() + found["rss.xml"].decode()
    (entry,) = json.loads(found["feed.json"])["items"]
    assert "content_html" not in entry
    assert entry["content_text"] == "说清这是怎么回事。"
    assert relax("atom.rng").validate(xml(found["atom.xml"]))


def test_texts_have_full_addresses_and_no_call_links(tmp_path: Path) -> None:
    body = (
        "看[另一条](XB-2026-0102#怎么办)，看[官网](https://www.gov.cn/)，拨打 96110，脚注[^1]。\n\n"
        '![示意图](p.png)\n\n!!! scam\n    先转账再退款。\n\n`<b id="x">`\n\n[^1]: 注。\n'
    )
    article = approved(
        valid("article", body, id="XB-2026-0103", status="published"), *BOTH, pictures={"p.png": picture()}
    )
    found = feeds_of(
        tmp_path,
        {
            place("article", "c"): article,
            place("article", "c").replace("index.md", "p.png"): picture(),
            place("alert", "b"): item(id="XB-2026-0102"),
        },
    )
    html = entries(found["articles/atom.xml"])["XB-2026-0103"]["content"]
    assert '<a href="https://hub.example.cn/alerts/2026/b.html#' in html
    assert '<a href="https://www.gov.cn/">官网</a>' in html
    assert 'src="https://hub.example.cn/assets/' in html
    assert "tel:" not in html
    assert "96110" in html
    assert 'href="https://hub.example.cn/articles/2026/c.html#' in html
    assert "<strong>【骗子怎么说】</strong>" in html
    assert '&lt;b id="x"&gt;' in html


def test_a_link_to_what_is_not_public_is_none(tmp_path: Path) -> None:
    body = "见[内部课程](XB-2026-0104)。\n"
    write(
        tmp_path,
        {
            place("article", "c"): item("article", body, id="XB-2026-0103", visibility="staff"),
            "courses/2026/d/index.md": item("course", id="XB-2026-0104"),
            place("alert", "a"): item(),
        },
    )
    found = made(press_of(tmp_path))
    assert set(entries(found["atom.xml"])) == {"XB-2026-0101"}
    staff = made(press_of(tmp_path, "staff"))
    assert set(entries(staff["atom.xml"])) == {"XB-2026-0101", "XB-2026-0103", "XB-2026-0104"}
    for url, data in found.items():
        text = data.decode("utf-8-sig")
        assert "XB-2026-0103" not in text, url
        assert "XB-2026-0104" not in text, url


def test_keys_change_exactly_with_bytes(tmp_path: Path) -> None:
    """The same outputs where nothing differs; a key that stayed must never stand for other bytes."""
    base: dict[str, str | bytes] = {
        place("alert", "a"): item(topics="[loan]"),
        place("alert", "b"): item(id="XB-2026-0102", date="2026-10-02", superseded_by="XB-2026-0103"),
        place("alert", "c"): item(id="XB-2026-0103", date="2026-10-03"),
        place("event", "e"): item("event", id="XB-2026-0104", starts="2026-12-01", date="2026-11-01"),
        place("article", "f"): item("article", "见[另一条](XB-2026-0101)。\n", id="XB-2026-0105"),
    }
    variants: list[tuple[dict[str, str | bytes], str, dt.date]] = [
        ({}, "", DAY),
        ({}, "", dt.date(2027, 4, 1)),
        ({}, "", dt.date(2026, 12, 2)),
        ({place("alert", "a"): item(topics="[credit]")}, "", DAY),
        ({place("alert", "a"): item(topics="[loan]", body="别的正文。\n")}, "", DAY),
        ({place("alert", "a"): item(topics="[loan]", title="改名")}, "", DAY),
        ({place("alert", "c"): item(id="XB-2026-0103", title="新版改名", date="2026-10-03")}, "", DAY),
        ({place("alert", "c"): item(id="XB-2026-0103", date="2026-10-05")}, "", DAY),
        ({place("alert", "a"): item(topics="[loan]", changes="[{date: 2026-10-09, level: major, note: 改}]")}, "", DAY),
        ({place("alert", "a"): item(topics="[loan]", changes="[{date: 2026-10-09, level: minor, note: 改}]")}, "", DAY),
        (
            {
                place("alert", "c"): item(id="XB-2026-0103", date="2026-10-03", visibility="staff"),
                place("alert", "b"): item(id="XB-2026-0102", date="2026-10-02"),
            },
            "",
            DAY,
        ),
        ({}, "content: summary\n", DAY),
        ({}, "sender: other.example\n", DAY),
        ({}, "area: 某市\n", DAY),
    ]
    seen: dict[tuple[str, bytes], bytes] = {}
    whole = 0
    for number, (changes, settings, today) in enumerate(variants):
        root = tmp_path / str(number)
        write(root, {**base, **changes})
        if settings:
            (root / "_data" / "feeds.yml").write_text(settings)
        press = press_of(root, today=today)
        keys = keys_of(press)
        for url, data in made(press).items():
            known = seen.setdefault((url, keys[url]), data)
            assert known == data, (number, url)
            whole += 1
    assert len(seen) < whole * 2 / 3


def test_a_text_touches_its_own_feeds_and_nothing_else(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        place("alert", "a"): item(topics="[loan]"),
        place("article", "f"): item("article", id="XB-2026-0105", topics="[credit]"),
    }
    before = keys_of(press_of(write(tmp_path / "1", files)))
    changed = {**files, place("alert", "a"): item(topics="[loan]", body="别的正文。\n")}
    after = keys_of(press_of(write(tmp_path / "2", changed)))
    assert {url for url in before if before[url] != after[url]} == {
        f"{folder}{name}" for folder in ("", "alerts/", "topics/loan/") for name in ("atom.xml", "rss.xml", "feed.json")
    }


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    titles = ["=1+1", "+86 来电", "-5 元", "@某人", "＝全角不是公式", "普通标题"]
    files: dict[str, str | bytes] = {
        place("alert", f"n{n}"): item(id=f"XB-2026-010{n}", title=f'"{title}"') for n, title in enumerate(titles)
    }
    rows = list(csv.DictReader(io.StringIO(feeds_of(tmp_path, files)["items.csv"].decode("utf-8-sig"), newline="")))
    assert [row["标题"] for row in reversed(rows)] == ["'=1+1", "'+86 来电", "'-5 元", "'@某人", *titles[4:]]
