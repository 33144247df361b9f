"""The tokens: read, refused, printed as custom properties, and legible."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pubhub.engine.assets import read_assets
from pubhub.problems import ContentRefused
from pubhub.theme import OWN
from pubhub.tokens import Tokens, css, read_tokens

TEXT = {
    "ink": ["paper", "surface", "sunk", "crit-bg", "high-bg", "mod-bg", "note-bg", "off-bg", "good-bg"],
    "muted": ["paper", "surface", "sunk"],
    "brand": ["paper", "surface"],
    "link": ["paper", "surface", "sunk"],
    "on-act": ["act", "act-deep"],
    "paper": ["ink", "brand", "crit", "high", "mod", "note", "off", "good"],
    "crit": ["crit-bg", "paper", "surface"],
    "high": ["high-bg", "paper", "surface"],
    "mod": ["mod-bg", "paper", "surface"],
    "note": ["note-bg", "paper", "surface"],
    "off": ["off-bg", "paper", "surface"],
    "good": ["good-bg", "paper", "surface"],
}
"""What the theme writes, and on which grounds."""
EDGES = {"edge": ["paper", "surface"], "act": ["paper"]}
"""Borders of what can be used."""


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return read_tokens(OWN)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of #rrggbb."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_on_its_grounds(tokens: Tokens, scheme: str) -> None:
    colours = tokens.light if scheme == "light" else tokens.dark
    pairs = [(text, ground, 4.5) for text, grounds in TEXT.items() for ground in grounds]
    pairs += [(edge, ground, 3.0) for edge, grounds in EDGES.items() for ground in grounds]
    if scheme == "dark":
        # The red bar on the dark page is told by its white words, not by its edge.
        pairs.remove(("act", "paper", 3.0))
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < pair[2]]
    assert weak == []


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def blocks(text: str) -> dict[str, dict[str, str]]:
    """Custom properties by media query and selector."""
    found: dict[str, dict[str, str]] = {}
    media = ""
    for line in text.splitlines():
        if line.startswith("@media"):
            media = line.partition("{")[0].strip()
        for selector, body in re.findall(r"(:root\S*) \{ (.*?) \}", line):
            declared = dict(part.split(": ", 1) for part in body.split("; "))
            assert found.setdefault(f"{media} {selector}".strip(), declared) is declared, "a block twice"
        if line == "}" or (media and line.endswith("} }")):
            media = ""
    return found


def test_css_holds_every_token_where_it_belongs(tokens: Tokens) -> None:
    found = blocks(css(tokens))
    base = found[":root"]
    assert base.pop("color-scheme") == "light"
    rem = {name: f"{size:g}rem" for name, size in {**tokens.type, **tokens.space}.items()}
    expected = {**tokens.light, **rem, **{k: f"{v:g}px" for k, v in tokens.radius.items()}, **tokens.fonts}
    assert base == {f"--{name}": value for name, value in expected.items()}
    dark = {**{f"--{name}": value for name, value in tokens.dark.items()}, "color-scheme": "dark"}
    assert found['@media (prefers-color-scheme: dark) :root:not([data-scheme="light"])'] == dark
    assert found[':root[data-scheme="dark"]'] == dark
    wide = "@media (min-width: 48em)"
    places = {
        "wide": f"{wide} :root",
        "large": ':root[data-size="large"]',
        "huge": ':root[data-size="huge"]',
        "large-wide": f'{wide} :root[data-size="large"]',
        "huge-wide": f'{wide} :root[data-size="huge"]',
    }
    for name, place in places.items():
        assert found[place] == {f"--{key}": f"{size:g}rem" for key, size in tokens.sizes[name].items()}
    # Of equal weight, the later one wins: larger text over wide screens, both over each.
    order = list(found)
    assert order.index(places["wide"]) < order.index(places["large"]) < order.index(places["large-wide"])
    assert len(found) == 8


def test_every_custom_property_of_the_theme_is_a_token_or_made_on_the_spot(tokens: Tokens) -> None:
    sheet = (OWN / "assets" / "hub.css").read_text("utf-8")
    own = set(re.findall(r"(?<![\w-])--([\w-]+)\s*:", sheet))
    given = set(re.findall(r"--([\w-]+):", css(tokens)))
    used = set(re.findall(r"var\(--([\w-]+)", sheet))
    assert len(used & given) > 30
    assert used - given - own == set()


def test_the_published_sheet_starts_with_the_tokens(tokens: Tokens) -> None:
    assets = read_assets(OWN / "assets")
    sheet = assets.contents[assets.names["hub.css"]]
    assert sheet.startswith(css(tokens).encode())
    assert sheet.endswith((OWN / "assets" / "hub.css").read_bytes().replace(b"\r\n", b"\n"))
    assert ":root {" not in (OWN / "assets" / "hub.css").read_text("utf-8").partition("@media print")[0]


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    folder = tmp_path / "theme"
    (folder / "assets").mkdir(parents=True)
    shutil.copy(OWN / "tokens.toml", folder)
    shutil.copy(OWN / "assets" / "hub.css", folder / "assets")
    return folder


def test_another_colour_is_another_address(theme: Path) -> None:
    before = read_assets(theme / "assets").names["hub.css"]
    file = theme / "tokens.toml"
    file.write_text(file.read_text("utf-8").replace('"#fbfaf7"', '"#fbfaf8"', 1), "utf-8")
    assert read_assets(theme / "assets").names["hub.css"] != before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('muted = "#57606a"', 'muted = "grey"', ["light.muted：这里要写：#b4161b 这样的六位小写颜色。"]),
        ('muted = "#57606a"', 'muted = "#fff; } body { display: none"', ["light.muted：这里要写：#b4161b"]),
        ('muted = "#57606a"\n', "", ["light.muted：这里要写：另一种配色里也有的同名颜色"]),
        ("t2 = 1.0625", "t2 = 0", ["type.t2：这里要写：大于 0 的数"]),
        ("t2 = 1.0625", "t2 = true", ["type.t2：这里要写：大于 0 的数"]),
        ("[sizes.large-wide]\nt6", "[sizes.large-wide]\nt9", ["sizes.large-wide.t9：这里要写：type 或 space"]),
        ("[sizes.huge-wide]", "[sizes.giant]", ["sizes.giant：", "sizes.huge-wide："]),
        ("[radius]\nr = 8", "radius = 8", ["radius：这里要写：一张表"]),
        ('name = "同心红"', "name = 1", ["palette.red：这里要写："]),
        ("[fonts]", "[faces]", ["faces：这里要写：下列各表之一", "fonts：这里要写：一张表"]),
        ("system-ui, sans-serif'", "x; } a { b: c'", ["fonts.sans：这里要写：字体名称"]),
        ('ink = "#1f2328"', 'ink = "#1f2328', ["这一行附近写得不合格式"]),
        ("[dark]", "[light]", ["这一行附近写得不合格式"]),
    ],
)
def test_a_slip_is_told_with_its_line(theme: Path, old: str, new: str, said: list[str]) -> None:
    file = theme / "tokens.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentRefused) as refused:
        read_tokens(theme)
    told = [problem.text() for problem in refused.value.problems]
    for words in said:
        assert any(words in line for line in told), told
    assert all(re.match(r"theme/tokens\.toml:\d+: ", line) for line in told)
    if old.split(" = ")[0] in {"muted", "t2", "name"} and new:
        place = next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if new in line)
        assert told[0].startswith(f"theme/tokens.toml:{place}: ")


def test_a_theme_without_tokens_or_in_another_encoding_is_refused(theme: Path) -> None:
    (theme / "tokens.toml").write_bytes("# 颜色".encode("gbk"))
    with pytest.raises(ContentRefused):
        read_assets(theme / "assets")
    (theme / "tokens.toml").unlink()
    with pytest.raises(ContentRefused) as refused:
        read_assets(theme / "assets")
    assert [p.text() for p in refused.value.problems] == [
        "theme/tokens.toml:1: 错误: 文件打不开。请检查文件权限，或关闭正在使用它的程序后重试。 [unreadable]"
    ]
