"""Design tokens: takes theme/tokens.toml, gives plain tables for print and kits, and custom properties for pages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubhub.problems import ContentRefused, ordered, problem

NAME = "tokens.toml"
STYLE = "hub.css"
"""The style sheet that starts with the tokens."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SIZES = ("wide", "large", "huge", "large-wide", "huge-wide")
_TABLES = ("palette", "light", "dark", "type", "space", "radius", "fonts", "sizes")


@dataclass(frozen=True)
class Tokens:
    """All tables by the names in the file."""

    palette: Mapping[str, str]
    """Colours of the logo and the mascot: #rrggbb by name."""
    palette_names: Mapping[str, str]
    """What the same colours are called in Chinese."""
    light: Mapping[str, str]
    """Colours of the light scheme: #rrggbb by name."""
    dark: Mapping[str, str]
    """The same names in the dark scheme."""
    type: Mapping[str, float]
    """Sizes of text in rem of 16 px."""
    space: Mapping[str, float]
    """Distances in rem."""
    radius: Mapping[str, float]
    """Corners in px."""
    fonts: Mapping[str, str]
    """CSS font lists."""
    sizes: Mapping[str, Mapping[str, float]]
    """What else `type` and `space` are: on wide screens, with the text set large or huge."""


def read_tokens(theme: Path) -> Tokens:
    """Of a theme folder.

    Raises:
        ContentRefused: with all that is wrong in the file.
    """
    path = theme / NAME
    where = f"{theme.name}/{NAME}"
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError):
        raise ContentRefused([problem(where, 1, "unreadable")]) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ContentRefused([problem(where, line, "tokens-syntax")]) from None
    wrong = [
        problem(where, line_of(text, name, key), "tokens-value", f"{name}.{key}".strip("."), label=want)
        for name, key, want in _faults(table)
    ]
    if wrong:
        raise ContentRefused(ordered(wrong))
    palette = table["palette"]
    return Tokens(
        {name: colour["value"] for name, colour in palette.items()},
        {name: colour["name"] for name, colour in palette.items()},
        *(table[name] for name in _TABLES[1:]),
    )


def css(tokens: Tokens) -> str:
    """The `:root` blocks: base, wide screens, larger text, both on wide screens, dark by system and by choice."""
    rem = {name: f"{value:g}rem" for name, value in {**tokens.type, **tokens.space}.items()}
    px = {name: f"{value:g}px" for name, value in tokens.radius.items()}
    size = {name: _declared((key, f"{value:g}rem") for key, value in one.items()) for name, one in tokens.sizes.items()}
    base = _declared({**tokens.light, **rem, **px, **tokens.fonts}.items())
    dark = _declared(tokens.dark.items()) + "; color-scheme: dark"
    return "\n".join(
        [
            f":root {{ {base}; color-scheme: light }}",
            f"@media (min-width: 48em) {{ :root {{ {size['wide']} }} }}",
            f':root[data-size="large"] {{ {size["large"]} }}',
            f':root[data-size="huge"] {{ {size["huge"]} }}',
            "@media (min-width: 48em) {",
            f'  :root[data-size="large"] {{ {size["large-wide"]} }}',
            f'  :root[data-size="huge"] {{ {size["huge-wide"]} }}',
            "}",
            f'@media (prefers-color-scheme: dark) {{ :root:not([data-scheme="light"]) {{ {dark} }} }}',
            f':root[data-scheme="dark"] {{ {dark} }}',
            "",
        ]
    )


def style_sheet(theme: Path) -> bytes:
    """hub.css as it is published: the tokens, then the file, with LF line ends. Raises ContentRefused."""
    own = (theme / "assets" / STYLE).read_bytes().replace(b"\r\n", b"\n")
    return css(read_tokens(theme)).encode("utf-8") + own


def _declared(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"--{name}: {value}" for name, value in pairs)


def line_of(text: str, table: str, key: str) -> int:
    """Where a key of a table stands, or the table, or the first line; 1-based."""
    inside, found = False, 1
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\[(.+?)\]", line)
        if head:
            inside = head[1] == table
            found = number if inside else found
        elif inside and re.match(rf"{re.escape(key)}\s*=", line):
            return number
    return found


def _faults(table: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Table, key and what should stand there."""
    for name in _TABLES:
        if not isinstance(table.get(name), dict):
            yield name, "", "一张表"
    for name in set(table) - set(_TABLES):
        yield name, "", f"下列各表之一：{'、'.join(_TABLES)}"
    tables = {name: table[name] if isinstance(table.get(name), dict) else {} for name in _TABLES}
    for name in ("light", "dark"):
        for key, value in tables[name].items():
            if not (isinstance(value, str) and _COLOUR.fullmatch(value)):
                yield name, key, "#b4161b 这样的六位小写颜色"
    for key in set(tables["light"]) ^ set(tables["dark"]):
        yield ("dark" if key in tables["light"] else "light"), key, "另一种配色里也有的同名颜色"
    for key, value in tables["palette"].items():
        whole = isinstance(value, dict) and set(value) == {"value", "name"} and all(map(_is_text, value.values()))
        if not whole or not _COLOUR.fullmatch(value["value"]):
            yield "palette", key, '{ value = "#b4161b", name = "同心红" } 这样的颜色和名称'
    for name in ("type", "space", "radius"):
        yield from ((name, key, "大于 0 的数") for key, value in tables[name].items() if not _is_size(value))
    yield from (("fonts", key, "字体名称") for key, value in tables["fonts"].items() if not _is_text(value))
    known = {**tables["type"], **tables["space"]}
    for name in sorted(set(_SIZES) | set(tables["sizes"])):
        sizes = tables["sizes"].get(name)
        if name not in _SIZES or not isinstance(sizes, dict):
            yield "sizes", name, f"这几张表，一张不少：{'、'.join(_SIZES)}"
            continue
        for key, value in sizes.items():
            if key not in known or not _is_size(value):
                yield f"sizes.{name}", key, "type 或 space 里的名称和大于 0 的数"


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1000


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not set(value) & set("{};<>\\\n")
