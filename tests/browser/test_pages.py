"""One page of every template in a real browser: silent, alone, within the policy, accessible, never too wide."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

PUBLIC = {
    "home": "index.html",
    "section": "alerts/index.html",
    "year": "alerts/2025/index.html",
    "articles": "articles/index.html",
    "topics": "topics/index.html",
    "topic": "topics/impersonation.html",
    "audience": "audience/elderly.html",
    "stations": "stations.html",
    "follow": "follow.html",
    "missing": "404.html",
    "article": "articles/2026/annual-rate-of-a-loan.html",
    "case": "cases/2026/grandma-and-the-safe-account.html",
    "alert": "alerts/2026/fake-refund-service.html",
    "expired alert": "alerts/2026/ticket-and-travel.html",
    "superseded alert": "alerts/2025/qr-subsidy-letter.html",
    "news": "news/2026/silver-class.html",
    "star": "stars/2026/patient-teller.html",
    "lesson": "lessons/2026/hang-up-and-dial.html",
    "event": "events/2026/enterprise-visit-december.html",
    "issue": "bulletin/2026/2026q3.html",
    "course": "courses/2026/outlet-stop-payment-drill.html",
    "campaign": "campaigns/2025/logo-and-mascot-call.html",
    "help": "help.html",
    "about": "about.html",
    "search": "search.html",
    "brand": "brand.html",
}
STAFF = {
    "staff home": "index.html",
    "registers": "registers/index.html",
    "entry": "registers/2026/consent-box-preticked.html",
    "staff course": "courses/2026/first-lesson.html",
}
WIDTHS = (360, 1280)


@dataclass
class Visit:
    """What a page did."""

    page: Page
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


def visit(context: BrowserContext, root: str, url: str) -> Visit:
    page = context.new_page()
    seen = Visit(page)
    page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
    page.on("request", lambda r: None if r.url.startswith((root, "data:")) else seen.elsewhere.append(r.url))
    page.add_init_script(
        "window.__csp = []; document.addEventListener('securitypolicyviolation',"
        " e => window.__csp.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    page.goto(root + url, wait_until="load")
    return seen


def pages() -> list[tuple[str, str, str]]:
    public = [(name, "served", url) for name, url in PUBLIC.items()]
    return public + [(name, "served_staff", url) for name, url in STAFF.items()]


@pytest.mark.parametrize(("name", "server", "url"), pages(), ids=lambda v: v if isinstance(v, str) else "")
@pytest.mark.parametrize("width", WIDTHS)
def test_page(browser: Browser, request: pytest.FixtureRequest, name: str, server: str, url: str, width: int) -> None:
    root: str = request.getfixturevalue(server)
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=False)
        seen = visit(context, root, url)
        page = seen.page
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
        assert page.evaluate("window.__csp") == []
        assert seen.said == []
        assert seen.elsewhere == []
        assert context.cookies() == []
        assert serious(page) == []
        context.close()


def serious(page: Page) -> list[str]:
    """Serious and critical findings of axe. The script goes in through the debugger, past the page's policy."""
    page.evaluate(axe_source())
    results = json.loads(page.evaluate("axe.run().then(r => JSON.stringify(r.violations))"))
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:150]} {v['nodes'][0].get('failureSummary', '')[:200]}"
        for v in results
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("name", "url"), PUBLIC.items())
def test_page_without_script(browser: Browser, served: str, name: str, url: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(served + url)
    # Whatever needs script is not there at all, or hidden: no dead buttons.
    assert page.locator("button:visible").count() == 0
    assert page.locator("h1").first.is_visible()
    if name != "help":
        help_links = page.locator("a[href$='help.html']")
        assert any(help_links.nth(n).is_visible() for n in range(help_links.count()))
    context.close()


def test_large_text_fits_a_small_phone(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for url in PUBLIC.values():
        page.goto(served + url)
        page.evaluate("document.documentElement.dataset.size = 'huge'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
    context.close()


def test_the_menu_and_the_way_back_work_by_keyboard(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(served + PUBLIC["alert"])
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert skip
    assert skip.startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == skip
    focused = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused.add(
            page.evaluate("document.activeElement.tagName + (document.activeElement.getAttribute('href') || '')")
        )
    assert len(focused) > 15
    context.close()


def test_an_alert_grows_old_in_the_browser(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.clock.set_fixed_time("2031-01-01T08:00:00Z")
    page.goto(served + PUBLIC["alert"])
    assert page.get_by_text("已过期").first.is_visible()
    page.goto(served + "alerts/index.html")
    assert page.get_by_text("已过期").first.is_visible()
    context.close()


def test_the_site_opens_from_a_folder(browser: Browser, public: object) -> None:
    from tests.site.builds import Built

    assert isinstance(public, Built)
    context = browser.new_context(viewport={"width": 360, "height": 800})
    seen = visit(context, public.folder.as_uri() + "/", "index.html")
    assert seen.said == []
    seen.page.get_by_role("link", name="全部").first.click()
    assert seen.page.locator("h1").is_visible()
    assert seen.page.evaluate("getComputedStyle(document.body).margin") == "0px"
    context.close()


def test_print_has_no_chrome(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 1000})
    page = context.new_page()
    page.goto(served + PUBLIC["article"])
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible()
    assert page.locator("h1").is_visible()
    context.close()
