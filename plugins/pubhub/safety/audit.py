"""A last look at the finished tree: takes the folder and what should be in it, gives everything that should not be there."""

from __future__ import annotations

import os
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
# One search of the whole page says whether its tags need a closer look; nearly no page does.
_SUSPECT = re.compile(r"[\s/](?:on[a-z]+|style)\s*=", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"<(?:(?:script|img|iframe|source|audio|video|embed|object|use)\b[^<>]*?[\s/](?:src|href|srcset|data|poster)"
    r"|link\b(?![^<>]*rel=\"?(?:canonical|prev|next|alternate)\b)[^<>]*?[\s/]href)\s*=\s*[\"']?\s*(?:https?:)?//[^<>]*",
    re.IGNORECASE,
)
_ID = re.compile(rf"\b{ITEM_ID}\b")


@dataclass(frozen=True, order=True)
class Finding:
    """Something in the output that must not be there."""

    url: str
    what: str


@dataclass(frozen=True)
class Inspector:
    """Looks at each file as it is written: no page may name a hidden item, run or load anything that the policy does not know."""

    hidden_ids: frozenset[str]
    csp: str

    def look(self, url: str, data: bytes) -> list[Finding]:
        """What is wrong with one file."""
        if not url.endswith((".html", ".xml", ".json", ".txt")):
            return []
        text = data.decode("utf-8")
        named = self.hidden_ids.intersection(_ID.findall(text)) if self.hidden_ids else set()
        findings = [Finding(url, f"出现了不应公开的 {id_}") for id_ in sorted(named)]
        if url.endswith(".html"):
            findings += [Finding(url, what) for what in check_page(text, self.csp)]
        return findings


def check_tree_of(folder: Path, expected: Collection[str]) -> list[Finding]:
    """Every file must be planned, every planned file there."""
    found: set[str] = set()
    root = os.fspath(folder)
    for here, _, names in os.walk(root):
        prefix = here[len(root) + 1 :].replace(os.sep, "/")
        found.update(f"{prefix}/{name}" if prefix else name for name in names)
    known = set(expected)
    extra = [Finding(url, "计划之外的文件") for url in found - known]
    return sorted(extra + [Finding(url, "计划之内却没有写出") for url in known - found])


def check_page(text: str, csp: str) -> Iterator[str]:
    """What the policy would block, or should have."""
    for attributes, script in _SCRIPT.findall(text):
        if not re.search(r"\bsrc\s*=", attributes) and script_hash(script) not in csp:
            yield "有策略之外的内联脚本"
    if "<style" in text:
        yield "有内联样式"
    if _SUSPECT.search(text):
        for tag in _TAG.findall(text):
            bare = _QUOTED.sub('""', tag)
            if _HANDLER.search(bare):
                yield f"有事件属性：{tag[:60]}"
            if _STYLE.search(bare):
                yield f"有 style 属性：{tag[:60]}"
    for match in _ELSEWHERE.finditer(text):
        yield f"引用了别的网站：{match[0][:60]}"
