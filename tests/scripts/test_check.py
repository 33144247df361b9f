"""hub check: what it prints, for whom, and its exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.commands.check import github_prefix, is_at

Hub = Callable[..., tuple[int, str, str]]


def test_held_items_are_named_and_give_one(tree: Path, hub: Hub) -> None:
    code, out, err = hub("check", "--content", tree)
    assert code == 1
    assert "news/2026/ready/index.md:6: 未发布: approvals：" in out
    assert out.splitlines()[-1] == "共读取 2 篇。错误 0 处，未发布 1 项，提醒 0 条。"
    assert err == ""


def test_an_address_that_would_break_is_named_until_it_is_meant(tree: Path, hub: Hub) -> None:
    ledger = tree / "_ledger/published.tsv"
    ledger.parent.mkdir()
    ledger.write_text("XB-2026-0902\tnews/2026/draft.html\n", "utf-8")
    draft = tree / "news/2026/draft/index.md"
    code, out, _ = hub("check", draft)
    assert (code, out.count("[address-lost]")) == (1, 1)
    assert "news/2026/draft/index.md:6: 未发布: status：XB-2026-0902 公开过" in out
    draft.write_text(draft.read_text("utf-8").replace("status:", "retired: 活动没有办成，码已收回\nstatus:"), "utf-8")
    assert hub("check", draft)[0] == 0


def test_only_drafts_give_zero(tree: Path, hub: Hub) -> None:
    code, out, _ = hub("check", tree / "news/2026/draft")
    assert code == 0
    assert out == "共读取 2 篇。错误 0 处，未发布 0 项，提醒 0 条。\n"


def test_errors_elsewhere_are_counted(tree: Path, hub: Hub) -> None:
    (tree / "news/2026/ready/index.md").write_text("---\n", "utf-8")
    code, out, err = hub("check", tree / "news/2026/draft/index.md")
    assert code == 0
    assert "ready" not in out
    assert "别处还有 1 处错误" in err


def test_paths_are_those_of_the_folder_one_stands_in(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree / "news")
    code, out, _ = hub("check", "2026/ready")
    assert code == 1
    assert "news/2026/ready/index.md:6" in out


def test_json_is_alone_on_stdout(tree: Path, hub: Hub) -> None:
    (tree / "news/2026/draft/index.md").write_text("---\n", "utf-8")
    code, out, _ = hub("check", tree / "news/2026/ready", "--format", "json")
    assert code == 1
    assert [row["code"] for row in json.loads(out)] == ["approval-missing"]


def test_json_in_english(tree: Path, hub: Hub) -> None:
    _, out, _ = hub("check", "--content", tree, "--format", "json", "--lang", "en")
    assert "approve" in json.loads(out)[0]["message"]


def test_github_lines_name_the_file_in_its_repository(tree: Path, hub: Hub) -> None:
    (tree.parent / ".git").mkdir()
    code, out, _ = hub("check", "--content", tree, "--format", "github")
    assert code == 1
    assert out.startswith("::error file=内容/news/2026/ready/index.md,line=6,")


def test_no_problem_is_no_github_line(tree: Path, hub: Hub) -> None:
    assert hub("check", tree / "news/2026/draft", "--format", "github") == (0, "", "")


def test_prefix_of_a_repository_that_is_all_content(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert github_prefix(tmp_path / "a" / "b") == "a/b/"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["--content", "gone"], 2, "没有这个内容文件夹：gone"),
        (["gone.md"], 2, "没有这个文件或文件夹：gone.md"),
    ],
)
def test_wrong_paths(
    hub: Hub, argv: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    got, out, err = hub("check", *argv)
    assert got == code
    assert said in err
    assert out == ""


def test_a_bad_day_in_the_environment(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATE", "tomorrow")
    code, _, err = hub("check", "--content", tree)
    assert code == 2
    assert "HUB_DATE" in err


def test_a_reader_who_has_seen_enough(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def enough(*given: object) -> None:
        raise BrokenPipeError

    reader, writer = os.pipe()
    with os.fdopen(reader), os.fdopen(writer, "w") as stream:
        monkeypatch.setattr("scripts.commands.check.read_with_memory", enough)
        monkeypatch.setattr("sys.stdout", stream)
        from scripts.cli import main

        assert main(["check", "--content", str(tree)]) == 1


def test_a_slip_of_the_program_is_a_sentence_and_a_file(
    tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def slip(*given: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("scripts.commands.check.read_with_memory", slip)
    monkeypatch.setattr("scripts.cli.CACHE", tmp_path / "cache")
    code, _, err = hub("check", "--content", tree)
    assert code == 70
    assert "Traceback" not in err
    assert "ZeroDivisionError" in (tmp_path / "cache/error.log").read_text()


@pytest.mark.parametrize(("path", "place", "inside"), [("a/b", "", True), ("a/b", "a", True), ("ab/c", "a", False)])
def test_is_at(path: str, place: str, inside: bool) -> None:
    assert is_at(path, place) is inside
