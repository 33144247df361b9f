"""Searching in a real Chromium: from a server and from a folder, by keyboard, with an input method, on a poor line, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.browser.test_pages import Visit, serious, visit
from tests.site.builds import Built

ARTICLE = "articles/2026/annual-rate-of-a-loan.html"
NOWHERE = "量子纠缠猕猴桃"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(params=["http", "file"])
def root(request: pytest.FixtureRequest, served: str, public: Built) -> str:
    """The public site, from a server and from a folder."""
    return served if request.param == "http" else public.folder.as_uri() + "/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK, bypass_csp=False)
    yield context
    context.close()


def field(page: Page) -> str:
    """The id of the field that has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def active(page: Page) -> str:
    """The text of the option that a screen reader would read, or nothing."""
    found: str = page.evaluate(
        "(document.getElementById(document.activeElement.getAttribute('aria-activedescendant')) || {}).textContent || ''"
    )
    return found


def until(page: Page, true: str) -> None:
    """Waits for an expression. (Playwright's own waiting evaluates text, which the policy forbids.)"""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never: {true}")


def results(context: BrowserContext, root: str, query: str) -> Visit:
    seen = visit(context, root, f"search.html?{query}")
    expect(seen.page.locator("[data-state]")).to_be_visible()
    until(seen.page, "!['busy', undefined].includes(document.getElementById('main').dataset.state)")
    return seen


def quiet(seen: Visit, context: BrowserContext) -> None:
    """Silent, alone, within the policy, and nothing is kept."""
    assert seen.said == []
    assert seen.elsewhere == []
    assert seen.page.evaluate("window.__csp") == []
    assert context.cookies() == []
    assert seen.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_phone_asks_and_gets_there(browser: Browser, root: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    seen = visit(context, root, ARTICLE)
    page = seen.page
    page.get_by_role("link", name="搜索", exact=True).click()
    assert field(page) == "search"
    assert not page.locator(".brand").is_visible()
    page.keyboard.type("客服说要退款")
    page.get_by_role("option", name=re.compile("退款")).first.click()
    expect(page.locator("article h1")).to_be_visible()
    quiet(seen, context)
    page.go_back()
    page.get_by_role("link", name="搜索", exact=True).click()
    page.get_by_role("button", name="取消").click()
    assert page.locator(".brand").is_visible()
    assert page.evaluate("document.activeElement.className") == "search-open"
    context.close()


def test_results_have_what_they_promise(context: BrowserContext, root: str) -> None:
    seen = results(context, root, f"q={quote('客服')}")
    page = seen.page
    first = page.locator("[data-hits] > li").first
    expect(first.locator("mark").first).to_have_text("客服")
    assert first.locator("time").get_attribute("datetime")
    assert page.title().startswith("“客服” · 搜索 · ")
    assert page.get_by_role("status").filter(has_text="找到").is_visible()
    before = page.locator("[data-hits] > li").count()
    page.get_by_role("button", name="再看").click()
    expect(page.locator("[data-hits] > li")).to_have_count(before + 10)
    assert page.evaluate("document.activeElement.hasAttribute('data-more')")
    first.locator("a").click()
    expect(page.locator("h1")).not_to_have_text("搜索")
    quiet(seen, context)


def test_the_first_view_loads_nothing_of_it(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url))
    page.goto(served + "index.html", wait_until="networkidle")
    assert not [url for url in loaded if "search" in url]
    # A pointer on its way is enough to begin.
    with page.expect_request("**/search/start.js"):
        page.locator(".search-bar input").hover()


