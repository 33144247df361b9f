"""HTML of ours as Typst: a table of cases, and every element that a body may have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typst
import yaml

from pubhub.markup import render
from pubhub.markup.render import Renderer
from pubhub.markup.rewrite import NEUTRAL, Place
from pubhub.pictures import Shown
from pubhub.printing.convert import label_of, typst_of
from pubhub.printing.fonts import code_points, covered, folders, printable
from pubhub.printing.literal import breakable, quoted, shown, unprintable
from pubhub.printing.settings import Link, Settings, UnknownElement

ITEM = "XB-2026-0001"
TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))
RENDERER = Renderer()


def link(url: str) -> Link:
    id_ = url.removeprefix(NEUTRAL)
    if id_ == url:
        return Link(url)
    return Link(label=id_) if id_ == "XB-2026-0002" else Link()


def codes(html: str) -> list[str]:
    return [block.code for block in typst_of(html, Settings(ITEM, printable, link))]


def readable(code: str) -> str:
    """Labels with their words instead of hashes, and without line breaks."""
    return code.replace("\n", "")


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_markdown_as_typst(case: dict[str, Any]) -> None:
    place = Place({"a.png": Shown("assets/media/a.webp", 8, 6)}, ("110",))
    html = RENDERER.render(case["markdown"], place).html
    found = [readable(code) for code in codes(html)]
    if "typst" in case:
        words = re.compile(r'"XB-2026-0001:\{(.+?)\}"')
        assert found == [words.sub(lambda m: quoted(label_of(ITEM, m[1])), want) for want in case["typst"]]
    for text in case.get("text", ()):
        assert text in "".join(found).replace("\u200b", "")
        assert text not in "".join(found)


_INSIDE = {
    **dict.fromkeys(("li",), "<ul><{0}>{1}</{0}></ul>"),
    **dict.fromkeys(("dt", "dd"), "<dl><{0}>{1}</{0}></dl>"),
    **dict.fromkeys(("td", "th"), "<table><tbody><tr><{0}>{1}</{0}></tr></tbody></table>"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), "<table><{0}><tr><td>{1}</td></tr></{0}></table>"),
    "tr": "<table><tbody><tr><td>{1}</td></tr></tbody></table>",
    "table": "<table><tbody><tr><td>{1}</td></tr></tbody></table>",
    "caption": "<table><caption>{1}</caption><tbody><tr><td>格</td></tr></tbody></table>",
    "figcaption": '<figure><img src="a" alt="图"><figcaption>{1}</figcaption></figure>',
    "figure": '<figure><img src="a" alt="图"><figcaption>{1}</figcaption></figure>',
    "summary": "<details><summary>{1}</summary><p>话</p></details>",
    "ul": "<ul><li>{1}</li></ul>",
    "ol": "<ol><li>{1}</li></ol>",
    "dl": "<dl><dt>{1}</dt></dl>",
    "br": "<p>{1}<br></p>",
    "hr": "<p>{1}</p><hr>",
    "img": '<p><img src="a" alt="{1}"></p>',
    "source": '<p><picture><source srcset="b"><img src="a" alt="{1}"></picture></p>',
    "picture": '<p><picture><source srcset="b"><img src="a" alt="{1}"></picture></p>',
}


@pytest.mark.parametrize("tag", sorted(render._TAGS))
def test_every_element_of_a_body_is_known(tag: str) -> None:
    html = _INSIDE.get(tag, "<{0}>{1}</{0}>").format(tag, "这里的文字")
    assert "这里的文字" in "".join(codes(html))


@pytest.mark.parametrize("tag", ["video", "math", "iframe", "h7x", "svg", "ruby"])
def test_anything_else_is_refused_by_name(tag: str) -> None:
    with pytest.raises(UnknownElement, match=f"{ITEM}.*{tag}"):
        codes(f"<p>文字<{tag}>里面</{tag}></p>")


@pytest.mark.parametrize(
    ("html", "element"),
    [
        ("<ul><p>不是列表项</p></ul>", "ul/p"),
        ("<dl><p>不是定义</p></dl>", "dl/p"),
        ("<figure><p>没有图</p></figure>", "figure"),
        ('<p><sup id="fnref-x"><a class="footnote-ref" href="#fn-x">1</a></sup></p>', "sup"),
    ],
)
def test_what_would_lose_text_is_refused(html: str, element: str) -> None:
    with pytest.raises(UnknownElement) as found:
        codes(html)
    assert found.value.element == element


def test_text_can_never_be_code() -> None:
    nasty = '"; panic("x") #eval("1") \\u{22} \\" \u0007 ` */ // ]}'
    literal = quoted(nasty)
    assert literal.startswith('"')
    assert re.fullmatch(r'"(?:[^"\\\x00-\x1f]|\\["\\]|\\u\{[0-9a-f]+\})*"', literal)


def test_wide_blocks_are_known() -> None:
    row = "<tr>" + "<td>四个字了</td>" * 5 + "</tr>"
    wide = typst_of(f'<div class="table"><table><tbody>{row}</tbody></table></div>', Settings(ITEM, printable))
    assert [block.wide for block in wide] == [True]
    narrow = typst_of("<table><tbody><tr><td>一</td></tr></tbody></table>", Settings(ITEM, printable))
    assert [block.wide for block in narrow] == [False]


def test_a_table_with_too_many_columns_is_set_row_by_row() -> None:
    head = "".join(f"<th>列{n}</th>" for n in range(12))
    row = "".join(f"<td>格{n}</td>" for n in range(12))
    html = f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    code = "".join(codes(html))
    assert code.startswith("records(")
    assert all(f"列{n}" in code and f"格{n}" in code for n in range(12))


def test_faces_have_rare_names_and_no_pictures() -> None:
    assert all(map(printable, "䶮㛃𬍛，。“”①★→·"))
    assert not any(map(printable, "😀𓀀"))
    assert len(covered()) > 40_000
    serif = next(path for folder in folders() for path in folder.glob("NotoSerif*.otf"))
    assert {0x4E00, 0x20, 0x9FA5} <= code_points(serif)


def test_what_cannot_be_printed_is_named() -> None:
    assert shown("字𓀀字", printable) == "字［U+13000］字"
    assert unprintable("字𓀀字😀𓀀", printable) == ["𓀀"]
    assert breakable("没有长词") == "没有长词"
    assert breakable("——……") == "—\u2060—…\u2060…"


def test_the_faces_inside_typst_have_what_we_count_on() -> None:
    added = sorted(
        covered() - {c for folder in folders() for path in folder.glob("*.[ot]t[fc]") for c in code_points(path)}
    )
    assert len(added) > 900
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    source = '#set document(title: "x")\n' + "".join(f"#{quoted(chr(code))} " for code in added)
    # A character without a glyph is an error of PDF/A.
    typst.compile(
        source.encode(), font_paths=fonts, ignore_system_fonts=True, pdf_standards=["a-2a"], timestamp=0, format="pdf"
    )


def test_accents_are_joined_to_their_letters() -> None:
    assert shown("cafe\u0301 与 e\u0323\u0302", printable) == "café 与 ệ"
    assert shown("字\u0301", printable) == "字\u0301"


def test_heads_that_are_printed_again_hold_no_links_and_no_second_note() -> None:
    head = '<th>电话 <a href="tel:110">110</a></th>'
    code = "".join(codes(f"<table><thead><tr>{head}</tr></thead><tbody><tr><td>一</td></tr></tbody></table>"))
    assert "110" in code
    assert "lk(" not in code
    note = '<sup id="fnref-a"><a class="footnote-ref" href="#fn-a">1</a></sup>'
    body = '<div class="footnote"><ol><li id="fn-a"><p>注释</p></li></ol></div>'
    for columns, call in ((2, "tab"), (12, "records")):
        heads = f"<th>列{note}</th>" + "<th>列</th>" * (columns - 1)
        rows = f"<tr>{'<td>格</td>' * columns}</tr>" * 3
        code = "".join(codes(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{body}"))
        assert call in code
        assert code.count("fn(") == 1
        assert "注释" in code
    assert ", false)" in "".join(
        codes(f"<table><thead><tr><th>{note}</th></tr></thead><tbody><tr><td>一</td></tr></tbody></table>{body}")
    )
