"""The preview in a browser: pages reload by themselves where they stood, and a bar says what readers would not see."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.scripts.test_serve import ARTICLE, Preview, append

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    running = Preview(tmp_path_factory.mktemp("preview"))
    running.start()
    yield running
    running.stop()


def quiet(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def stands_at(page: Page, place: int) -> bool:
    """True once the window has come to rest there."""
    for _ in range(50):
        if abs(page.evaluate("scrollY") - place) <= 1:
            return True
        page.wait_for_timeout(20)
    return False


def test_a_page_follows_its_text(browser: Browser, preview: Preview) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    said = quiet(page)
    address = f"http://127.0.0.1:{preview.port}/"
    with page.expect_response("**/_hub/status*"):
        page.goto(f"{address}{ARTICLE}.html")
    assert page.locator(".hub-bar").count() == 0
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    with page.expect_navigation():
        append(preview.content / ARTICLE / "index.md", "\n浏览器里看到的一句。\n")()
    expect(page.locator(".hub-bar")).to_contain_text("未发布：")
    expect(page.locator("body")).to_contain_text("浏览器里看到的一句。")
    # The bar is slim and stands above the text, whose place in the window stays the same.
    box = page.locator(".hub-bar").bounding_box()
    assert box is not None
    assert box["height"] < 120
    place = 700 + round(box["height"])
    assert stands_at(page, place)
    with page.expect_navigation():
        append(preview.content / ARTICLE / "index.md", "\n再来一句。\n")()
    expect(page.locator(".hub-bar")).to_be_visible()
    assert stands_at(page, place)
    page.locator(".hub-bar a").click()
    expect(page.locator("h1")).to_have_text("预览")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert said == []
    page.close()


def test_a_page_finds_the_next_preview(browser: Browser, preview: Preview) -> None:
    page = browser.new_page()
    with page.expect_response("**/_hub/status*"):
        page.goto(f"http://127.0.0.1:{preview.port}/stations.html")
    assert preview.stop() == 0
    template = preview.theme / "stations.html"
    text = template.read_text("utf-8").replace("</h1>", "（新）</h1>", 1)
    template.write_text(text, "utf-8")
    with page.expect_navigation(timeout=20_000):
        preview.start()
    expect(page.locator("h1")).to_contain_text("（新）")
    page.close()