def test_by_keyboard(context: BrowserContext, served: str) -> None:
    page = visit(context, served, ARTICLE).page
    page.keyboard.press("/")
    assert field(page) == "search"
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("客服")
    options = page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"#{box.get_attribute('aria-controls')}")).to_have_role("listbox")
    expect(page.locator(".search-bar [role=status]")).to_contain_text(f"{options.count()} 条建议")
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    assert active(page) == options.first.text_content()
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    assert active(page) == options.last.text_content()
    page.keyboard.press("ArrowDown")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert active(page) == options.first.text_content()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("客服")
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = options.nth(1).get_attribute("href")
    assert chosen
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + chosen.removeprefix("../../"))
    page.go_back()
    page.keyboard.press("/")
    page.keyboard.type("征信/逾期")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#q")).to_have_value("征信/逾期")


def test_an_input_method_is_left_in_peace(context: BrowserContext, served: str) -> None:
    page = visit(context, served, ARTICLE).page
    page.locator("#search").click()
    until(page, "window.hubSearch && window.hubSearchUi")
    page.evaluate(
        "window.asked = []; ['query', 'suggest'].forEach(n => { const f = hubSearch[n];"
        " hubSearch[n] = function (t) { asked.push(t); return f.apply(this, arguments); }; })"
    )
    method = context.new_cdp_session(page)
    for text in ("k", "ke", "ke'f", "ke'fu"):
        method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.wait_for_timeout(400)
    assert page.evaluate("asked") == []
    assert page.locator(".search-pop").is_hidden()
    # The Enter that ends a composition: the browser marks it, one of them only with the old key code.
    for mark in ({"isComposing": True}, {"keyCode": 229}):
        held = page.evaluate(
            "mark => { const e = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...mark});"
            " return !document.activeElement.dispatchEvent(e); }",
            mark,
        )
        assert held, mark
    page.evaluate("document.querySelector('.search-bar form').requestSubmit()")
    assert page.url.endswith(ARTICLE)
    method.send("Input.insertText", {"text": "客服"})
    expect(page.get_by_role("option").first).to_be_visible()
    assert set(page.evaluate("asked")) == {"客服"}
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")


def test_a_question_can_be_passed_on(context: BrowserContext, root: str) -> None:
    page = results(context, root, f"q={quote('客服')}&kind=case").page
    expect(page.get_by_role("button", name=re.compile("^典型案例"))).to_have_attribute("aria-pressed", "true")
    titles = page.locator("[data-hits] h3").all_text_contents()
    assert titles
    assert set(page.locator("[data-hits] .line-kind").all_text_contents()) == {"典型案例"}
    address = page.url
    page.reload()
    expect(page.locator("[data-hits] h3")).to_have_text(titles)
    page.locator("#q").fill("征信")
    until(page, "(document.querySelector('[data-hits] mark') || {}).textContent === '征信'")
    assert "kind=case" in page.url
    page.go_back()
    expect(page.locator("#q")).to_have_value("客服")
    expect(page.locator("[data-hits] h3")).to_have_text(titles)
    assert page.url == address


def test_filters(context: BrowserContext, root: str) -> None:
    seen = results(context, root, f"q={quote('客服')}")
    page = seen.page
    chip = page.get_by_role("button", name=re.compile("^风险提示"))
    number = int(re.findall(r"\d+", chip.text_content() or "")[0])
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="找到")).to_contain_text(f"{number} 条")
    expect(chip).to_be_focused()
    expect(chip).to_have_attribute("aria-pressed", "true")
    year = page.get_by_role("group", name="年份").get_by_role("button").last
    year.click()
    expect(page.locator("[data-chosen] button")).to_have_count(2)
    assert "kind=alert" in page.url
    assert "year=" in page.url
    page.get_by_role("button", name="去掉筛选：类型 风险提示").click()
    expect(page.locator("[data-chosen] button")).to_have_count(1)
    assert "kind=" not in page.url
    page.go_back()
    expect(page.locator("[data-chosen] button")).to_have_count(2)
    page.go_back()
    page.go_back()
    expect(page.locator("[data-chosen] button")).to_have_count(0)
    quiet(seen, context)
    nothing = results(context, root, f"q={quote('客服')}&year=1999").page
    expect(nothing.locator("#none")).to_have_text("这样筛选，没有结果")
    nothing.get_by_role("button", name="去掉筛选再找").click()
    expect(nothing.locator("[data-hits] > li").first).to_be_visible()
    assert "year" not in nothing.url


