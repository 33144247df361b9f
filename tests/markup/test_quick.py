"""The short ways through Markdown give what its own loops give, for every text at hand."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from pubhub.content.frontmatter import read
from pubhub.markup.render import Renderer
from pubhub.markup.rewrite import Place
from tests.site.builds import ROOT

PLACE = Place({}, ("110", "96110", "95588"))
QUICK, SLOW = Renderer(), Renderer(quick=False)
FILES = sorted((ROOT / "content").rglob("index.md"))

CORNERS = [
    "一段\n二段 **重** _斜_ `码`",
    "标题\n===\n\n正文",
    "标题\n---\n\n正文",
    "术语\n:   解释\n\n    第二段",
    "列表前\n- 一\n- 二\n\n段落\n\n1. 甲\n\n    乙\n\n2. 丙",
    "- 一\n\n  段\n  - 二\n\n    深\n\n尾",
    "> 引\n> 用\n\n之后",
    "a | b\n--|--\n1 | 2",
    "甲 | 乙\n:-: | -:\n1 | 96110",
    "!!! scam\n    第一段\n\n    第二段\n\n之后",
    '??? note "开"\n    ```python\n    print(1)\n    ```\n',
    "=== 不是标题\n\n    缩进代码\n\n~~~\n围栏\n~~~",
    "1. 步骤\n\n    ```bash\n    ls\n    ```\n\n2. 下一步",
    "脚注[^1] 与 ==标== ~~删~~ ^^插^^ x^2^ H~2~O\n\n[^1]: 注\n    续行",
    "[甲][1] ![图](a.png) <https://a.cn> a@b.cn <a@b.cn>\n\n[1]: https://a.cn",
    "*[反诈]: 反电信网络诈骗\n\n反诈很重要",
    "行尾两空格  \n换行 &amp; &copy; \\* <br> <sub>下</sub> <script>x</script>",
    "A. 字母开头\n\n“引号开头”的一段\n\n123 数字开头\n\n# 标题 #\n正文紧跟",
]


HARMLESS = [
    *[
        "- 一\n- 二\n    - 三",
        "1. [甲](XB-2026-0001) 乙",
        "> > 二\n> - 三",
        "a|b\n-|-\n**x**|[y](https://a.cn/b?c=d&e=f)",
    ],
    *["术语\n:   解释\n:   再", "## 标 [题](https://x.cn)", "![图](a.png)", "***重斜***", "==标== ~~删~~ H~2~O"],
    *["[a](https://xn--a.cn)", "[a](http://1.2.3.999/)", "[b](https://a.cn/中文)", "[c](tel:95588) 96110", "[d](#一)"],
    *[
        "[e](mailto:a@b.cn)",
        "<https://a.cn/b>",
        "[x <https://a.cn>](https://b.cn)",
        "行  \n尾",
        "- [ ] 事\n- [x] 完",
        "---",
    ],
    *[
        '!!! note "题"\n    - 甲\n\n    乙',
        "1. 一\n\n    > 引\n\n2. 二",
        "[j](javascript:alert(1))",
        "甲\u00a0乙",
        "### ",
    ],
]
"""What a sanitiser may see otherwise than a serializer: addresses, nested marks, empty elements."""


INLINE = [
    *[
        "**重 _斜_**",
        "_斜 **重**_",
        "`a*b*c`",
        "[链 **接** 文](XB-2026-0001)",
        "![图](a.png)",
        "<https://a.cn>",
        "\\* \\_",
        "*",
        "_",
    ],
    *[
        "[^1]",
        "<br>",
        "<sup>上</sup>",
        "&amp;",
        "& <",
        "==标 ~~删~~==",
        "x^2^",
        "H~2~O",
        "96110",
        "a_b_c",
        "[甲][1]",
        "“引”",
    ],
    *["行尾  \n续行", "反诈", "普通文字。", "`", "**", "[", "]", "(", "\u200b", "a@b.cn", "！", "文"],
]


def mixed(dice: random.Random) -> str:
    """Blocks and inline marks in any order, whole and broken."""
    blocks = []
    for _ in range(dice.randrange(1, 7)):
        line = "".join(dice.choices(INLINE, k=dice.randrange(1, 9)))
        text = dice.choice([line, dice.choice(CORNERS), line + "\n" + dice.choice(CORNERS)])
        start = dice.choice(["", "", "- ", "> ", "1. ", "    ", "### ", '!!! note "题"\n    ', "| ", ":   "])
        blocks.append(start + text.replace("\n", dice.choice(["\n", "\n    ", "\n> "])))
    return dice.choice(["\n\n", "\n"]).join(blocks)


def flat(html: str) -> str:
    # Markdown's own way lays out line breaks between blocks and after <br>.
    return re.sub(r"\s+", "", html)


def same(body: str) -> None:
    quick, slow = QUICK.render(body, PLACE), SLOW.render(body, PLACE)
    assert flat(quick.html) == flat(slow.html), body
    assert (quick.headings, quick.ids, quick.pictures) == (slow.headings, slow.ids, slow.pictures), body
    # Where the sanitiser was not asked, it would have changed nothing.
    assert quick.html == QUICK.cleaner.clean(quick.html), body


@pytest.mark.parametrize("body", CORNERS)
def test_corners(body: str) -> None:
    same(body)


@pytest.mark.parametrize("seed", range(20))
def test_anything(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(15):
        same(mixed(dice))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.parent.name)
def test_real_texts(file: Path) -> None:
    document, _ = read(file.read_bytes(), file.name)
    assert document is not None
    same(document.body)


@pytest.mark.parametrize("seed", range(4))
def test_the_sanitiser_has_nothing_to_add(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        same("\n\n".join(dice.choices(HARMLESS, k=dice.randrange(1, 7))))


@pytest.mark.parametrize(
    "body", ["<b onclick=x>", "<script>x</script>", "[a](javascript:x)", "![b](javascript:x)", "`<i>`<br>"]
)
def test_markup_stays_text(body: str) -> None:
    html = QUICK.render(body, PLACE).html
    assert not re.search(r"<(?:b|script|i)\b|javascript:", html)
