"""hub approve, from a folder of texts to signatures, refusals and the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pubhub.content.ledger import read_ledger
from pubhub.press import read_tree
from scripts.subject import given_day
from tests.scripts.conftest import write_item

Hub = Callable[..., tuple[int, str, str]]
BUSINESS = ("--as", "yewu-shenhe", "--line", "business")
INDEPENDENT = ("--as", "falv-shenhe", "--line", "independent")


def state(root: Path, slug: str) -> str:
    return read_tree(root, given_day(None)).decisions[f"news/2026/{slug}/index.md"].state


def test_two_people_publish_a_text(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    before = file.read_bytes()
    code, out, err = hub("approve", file, *BUSINESS)
    assert (code, err) == (0, "")
    assert "已签：news/2026/ready/index.md 第一篇" in out
    assert "还差一线 1 篇" in out
    assert state(tree, "ready") == "hidden"
    assert read_ledger(tree) == ()
    code, out, _ = hub("approve", file.parent, *INDEPENDENT)
    assert code == 0
    assert "两线齐全 1 篇" in out
    assert state(tree, "ready") == "published"
    assert (tree / "_ledger/published.tsv").read_text() == "XB-2026-0901\tnews/2026/ready.html\n"
    head, _, tail = before.partition(b"---\n\n")
    after = file.read_bytes()
    assert after.startswith(head)
    assert after.endswith(b"---\n\n" + tail)
    assert not [path for path in tree.iterdir() if path.name.startswith(".")]


def test_signing_again_changes_nothing(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    hub("approve", file, *BUSINESS, "--date", "2026-03-03")
    before = file.read_bytes()
    code, out, _ = hub("approve", file, *BUSINESS)
    assert code == 0
    assert "以前签过" in out
    assert file.read_bytes() == before


def test_a_changed_text_is_signed_anew_in_place(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    hub("approve", file, *BUSINESS)
    hub("approve", file, *INDEPENDENT)
    file.write_bytes(file.read_bytes() + "又一段。\n".encode())
    assert state(tree, "ready") == "hidden"
    hub("approve", file, *BUSINESS)
    hub("approve", file, *INDEPENDENT)
    assert state(tree, "ready") == "published"
    assert file.read_text("utf-8").count("- line:") == 2


def test_a_picture_is_part_of_what_is_signed(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    Image.new("RGB", (8, 8)).save(file.parent / "a.PNG")
    hub("approve", file, *BUSINESS)
    hub("approve", file, *INDEPENDENT)
    assert state(tree, "ready") == "published"
    Image.new("RGB", (9, 9)).save(file.parent / "a.PNG")
    assert state(tree, "ready") == "hidden"


def test_windows_files_keep_their_line_ends(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    hub("approve", file, *BUSINESS)
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_folder_signs_what_may_be_signed_and_reports_the_rest(tree: Path, hub: Hub) -> None:
    write_item(tree, "second", id_="XB-2026-0903")
    code, out, err = hub("approve", tree, *BUSINESS)
    assert code == 1
    assert "news/2026/draft/index.md: 还是草稿，没有签。请先把 status 改为 published" in err
    assert "已签 2 篇" in out
    assert "没有签 1 篇" in out


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("status: in_review", "还在审核中（in_review）"),
        ("status: withdrawn\nwithdrawn:\n  at: 2026-03-03\n  reason: wrong", "已撤回"),
        ("status: published\nauthors: [yewu-shenhe]", "是这篇的作者"),
        ("status: published\nseverty: high", "[unknown-key]"),
        ("status: [", "稿件有错误，没有签"),
    ],
)
def test_what_may_not_be_signed(tree: Path, hub: Hub, front: str, said: str) -> None:
    file = tree / "news/2026/ready/index.md"
    text = file.read_text("utf-8")
    if "authors" in front:
        text = text.replace("authors: [xiaobao-bianji]\n", "")
    file.write_text(text.replace("status: published", front), "utf-8")
    before = file.read_bytes()
    code, out, err = hub("approve", file, *BUSINESS)
    assert code == 1
    assert said in err
    assert "没有签 1 篇" in out
    assert file.read_bytes() == before


def test_personal_data_are_an_error_like_any_other(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    file.write_bytes(file.read_bytes() + "身份证 11010519491231002X\n".encode())
    code, _, err = hub("approve", file, *BUSINESS)
    assert code == 1
    assert "[identity-number]" in err


def test_one_person_cannot_sign_both_lines(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    assert hub("approve", file, "--as", "hegui-fuhe", "--line", "business")[0] == 0
    code, _, err = hub("approve", file, "--as", "hegui-fuhe", "--line", "independent")
    assert code == 1
    assert "两条线要由两个人签" in err


def test_a_stale_signature_does_not_bind_its_person(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    hub("approve", file, "--as", "hegui-fuhe", "--line", "business")
    file.write_bytes(file.read_bytes() + "又一段。\n".encode())
    assert hub("approve", file, "--as", "hegui-fuhe", "--line", "independent")[0] == 0


@pytest.mark.parametrize(
    ("person", "line", "said"),
    [
        ("falv-shenh", "independent", "您是不是想写“falv-shenhe”"),
        ("nobody-at-all", "independent", "falv-shenhe（法律事务审核岗）"),
        ("yewu-shenhe", "independent", "不能签“法律事务（独立审核）”这条线"),
        ("xiaobao-bianji", "business", "可以签的有：yewu-shenhe"),
    ],
)
def test_only_entitled_people_sign(tree: Path, hub: Hub, person: str, line: str, said: str) -> None:
    code, _, err = hub("approve", tree, "--as", person, "--line", line)
    assert code == 1
    assert said in err
    assert b"approvals" not in (tree / "news/2026/ready/index.md").read_bytes()


def test_paths_that_are_no_items(tree: Path, hub: Hub) -> None:
    (tree / "news/2026/index.md").write_text("x")
    code, _, err = hub("approve", tree / "_data", tree / "news/2026/index.md", tree / "_data/site.yml", *BUSINESS)
    assert code == 1
    assert err.count("这里没有稿件") == 2
    assert err.count("位置不对") == 1
    code, _, err = hub("approve", tree / "gone", *BUSINESS)
    assert code == 2
    assert "没有这个文件或文件夹" in err
    code, _, err = hub("approve", tree.parent, *BUSINESS, "--content", tree)
    assert code == 2
    assert "不在内容文件夹" in err


def test_the_ledger_keeps_what_it_had(tree: Path, hub: Hub) -> None:
    ledger = tree / "_ledger/published.tsv"
    ledger.parent.mkdir()
    ledger.write_text("XB-2026-0999\tnews/2026/z.html\nXB-2026-0901\tnews/2026/first-name.html\n")
    hub("approve", tree / "news/2026/ready", *BUSINESS)
    hub("approve", tree / "news/2026/ready", *INDEPENDENT)
    assert ledger.read_text().splitlines() == [
        "XB-2026-0901\tnews/2026/first-name.html",
        "XB-2026-0901\tnews/2026/ready.html",
        "XB-2026-0999\tnews/2026/z.html",
    ]


def test_the_ledger_tells_what_was_for_staff_alone(tree: Path, hub: Hub) -> None:
    file = tree / "news/2026/ready/index.md"
    public = file.read_text("utf-8")
    for visibility in ("staff", "public"):
        file.write_text(public.replace("status:", f"visibility: {visibility}\nstatus:"), "utf-8")
        hub("approve", file, *BUSINESS)
        hub("approve", file, *INDEPENDENT)
        mark = "\tstaff" if visibility == "staff" else ""
        assert (tree / "_ledger/published.tsv").read_text() == f"XB-2026-0901\tnews/2026/ready.html{mark}\n"


def test_broken_vocabulary_is_told(tree: Path, hub: Hub) -> None:
    (tree / "_data/people.yml").write_text("- id: [\n")
    code, _, err = hub("approve", tree, *BUSINESS)
    assert code == 1
    assert "_data/people.yml:" in err
    assert "设置文件有错误" in err


def test_a_thousand_files_take_seconds(tree: Path, hub: Hub) -> None:
    for number in range(1000):
        write_item(tree, f"n-{number}", id_=f"XB-2026-{number + 1000}")
    started = time.monotonic()
    code, out, _ = hub("approve", tree, *BUSINESS)
    assert code == 1  # the draft
    assert "已签 1001 篇" in out
    assert time.monotonic() - started < 10
