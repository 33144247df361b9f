"""The search core in a real browser, over http and from a folder: finds what is there, nothing else, and never nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from pubhub.press import Press
from pubhub.search.normal import normal
from pubhub.search.plan import search_files
from pubhub.theme import theme_folders
from scripts.bench.corpus import DAY, corpus
from scripts.bench.finding.documents import holders, subject
from scripts.bench.finding.samples import samples
from scripts.bench.layout import write_tree
from tests.site.builds import ROOT, Built

QUESTIONS = yaml.safe_load((ROOT / "tests" / "search" / "questions.yml").read_text("utf-8"))
_OPEN = """path => new Promise((done, failed) => {
  const s = document.createElement("script");
  s.src = path; s.onload = done; s.onerror = failed;
  document.head.appendChild(s);
})"""
_ASK = """async ([texts, options]) => {
  const out = [];
  for (const text of texts) out.push(await hubSearch.query(text, options));
  return out;
}"""


def core(site: Path) -> str:
    return next(site.glob("assets/search/core.*.js")).relative_to(site).as_posix()


def opened(browser: Browser, address: str, site: Path) -> Page:
    page = browser.new_page()
    page.goto(f"{address}help.html")
    if not page.evaluate("() => !!window.hubSearch"):
        page.evaluate(_OPEN, f"{address}{core(site)}")
    page.evaluate("() => hubSearch.open('').then(() => 1)")
    return page


@pytest.fixture(scope="module", params=["http", "file"])
def page(request: pytest.FixtureRequest, browser: Browser, public: Built, served: str) -> Iterator[Page]:
    address = served if request.param == "http" else public.folder.as_uri() + "/"
    found = opened(browser, address, public.folder)
    yield found
    found.close()


def ask(page: Page, strings: list[str], **options: Any) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate(_ASK, [strings, {"today": DAY.isoformat(), **options}])
    return answers


def ids(answer: dict[str, Any], via: str = "") -> list[str]:
    return [hit["id"] for hit in answer["hits"] if not via or hit["via"] == via]


def check_truth(page: Page, content: Path, count: int, seed: int, pages: bool = True) -> None:
    """`pages`: False takes no strings from plain pages, whose wording would decide which strings of a made corpus are asked for."""
    known = subject(content)
    plain = set() if pages else {item.id for item in known.desk.catalog.in_section("pages")}
    texts = [text for id_, text in known.truth.items() if id_ not in plain]
    for kind, strings in samples(texts, count, seed).items():
        right = got = wanted = 0
        answers = ask(page, strings, limit=2000, exact=True)
        for text, answer, true in zip(strings, answers, holders(known, strings), strict=True):
            assert answer["normalised"] == normal(text)
            found = set(ids(answer, "phrase"))
            assert true <= found, (kind, text, true - found)
            right += len(true & found)
            got += len(found)
            wanted += len(true)
            assert len(ids(answer)) == len(set(ids(answer)))
            if answer["exact"]:
                assert answer["total"] == len(true), (kind, text)
        assert wanted > 0
        assert right / got >= 0.99, (kind, right / got)


def test_finds_what_is_there_and_nothing_else(page: Page) -> None:
    check_truth(page, ROOT / "content", 40, 11)


def test_finds_in_a_large_corpus(browser: Browser, tmp_path: Path, public: Built) -> None:
    content, out = tmp_path / "content", tmp_path / "site"
    write_tree(content, corpus(600))
    out.mkdir()
    press = Press(content, theme_folders(), "public", DAY, features=(search_files,))
    press.read()
    press.print(out)
    (out / "help.html").write_text("<!doctype html><meta charset=utf-8><title>x</title>", "utf-8")
    page = opened(browser, out.as_uri() + "/", out)
    check_truth(page, content, 12, 12, pages=False)
    answer = ask(page, ["转账"])[0]
    assert answer["total"] > 100
    assert len(answer["hits"]) == 10
    following = ask(page, ["转账"], offset=10)[0]
    assert not set(ids(answer)) & set(ids(following))
    kinds = answer["facets"]["kind"]
    assert sum(kinds.values()) == answer["total"]
    alerts = ask(page, ["转账"], kind="alert", limit=300)[0]
    assert alerts["total"] == kinds["alert"] == len(alerts["hits"])
    assert {hit["kind"] for hit in alerts["hits"]} == {"alert"}
    assert alerts["facets"]["kind"] == kinds
    order = [0 if hit["state"] == "" else 2 if hit["state"] == "withdrawn" else 1 for hit in alerts["hits"]]
    assert order == sorted(order)
    assert 1 in order
    assert ask(page, ["转账"], kind="alert", state="past", limit=300)[0]["total"] == order.count(1)
    page.close()


def test_right_page_for_nearly_every_question(page: Page) -> None:
    answers = ask(page, [one["ask"] for one in QUESTIONS])
    assert len(QUESTIONS) >= 100
    assert all(answer["hits"] for answer in answers)
    missed = [
        (one["ask"], ids(answer)[:3])
        for one, answer in zip(QUESTIONS, answers, strict=True)
        if not set(ids(answer)[:3]) & set(one["want"])
    ]
    assert len(missed) <= len(QUESTIONS) * 0.05, missed


def test_nothing_is_a_dead_end(page: Page) -> None:
    for text in ["鑫鑫鑫", "qqqqzzzz", "，。", "🙂", "x" * 300, "<script>alert(1)</script>", "\\u0000\"'", "%", "٣"]:
        answer = ask(page, [text])[0]
        assert answer["hits"], text
        assert not answer["exact"] or answer["total"] >= len(answer["hits"])
    assert ask(page, ["   "])[0]["hits"] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("屏目共享", "屏幕共享"), ("征信休复", "征信修复"), ("杀猪盆", "杀猪盘"), ("安全涨户", "安全账户")],
)
def test_one_wrong_character(page: Page, typed: str, meant: str) -> None:
    answer = ask(page, [typed])[0]
    assert answer["via"] == "correction"
    assert answer["corrected"] == meant
    assert ids(answer)[:3] == ids(ask(page, [meant])[0])[:3]


def test_traditional_full_width_and_case_find_the_same(page: Page) -> None:
    for one, other in [("安全帳戶", "安全账户"), ("９６１１０", "96110"), ("etc", "ETC"), ("屏 幕 共 享", "屏幕共享")]:
        first, second = ask(page, [one, other])
        assert ids(first) == ids(second) != []
        assert first["via"] == "phrase"


def test_a_hit_says_what_it_is(page: Page) -> None:
    hit = ask(page, ["安全账户"])[0]["hits"][0]
    assert hit["id"] == "XB-2026-0102"
    assert (hit["kind"], hit["kindName"], hit["state"], hit["severity"]) == ("alert", "风险提示", "", "critical")
    assert [text for text, match in hit["titleParts"] if match] == ["安全账户"]
    assert "".join(text for text, _ in hit["titleParts"]) == hit["title"]
    assert next(text for text, match in hit["excerpt"] if match) == "安全账户"
    assert hit["topics"][0] == {"id": "impersonation", "name": "冒充身份"}


def test_the_day_decides_what_is_past(page: Page) -> None:
    now = ask(page, ["安全账户"], today="2026-11-24")[0]
    later = ask(page, ["安全账户"], today="2027-06-01")[0]
    assert now["hits"][0]["state"] == ""
    assert next(hit for hit in later["hits"] if hit["id"] == "XB-2026-0102")["state"] == "expired"
    assert later["facets"]["state"]["past"] > now["facets"]["state"].get("past", 0)


def test_suggestions(page: Page) -> None:
    def suggest(text: str) -> list[str]:
        found: list[dict[str, Any]] = page.evaluate("text => hubSearch.suggest(text, 6)", text)
        return [one["title"] for one in found]

    assert suggest("征信")[0] == "个人征信"
    assert "征信修复不收费，收费的修不了" in suggest("征信")
    assert "征信修复不收费，收费的修不了" in suggest("zhengxinxiufu")
    assert "征信修复不收费，收费的修不了" in suggest("zxxf")
    assert "刷单与兼职" in suggest("shuadan")
    assert suggest("") == []
    assert len(suggest("的")) <= 6


def test_an_overtaken_question_is_dropped(page: Page) -> None:
    said = page.evaluate(
        """() => {
          const stop = new AbortController(), first = hubSearch.query("验证码给了别人", { signal: stop.signal });
          stop.abort();
          return first.then(() => "answered", error => error.name);
        }"""
    )
    assert said == "AbortError"


def test_a_page_older_than_the_site_asks_again(page: Page) -> None:
    before = ask(page, ["转账"])[0]
    # As if half of the documents had come after this page was opened.
    page.evaluate(
        """() => { const all = hubSearch.inside().place; for (const n of [...all.keys()].slice(0, 60)) all.delete(n); }"""
    )
    after = ask(page, ["转账"])[0]
    assert ids(after) == ids(before)
