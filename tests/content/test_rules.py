"""Rules between items and the state of a whole tree. The words stand in tests/cases/items.yml and tree.yml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pubhub.content.ledger import Published, format_ledger, read_ledger
from pubhub.content.model import BY_KIND
from pubhub.press import read_tree
from pubhub.problems import ContentRefused, ordered
from pubhub.site import Tree
from tests.support import BOTH, approved, picture, valid, write

TODAY = dt.date(2026, 11, 24)


def tree(root: Path, files: dict[str, str | bytes]) -> Tree:
    return read_tree(write(root / "content", files), TODAY)


def place(kind: str) -> str:
    section = BY_KIND[kind].section
    slug = "2026q3" if kind == "issue" else "a"
    return f"{section}/{slug}/index.md" if section == "pages" else f"{section}/2026/{slug}/index.md"


@pytest.mark.parametrize("kind", BY_KIND)
def test_the_smallest_item_of_each_kind_passes(kind: str, tmp_path: Path) -> None:
    found = tree(tmp_path, {place(kind): valid(kind)})
    assert [p.text() for p in found.problems] == []
    assert [type(one.item).kind for one in found.loaded] == [kind]


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    found = tree(
        tmp_path,
        {
            "alerts/2026/a/index.md": valid(date="2026-02-30"),
            "alerts/2026/b/index.md": b"\xff\xfe",
            "alerts/2026/c/index.md": valid(id="XB-2026-0103", topics="[lone]"),
            "alerts/2026/d/index.md": valid(id="XB-2026-0104"),
        },
    )
    assert [(p.path.split("/")[2], p.code) for p in found.problems] == [
        ("a", "no-such-date"),
        ("b", "utf16"),
        ("c", "unknown-topics"),
    ]
    with pytest.raises(ContentRefused):
        found.catalog("staff")


def test_problems_come_sorted_and_once(tmp_path: Path) -> None:
    found = tree(tmp_path, {f"alerts/2026/{n}/index.md": valid(titel="x") for n in "cab"})
    assert list(found.problems) == ordered(found.problems)


def test_a_preview_leaves_out_what_is_wrong(tmp_path: Path) -> None:
    good = approved(valid(status="published"), *BOTH)
    other = approved(valid(status="published", id="XB-2026-0102", related="[XB-2026-0999]"), *BOTH)
    found = tree(tmp_path, {"alerts/2026/a/index.md": good, "alerts/2026/b/index.md": other})
    assert [p.code for p in found.errors] == ["unknown-id"]
    assert [entry.item.id for entry in found.catalog("public", lenient=True).entries] == ["XB-2026-0101"]


def test_staff_items_are_not_in_the_public_catalog(tmp_path: Path) -> None:
    text = approved(valid(status="published", visibility="staff"), *BOTH)
    found = tree(tmp_path, {"alerts/2026/a/index.md": text})
    assert found.catalog("public").entries == ()
    assert len(found.catalog("staff").entries) == 1


def test_the_picture_belongs_to_what_is_signed(tmp_path: Path) -> None:
    text = approved(valid(status="published", body="![图](p.png)\n"), *BOTH, pictures={"p.png": picture()})
    good = tree(tmp_path / "1", {"alerts/2026/a/index.md": text, "alerts/2026/a/p.png": picture()})
    assert good.problems == ()
    other = tree(tmp_path / "2", {"alerts/2026/a/index.md": text, "alerts/2026/a/p.png": picture(width=9)})
    assert {p.code for p in other.problems} == {"approval-stale"}
    more = tree(
        tmp_path / "3",
        {"alerts/2026/a/index.md": text, "alerts/2026/a/p.png": picture(), "alerts/2026/a/q.png": picture(height=9)},
    )
    assert {p.code for p in more.problems} == {"approval-stale"}


def test_the_ledger_reads_what_it_wrote(tmp_path: Path) -> None:
    moved = Published("XB-2026-0101", "alerts/2026/moved.html")
    staff = Published("XB-2026-0102", "registers/2026/c.html", staff=True)
    first = Published("XB-2026-0001", "articles/2026/b.html")
    entries = [Published("XB-2026-0101", "alerts/2026/a.html"), moved, first, moved, staff]
    root = write(tmp_path, {"_ledger/published.tsv": format_ledger(entries)})
    assert sorted(read_ledger(root)) == sorted(set(entries))
    assert (root / "_ledger/published.tsv").read_text("utf-8").startswith("XB-2026-0001\t")
    assert format_ledger([first, first._replace(staff=True)]) == format_ledger([first])


@pytest.mark.parametrize("link", ["alerts/2026/a", "alerts", "alerts/2026/a/index.md", "_data", "_data/people.yml"])
def test_links_are_not_followed(link: str, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"index.md": valid(), "2026/a/index.md": valid()})
    root = write(tmp_path / "content", {})
    target = root / link
    if target.is_dir():
        target.rename(tmp_path / "moved")
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    source = (
        outside / "index.md" if target.suffix == ".md" else outside / "_data/people.yml" if target.suffix else outside
    )
    target.symlink_to(source)
    found = read_tree(root, TODAY)
    assert [(p.path, p.code) for p in found.problems] == [(link, "symlink")]
    assert found.loaded == ()


def test_what_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "content", {"alerts/2026/a/index.md": valid(), "alerts/2026/a/p.png": picture()})

    def closed(self: Path) -> bytes:
        if "_data" in self.parts:
            return original(self)
        raise PermissionError(13, "", str(self))

    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", closed)
    found = read_tree(root, TODAY)
    assert [(p.path, p.code) for p in found.problems] == [
        ("alerts/2026/a/index.md", "unreadable"),
        ("alerts/2026/a/p.png", "unreadable"),
    ]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os = pytest.importorskip("os")
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    root = write(tmp_path / "content", {"alerts/2026/a/p.png": picture()})
    os.mkfifo(root / "alerts/2026/a/index.md")
    found = read_tree(root, TODAY)
    assert ("alerts/2026/a/index.md", "not-a-file") in [(p.path, p.code) for p in found.problems]
    assert found.loaded == ()


def test_names_of_half_characters(tmp_path: Path) -> None:
    root = write(tmp_path / "content", {"alerts/2026/a/index.md": valid()})
    try:
        (root / "alerts/2026/a/\udcff.png").write_bytes(picture())
    except (OSError, UnicodeError):
        pytest.skip("the file system refuses such names")
    found = read_tree(root, TODAY)
    assert [p.code for p in found.problems] == ["bad-name"]
    found.problems[0].text().encode("utf-8")