@pytest.mark.parametrize("asked", [NOWHERE, "17012345678", "http://a1b2c3.top/x"])
def test_no_result_is_no_dead_end(context: BrowserContext, root: str, asked: str) -> None:
    seen = results(context, root, f"q={quote(asked)}")
    page = seen.page
    expect(page.locator("#none")).to_be_visible()
    for number in ("110", "96110"):
        assert page.locator(f".search-none a[href='tel:{number}']").is_visible()
    assert page.get_by_role("navigation", name="按话题").get_by_role("link").count() > 10
    assert page.locator("[data-hits] a").first.is_visible()
    quiet(seen, context)
    page.get_by_role("link", name="骗子让我转账怎么办").click()
    expect(page.locator("[data-hits] mark").first).to_be_visible()
    expect(page.locator("#none")).to_be_hidden()


def test_one_wrong_character(context: BrowserContext, served: str) -> None:
    page = results(context, served, f"q={quote('屏目共享')}").page
    expect(page.get_by_role("status").filter(has_text="您要找的是不是")).to_be_visible()
    page.get_by_role("link", name="屏幕共享", exact=True).click()
    expect(page.locator("#q")).to_have_value("屏幕共享")
    expect(page.get_by_text("您要找的是不是")).to_be_hidden()


def test_what_is_over_says_so_and_comes_last(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    page.clock.set_fixed_time("2031-01-01T08:00:00Z")
    page.goto(served + f"search.html?q={quote('退款')}")
    expect(page.locator("[data-hits] > li")).to_have_count(10)
    more = page.locator("[data-more]")
    while more.is_visible():
        before = page.locator("[data-hits] > li").count()
        more.click()
        expect(page.locator(f"[data-hits] > li:nth-child({before + 1})")).to_be_visible()
    expect(page.locator("[data-hits] .badge").filter(has_text="已过期").first).to_be_visible()
    expect(page.get_by_text("有效期到 ").first).to_contain_text("排在现行内容之后")
    late = [line.locator(".badge.off").count() for line in page.locator("[data-hits] > li").all()]
    assert late == sorted(late)
    assert 1 in late


def test_stale_answers_never_show(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    page.goto(served + "search.html")
    until(page, "window.hubSearch && hubSearch.names.kind.alert")
    # The first question's answer is kept back until the second one has its own.
    page.evaluate(
        "const f = hubSearch.query; window.free = null; hubSearch.query = function (text, options) {"
        " const answer = f.call(this, text, {...options, signal: undefined});"
        " return text === '客服' ? new Promise(done => { window.free = () => answer.then(done); }) : answer; }"
    )
    page.locator("#q").fill("客服")
    until(page, "!!window.free")
    expect(page.get_by_text("正在查找…")).to_be_visible()
    page.locator("#q").fill("征信")
    expect(page.locator("[data-hits] mark").first).to_have_text("征信")
    shown = page.locator("[data-hits]").inner_text()
    page.evaluate("free()")
    page.wait_for_timeout(100)
    assert page.locator("[data-hits]").inner_text() == shown
    assert "客服" not in page.title()


def test_a_poor_line(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport=PHONE)
    seen = visit(context, served, ARTICLE)
    page = seen.page
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    conditions = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
    line.send("Network.emulateNetworkConditions", conditions)
    page.locator(".search-open").click()
    page.keyboard.type("客服说要给我退款", delay=60)
    expect(page.get_by_role("option").first).to_be_visible(timeout=15_000)
    expect(page.get_by_role("option").last).to_have_attribute(
        "href", f"../../search.html?q={quote('客服说要给我退款')}"
    )
    page.keyboard.press("Enter")
    expect(page.locator("[data-hits] > li").first).to_be_visible(timeout=15_000)
    expect(page.locator("#q")).to_have_value("客服说要给我退款")
    quiet(seen, context)
    context.close()


def test_without_a_line_it_says_so(context: BrowserContext, served: str) -> None:
    page = context.new_page()

    def cut(route: Route) -> None:
        route.abort()

    page.goto(served + ARTICLE)
    page.route("**/search/start.js", cut)
    page.locator("#search").click()
    page.keyboard.type("客服")
    expect(page.locator(".search-note")).to_contain_text("96110")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#none")).to_have_text("暂时查不了")
    page.unroute("**/search/start.js", cut)
    page.route("**/search/t*/*", cut)
    page.reload()
    expect(page.locator("#none")).to_have_text("暂时查不了")
    assert page.locator(".search-none a[href='tel:96110']").is_visible()
    assert page.get_by_role("navigation", name="按话题").is_visible()
    page.unroute("**/search/t*/*", cut)
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("[data-hits] > li").first).to_be_visible()


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        ("start.js", "客服"),
        ("words.js", "客服"),
        ("t*/*", "客服"),
        ("d/*", "客服"),
        ("b/*", "那头第一句是"),
        ("said.js", "zhengxinxiufu"),
    ],
)
def test_a_part_that_is_missing_is_no_answer(context: BrowserContext, served: str, part: str, asked: str) -> None:
    page = context.new_page()
    lost: list[str] = []

    def cut(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    page.route(re.compile(rf"/search/{part.replace('*', '[^/]*')}([?].*)?$"), cut)
    page.goto(served + f"search.html?q={quote(asked)}")
    expect(page.locator("#none")).to_have_text("暂时查不了")
    assert lost
    assert page.locator("[data-hits] > li").count() == 0
    assert page.locator("main").get_by_text("没有找到").count() == 0
    for number in ("110", "96110", "95588"):
        assert page.locator(f".search-none a[href='tel:{number}']").is_visible()
    page.unroute_all()
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("[data-hits] > li").first).to_be_visible()
    expect(page.locator("#none")).to_be_hidden()


