"""Shipped files of the theme under names that change with their bytes: takes a folder, gives names and contents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pubhub.tokens import STYLE, read_tokens, style_sheet

_HEAD_COMMENT = re.compile(rb"\A\s*/\*.*?\*/\s*", re.DOTALL)
_COMMENT_LINES = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
BOOT = "boot.js"
"""Printed inside every page, so never published on its own."""


@dataclass(frozen=True)
class Assets:
    """What the theme ships."""

    names: Mapping[str, str]
    """hub.css → assets/hub.1a2b3c4d5e.css."""
    contents: Mapping[str, bytes]
    """By published address."""
    boot: str
    """The one inline script."""
    grounds: tuple[str, ...] = ()
    """What lies behind a page in the light and in the dark scheme, #rrggbb: browsers paint their frames with it."""


def read_assets(folder: Path) -> Assets:
    """All files below `folder`, sorted. Text files get LF line ends, so that a Windows checkout publishes the same bytes.

    hub.css is published with the tokens that stand beside the folder. Raises ContentRefused if they are broken.
    """
    names: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    boot = ""
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        name = path.relative_to(folder).as_posix()
        data = style_sheet(folder.parent) if name == STYLE else path.read_bytes()
        if path.suffix in {".css", ".js", ".svg", ".txt", ".json", ".webmanifest"}:
            data = data.replace(b"\r\n", b"\n")
        if name == BOOT:
            boot = data.decode("utf-8").strip()
            continue
        if path.suffix == ".js":
            data = without_comments(data)
        names[name] = published(name, data)
        contents[names[name]] = data
    tokens = read_tokens(folder.parent) if STYLE in names else None
    return Assets(names, contents, boot, (tokens.light["paper"], tokens.dark["paper"]) if tokens else ())


def without_comments(script: bytes) -> bytes:
    """A script without its head comment and without lines that are comments: a tenth of the bytes a phone has to load.

    Only whole lines, and no template strings of several lines in our scripts: so nothing but comments can go.
    """
    return _COMMENT_LINES.sub(b"", _HEAD_COMMENT.sub(b"", script))


def published(name: str, data: bytes) -> str:
    """Address of a shipped file: hub.css → assets/hub.1a2b3c4d5e.css."""
    stem, dot, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{suffix}"
