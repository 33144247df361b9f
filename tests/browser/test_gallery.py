"""The gallery of a call: readable without script and by keyboard, two works side by side on a phone, nothing shifts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import serious

CALL = "campaigns/2025/logo-and-mascot-call.html"
LESSON = "lessons/2026/hang-up-and-dial.html"
SHIFT = (
    "window.__shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => {"
    " if (!e.hadRecentInput) window.__shift += e.value })).observe({type: 'layout-shift', buffered: true})"
)


def columns(page: Page) -> int:
    tops = page.locator("#call-logo .work").evaluate_all("works => works.map(w => w.getBoundingClientRect().top)")
    return int(tops.count(tops[0]))


@pytest.mark.parametrize(("width", "expected"), [(360, 2), (1280, 4)])
def test_works_stand_in_columns_and_do_not_move(browser: Browser, served: str, width: int, expected: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFT)
    page.goto(served + CALL)
    assert columns(page) == expected
    assert page.locator(".work").count() == 32
    for top in range(0, page.evaluate("document.documentElement.scrollHeight"), 600):
        page.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
        page.wait_for_timeout(30)
    page.wait_for_function("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert page.evaluate("window.__shift") == 0
    sized = "pictures => pictures.every(p => p.width && p.height && p.alt && p.loading === 'lazy')"
    assert page.locator(".works img").evaluate_all(sized)
    context.close()


def test_one_kind_and_one_work_without_script(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(served + CALL)
    page.get_by_role("link", name="吉祥物 16").click()
    expect(page.locator("#work-18")).to_be_visible()
    expect(page.locator("#work-2")).to_be_hidden()
    page.get_by_role("link", name="全部 32").click()
    expect(page.locator("#work-2")).to_be_visible()
    page.goto(served + CALL + "#work-18")
    expect(page.locator("#work-18").get_by_role("link", name="收起")).to_be_visible()
    box = page.locator("#work-18 img").bounding_box()
    assert box
    assert box["width"] > 280
    page.locator("#work-18").get_by_role("link", name="下一件").click()
    page.wait_for_url("**#work-19")
    expect(page.locator("#work-19").get_by_role("link", name="收起")).to_be_visible()
    context.close()


def test_a_work_by_keyboard(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.goto(served + CALL)
    page.locator("#work-3 h4 a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#work-3")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.work').id") == "work-3"
    assert serious(page) == []
    context.close()


def test_votes_are_words_and_the_rest_opens(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(served + CALL)
    first = page.locator(".polls section").first
    assert "186票" in first.locator("li").first.inner_text().replace("\n", "")
    assert not first.locator("li").nth(6).is_visible()
    first.get_by_text("看其余11件").click()
    assert first.locator("li").nth(6).is_visible()
    context.close()


def test_one_guard_follows_the_answers(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(served + LESSON)
    assert page.locator(".closing .guard").is_visible()
    for question in page.locator(".question").all():
        question.get_by_role("button").first.click()
        assert question.locator(".guard").is_visible()
        right = "right" in (question.locator(".verdict").get_attribute("class") or "")
        pose = "celebrating" if right else "thinking"
        assert pose in (question.locator(".guard").get_attribute("src") or "")
        assert page.locator("main .guard:visible").count() == 1
    context.close()
