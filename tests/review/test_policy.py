"""The decision: a table of states, and that in doubt it is no. The words stand in tests/cases/approvals.yml."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from pathlib import Path

import pytest

from pubhub.content.digest import UNSIGNED, text_digest
from pubhub.content.model import LINES, Approval, Item
from pubhub.content.vocabulary import Person
from pubhub.press import read_tree
from pubhub.review.policy import judge
from tests.support import BOTH, PLACE, approved, valid, write

TODAY = dt.date(2026, 11, 24)
PEOPLE = {
    "editor": Person("editor", "编辑岗"),
    "biz": Person("biz", "业务审核岗", ("business",)),
    "law": Person("law", "法律审核岗", ("independent",)),
    "both": Person("both", "复核岗", ("business", "independent")),
}


@pytest.fixture
def item(tmp_path: Path) -> Item:
    """An alert with two valid signatures."""
    text = approved(valid(status="published", authors="[editor, both]"), *BOTH)
    return read_tree(write(tmp_path, {PLACE: text}), TODAY).loaded[0].item


@pytest.mark.parametrize(
    ("status", "day", "signed", "state"),
    [
        ("draft", "2026-09-12", True, "hidden"),
        ("in_review", "2026-09-12", True, "hidden"),
        ("published", "2026-09-12", True, "published"),
        ("published", "2026-11-24", True, "published"),
        ("published", "2026-11-25", True, "hidden"),
        ("published", "2026-09-12", False, "hidden"),
        ("withdrawn", "2026-09-12", True, "withdrawn"),
        ("withdrawn", "2026-09-12", False, "hidden"),
    ],
)
def test_states(item: Item, status: str, day: str, signed: bool, state: str) -> None:
    changed = dataclasses.replace(
        item, status=status, date=dt.date.fromisoformat(day), approvals=item.approvals if signed else ()
    )
    decision = judge(changed, PEOPLE, TODAY)
    assert decision.state == state
    assert bool(decision.reason) == (state == "hidden")


def test_only_two_lines_two_people_no_author_today(item: Item) -> None:
    """Every pair of signatures over four people, two lines, three days and two texts."""
    digests = (item.origin.digest, "sha256-" + "0" * 64)
    days = (dt.date(2026, 9, 10), TODAY, TODAY + dt.timedelta(days=1))
    one = [
        Approval(line, by, on, "2026.1", digest)
        for line, by, on, digest in itertools.product(LINES, [*PEOPLE, "gone"], days, digests)
    ]
    for pair in itertools.combinations(one, 2):
        decision = judge(dataclasses.replace(item, approvals=pair), PEOPLE, TODAY)
        fine = (
            {a.line for a in pair} == set(LINES)
            and pair[0].by != pair[1].by
            and all(a.by in PEOPLE and a.line in PEOPLE[a.by].lines for a in pair)
            and all(a.by not in item.authors and a.on <= TODAY and a.digest == item.origin.digest for a in pair)
        )
        assert (decision.state == "published") == fine, pair
        assert bool(decision.problems) != fine, pair


def test_what_is_signed() -> None:
    front = {"title": "甲", "status": "draft", "approvals": [], "aliases": []}
    digest = text_digest(front, "正文。\n", [("p.png", "0")])
    for name in UNSIGNED:
        assert text_digest({**front, name: "其他"}, "正文。\n", [("p.png", "0")]) == digest
    others = [
        text_digest({**front, "title": "乙"}, "正文。\n", [("p.png", "0")]),
        text_digest({**front, "visibility": "staff"}, "正文。\n", [("p.png", "0")]),
        text_digest(front, "正 文。\n", [("p.png", "0")]),
        text_digest(front, "正文。\n", [("p.png", "1")]),
        text_digest(front, "正文。\n", [("q.png", "0")]),
        text_digest(front, "正文。\n", []),
    ]
    assert len({digest, *others}) == 7


@pytest.mark.parametrize("old", ["假客服来电", "2026-09-12", "2027-03-31", "先挂断]", "先挂断。", "说清这是怎么回事。"])
def test_any_later_change_unpublishes(old: str, tmp_path: Path) -> None:
    text = approved(valid(status="published"), *BOTH)
    new = old.replace("2026-09-12", "2026-09-13").replace("2027", "2028").replace("先", "先不").replace("是", "都是")
    changed = text.replace(old, new if new != old else f"{old}。")
    found = read_tree(write(tmp_path, {PLACE: changed}), TODAY)
    assert found.decisions[PLACE].state == "hidden"
    assert {p.code for p in found.problems} == {"approval-stale"}
