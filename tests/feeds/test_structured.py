"""What search engines and chat previews are told: true, valid, and harmless whatever a title says."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pubhub.pages.structured import item_nodes, script_text
from tests.feeds.feeding import item, place, press_of
from tests.feeds.test_addresses import printed
from tests.site.builds import Built
from tests.support import write


class Scripts(HTMLParser):
    """Data blocks as a browser finds them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def nodes(page: str) -> list[dict[str, Any]]:
    found = [json.loads(text) for text in Scripts(page).found]
    return [node for one in found for node in one.get("@graph", [one])]


@pytest.mark.parametrize("title", ["a < b & c > d", "]]> --> <!-x", '“引号”\\\\ "直"', "行\u3000符"])
def test_no_title_gets_out(tmp_path: Path, title: str) -> None:
    root = write(tmp_path / "content", {place("alert", "a"): item(title=json.dumps(title, ensure_ascii=False))})
    page = (printed(root, tmp_path / "site") / "alerts/2026/a.html").read_text("utf-8")
    (article, crumbs) = nodes(page)
    assert article["headline"] == title
    assert crumbs["itemListElement"][-1]["name"] == title


def test_separators_of_lines_are_escaped() -> None:
    text = script_text([{"name": "a\u2028b</script><script>&"}])
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text)["name"] == "a\u2028b</script><script>&"
    assert script_text([]) == ""


def test_events_say_when_where_and_whether(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            place("event", "a"): item("event", starts="2026-12-04", ends="2026-12-05", place="某支行"),
            place("event", "b"): item("event", id="XB-2026-0102", format="online"),
            place("event", "c"): item("event", id="XB-2026-0103", sample="true"),
            place("event", "d"): item(
                "event", id="XB-2026-0104", status="withdrawn", withdrawn="{at: 2026-11-01, reason: other}"
            ),
        },
    )
    catalog = press_of(root).desk().catalog
    told = {one.item.id: item_nodes(catalog, one.item) for one in catalog.entries}
    (event,) = told["XB-2026-0101"]
    assert (event["startDate"], event["endDate"]) == ("2026-12-04", "2026-12-05")
    assert event["eventStatus"].endswith("/EventScheduled")
    assert event["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")
    assert event["location"]["name"] == "某支行"
    assert told["XB-2026-0102"][0]["location"]["@type"] == "VirtualLocation"
    assert told["XB-2026-0103"] == []
    assert told["XB-2026-0104"][0]["eventStatus"].endswith("/EventCancelled")


def test_a_page_of_questions_is_one_and_no_other(tmp_path: Path) -> None:
    questions = "## 钱转错了怎么办？\n\n立即报警。\n\n## 能追回来吗？\n\n看**时间**。\n"
    root = write(
        tmp_path,
        {
            "pages/faq/index.md": item("page", questions, id="XB-2026-0101"),
            "pages/other/index.md": item("page", questions + "\n## 说明\n\n文字。\n", id="XB-2026-0102"),
            "lessons/2026/quiz/index.md": item(
                "lesson",
                questions,
                id="XB-2026-0103",
                quiz="[{question: 对吗？, options: [对, 错], answer: 1, explain: 对。}]",
            ),
        },
    )
    site = printed(root, tmp_path / "site")
    (faq, _) = nodes((site / "faq.html").read_text("utf-8"))
    assert faq["@type"] == "FAQPage"
    assert [(q["name"], q["acceptedAnswer"]["text"]) for q in faq["mainEntity"]] == [
        ("钱转错了怎么办？", "立即报警。"),
        ("能追回来吗？", "看 时间 。"),
    ]
    assert {node["@type"] for node in nodes((site / "other.html").read_text("utf-8"))} == {"BreadcrumbList"}
    (lesson, _) = nodes((site / "lessons/2026/quiz.html").read_text("utf-8"))
    assert lesson["hasPart"]["@type"] == "Quiz"


def test_previews_know_what_a_page_is(public: Built, staff: Built) -> None:
    page = public.text("alerts/2026/screen-share-meeting-fraud.html")
    for name, value in {
        "og:type": "article",
        "og:locale": "zh_CN",
        "og:url": "https://hub.example.cn/alerts/2026/screen-share-meeting-fraud.html",
        "article:published_time": "2026-11-06T00:00:00+08:00",
        "article:modified_time": "2026-11-20T00:00:01+08:00",
        "article:section": "风险提示",
    }.items():
        assert f'<meta property="{name}" content="{value}">' in page
    assert "article:" not in public.text("index.html")
    (home,) = nodes(public.text("index.html"))
    assert home["@type"] == "WebSite"
    action = home["potentialAction"]
    assert action["@type"] == "SearchAction"
    assert action["query-input"] == "required name=search_term_string"
    page = action["target"]["urlTemplate"].removeprefix(f"{home['url'].rstrip('/')}/")
    # The field of the page that the address names takes the question by that name.
    assert page == "search.html?q={search_term_string}"
    assert re.search(r'<form[^>]*action="search\.html"', public.text("search.html"))
    assert re.search(r'<input[^>]*name="q"', public.text("search.html"))
    assert "ld+json" not in staff.text("index.html") + staff.text("alerts/2026/screen-share-meeting-fraud.html")
