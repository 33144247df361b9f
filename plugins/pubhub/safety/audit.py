"""A last look at the finished tree: takes the folder and what should be in it, gives everything that should not be there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pubhub.content.model import ITEM_ID
from pubhub.safety.csp import script_hash

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HANDLER = re.compile(r"[\s/]on[a-z]+\s*=", re.IGNORECASE)
_STYLE = re.compile(r"[\s/]style\s*=", re.IGNORECASE)
_LOADS = re.compile(
    r"<(?:script|img|iframe|source|audio|video|embed|object|use)\b|<link\b(?![^>]*rel=\"?(?:canonical|prev|next|alternate)\b)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[\s/](?:src|href|srcset|data|poster)\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_ID = re.compile(rf"\b{ITEM_ID}\b")


@dataclass(frozen=True, order=True)
class Finding:
    """Something in the output that must not be there."""

    url: str
    what: str


def audit(folder: Path, expected: Collection[str], hidden_ids: Collection[str], csp: str) -> list[Finding]:
    """Every file must be planned; no page may name a hidden item, run or load anything that the policy does not know."""
    known = set(expected)
    findings: list[Finding] = []
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    findings += [Finding(url, "计划之外的文件") for url in found if url not in known]
    findings += [Finding(url, "计划之内却没有写出") for url in known if url not in found]
    hidden = set(hidden_ids)
    for url, path in found.items():
        if path.suffix in {".html", ".xml", ".json", ".txt"}:
            text = path.read_text("utf-8")
            findings += [
                Finding(url, f"出现了不应公开的 {id_}") for id_ in sorted(hidden.intersection(_ID.findall(text)))
            ]
            if path.suffix == ".html":
                findings += [Finding(url, what) for what in check_page(text, csp)]
    return sorted(findings)


def check_page(text: str, csp: str) -> Iterator[str]:
    """What the policy would block, or should have."""
    for attributes, script in _SCRIPT.findall(text):
        if not re.search(r"\bsrc\s*=", attributes) and script_hash(script) not in csp:
            yield "有策略之外的内联脚本"
    if "<style" in text.lower():
        yield "有内联样式"
    for tag in _TAG.findall(text):
        bare = _QUOTED.sub('""', tag)
        if _HANDLER.search(bare):
            yield f"有事件属性：{tag[:60]}"
        if _STYLE.search(bare):
            yield f"有 style 属性：{tag[:60]}"
        if _LOADS.match(tag) and _ELSEWHERE.search(tag):
            yield f"引用了别的网站：{tag[:60]}"
