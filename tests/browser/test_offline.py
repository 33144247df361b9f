"""The offline pages of an issue in a real browser, from a folder: no request leaves, the search finds, nothing is too wide."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pubhub.bulletin.bundle import Bundles
from pubhub.press import Press
from pubhub.theme import theme_folders
from tests.browser.test_pages import serious
from tests.bulletin.conftest import unpack_to
from tests.printing.stress import hard_issue
from tests.site.builds import Built

# Lazy pictures come when they are near the screen, which may be after the page is said to be loaded.
_ALL_PICTURES = """async () => {
  for (const image of document.images) { image.loading = "eager"; await image.decode(); }
  return [...document.images].every(image => image.naturalWidth > 0);
}"""


@pytest.fixture(scope="module")
def shipped(public: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = (public.folder / "bulletin/2026/bulletin-2026Q3.zip").read_bytes()
    return unpack_to(data, tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = hard_issue(tmp_path_factory.mktemp("content") / "content")
    press = Press(root, theme_folders(), "public", dt.date(2026, 11, 24))
    press.read()
    desk = press.desk()
    issue = desk.catalog.current_issue()
    assert issue is not None
    return unpack_to(Bundles(desk).part(issue, "zip"), tmp_path_factory.mktemp("hard"))


def opened(browser: Browser, width: int, scheme: str = "light") -> tuple[Page, list[str]]:
    """A page, and what it said or asked the world for."""
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith("file:") else said.append(r.url))
    return page, said


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_opens_alone(browser: Browser, shipped: Path, width: int) -> None:
    page, said = opened(browser, width)
    files = sorted((shipped / "site").glob("*.html"))
    assert len(files) > 10
    for file in files:
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file.name
        assert page.evaluate("document.styleSheets.length") == 1
        assert page.evaluate(_ALL_PICTURES)
    assert said == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(browser: Browser, shipped: Path, scheme: str) -> None:
    page, _ = opened(browser, 360, scheme)
    alert = next(p for p in sorted((shipped / "site").glob("xb-*.html")) if "data-expires" in p.read_text("utf-8"))
    for file in (shipped / "site/index.html", alert):
        page.goto(file.as_uri())
        page.fill("#q", "退款") if file.name == "index.html" else None
        assert serious(page) == []
    page.context.close()


def test_the_hard_issue_is_never_too_wide(browser: Browser, hard: Path) -> None:
    page, said = opened(browser, 360)
    for file in sorted((hard / "site").glob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, file.name
    assert said == []
    page.context.close()


def test_the_search_finds_within_the_issue(browser: Browser, shipped: Path) -> None:
    page, said = opened(browser, 360)
    page.goto((shipped / "site/index.html").as_uri())

    def hits(text: str) -> list[str]:
        page.fill("#q", text)
        return page.locator(".hits a").all_inner_texts()

    found = hits("退款")
    assert any("退款" in title for title in found)
    assert page.locator(".hits mark").first.inner_text() == "退款"
    assert re.fullmatch(r"找到 \d+ 篇", page.locator(".found").inner_text())
    assert hits("退款 截图") != []
    assert hits("ＸＢ－２０２６－０１０１") == hits("xb-2026-0101") != []
    assert hits("驗證碼") == hits("验证码") != []
    assert hits("没有这样的词") == []
    assert "换个说法" in page.locator(".found").inner_text()
    assert hits("<img src=x onerror=alert(1)>") == []
    assert hits("") == []
    hits("退款")
    page.locator(".hits a").first.click()
    assert page.locator("h1").inner_text() in found
    assert said == []
    page.context.close()


def test_without_script_nothing_is_dead(browser: Browser, shipped: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((shipped / "site/index.html").as_uri())
    assert page.locator("input, button").count() == 0
    page.locator(".columns a").nth(1).click()
    assert page.locator("h1").inner_text()
    page.context.close()


def test_an_alert_says_when_it_has_expired(browser: Browser, shipped: Path) -> None:
    page, _ = opened(browser, 360)
    page.clock.set_fixed_time(dt.datetime(2040, 1, 1, tzinfo=dt.UTC))
    page.goto((shipped / "site/index.html").as_uri())
    marks = page.locator("[data-expires]")
    assert marks.count() > 0
    assert set(marks.all_inner_texts()) == {"已过期"}
    page.context.close()
