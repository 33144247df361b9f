"""What the audit must find in a finished page, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubhub.safety.audit import Inspector, check_page, check_tree_of, resolved
from pubhub.safety.csp import headers_file, nginx_snippet, policy, script_hash

BOOT = "document.documentElement.classList.add('js')"
CSP = policy([BOOT])
KNOWN = {"index.html", "alerts/index.html", "alerts/2026/a.html", "assets/hub.css"}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"<script>{BOOT}</script>", 0),
        ("<script>alert(1)</script>", 1),
        ('<script src="assets/hub.js"></script>', 0),
        ('<script type="application/ld+json">{"@type":"Article","name":"\\u003c/script\\u003e"}</script>', 0),
        ('<script type="application/ld+json">alert(1)</script>', 1),
        ('<script type="application/ld+json">{"name":"<!--<script>"}</script>', 1),
        ('<script type="application/ld+json" src="https://evil.example/x.js">{}</script>', 1),
        ('<script type="application/json">{"a":1}</script>', 1),
        ('<script type="text/javascript">{}</script>', 1),
        ('<script src="https://evil.example/x.js"></script>', 1),
        ('<img src="//evil.example/x.png">', 1),
        ('<source srcset="assets/a.avif 1w, https://evil.example/x.avif 2w">', 1),
        ('<img srcset="//evil.example/x.png 2x" src="a.png">', 1),
        ('<source srcset="assets/a.avif 1w, assets/b.avif 2w">', 0),
        ('<link rel="stylesheet" href="https://evil.example/x.css">', 1),
        ('<link rel="canonical" href="https://hub.example.cn/">', 0),
        ('<a href="https://www.gov.cn/">官网</a>', 0),
        ('<p onclick="x()">点</p>', 1),
        ("<SCRIPT>alert(1)</SCRIPT>", 1),
        ('<Script src="https://evil.example/x.js"></Script>', 1),
        ('<IMG SRC="//evil.example/x.png">', 1),
        ("<STYLE>p{}</STYLE>", 1),
        ("<script>alert(1)", 1),
        ("<script-like>x</script-like>", 0),
        ("<p style='color:red'>红</p>", 1),
        ("<style>p{}</style>", 1),
        ('<p title="onclick=1 style=2">说明</p>', 0),
        ("<p>代码里的 onclick= 和 style= 只是文字</p>", 0),
        ("<code>&lt;p onclick=&gt;</code>", 0),
    ],
)
def test_pages(page: str, found: int) -> None:
    assert len(list(check_page(page, CSP))) == found


def test_links_must_lead_to_what_is_published() -> None:
    inspector = Inspector((), KNOWN, CSP)
    page = '<a href="../index.html">栏目</a><a href="../../index.html#top">首页</a><a href="b.html">没有</a><a href="#x">本页</a>'
    assert [f.what for f in inspector.look("alerts/2026/a.html", page.encode())] == ["链接没有去处：b.html"]


def test_every_size_of_a_picture_must_be_there() -> None:
    inspector = Inspector((), {*KNOWN, "assets/a-480.avif", "assets/a.jpg"}, CSP)
    page = (
        '<picture><source type="image/avif" srcset="../../assets/a-480.avif 480w, ../../assets/a-800.avif 800w">'
        '<img src="../../assets/a.jpg" alt=""></picture>'
    )
    assert [f.what for f in inspector.look("alerts/2026/a.html", page.encode())] == [
        "链接没有去处：../../assets/a-800.avif"
    ]


def test_a_link_may_not_leave_the_site_by_its_root() -> None:
    assert resolved("../../x.html", "alerts") == ".."


def test_links_of_the_404_page_start_at_the_root_of_the_site() -> None:
    page = b'<a href="/hub/alerts/index.html">x</a>'
    assert Inspector((), KNOWN, CSP, root="/hub/").look("404.html", page) == []
    assert Inspector((), KNOWN, CSP).look("404.html", page) != []


def test_staff_ids_are_found_in_every_kind_of_text() -> None:
    inspector = Inspector({"XB-2026-0501"}, KNOWN, CSP)
    for url in (
        "index.html",
        "sitemap.xml",
        "items.json",
        "robots.txt",
        "items.csv",
        "a/b.ics",
        "_redirects",
        "_nginx.conf",
    ):
        assert inspector.look(url, "见 XB-2026-0501。".encode())
    assert inspector.look("index.html", b"XB-2026-05011") == []


def test_the_folder_holds_what_was_planned(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_text("x")
    assert [(f.url, f.what) for f in check_tree_of(tmp_path, {"b.html"})] == [
        ("a/x.html", "计划之外的文件"),
        ("b.html", "计划之内却没有写出"),
    ]
    assert check_tree_of(tmp_path, {"a/x.html"}) == []


def test_the_policy_allows_nothing_it_need_not() -> None:
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP
    assert f"'{script_hash(BOOT)}'" in CSP
    for text in (headers_file(CSP), nginx_snippet(CSP)):
        assert CSP in text
        assert "frame-ancestors 'none'" in text
        assert "nosniff" in text


def test_what_pages_share_is_looked_at_on_the_first_of_them() -> None:
    inspector = Inspector({"XB-2026-0501"}, KNOWN, CSP)
    good, bad = '<a href="../index.html">栏目</a>', '<a href="b.html">XB-2026-0501</a>'
    assert inspector.look_at_page("alerts/2026/a.html", ["<p>甲</p>", good, "<p>乙</p>"]) == []
    assert len(inspector.look_at_page("alerts/2026/a.html", ["<p>甲</p>", bad, "<p>XB-2026-0501</p>"])) == 3
    # Not vouched for, so found again on the next page; a good one is good for its own folder only.
    assert len(inspector.look_at_page("alerts/2026/c.html", ["", bad, ""])) == 2
    assert [f.what for f in inspector.look_at_page("lost/a.html", ["", good, ""])] == []
    assert [f.what for f in inspector.look_at_page("a/b/c.html", ["", good, ""])] == ["链接没有去处：../index.html"]