def test_a_page_from_before_a_new_edition_asks_for_it_once(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    page.goto(served + f"search.html?q={quote('客服')}")
    expect(page.locator("[data-hits] > li").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/search/")[2]))
    # What this page knows is gone; what a new start leads to is there.
    page.route(re.compile(r"/search/[tdb][0-9]*/[0-9a-f]+[.]js$"), lambda route: route.fulfill(status=404))
    page.locator("#q").fill("征信")
    expect(page.locator("[data-hits] mark").first).to_have_text("征信")
    assert len([url for url in asked if url.startswith("start.js")]) == 1
    # And from there on it stays with that.
    before = len(asked)
    page.locator("#q").fill("屏幕共享")
    until(page, "(document.querySelector('[data-hits] mark') || {}).textContent === '屏幕共享'")
    assert not [url for url in asked[before:] if url.startswith("start.js")]


def test_a_page_that_cannot_read_the_new_edition_says_so(context: BrowserContext, served: str) -> None:
    page = context.new_page()

    def newer(route: Route) -> None:
        route.fulfill(body=re.sub(r'"format":\d+', '"format":99', route.fetch().text()), content_type="text/javascript")

    page.route(re.compile(r"/search/start[.]js"), newer)
    page.goto(served + f"search.html?q={quote('客服')}")
    expect(page.get_by_text("网站刚更新过")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="重新打开本页").click()
    expect(page.locator("[data-hits] > li").first).to_be_visible()


def test_other_words_are_not_called_a_correction(context: BrowserContext, served: str) -> None:
    page = results(context, served, f"q={quote('屏目共享怎么办')}").page
    said = page.get_by_role("status").filter(has_text="您要找的是不是")
    expect(said).to_contain_text("屏幕共享怎么办")
    expect(said).to_contain_text("按“屏幕共享”")
    # 防骗 is a word: it is not 被骗 mistyped.
    page = results(context, served, f"q={quote('怎么教老人防骗')}").page
    expect(page.locator("[data-hits] > li").first).to_be_visible()
    assert page.get_by_text("您要找的是不是").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_without_script(browser: Browser, root: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(root + ARTICLE)
    assert page.locator("input:visible").count() == 0
    page.get_by_role("link", name="搜索", exact=True).click()
    expect(page.get_by_text("搜索要靠浏览器里的脚本")).to_be_visible()
    assert page.locator("button:visible").count() == 0
    page.locator("#q").fill("安全账户")
    page.locator("#q").press("Enter")
    page.wait_for_url(f"**/search.html?q={quote('安全账户')}")
    for link in ("topics/telecom-fraud.html", "alerts/index.html", "tel:96110", "help.html"):
        assert page.locator(f"main a[href='{link}']:visible, header a[href='{link}']:visible").count(), link
    context.close()


def test_the_page_that_is_not_there_proposes_its_words(context: BrowserContext, served: str, public: Built) -> None:
    page = context.new_page()
    lost = public.text("404.html")
    page.route("**/no/such/*", lambda route: route.fulfill(status=404, content_type="text/html", body=lost))
    page.goto(served + "no/such/" + quote("征信-修复") + ".html")
    expect(page.locator("#lost")).to_have_value("征信 修复")
    page.locator("#lost").press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("[data-hits] mark").first).to_be_visible()


def test_home_has_an_entry_and_an_example(context: BrowserContext, root: str) -> None:
    seen = visit(context, root, "index.html")
    page = seen.page
    page.get_by_role("link", name="骗子让我转账怎么办").click()
    expect(page.locator("[data-hits] > li").first).to_be_visible()
    page.go_back()
    page.locator("main input").fill("养老投资")
    page.get_by_role("option", name=re.compile("全部结果")).click()
    page.wait_for_url("**/search.html?q=*")
    quiet(seen, context)


@pytest.mark.parametrize("size", ["", "large", "huge"])
def test_the_bar_stays_one_line(browser: Browser, served: str, size: str) -> None:
    for width in (320, 360, 768):
        context = browser.new_context(viewport={"width": width, "height": 700})
        context.add_init_script(f"try {{ localStorage['pubhub-size'] = '{size}' }} catch (e) {{}}")
        page = context.new_page()
        page.goto(served + ARTICLE)
        words = page.locator(".brand, .search-open:visible, .search-bar:visible, .pop > summary:visible")
        boxes = [box for box in (words.nth(n).bounding_box() for n in range(words.count())) if box]
        assert len(boxes) >= 3, (width, size)
        assert max(b["y"] for b in boxes) < min(b["y"] + b["height"] for b in boxes), (width, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_accessible_in_every_state(
    browser: Browser, served: str, scheme: Literal["light", "dark"], viewport: ViewportSize
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    seen = visit(context, served, ARTICLE)
    page = seen.page
    if viewport is PHONE:
        page.locator(".search-open").click()
    else:
        page.locator("#search").click()
    page.keyboard.type("客服")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    for query in (f"q={quote('客服')}&kind=alert", f"q={quote(NOWHERE)}", f"q={quote('客服')}&year=1999"):
        found = results(context, served, query).page
        for details in found.locator("[data-sift] summary:visible").all():
            details.click()
        assert serious(found) == [], query
        assert found.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    context.close()


def test_the_staff_edition_finds_its_own_and_says_so(context: BrowserContext, served: str, served_staff: str) -> None:
    asked = f"q={quote('运营沟通会')}&kind=entry"
    page = results(context, served_staff, asked).page
    expect(page.locator("[data-hits] > li").first.get_by_text("内部", exact=True)).to_be_visible()
    public = results(context, served, asked).page
    assert public.locator("[data-hits] > li").count() == 0
    assert public.get_by_text("内部", exact=True).count() == 0
