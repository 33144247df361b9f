"""Privacy and wording: tables. The words stand in tests/cases/privacy.yml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pubhub.press import read_tree
from tests.support import PLACE, valid, write


def codes(folder: Path, body: str, **keys: str) -> list[str]:
    tree = read_tree(write(folder, {PLACE: valid(body=body + "\n", **keys)}), dt.date(2026, 11, 24))
    return sorted(p.code for p in tree.problems)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        "身份证号11010519491231002X。",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "`11010519491231002X`",
    ],
)
def test_identity_numbers(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == ["identity-number"]


@pytest.mark.parametrize(
    "text", ["6222021234567890128", "6222 0212 3456 7890 128", "卡号：6222-0212-3456-7890-128。", "4111111111111111"]
)
def test_card_numbers(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == ["card-number"]


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "电话13812345678。",
        "138-1234-5678",
        "138 1234 5678",
        "+86 13812345678",
        "+8613812345678",
        "(13812345678)",
    ],
)
def test_mobile_numbers(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == ["mobile-number"]


@pytest.mark.parametrize("text", ["共 13812345678.50 元。", "订单号 13812345678。", "13812345678元"])
def test_figures_like_mobile_numbers(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == ["mobile-like"]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check digit
        "6222021234567890123",  # wrong check digit
        "138****5678，6222****0128，110105********002X",
        "https://example.cn/13812345678?id=6222021234567890128",
        "A13812345678",
        "23812345678",
        "138123456789",
        "2026-11-24，1,234,567.89 元，3.14159265358979",
        "拨打 96110、95588、12345。",
        "“转账”",
        "原银保监会",
        '[甲](https://example.cn "标题")',
    ],
)
def test_other_numbers_and_words(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("拨打 95599。", "unknown-hotline"),
        ("最佳做法", "wording"),
        ('他说"转账"', "straight-quote"),
        ("银保监会", "wording"),
    ],
)
def test_advice(text: str, code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == [code]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "请打 13812345678"),
        ("plain", "[请打 13812345678]"),
        ("steps", "[请打 13812345678]"),
        ("sources", "[{text: 请打 13812345678}]"),
        ("changes", "[{date: 2026-09-13, level: minor, note: 请打 13812345678}]"),
    ],
)
def test_front_matter_is_public_as_well(key: str, value: str, tmp_path: Path) -> None:
    assert codes(tmp_path, "正文。", **{key: value}) == ["mobile-number"]


@pytest.mark.parametrize("line", ["| $12$ | $13812345678$ |", "逆元是 $6222021234567890128$ 的倍数"])
def test_numbers_in_a_formula_are_figures(line: str, tmp_path: Path) -> None:
    assert not {"card-number", "mobile-number"}.intersection(codes(tmp_path, line))
