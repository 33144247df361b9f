"""A published address never breaks: the ledger, old addresses as pages, redirects and files; site maps of any length."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pubhub.content.ledger import read_ledger
from pubhub.content.model import BY_SECTION
from pubhub.engine.machine import redirects_file, site_maps
from pubhub.press import Press
from pubhub.safety.csp import nginx_snippet
from pubhub.theme import theme_folders
from tests.feeds.feeding import DAY, item, place, press_of, words, xml
from tests.site.builds import ROOT, Built
from tests.support import write

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def printed(root: Path, out: Path) -> Path:
    """The whole site, with all sections of the public edition."""
    sections = [
        f"- {{id: {name}, title: {kind.name}, intro: 说明。}}\n"
        for name, kind in BY_SECTION.items()
        if name not in {"pages", "registers"}
    ]
    (root / "_data" / "sections.yml").write_text("".join(sections), "utf-8")
    press = press_of(root)
    out.mkdir()
    press.print(out)
    return out


def test_every_address_of_the_ledger_is_there(public: Built, staff: Built) -> None:
    ledger = read_ledger(ROOT / "content")
    assert len(ledger) > 80
    files = {**public.files(), **staff.files()}
    assert [one.url for one in ledger if one.url not in files] == []
    assert [one.url for one in ledger if not one.staff and one.url not in public.files()] == []


def test_moving_without_its_old_address_is_refused(tmp_path: Path) -> None:
    ledger = "XB-2026-0101\talerts/2026/a.html\n"
    write(tmp_path / "1", {place("alert", "b"): item(), "_ledger/published.tsv": ledger})
    refused = Press(tmp_path / "1", theme_folders(), "public", DAY).read()
    assert [p.code for p in refused.errors] == ["published-moved"]
    deleted = write(tmp_path / "2", {place("alert", "b"): item(id="XB-2026-0102"), "_ledger/published.tsv": ledger})
    assert [p.code for p in Press(deleted, theme_folders(), "public", DAY).read().errors] == ["published-gone"]


def test_an_old_address_leads_on_everywhere(tmp_path: Path) -> None:
    aliases = "[alerts/2026/a.html, alerts/2025/older.html]"
    root = write(
        tmp_path / "content",
        {
            place("alert", "b"): item(aliases=aliases),
            place("event", "e"): item("event", id="XB-2026-0102", aliases="[events/2026/old.html]"),
            "_ledger/published.tsv": "XB-2026-0101\talerts/2026/a.html\nXB-2026-0101\talerts/2025/older.html\n",
        },
    )
    site = printed(root, tmp_path / "site")
    assert 'url=../2026/b.html"' in (site / "alerts/2025/older.html").read_text("utf-8")
    for old in ("alerts/2026/a", "alerts/2025/older"):
        assert (site / f"{old}.cap.xml").read_bytes() == (site / "alerts/2026/b.cap.xml").read_bytes()
    assert (site / "events/2026/old.ics").read_bytes() == (site / "events/2026/e.ics").read_bytes()
    assert (site / "_redirects").read_text().splitlines() == [
        "/alerts/2025/older.html /alerts/2026/b.html 301",
        "/alerts/2026/a.html /alerts/2026/b.html 301",
        "/events/2026/old.html /events/2026/e.html 301",
    ]
    assert "location = /alerts/2026/a.html { return 301 /alerts/2026/b.html; }\n" in (site / "_nginx.conf").read_text()
    assert "older.html" not in (site / "sitemap.xml").read_text()


def test_a_site_below_a_path_keeps_it() -> None:
    assert redirects_file([("a.html", "b.html")], "/hub/") == "/hub/a.html /hub/b.html 301\n"
    assert "location = /hub/a.html { return 301 /hub/b.html; }" in nginx_snippet(
        "x", "/hub/", moved=[("a.html", "b.html")]
    )


def test_a_site_map_is_cut_where_it_would_be_too_long() -> None:
    urls = [f"p{n}.html" for n in range(7)]
    days = {"p1.html": dt.date(2026, 1, 2), "p2.html": dt.date(2026, 3, 4)}
    (whole,) = site_maps("https://hub.example.cn/", urls, days, most=7)
    assert whole.url == "sitemap.xml"
    entries = list(xml(whole.make()).iter(f"{SPACE}url"))
    assert [words(entry, f"{SPACE}loc") for entry in entries] == [f"https://hub.example.cn/{url}" for url in urls]
    assert entries[2].findtext(f"{SPACE}lastmod") == "2026-03-04"
    files = {file.url: xml(file.make()) for file in site_maps("https://hub.example.cn/", urls, days, most=3)}
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = [words(entry, f"{SPACE}loc") for entry in files["sitemap.xml"].iter(f"{SPACE}sitemap")]
    assert index == [f"https://hub.example.cn/sitemap-{n}.xml" for n in (1, 2, 3)]
    assert sum(len(files[f"sitemap-{n}.xml"]) for n in (1, 2, 3)) == 7


def test_the_site_map_knows_when(public: Built) -> None:
    rows = {
        words(e, f"{SPACE}loc"): e.findtext(f"{SPACE}lastmod")
        for e in xml((public.folder / "sitemap.xml").read_bytes())
    }
    assert rows["https://hub.example.cn/alerts/2026/screen-share-meeting-fraud.html"] == "2026-11-20"
    assert "https://hub.example.cn/follow.html" in rows
    assert public.text("robots.txt").endswith("Sitemap: https://hub.example.cn/sitemap.xml\n")
