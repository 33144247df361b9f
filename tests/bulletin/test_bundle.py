"""One issue to take home: the same bytes everywhere, nothing that nobody approved, every mark in its place."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pubhub.archives.verify import SUMS, unpack, verify
from pubhub.bulletin.columns import is_printable
from pubhub.content.model import Issue
from pubhub.press import Press
from pubhub.theme import theme_folders
from tests.bulletin.conftest import DAY, entries_of, open_bundles, unpack_to
from tests.site.builds import ROOT, Built
from tests.support import BOTH, approved, picture, valid, write

LIMIT = 12_000_000
_PACK = """
import datetime as dt, hashlib, sys
from pathlib import Path
from pubhub.bulletin.bundle import Bundles
from pubhub.press import Press
from pubhub.theme import theme_folders
press = Press(Path(sys.argv[1]), theme_folders(), "public", dt.date(2027, 1, 31))
press.read()
desk = press.desk()
print(hashlib.sha256(Bundles(desk).part(desk.catalog.current_issue(), "zip")).hexdigest())
"""


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / f"docs/schema/{name}.schema.json").read_text("utf-8")))


def issue_tree(root: Path, **news: str | None) -> Path:
    """An issue of a lesson with everything and a piece of news; `news` changes the keys of the latter."""
    body = (
        "看[那一篇](XB-2026-0102#那里)，看[没写完的](XB-2026-0109)，看![图](step.png)。<!-- 给自己的话 -->\n\n"
        "```\n<!-- 代码里的注释 -->\n```\n\n[自己的脚](#gone) [外面](https://example.org/a)\n"
    )
    steps = {"step.png": picture()}
    lesson = valid(
        "lesson", body, id="XB-2026-0101", status="published", steps="[先停下]", sources="[《某法》]",
        quiz="[{question: 几步？, options: [一步, 两步], answer: 2, explain: 两步。}]",
    )  # fmt: skip
    keys = {"id": "XB-2026-0102", "status": "published", "sample": "true", **news}
    issue = valid(
        "issue", "卷首的话。\n", id="XB-2026-0201", status="published",
        columns="{消保微讲堂: [XB-2026-0101], 工作动态: [XB-2026-0102]}",
    )  # fmt: skip
    write(root, {})
    with (root / "_data/sections.yml").open("a", encoding="utf-8") as sections:
        for section in ("bulletin", "lessons", "news"):
            sections.write(f"- {{id: {section}, title: 栏目, intro: 一句话。}}\n")
    return write(
        root,
        {
            "lessons/2026/a/index.md": approved(lesson, *BOTH, pictures=steps),
            "lessons/2026/a/step.png": steps["step.png"],
            "news/2026/b/index.md": approved(valid("news", "正文。\n", **keys), *BOTH),
            "articles/2026/c/index.md": valid("article", id="XB-2026-0109"),
            "bulletin/2026/2026q3/index.md": approved(issue, *BOTH),
        },
        data=False,
    )


def test_the_same_bytes_in_any_folder_on_any_cores_on_any_day(shipped: bytes, tmp_path: Path) -> None:
    hashes = {hashlib.sha256(shipped).hexdigest()}
    for number in (1, 2):
        copy = tmp_path / f"内容 {number}"
        shutil.copytree(ROOT / "content", copy)
        environment = {**os.environ, "HUB_WORKERS": str(number), "PYTHONHASHSEED": str(number * 7)}
        command = [sys.executable, "-c", _PACK, str(copy)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path)
        hashes.add(done.stdout.strip())
    assert len(hashes) == 1


def test_what_ships(shipped: bytes, public: Built) -> None:
    files = entries_of(shipped)
    assert len(shipped) < LIMIT
    record = json.loads(files["manifest.json"])
    assert list(schema("bundle").iter_errors(record)) == []
    assert [item["column"] for item in record["items"]] == sorted(
        (item["column"] for item in record["items"]),
        key=["工作动态", "支行荟萃", "消保之星", "消保微讲堂", "风险瞭望台"].index,
    )
    for item in record["items"]:
        assert {approval["line"] for approval in item["approvals"]} == {"业务条线", "法律事务（独立审核）"}
        assert item["text"] in files
        assert item["page"] in files
    whole = b"".join(data for name, data in files.items() if name.endswith((".html", ".md", ".json", ".txt", ".js")))
    # Accounts stay inside; roles are named.
    assert not re.search(rb"yewu-shenhe|falv-shenhe|xiaobao-bianji", whole)
    samples = {item["id"] for item in record["items"] if item["sample"]}
    assert samples
    for id_ in samples:
        assert "示例" in files[f"site/{id_.lower()}.html"].decode()
        assert "示例" in files[f"articles/{id_}.md"].decode()
        assert "示例" in unpack(files["bulletin.epub"], "b")[0][f"EPUB/{id_.lower()}.xhtml"].decode()
    assert files["README.txt"].startswith("\ufeff《消费者权益保护专刊》2026年第三季度\r\n".encode())
    assert (public.folder / "bulletin/2026/bulletin-2026Q3.pdf").read_bytes() == files["bulletin.pdf"]
    assert (public.folder / "bulletin/2026/bulletin-2026Q3.epub").read_bytes() == files["bulletin.epub"]


def test_the_site_tells_of_its_files(public: Built) -> None:
    page = public.text("bulletin/2026/2026q3.html")
    shelf = json.loads(public.text("bulletin/bulletin.json"))
    assert list(schema("bulletin").iter_errors(shelf)) == []
    assert [issue["quarter"] for issue in shelf["issues"]] == ["2026Q3", "2026Q2"]
    for suffix in ("zip", "pdf", "epub"):
        data = (public.folder / f"bulletin/2026/bulletin-2026Q3.{suffix}").read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        assert digest in page
        assert f'href="bulletin-2026Q3.{suffix}"' in page
        (row,) = [f for f in shelf["issues"][0]["files"] if f["format"] == suffix]
        assert (row["size"], row["sha256"]) == (len(data), digest)
        for url in ("bulletin/index.html", "index.html"):
            assert f"bulletin-2026Q3.{suffix}" in public.text(url)
    assert re.search(r"\d+ 页", page)
    assert "certutil" in page
    assert 'src="2026/bulletin-2026Q2.webp"' in public.text("bulletin/index.html")


def test_texts_stand_alone(tmp_path: Path) -> None:
    bundles, issue = open_bundles(issue_tree(tmp_path / "content"))
    files = entries_of(bundles.part(issue, "zip"))
    text = files["articles/XB-2026-0101.md"].decode()
    assert "给自己的话" not in text
    assert "<!-- 代码里的注释 -->" in text
    assert "[那一篇](XB-2026-0102.md)" in text
    assert "](https://example.org/a)" in text
    assert "XB-2026-0109" not in text
    (image,) = [name for name in files if re.fullmatch(r"images/step-[0-9a-f]+-8\.jpg", name)]
    assert f"![图](../{image})" in text
    assert "。\n\n```" in text
    assert "1. 先停下" in text
    assert "答案：B。两步。" in text
    assert "《某法》" in text
    page = files["site/xb-2026-0101.html"].decode()
    assert '<a href="xb-2026-0102.html">那一篇</a>' in page  # the anchor is not there, the page is
    assert "<a>自己的脚</a>" in page
    assert verify(bundles.part(issue, "zip"), "a.zip").faults == []


@pytest.mark.parametrize(
    ("news", "why"),
    [
        ({"status": "draft"}, "草稿，还没有提交审核"),
        ({"status": "in_review"}, "正在审核"),
        ({"date": "2026-12-01"}, "发布日期 2026-12-01 还没到"),
        ({"status": "withdrawn", "withdrawn": "{at: 2026-10-01, reason: wrong}"}, "已撤回"),
    ],
)
def test_an_issue_that_is_not_whole_is_held_and_nothing_else_is_lost(
    tmp_path: Path, news: dict[str, str], why: str
) -> None:
    press = Press(issue_tree(tmp_path / "content", **news), theme_folders(), "public", DAY)
    tree = press.read()
    (told,) = [problem for problem in tree.problems if problem.code == "column-hidden"]
    assert told.level == "held"
    assert told.path == "bulletin/2026/2026q3/index.md"
    assert told.field == "columns.工作动态[1]"
    assert "XB-2026-0102" in told.sentence()
    assert why in told.sentence()
    out = tmp_path / "site"
    out.mkdir()
    press.print(out)
    page = (out / "bulletin/2026/2026q3.html").read_text("utf-8")
    assert "下载文件正在更新" in page
    assert "XB-2026-0101" in (out / "lessons/2026/a.html").read_text("utf-8")
    assert [p.name for p in (out / "bulletin").rglob("*") if p.suffix in {".zip", ".pdf", ".epub", ".webp"}] == []
    (row,) = json.loads((out / "bulletin/bulletin.json").read_text("utf-8"))["issues"]
    assert (row["available"], row["files"]) == (False, [])
    assert list(schema("bulletin").iter_errors(json.loads((out / "bulletin/bulletin.json").read_text("utf-8")))) == []


def test_a_text_that_changed_after_its_approval_holds_the_issue(tmp_path: Path) -> None:
    root = issue_tree(tmp_path / "content")
    file = root / "news/2026/b/index.md"
    file.write_text(file.read_text("utf-8") + "没有审核的一句。\n", "utf-8")
    press = Press(root, theme_folders(), "public", DAY)
    (told,) = [problem for problem in press.read().problems if problem.code == "column-hidden"]
    assert "审核" in told.sentence()
    issue = press.desk().catalog.current_issue()
    assert issue is not None
    assert not is_printable(press.catalog, issue)


def test_the_key_is_of_everything_but_the_day(tmp_path: Path) -> None:
    root = issue_tree(tmp_path / "content")
    bundles, issue = open_bundles(root)
    key = bundles.key(issue)
    later, same = open_bundles(root, DAY.replace(year=2028))
    assert later.key(same) == key
    # The page that a link leads to has come.
    article = root / "articles/2026/c/index.md"
    article.write_text(approved(valid("article", id="XB-2026-0109", status="published"), *BOTH), "utf-8")
    bundles, issue = open_bundles(root)
    assert bundles.key(issue) != key


def test_corrections_since_the_last_issue_are_told(tmp_path: Path) -> None:
    root = issue_tree(tmp_path / "content")
    before = valid("issue", id="XB-2026-0200", status="published", date="2026-07-01", quarter="2026Q2")
    changes = (
        "[{date: 2026-06-30, level: correction, note: 太早}, {date: 2026-08-01, level: correction, note: 数字写错},"
        " {date: 2026-08-02, level: minor, note: 小改}, {date: 2026-12-01, level: major, note: 太晚}]"
    )
    alert = valid("alert", id="XB-2026-0301", status="published", date="2026-06-01", changes=changes)
    write(
        root,
        {
            "bulletin/2026/2026q2/index.md": approved(before, *BOTH),
            "alerts/2026/d/index.md": approved(alert, *BOTH),
        },
        data=False,
    )
    bundles, issue = open_bundles(root)
    files = entries_of(bundles.part(issue, "zip"))
    record = json.loads(files["manifest.json"])
    assert [(one["id"], one["level"], one["note"]) for one in record["corrections"]] == [
        ("XB-2026-0301", "更正", "数字写错")
    ]
    for text in (files["site/index.html"], unpack(files["bulletin.epub"], "b")[0]["EPUB/back.xhtml"]):
        assert "数字写错" in text.decode()
        assert "太早" not in text.decode()
        assert "小改" not in text.decode()


def test_a_draft_says_so_everywhere(tmp_path: Path) -> None:
    root = issue_tree(tmp_path / "content", status="in_review")
    press = Press(root, theme_folders(), "public", DAY, drafts={"XB-2026-0102"})
    press.read()
    desk = press.desk()
    from pubhub.bulletin.bundle import Bundles

    issue = next(i for i in desk.catalog.of_kind(Issue))
    data = Bundles(desk, draft=True).part(issue, "zip")
    report = verify(data, "a.zip")
    assert report.faults == []
    assert "这是送审用的草稿，不是正式发布的专刊" in report.lines()
    files = entries_of(data)
    assert json.loads(files["manifest.json"])["draft"] is True
    assert json.loads(files["manifest.json"])["name"] == "bulletin-2026Q3-draft"
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    parts = unpack(files["bulletin.epub"], "b")[0]
    pages |= {name: data.decode() for name, data in parts.items() if name.endswith((".xhtml", ".opf"))}
    assert [name for name, text in pages.items() if "草稿" not in text] == []
    assert "草稿" in files["README.txt"].decode()
    assert "尚未审核" in pages["site/xb-2026-0102.html"]


def test_sums_are_as_the_usual_tool_reads_them(shipped: bytes, tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum on this machine")
    root = unpack_to(shipped, tmp_path)
    done = subprocess.run([tool, "-c", "--strict", "--quiet", SUMS], cwd=root, check=False)
    assert done.returncode == 0
