"""The papers that go with an issue: takes a volume, gives its approved texts, the manifest and the leaflet."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

from pubhub.bulletin.pieces import Piece, Volume
from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.code import blank_code
from pubhub.content.model import ITEM_ID, Item

TOOLS = (
    "pubhub",
    "Jinja2",
    "Markdown",
    "Pillow",
    "nh3",
    "opencc-python-reimplemented",
    "pymdown-extensions",
    "resvg-py",
    "typst",
)
"""What the bytes of a bundle depend on besides its content."""
_TARGET = re.compile(
    r"(?<=\]\()[ \t]*<?([^\s()<>]+)>?|^[ \t>]{0,20}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE
)
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n|<!--.*?-->", re.DOTALL | re.MULTILINE)


def text_of(piece: Piece, body: str, target: Callable[[str], str]) -> str:
    """An article as plain Markdown that stands alone: what was approved, without the authors' notes to themselves.

    Args:
        body: the Markdown of its file.
        target: where a link or picture of the body leads → where it leads in the bundle.
    """
    parts = [f"# {piece.title}"]
    if piece.sample:
        parts.append("（示例：用来示范写法，人物和事情是虚构的，不是新闻。）")
    dated = f"{piece.kind_name} · {piece.id} · {piece.date_text}"
    if piece.severity:
        dated += f" · {piece.severity.name} · 有效期至 {piece.expires_text}"
    parts += [dated, _lines(piece.plain)]
    if not piece.severity:
        parts.append(_lines(f"{label}：{value}" for label, value in piece.facts))
    if piece.steps:
        parts += [f"## {piece.steps_title}", "\n".join(f"{n}. {step}" for n, step in enumerate(piece.steps, 1))]
    parts.append(_retargeted(_without_comments(body), target).strip())
    if piece.quiz:
        parts.append("## 小测验")
    for q in piece.quiz:
        options = "\n".join(f"- {letter}．{option}" for letter, option in zip("ABCDEF", q.options, strict=False))
        answer = f"答案：{'ABCDEF'[q.answer - 1]}。{q.explain}"
        parts += [f"第 {q.number} 题　{q.text}", options, answer]
    if piece.sources:
        parts += ["## 依据", _lines(f"{source.text} {source.url}".strip() for source in piece.sources)]
    return "\n\n".join(part for part in parts if part) + "\n"


def manifest(catalog: Catalog, volume: Volume, files: Mapping[str, bytes], pages: Mapping[str, int]) -> bytes:
    """Everything that a machine may ask, as JSON."""
    issue, site = volume.issue, volume.site
    record = {
        "name": volume.root,
        "title": volume.title,
        "quarter": issue.quarter,
        "id": issue.id,
        "version": version_of(issue),
        "digest": issue.origin.digest,
        "date": issue.date.isoformat(),
        "draft": volume.draft,
        "publisher": site.organisation,
        "licence": site.licence,
        "language": "zh-CN",
        "url": volume.online,
        "pages": pages["pdf"],
        "screen_pages": pages["screen"],
        "approvals": _approvals(catalog, issue),
        "items": [_row(catalog, piece) for piece in volume.pieces],
        "corrections": [
            {
                "id": one.item.id,
                "title": one.item.title,
                "date": one.change.date.isoformat(),
                "level": one.level,
                "note": one.change.note,
            }
            for one in volume.corrections
        ],
        "toolchain": {name: version(name) for name in TOOLS},
        "files": [
            {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def readme(volume: Volume) -> bytes:
    """A leaflet that Windows' own editor shows right: byte order mark, CRLF."""
    marks = ["（草稿，未经审核，仅供送审，不得转发）", ""] if volume.draft else []
    samples = f"本期有 {volume.samples} 篇带“示例”标记，用来示范写法，人物和事情是虚构的。" if volume.samples else ""
    lines = [
        f"《{volume.site.bulletin}》{volume.quarter}",
        f"{volume.site.organisation}　{volume.site.team}",
        f"{volume.date_text}",
        "",
        *marks,
        "怎样阅读",
        "  先把压缩包全部解开，再打开里面的文件。",
        "  site 文件夹里的 index.html：双击就能看，可以在本期里搜索，不需要联网。",
        "  bulletin-screen.pdf：手机版，字大，一栏到底，电话点一下就能拨。",
        "  bulletin.pdf：印刷版，A4 页面，适合打印和张贴。",
        "  bulletin.epub：电子书，适合平板和阅读器，字号随意调。",
        "  articles 文件夹：每篇审定的文字。images 文件夹：图片。",
        *([samples] if samples else []),
        "",
        "怎样核对",
        "  1. 对照发布网页上的 SHA-256，一个字都不差，就是原件：",
        f"     Windows：certutil -hashfile {volume.root}.zip SHA256",
        f"     macOS：shasum -a 256 {volume.root}.zip",
        f"     Linux：sha256sum {volume.root}.zip",
        "  2. 装有 Python 3.8 以上的电脑，在解开的文件夹里运行 python3 verify.py（Windows：py verify.py），",
        "     会逐个文件核对，多了、少了、改动了哪个文件都会说出来。",
        "  3. 如果有 SHA256SUMS.sig，这是数字签名。请向我们索取可信签名人名单，再运行",
        "     python3 verify.py --signers 名单文件。",
        "",
        "其他文件",
        "  manifest.json：每篇的编号、版本、审核和指纹，供程序读取。SHA256SUMS：每个文件的校验值。",
        "",
        f"转载　{volume.site.licence}",
        f"在线版　{volume.online}",
        "",
    ]
    return ("\ufeff" + "\r\n".join(lines)).encode("utf-8")


def version_of(item: Item) -> int:
    """1 when published, one more with each change that was noted."""
    return 1 + len(item.changes)


def _row(catalog: Catalog, piece: Piece) -> dict[str, Any]:
    item = piece.item
    return {
        "column": piece.column,
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "date": item.date.isoformat(),
        "version": version_of(item),
        "digest": item.origin.digest,
        "sample": item.sample,
        "text": f"articles/{item.id}.md",
        "page": f"site/{piece.file}",
        "url": piece.online,
        "approvals": _approvals(catalog, item),
    }


def _approvals(catalog: Catalog, item: Item) -> list[dict[str, str]]:
    """By role: accounts and private names stay inside."""
    people = {person.id: person.name for person in catalog.vocabulary.people}
    return [
        {"line": model.LINES[a.line], "by": people[a.by], "on": a.on.isoformat(), "checklist": a.checklist}
        for a in catalog.entry(item.id).approvals
    ]


def _lines(texts: Any) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _without_comments(body: str) -> str:
    """Outside code: an article may explain what a comment is."""
    cuts = [match.span() for match in _COMMENT.finditer(blank_code(body))]
    for start, end in reversed(cuts):
        body = body[:start] + body[end:]
    return body


def _retargeted(body: str, target: Callable[[str], str]) -> str:
    out, at = [], 0
    for match in _TARGET.finditer(blank_code(body)):
        group = 1 if match[1] else 2
        old = body[match.start(group) : match.end(group)]
        out += [body[at : match.start(group)], target(old)]
        at = match.end(group)
    return "".join([*out, body[at:]])


def is_item(target: str) -> bool:
    """True for a link that names an item."""
    return re.fullmatch(ITEM_ID + r"(#.*)?", target) is not None
