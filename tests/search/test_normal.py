"""One form for all ways to write a thing."""

from __future__ import annotations

import pytest

from pubhub.search.normal import normal, simplified


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("殺豬盤", "杀猪盘"),
        ("安全帳戶", "安全账户"),
        ("怎麼辦", "怎么办"),
        ("臺灣、裡面、為什麼", "台湾、里面、为什么"),
        ("ＡＢＣ９６１１０", "abc96110"),
        ("拨打 96110 核实", "拨打96110核实"),
        ("merge  sort", "merge sort"),
        ("“您 好”", '"您好"'),
        ("年化 12．5％", "年化12.5%"),
        ("转账\u200b，马上", "转账,马上"),
        ("  ", ""),
    ],
)
def test_forms(typed: str, form: str) -> None:
    assert normal(typed) == form


def test_a_form_stays_as_it_is() -> None:
    text = "".join(simplified()) + "“，。—㈱½ﬁÅ①"
    assert normal(normal(text)) == normal(text)


def test_a_part_is_found_in_the_whole() -> None:
    whole = "来电自称公安、检察院，说您 涉嫌 money laundering 洗錢，要“保密”。"
    for start in range(len(whole)):
        for end in range(start + 1, len(whole)):
            assert normal(whole[start:end]) in normal(whole), whole[start:end]
