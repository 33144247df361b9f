"""The finished site of the real content: complete, linked, closed, the same on every run."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from pubhub.content.model import KINDS
from pubhub.press import read_tree
from pubhub.site import Tree
from tests.site.builds import ROOT, TODAY, Built, build


@pytest.fixture(scope="session")
def tree() -> Tree:
    return read_tree(ROOT / "content", dt.date.fromisoformat(TODAY))


class Outline(HTMLParser):
    """Links, ids and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"a", "link"} and found.get("href"):
            self.links.append(found["href"] or "")
        if tag in {"img", "script"} and found.get("src"):
            self.links.append(found["src"] or "")
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def outlines(built: Built) -> dict[str, Outline]:
    return {url: Outline(built.text(url)) for url in built.files() if url.endswith(".html")}


def test_both_editions_build_without_a_word(public: Built, staff: Built) -> None:
    assert (public.code, public.output.strip()) == (0, "")
    assert (staff.code, staff.output.strip()) == (0, "")


def test_the_tree_has_no_problem(tree: Tree) -> None:
    assert [p.text() for p in tree.problems] == []


def test_content_is_as_rich_as_promised(tree: Tree) -> None:
    counts = {kind.kind: sum(type(one.item) is kind for one in tree.loaded) for kind in KINDS}
    least = {"article": 20, "alert": 16, "case": 12, "lesson": 8, "news": 6, "star": 2, "event": 6, "course": 2}
    least |= {"entry": 6, "campaign": 4, "issue": 2, "page": 5}
    assert {kind: counts[kind] for kind, n in least.items() if counts[kind] < n} == {}


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_every_link_leads_somewhere(edition: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(edition)
    pages = outlines(built)
    files = set(built.files())
    dead = []
    for url, page in pages.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link) or link.startswith("//"):
                continue
            path, _, fragment = link.partition("#")
            path = path.partition("?")[0]
            if path.startswith("/"):
                target = path.lstrip("/") or "index.html"
            else:
                target = (Path("/") / Path(url).parent / unquote(path)).as_posix() if path else "/" + url
                target = re.sub(r"[^/]+/\.\./", "", target)
                while "/../" in target:
                    target = re.sub(r"/[^/]+/\.\./", "/", target, count=1)
                target = target.lstrip("/")
            if target not in files or (fragment and target in pages and unquote(fragment) not in pages[target].ids):
                dead.append(f"{url} → {link}")
    assert dead == []


def test_every_page_has_one_title_and_unbroken_levels(public: Built) -> None:
    wrong = []
    for url, page in outlines(public).items():
        if page.headings.count(1) != 1 or any(
            b - a > 1 for a, b in zip(page.headings, page.headings[1:], strict=False)
        ):
            wrong.append((url, page.headings))
        if len(set(page.ids)) != len(page.ids):
            wrong.append((url, [0]))
    assert wrong == []


def test_help_is_one_tap_away_on_every_page(public: Built) -> None:
    for url, page in outlines(public).items():
        is_help = url == "help.html"
        assert is_help or any(link.endswith("help.html") for link in page.links), url


def test_nothing_of_the_staff_edition_is_public(public: Built, tree: Tree) -> None:
    hidden = [one.item for one in tree.loaded if one.item.visibility == "staff"]
    assert hidden
    everything = "\n".join(
        (public.folder / url).read_bytes().decode("utf-8", errors="replace") for url in public.files()
    )
    for item in hidden:
        assert item.id not in everything
        assert item.title not in everything
        assert item.url not in public.files()
        assert item.origin.slug not in everything
    assert "registers/" not in everything


def test_the_staff_edition_has_what_the_public_one_lacks(staff: Built, tree: Tree) -> None:
    files = staff.files()
    assert all(one.item.url in files for one in tree.loaded)
    assert "Disallow: /" in staff.text("robots.txt")
    assert "noindex" in staff.text("index.html")
    assert "sitemap.xml" not in files


def test_same_input_same_bytes(public: Built, tmp_path: Path) -> None:
    again = build(tmp_path / "elsewhere" / "site", environment={"PYTHONHASHSEED": "77", "TZ": "America/New_York"})
    assert again.files() == public.files()


def test_properdocs_builds_the_same_site_but_for_the_generator(public: Built, tmp_path: Path) -> None:
    other = build(tmp_path / "site", tool="properdocs")
    assert other.code == 0, other.output
    assert other.files().keys() == public.files().keys()
    tag = re.compile(r'<meta name="?generator"? content="[^"]*">')
    for url in public.files():
        if url.endswith(".html"):
            assert tag.sub("", other.text(url)) == tag.sub("", public.text(url)), url
        elif url != ".hub-site":
            assert other.files()[url] == public.files()[url], url


def test_a_refused_tree_leaves_the_last_site_alone(public: Built, tmp_path: Path) -> None:
    out = tmp_path / "site"
    shutil.copytree(public.folder, out)
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    victim = next((content / "alerts" / "2026").glob("*/index.md"))
    victim.write_text(victim.read_text("utf-8").replace("\ndate:", "\ndate：", 1), "utf-8")
    refused = build(out, content)
    assert refused.code != 0
    assert victim.relative_to(content).as_posix() in refused.output
    assert "Traceback" not in refused.output
    assert refused.files() == public.files()


def test_an_edit_after_approval_unpublishes(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    victim = content / "articles" / "2026" / "screen-sharing" / "index.md"
    victim.write_text(victim.read_text("utf-8") + "\n补一句没有审核的话。\n", "utf-8")
    built = build(tmp_path / "site", content, options=())
    assert built.code == 0
    assert "articles/2026/screen-sharing/index.md" in built.output
    assert "articles/2026/screen-sharing.html" not in built.files()
    assert "没有审核的话" not in "".join(built.text(u) for u in built.files() if u.endswith((".html", ".xml", ".txt")))


def test_an_old_site_says_so(tmp_path: Path) -> None:
    later = build(tmp_path / "site", date="2027-12-31")
    assert later.code == 0
    page = later.text("alerts/2026/fake-refund-service.html")
    assert "已过期" in page
    assert json.loads(later.text(".hub-site"))["date"] == "2027-12-31"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - hub/content:\n", "  - hub/content:\n      enabled: false\n", "enabled"),
        ("  - hub/content:\n      edition: !ENV [HUB_EDITION, public]\n", "", "hub/content"),
        ("edition: !ENV [HUB_EDITION, public]", "edition: everyone", "edition"),
    ],
    ids=["switched off", "left out", "unknown edition"],
)
def test_the_gate_cannot_be_avoided(tmp_path: Path, old: str, new: str, said: str) -> None:
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert old in config
    (tmp_path / "mkdocs.yml").write_text(config.replace(old, new), "utf-8")
    refused = build(tmp_path / "site", tmp_path / "content", config=tmp_path / "mkdocs.yml")
    assert refused.code != 0
    assert said in refused.output
    assert "Traceback" not in refused.output
    assert not list((tmp_path / "site").rglob("*.html"))
