"""A new item of every kind loads without a complaint, and the small decisions on the way: ids, names, values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pubhub.content.loader import load_item
from pubhub.content.model import BY_KIND, KINDS, Alert, Event, Issue, Item, Page, Star
from pubhub.content.outlines import OUTLINES, PLACEHOLDERS
from pubhub.content.raw import Scalar, parse
from pubhub.content.rules import check_item
from pubhub.content.skeleton import (
    Value,
    address,
    asked,
    compose,
    defaults,
    filled,
    free_id,
    ids_in,
    kind_of,
    scalar,
    slug_for,
)
from pubhub.problems import Problem

DAY = dt.date(2026, 8, 9)
KNOWN = {"people": ["li"], "topics": ["loan", "cash"], "audiences": [], "rights": []}


def loaded(kind: type[Item], values: dict[str, Value], folder: Path) -> tuple[Item | None, list[Problem]]:
    file = folder / "index.md"
    file.write_text(compose(kind, values), "utf-8")
    slug = "2026q3" if kind is Issue else "a-name"
    found, problems = load_item(address(kind, DAY, slug), file, (), KNOWN)
    return (found.item, [*problems, *check_item(found.item)]) if found else (None, problems)


def known(kind: type[Item]) -> dict[str, Value]:
    return defaults(kind, DAY) | {"id": "XB-2026-0001", "title": "标题", "authors": ["li"]}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_kind_loads_without_any_problem(kind: type[Item], tmp_path: Path) -> None:
    item, problems = loaded(kind, known(kind), tmp_path)
    assert problems == []
    assert item is not None
    assert item.status == "draft"
    assert item.date == DAY


def test_every_kind_has_an_outline() -> None:
    assert set(OUTLINES) == set(BY_KIND)


@pytest.mark.parametrize(
    "title",
    [
        "没有“安全账户”",
        "a: b",
        "#1 的事",
        "- 短横",
        "null",
        "yes",
        '他说"好"',
        "反斜杠\\",
        "《条例》第一条：说明",
        "100%",
        "[x]",
        "'",
    ],
)
def test_any_title_is_read_back_as_it_was(title: str, tmp_path: Path) -> None:
    item, problems = loaded(Page, known(Page) | {"title": title}, tmp_path)
    assert problems == []
    assert item is not None
    assert item.title == title
    raw, _ = parse(f"a: {scalar(title)}", "x", 1)
    assert getattr(raw, "entries", {})["a"] == Scalar(title, 1)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "XB-2026-0001"),
        (["XB-2026-0007", "XB-2026-0003"], "XB-2026-0008"),
        (["XB-2025-0099", "YZ-2026-0050"], "XB-2026-0001"),
        (["XB-2026-9999"], "XB-2026-10000"),
    ],
)
def test_free_id(taken: list[str], expected: str) -> None:
    assert free_id("XB", 2026, taken) == expected


def test_ids_are_found_in_files_that_cannot_be_read() -> None:
    text = '---\nid: XB-2026-0001\nid : "XB-2026-0002"\n  id: XB-2026-0003\ntitle: [\nXB-2026-0004\n'
    assert ids_in(text) == ["XB-2026-0001", "XB-2026-0002"]


@pytest.mark.parametrize(
    ("kind", "title", "taken", "expected"),
    [
        (Alert, "假客服退款", [], "alert-0809"),
        (Alert, "假客服退款", ["alert-0809", "alert-0809-2"], "alert-0809-3"),
        (Alert, "Fake Refund App 来了", [], "fake-refund-app"),
        (Alert, "A 股", [], "alert-0809"),
        (Issue, "第三季度", [], "2026q3"),
    ],
)
def test_slug_for(kind: type[Item], title: str, taken: list[str], expected: str) -> None:
    assert slug_for(kind, title, DAY, taken) == expected


@pytest.mark.parametrize("word", ["alert", "alerts", "风险提示"])
def test_a_kind_has_three_names(word: str) -> None:
    assert kind_of(word) is Alert


def test_no_such_kind() -> None:
    assert kind_of("warning") is None


def test_values_of_a_command_line() -> None:
    values = filled(Alert, {}, "topics", ["loan, cash", "x"])
    values = filled(Alert, values, "steps", ["先停，再看", "拨 110"])
    values = filled(Alert, values, "severity", [" high "])
    assert values == {"topics": ["loan", "cash", "x"], "steps": ["先停，再看", "拨 110"], "severity": "high"}


def test_one_value_of_a_group() -> None:
    values = filled(Star, {"consent": {"form": "written", "date": "2026-01-01"}}, "consent.date", ["2026-02-02"])
    assert values["consent"] == {"form": "written", "date": "2026-02-02"}


@pytest.mark.parametrize("name", ["severty", "consent.dat", "title.x"])
def test_unknown_keys(name: str) -> None:
    with pytest.raises(KeyError):
        filled(Star, {}, name, ["x"])


@pytest.mark.parametrize(("kind", "name"), [(Star, "consent"), (Star, "changes"), (Issue, "columns")])
def test_groups_belong_in_the_file(kind: type[Item], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        filled(kind, {}, name, ["x"])


def test_only_what_an_editor_can_say_in_a_line_is_asked() -> None:
    assert [name for name, _ in asked(Event)] == ["summary", "format", "place", "starts"]
    assert "consent" not in dict(asked(Star))
    assert "columns" not in dict(asked(Issue))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_what_nobody_wrote_over_cannot_be_published(kind: type[Item]) -> None:
    # The sentences of defaults() and of the outlines are those that the lint knows.
    texts = [text for value in defaults(kind, DAY).values() for text in (value if isinstance(value, list) else [value])]
    assert all(text in PLACEHOLDERS for text in texts if isinstance(text, str) and text.startswith("（"))
    lines = [line.strip() for line in OUTLINES[kind.kind].splitlines() if "（" in line]
    assert lines
    assert all(line in PLACEHOLDERS for line in lines)
