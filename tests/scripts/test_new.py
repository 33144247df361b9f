"""hub new: a draft in the right place, or a sentence and no file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pubhub.content.model import KINDS, Item
from pubhub.press import read_tree
from scripts.subject import given_day

Hub = Callable[..., tuple[int, str, str]]


class Terminal(io.StringIO):
    """A keyboard with the answers typed ahead."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """No terminal unless a test brings one."""
    monkeypatch.setattr("sys.stdin", io.StringIO())


def files(root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for path in sorted(root.rglob("index.md")))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_kind_can_be_started_without_an_answer(tree: Path, hub: Hub, kind: type[Item]) -> None:
    before = set(files(tree))
    code, out, err = hub("new", kind.kind, "--content", tree, "--date", "2026-08-09")
    assert (code, err) == (0, "")
    (made,) = set(files(tree)) - before
    assert made in out
    assert "XB-2026-0903" in out
    assert not read_tree(tree, given_day(None)).errors


def test_options_are_written(tree: Path, hub: Hub) -> None:
    code, _, err = hub(
        *(
            "new",
            "风险提示",
            "--content",
            tree,
            "--title",
            "假客服：退款",
            "--slug",
            "fake-refund",
            "--date",
            "2026-08-09",
        ),
        *("--author", "fengxian-jiance", "--set", "severity=high", "--set", "topics=impersonation,payment"),
        *("--set", "steps=先挂断，再核实", "--set", "steps=拨 110", "--set", "expires=2026-12-31"),
    )
    assert (code, err) == (0, "")
    text = (tree / "alerts/2026/fake-refund/index.md").read_text("utf-8")
    assert 'title: "假客服：退款"' in text or "title: 假客服：退款" in text
    assert "severity: high\n" in text
    assert "topics: [impersonation, payment]\n" in text
    assert "  - 先挂断，再核实\n  - 拨 110\n" in text
    assert "authors: [fengxian-jiance]\n" in text
    assert "\r" not in text


def test_a_number_is_never_given_twice(tree: Path, hub: Hub) -> None:
    ledger = tree / "_ledger/published.tsv"
    ledger.parent.mkdir()
    ledger.write_text("XB-2026-0950\tnews/2026/gone.html\n")
    (tree / "news/2026/draft/index.md").write_text("---\nid: XB-2026-0960\ntitle: [\n", "utf-8")
    _, out, _ = hub("new", "page", "--slug", "rules", "--content", tree, "--date", "2026-01-01")
    assert "XB-2026-0961" in out
    _, out, _ = hub("new", "page", "--slug", "rules-2", "--content", tree, "--date", "2027-01-01")
    assert "XB-2027-0001" in out


def test_the_issue_is_named_after_its_quarter(tree: Path, hub: Hub) -> None:
    assert hub("new", "issue", "--content", tree, "--slug", "2026q1", "--date", "2026-04-03")[0] == 0
    assert "quarter: 2026Q1\n" in (tree / "bulletin/2026/2026q1/index.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["alrt"], "您是不是想写“alert”"),
        (["warning-sign"], "alert（风险提示）"),
        (["alert", "--set", "severty=high"], "您是不是想写“severity”"),
        (["alert", "--set", "severity=hi"], "severity"),
        (["alert", "--set", "zzz=1"], "可以用的有：id、title"),
        (["alert", "--set", "severity"], "字段=内容"),
        (["alert", "--set", "status=published"], "由程序填写"),
        (["alert", "--set", "id=XB-2026-0001"], "由程序填写"),
        (["star", "--set", "consent=yes"], "consent.date=2026-09-12"),
        (["alert", "--slug", "假客服"], "不能用作短名"),
        (["alert", "--slug", "con"], "不能用作短名"),
        (["page", "--slug", "topics"], "不能用作短名"),
        (["page", "--slug", "alerts"], "不能用作短名"),
        (["news", "--slug", "ready", "--date", "2026-01-01"], "已经有 news/2026/ready/index.md"),
        (["news", "--slug", "old", "--date", "2026-01-01"], "以前发布过别的内容"),
        (["alert", "--author", "xiaobao-bianj"], "您是不是想写“xiaobao-bianji”"),
        (["alert", "--title", "<script>"], "markup-in-value"),
    ],
)
def test_nothing_is_made_of_a_mistake(tree: Path, hub: Hub, argv: list[str], said: str) -> None:
    (tree / "_ledger").mkdir()
    (tree / "_ledger/published.tsv").write_text("XB-2026-0001\tnews/2026/old.html\n")
    before = list(tree.rglob("*"))
    code, out, err = hub("new", *argv, "--content", tree)
    assert code == 2
    assert said in err
    assert out == ""
    assert list(tree.rglob("*")) == before


def test_on_a_terminal_it_asks(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["假客服来电", "假", "fake-call", "一句摘要", "很高", "high", "2026-12-31", "先挂断；再自己打过去"]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(answers) + "\n"))
    code, out, err = hub("new", "alert", "--content", tree, "--date", "2026-08-09")
    assert code == 0
    assert "等级 (severity) [notice]：" in out
    assert "选一个：critical（高危）" in out
    assert "不能用作短名" in err
    text = (tree / "alerts/2026/fake-call/index.md").read_text("utf-8")
    assert "title: 假客服来电\n" in text
    assert "severity: high\n" in text
    assert "expires: 2026-12-31\n" in text
    assert "用分号隔开" in out
    assert "  - 先挂断\n  - 再自己打过去\n" in text


def test_enter_takes_the_proposals(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("\n" * 20))
    code, _, err = hub("new", "event", "--content", tree, "--date", "2026-08-09")
    assert (code, err) == (0, "")
    assert (tree / "events/2026/event-0809/index.md").exists()


def test_leaving_half_way_makes_nothing(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(files(tree))
    monkeypatch.setattr("sys.stdin", Terminal("标题\n"))
    assert hub("new", "event", "--content", tree)[0] == 130
    assert list(files(tree)) == before
