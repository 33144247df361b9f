"""Field types: tables of what each accepts. Their refusals stand in tests/cases/values.yml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pubhub.content.model import ITEM_ID, KINDS, SEVERITIES
from pubhub.content.raw import Raw, parse
from pubhub.content.reading import Reading, Refused, Type
from pubhub.content.schema import Choice, Listed, Record, Ref, Text, keys_of, record_schema
from pubhub.content.values import Day, Flag, Free, Integer
from pubhub.content.vocabulary import Hotline

KNOWN = {"topics": {"loan": "贷款", "credit": "个人征信"}}


def raw(text: str) -> Raw:
    value, problems = parse(text, "", 1)
    assert value is not None, problems
    return value


def codes(type_: Type[Any], text: str) -> list[str]:
    reading = Reading("", KNOWN)
    try:
        type_.read(raw(text), reading, "key")
    except Refused:
        return [p.code for p in reading.problems]
    return []


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (Text(), "  甲 ", "甲"),
        (Text(), "a < b，x<y 且 y>z", "a < b，x<y 且 y>z"),
        (Text(), "'<3 分钟 A&B'", "<3 分钟 A&B"),
        (Text(4), "四个汉字", "四个汉字"),
        (Text(20, ITEM_ID), "XB-2026-0007", "XB-2026-0007"),
        (Day(), "2026-02-28", dt.date(2026, 2, 28)),
        (Day(), "2028-02-29", dt.date(2028, 2, 29)),
        (Choice(SEVERITIES), "high", "high"),
        (Choice(SEVERITIES), "较高", "high"),
        (Ref("topics", "话题"), "loan", "loan"),
        (Integer(1, 60), "5", 5),
        (Integer(), "0", 0),
        (Flag(), "true", True),
        (Flag(), "false", False),
        (Listed(Text()), "[甲, 乙]", ("甲", "乙")),
        (Listed(Text()), "[]", ()),
        (Listed(Text()), "''", ()),
        (Listed(Text()), "[先挂断，再核实]", ("先挂断，再核实",)),
        (Free(), "{a: [b]}", {"a": ["b"]}),
    ],
)
def test_accepts(type_: Type[Any], text: str, value: object) -> None:
    assert type_.read(raw(text), Reading("", KNOWN), "key") == value


@pytest.mark.parametrize(
    ("type_", "text", "code"),
    [
        (Text(4), "五个汉字呀", "too-long"),
        (Text(), "<script>", "markup-in-value"),
        (Text(), "</title><SCRIPT src=x", "markup-in-value"),
        (Text(), "<img src=x onerror=a", "markup-in-value"),
        (Text(), "JavaScript:alert(1)", "markup-in-value"),
        (Text(), "'&#x3c;'", "markup-in-value"),
        (Text(), '"a\\0b"', "control-character"),
        (Text(), '"a\\x85b"', "control-character"),
        (Text(), '"a\\u202Eb"', "bidi-control"),
        (Text(20, ITEM_ID), "XB-２０２６-0007", "bad-form"),
        (Day(), "2026-02-29", "no-such-date"),
        (Day(), "2026/2/29", "no-such-date"),
        (Day(), "0000-01-01", "no-such-date"),
        (Day(), "2026-9-1", "bad-date-form"),
        (Day(), "20260901", "bad-date-form"),
        (Choice(SEVERITIES), "[high]", "not-text"),
        (Ref("topics", "话题"), "loans", "unknown-topics"),
        (Ref("nothing", "无"), "x", "unknown-nothing"),
        (Integer(), "-1", "bad-number"),
        (Integer(), "99999999999999999999", "bad-number"),
        (Integer(), "1.0", "bad-number"),
        (Flag(), "yes", "bad-flag"),
        (Flag(), "True", "bad-flag"),
        (Listed(Text(), least=1), "[]", "bad-count"),
        (Listed(Ref("topics", "话题")), "[loan、credit]", "fullwidth-comma"),
        (Listed(Text()), "{a: b}", "not-a-list"),
        (Record(Hotline), "甲", "not-keys"),
    ],
)
def test_refuses(type_: Type[Any], text: str, code: str) -> None:
    assert codes(type_, text) == [code]


def test_a_name_leads_to_its_id() -> None:
    reading = Reading("", KNOWN)
    with pytest.raises(Refused):
        Ref("topics", "话题").read(raw("贷款"), reading, "topics[1]")
    assert "“loan”" in reading.problems[0].sentence()


def test_all_bad_members_are_named() -> None:
    assert codes(Listed(Ref("topics", "话题")), "[a, loan, b, loan]") == [
        "unknown-topics",
        "unknown-topics",
        "repeated",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_explains_itself(kind: type[Any]) -> None:
    for name, key in keys_of(kind):
        assert key.label, name
        assert key.doc.endswith("。"), name
        assert key.type.words(), name
    schema = record_schema(kind)
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {name for name, key in keys_of(kind) if key.required}
