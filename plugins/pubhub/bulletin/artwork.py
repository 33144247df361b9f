"""What the printed issue looks like, as data: words and poses of its columns, colours, its design files, QR codes."""

from __future__ import annotations

import io
from pathlib import Path

import segno

from pubhub.tokens import Tokens

INTROS = {
    "工作动态": "分行消费者权益保护工作，做了什么，为什么这样做。",
    "支行荟萃": "网点里的办法和经验，拿来就能用。",
    "消保之星": "身边的同事，怎样为消费者多想一步。",
    "消保微讲堂": "三五分钟一课，照着步骤学，做完小测验。",
    "风险瞭望台": "正在发生的骗局，怎样识破，遇到了怎么办。",
}
POSES = {
    "工作动态": "pointing-left",
    "支行荟萃": "celebrating",
    "消保之星": "comforting",
    "消保微讲堂": "reading",
    "风险瞭望台": "stop",
}
_ALL_POSES = {*POSES.values(), "greeting", "phone", "shield"}
SEVERITIES = {"critical": "crit", "high": "high", "moderate": "mod", "notice": "note"}


def theme_files(theme: Path) -> dict[str, bytes]:
    """The design, with its pictures."""
    names = {p.name: p for p in sorted((theme / "print").iterdir()) if p.suffix == ".typ"}
    brand = theme / "assets" / "brand"
    art = {name: brand / name for name in ("logo-mark.svg", *(f"mascot-{pose}.svg" for pose in sorted(_ALL_POSES)))}
    return {name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in {**names, **art}.items()}


def colours(tokens: Tokens) -> dict[str, str]:
    """Those of the light scheme, and a warm tint."""
    return {**tokens.light, "tint": tokens.palette["cream"]}


def qr(url: str) -> bytes:
    """Four modules of quiet zone, so that a phone finds it on any ground."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, nl=False, light="#fff"
    )
    return out.getvalue()
