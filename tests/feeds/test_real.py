"""The feeds of the real content, as the world reads them: every one valid, the same items in all, nothing of the staff edition."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import jsonschema
import pytest
from lxml import etree

from tests.feeds.feeding import ATOM, SCHEMAS, relax
from tests.site.builds import Built

ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
SCOPES = ("", "alerts/", "articles/", "events/", "topics/telecom-fraud/", "topics/cash/", "topics/insurance/")


def named(built: Built, pattern: str) -> list[Path]:
    found = sorted(p for p in built.folder.rglob("*") if re.fullmatch(pattern, p.relative_to(built.folder).as_posix()))
    assert found, pattern
    return found


def checker(built: Built, name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(built.text(name))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_every_feed_is_valid(edition: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(edition)
    for pattern, schema in ((r".*atom(-\d)?\.xml|alerts/cap\.xml", "atom.rng"), (r".*rss(-\d)?\.xml", "rss.rng")):
        rules = relax(schema)
        for path in named(built, pattern):
            assert rules.validate(etree.parse(path)), (path, rules.error_log)
            parsed = feedparser.parse(path.read_bytes())
            assert not parsed.bozo, (path, parsed.get("bozo_exception"))
    json_rules = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "json-feed.json").read_text("utf-8")))
    for path in named(built, r".*feed(-\d)?\.json"):
        json_rules.validate(json.loads(path.read_bytes()))


@pytest.mark.parametrize("scope", SCOPES)
def test_the_three_formats_have_the_same_items(public: Built, scope: str) -> None:
    atom = feedparser.parse((public.folder / f"{scope}atom.xml").read_bytes())
    rss = feedparser.parse((public.folder / f"{scope}rss.xml").read_bytes())
    feed = json.loads(public.text(f"{scope}feed.json"))
    ids = [entry.id for entry in atom.entries]
    assert ids
    assert len(set(ids)) == len(ids)
    assert ids == [entry.id for entry in rss.entries] == [entry["id"] for entry in feed["items"]]
    for a, r, j in zip(atom.entries, rss.entries, feed["items"], strict=True):
        assert a.title == r.title == j["title"]
        assert a.link == r.link == j["url"]
        assert a.updated == r.updated == j["date_modified"]
        assert a.published_parsed == r.published_parsed
    # feedparser cleans what it reads, so the words themselves are compared as they stand.
    texts = [e.text for e in etree.parse(public.folder / f"{scope}atom.xml").iter(f"{ATOM}content")]
    same = [e.text for e in etree.parse(public.folder / f"{scope}rss.xml").iter(ENCODED)]
    assert texts == same == [item["content_html"] for item in feed["items"] if "content_html" in item]


def test_following_the_pages_gives_every_item(public: Built) -> None:
    found: list[str] = []
    name = "feed.json"
    while name:
        feed = json.loads(public.text(name))
        found += [item["_hub"]["kind"] + item["id"] for item in feed["items"]]
        name = feed.get("next_url", "").rpartition("/")[2]
    everything = json.loads(public.text("items.json"))
    shown = [item for item in everything["items"] if item["kind"] != "page"]
    assert everything["complete"] is True
    assert {one.rpartition(":")[2] for one in found} == {item["id"] for item in shown}
    assert len(found) == len(shown) <= 200


def test_whole_texts_stand_on_their_own(public: Built) -> None:
    for path in named(public, r".*feed(-\d)?\.json"):
        for item in json.loads(path.read_bytes())["items"]:
            html = item.get("content_html", "")
            assert re.findall(r'(?:href|src)="(?!https?://)', html) == [], item["url"]
            assert "item:" not in html
            for target in re.findall(r'(?:href|src)="https://hub\.example\.cn/([^"#]*)', html):
                assert (public.folder / (target or "index.html")).is_file(), target


def test_alerts_and_items_keep_what_their_schemas_promise(public: Built, staff: Built) -> None:
    for built in (public, staff):
        checker(built, "schemas/alerts.schema.json").validate(json.loads(built.text("alerts.json")))
        rules = checker(built, "schemas/items.schema.json")
        for path in named(built, r"items\.json|data/.*\.json"):
            rules.validate(json.loads(path.read_bytes()))


def test_alerts_of_all_files_are_the_same(public: Built) -> None:
    alerts: list[dict[str, Any]] = json.loads(public.text("alerts.json"))["alerts"]
    ids = {alert["id"] for alert in alerts}
    items = json.loads(public.text("items.json"))["items"]
    assert ids == {item["id"] for item in items if item["kind"] == "alert"}
    messages = {alert["cap"].removeprefix("https://hub.example.cn/") for alert in alerts}
    assert messages == {p.relative_to(public.folder).as_posix() for p in named(public, r".*\.cap\.xml")}
    assert {alert["state"] for alert in alerts} >= {"current", "superseded"}
    for alert in alerts:
        page = public.text(alert["url"].removeprefix("https://hub.example.cn/"))
        assert (f'data-expires="{alert["expires"]}"' in page) == (alert["state"] == "current")


def test_messages_keep_the_rules_of_cap(public: Built) -> None:
    rules = etree.XMLSchema(etree.parse(SCHEMAS / "cap.xsd"))
    for path in named(public, r".*\.cap\.xml"):
        assert rules.validate(etree.parse(path)), (path, rules.error_log)


def test_calendars_are_read_back(public: Built) -> None:
    whole = icalendar.Calendar.from_ical((public.folder / "calendar.ics").read_bytes())
    uids = [str(event["UID"]) for event in whole.walk("VEVENT")]
    assert len(set(uids)) == len(uids)
    assert {"double-ninth-2026@hub.example.cn", "consumer-day@hub.example.cn"} <= set(uids)
    singles = named(public, r"(?:events|campaigns)/.*\.ics")
    for path in singles:
        (event,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert str(event["UID"]) in uids
        assert event.errors == []
    for path in [*singles, public.folder / "calendar.ics"]:
        data = path.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n")
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert data.endswith(b"END:VCALENDAR\r\n")


def test_tables_are_read_back(public: Built) -> None:
    items = {item["id"]: item for item in json.loads(public.text("items.json"))["items"]}
    data = (public.folder / "items.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["编号"] for row in rows] == list(items)
    assert all(row["标题"] == items[row["编号"]]["title"] for row in rows)
    tables = [path.read_text("utf-8-sig") for path in named(public, r"data/.*\.csv")]
    parts = [row for table in tables for row in csv.DictReader(io.StringIO(table, newline=""))]
    assert {row["编号"] for row in parts} == set(items)
    assert len(parts) == len(items)


def test_staff_ids_are_in_nothing_public(public: Built, staff: Built) -> None:
    shown = {item["id"] for item in json.loads(public.text("items.json"))["items"]}
    hidden = {item["id"] for item in json.loads(staff.text("items.json"))["items"]} - shown
    assert hidden
    for path in named(public, r"(?:.*\.(?:xml|json|csv|ics|txt|svg)|_.*)"):
        text = path.read_text("utf-8")
        assert [id_ for id_ in hidden if id_ in text] == [], path
    assert "Access-Control-Allow-Origin" not in staff.text("_headers") + staff.text("_nginx.conf")


def test_every_page_tells_of_the_feeds(public: Built) -> None:
    for url in public.files():
        if not url.endswith(".html"):
            continue
        links = re.findall(
            r'<link rel="alternate" type="application/(\S+?)" title="[^"]+" href="([^"]+)">', public.text(url)
        )
        kinds = [kind for kind, _ in links]
        assert kinds[:3] == ["atom+xml", "rss+xml", "feed+json"], url
        own = [href for _, href in links[3:]]
        section = url.split("/")[0]
        if section in {"alerts", "cases", "lessons"}:
            assert own[0].endswith("atom.xml"), url
            assert (public.folder / url).parent.joinpath(own[0]).resolve() == public.folder / section / "atom.xml"
    topic = public.text("topics/loan.html")
    assert 'href="loan/atom.xml"' in topic


def test_structured_data_is_json_and_true(public: Built) -> None:
    seen: set[str] = set()
    for url in public.files():
        if not url.endswith(".html"):
            continue
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', public.text(url)):
            found = json.loads(text)
            for node in found.get("@graph", [found]):
                kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
                seen.update(kinds)
                if "BreadcrumbList" in kinds:
                    assert [step["position"] for step in node["itemListElement"]] == list(
                        range(1, len(node["itemListElement"]) + 1)
                    )
                if "Event" in kinds:
                    assert "示例" not in public.text(url).split("</h1>")[0]
        if "示例内容，不计入统计" in public.text(url).split("</header>")[1] and url.startswith("events/2026/"):
            assert '"@type":"Event"' not in public.text(url)
    assert seen >= {"Article", "NewsArticle", "LearningResource", "BreadcrumbList", "WebSite"}
    assert "FAQPage" not in seen
