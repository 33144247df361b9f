"""Masters that are wrong: each gets one clear sentence, all of them at once, and nothing is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubhub.brand.collection import collection_of
from pubhub.brand.masters import check_master, read_masters
from pubhub.content.vocabulary import Site, read_vocabulary
from pubhub.problems import ContentRefused, Problem, messages
from tests.brand.small import GUARD, MARK, small_recipe, small_theme
from tests.site.builds import ROOT

PALETTE = ["#b4161b", "#fff3e0", "#d2352f"]
XLINK = '<svg xmlns:xlink="http://www.w3.org/1999/xlink"'
BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def said(text: str | bytes, box: tuple[float, float] = (96, 96)) -> list[tuple[str, int, dict[str, str]]]:
    data = text.encode() if isinstance(text, str) else text
    found = check_master(data, "theme/assets/brand/mark.svg", box, [colour.upper() for colour in PALETTE])
    return [(one.code, one.line, dict(one.params)) for one in found]


def with_(inner: str) -> str:
    return MARK.replace("</svg>", f"  {inner}\n</svg>")


def test_a_good_master_has_nothing_to_mend() -> None:
    assert said(MARK) == []
    assert said(MARK.replace("#b4161b", "#B4161B")) == []
    assert said(with_('<g fill="none" stroke="currentColor"><path id="a" d="M0 0h1"/></g><use href="#a"/>')) == []
    assert said(with_('<path fill="url(#g)" d="M0 0h1"/>')) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "param"),
    [
        (MARK.replace("</svg>", ""), "master-broken", 5, ""),
        (MARK.replace("/>\n", ">\n", 1), "master-broken", 4, ""),
        ("", "master-broken", 1, ""),
        (b"\xff\xfe\x00", "master-broken", 1, ""),
        ("<html/>", "master-broken", 1, ""),
        (with_("<script>alert(1)</script>"), "master-active", 4, "<script>"),
        (with_("<style>path{fill:red}</style>"), "master-active", 4, "<style>"),
        (with_("<foreignObject/>"), "master-active", 4, "<foreignObject>"),
        (with_('<animate attributeName="x"/>'), "master-active", 4, "<animate>"),
        (with_('<a href="#x"/>'), "master-active", 4, "<a>"),
        (with_('<path onclick="x()" d=""/>'), "master-active", 4, "onclick"),
        (with_('<path style="fill:red" d=""/>'), "master-active", 4, "style"),
        (BOMB + MARK.replace('d="M10', 'id="&b;" d="M10'), "master-active", 1, "DOCTYPE"),
        ('<?xml-stylesheet href="x.css"?>' + MARK, "master-active", 1, "<?xml-stylesheet>"),
        (with_('<x xmlns="urn:other"/>'), "master-active", 4, "<x>"),
        (with_('<image href="#a"/>'), "master-drawn", 4, "<image>"),
        (with_("<text>同心圆</text>"), "master-drawn", 4, "<text>"),
        (with_("<filter/>"), "master-drawn", 4, "<filter>"),
        (with_('<use href="other.svg#a"/>'), "master-foreign", 4, "other.svg#a"),
        (
            with_('<use xlink:href="https://example.cn/a.svg"/>').replace("<svg", XLINK),
            "master-foreign",
            4,
            "https://example.cn/a.svg",
        ),
        (with_('<path fill="url(https://example.cn/a)" d=""/>'), "master-foreign", 4, "url(https://example.cn/a)"),
        (MARK.replace("0 0 96 96", "0 0 96 97"), "master-viewbox", 1, "0 0 96 97"),
        (MARK.replace(' viewBox="0 0 96 96"', ""), "master-viewbox", 1, ""),
        (MARK.replace("0 0 96 96", "0 0 w h"), "master-viewbox", 1, "0 0 w h"),
        (MARK.replace("#b4161b", "#b4161c"), "master-colour", 2, "#b4161c"),
        (MARK.replace("#b4161b", "#fff"), "master-colour", 2, "#fff"),
        (MARK.replace("#b4161b", "red"), "master-colour", 2, "red"),
    ],
)
def test_one_sentence_for_each_fault(text: str | bytes, code: str, line: int, param: str) -> None:
    found = said(text)
    assert [(name, where) for name, where, _ in found] == [(code, line)]
    assert param in {"", *found[0][2].values()}


def test_a_wrong_colour_is_said_once_a_file() -> None:
    text = with_('<path fill="#123456" d=""/><path fill="#123456" d=""/><path stroke="#654321" d=""/>')
    assert [params["value"] for _, _, params in said(text)] == ["#123456", "#654321"]


def test_all_faults_of_all_masters_at_once(tmp_path: Path) -> None:
    theme = small_theme(tmp_path)
    (theme / "assets/brand/mark.svg").write_text(with_("<script/><text/>"), "utf-8")
    (theme / "assets/brand/guard.svg").unlink()
    with pytest.raises(ContentRefused) as refused:
        collection_of(theme, site(), small_recipe())
    assert [p.text() for p in refused.value.problems] == [
        "theme/assets/brand/guard.svg:1: 错误: 缺少这个母版文件。请把 SVG 放到这里；如果不再需要，请同时从"
        " plugins/pubhub/brand/recipe.toml 里删去它。 [master-missing]",
        "theme/assets/brand/mark.svg:4: 错误: 母版里有 <script>。母版只能有图形，不能有脚本、样式表、动画或链接。"
        "请删去它，颜色写在 fill 和 stroke 里。 [master-active]",
        "theme/assets/brand/mark.svg:4: 错误: 母版里有 <text>，不同软件画出来会不一样。"
        "文字请转成轮廓，位图和滤镜请改画成路径。 [master-drawn]",
    ]


def test_a_strange_colour_is_advice_and_stops_nothing(tmp_path: Path) -> None:
    theme = small_theme(tmp_path)
    (theme / "assets/brand/guard.svg").write_text(GUARD.replace("#d2352f", "#d2352e"), "utf-8")
    advice = collection_of(theme, site(), small_recipe()).advice
    assert [(one.code, one.level, one.path, one.line) for one in advice] == [
        ("master-colour", "advice", "theme/assets/brand/guard.svg", 2)
    ]


def test_line_ends_of_a_windows_checkout_change_no_name(tmp_path: Path) -> None:
    theme = small_theme(tmp_path)
    before = collection_of(theme, site(), small_recipe())
    for path in (theme / "assets" / "brand").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert collection_of(theme, site(), small_recipe()).files == before.files


def test_sentences_fill_their_places_in_both_languages(tmp_path: Path) -> None:
    _, missing = read_masters(tmp_path, small_recipe().masters, PALETTE)
    texts = ["<script/><text/>", '<use href="a.svg"/>', '<path fill="red" d=""/>']
    found = [*missing, *(problem for text in texts for problem in faults(with_(text)))]
    found += [*faults(MARK.replace("0 0 96 96", "1 1 1 1")), *faults("")]
    assert {one.code for one in found} == {code for code in messages() if code.startswith("master-")}
    for one in found:
        assert one.sentence().endswith("。")
        assert one.sentence("en").isascii() or "“" in one.sentence("en")
        assert "{" not in one.sentence() + one.sentence("en")


def faults(text: str) -> list[Problem]:
    return check_master(text.encode(), "theme/assets/brand/mark.svg", (96, 96), PALETTE)


def site() -> Site:
    vocabulary, _ = read_vocabulary(ROOT / "content" / "_data")
    assert vocabulary is not None
    return vocabulary.site
