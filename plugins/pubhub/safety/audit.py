"""A last look at the finished tree: takes the folder and what should be in it, gives everything that should not be there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pubhub.safety.csp import script_hash

# All tags that run, load or lead somewhere, in one pass: each pass over a page costs as much as making a tenth of it.
_TELLING = re.compile(r"<(a|audio|embed|iframe|img|link|object|script|source|style|use|video)(?![\w-])([^<>]*)")
_LOUD_TELLING, _LOUD = re.compile(_TELLING.pattern, re.IGNORECASE), re.compile("<[A-Z]")
"""Templates and the sanitiser write in lower case; whatever else got in is looked at as well."""
_SCRIPT_END = re.compile(r"</script\s*>", re.IGNORECASE)
_SRC = re.compile(r"[\s/\"']src\s*=", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HANDLER = re.compile(r"[\s/]on[a-z]+\s*=", re.IGNORECASE)
_STYLE = re.compile(r"[\s/]style\s*=", re.IGNORECASE)
# One search of the whole page says whether its tags need a closer look; nearly no page does. Literal starts make it fast:
# templates and the sanitiser write attributes in lower case.
_SUSPECT_HANDLER, _SUSPECT_STYLE = re.compile(r"on[a-z]+\s*="), re.compile(r"style\s*=")
_LOADING = re.compile(
    r"[\s/](?:src|data|poster)\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|[\s/]srcset\s*=[^<>]*?//"
    r"|^<(?:use|link)\b(?![^<>]*rel=\"?(?:canonical|prev|next|alternate)\b)[^<>]*?[\s/](?:xlink:)?href\s*=\s*[\"']?\s*(?:https?:)?//",
    re.IGNORECASE,
)
_TEXTS = frozenset(("conf", "css", "csv", "html", "ics", "js", "json", "md", "svg", "txt", "webmanifest", "xml"))
_DATA = re.compile(r'\s*type="application/ld\+json"\s*')
# A link of our own: no scheme, no host, more than a fragment.
_INTERNAL = re.compile(r"\s(?:href|src)=\"(?![a-zA-Z][a-zA-Z0-9+.-]*:|//|#)([^\"]+)\"")
_SRCSET = re.compile(r"\ssrcset=\"([^\"]*)\"")
# From the hyphen on, which is rare; the letters before it are looked at afterwards.
_ID_TAIL = re.compile(r"-[0-9]{4}-[0-9]{4,6}(?![0-9])")
_ID_HEAD = re.compile(r"[A-Z]{2,6}\Z")


@dataclass(frozen=True, order=True)
class Finding:
    """Something in the output that must not be there."""

    url: str
    what: str


class Inspector:
    """Looks at each file as it is written: no page may name a staff item, link to a page that is not published, or run or load
    anything that the policy does not know."""

    def __init__(self, hidden_ids: Collection[str], known: Collection[str], csp: str, root: str = "/") -> None:
        """What to look for.

        Args:
            hidden_ids: of staff items, in the public edition.
            known: every address of the site.
            root: path of the site on its host; links of the 404 page start with it.
        """
        self._root = root
        self._hidden, self._known, self._csp = frozenset(hidden_ids), frozenset(known), csp
        self._good: dict[str, set[str]] = {}
        self._vouched: set[tuple[str, str]] = set()

    def look(self, url: str, data: bytes) -> list[Finding]:
        """What is wrong with one file."""
        if url.endswith(".html"):
            return self.look_at_page(url, [data.decode("utf-8")])
        return self._named(url, data.decode("utf-8")) if self._hidden and _is_text(url) else []

    def look_at_page(self, url: str, parts: Sequence[str]) -> list[Finding]:
        """What is wrong with one page.

        parts: text of its own and, between, what many pages of its folder have word for word: that is looked at once.
        """
        folder = url.rpartition("/")[0]
        findings: list[Finding] = []
        for shared in parts[1::2]:
            if (folder, shared) not in self._vouched:
                found = self._page(url, folder, shared)
                if found:
                    findings += found
                else:
                    self._vouched.add((folder, shared))
        return findings + self._page(url, folder, "".join(parts[::2]))

    def _page(self, url: str, folder: str, text: str) -> list[Finding]:
        findings = self._named(url, text) if self._hidden else []
        tags = _tags(text)
        findings += [Finding(url, what) for what in _check(text, tags, self._csp)]
        findings += [Finding(url, f"链接没有去处：{link[:80]}") for link in self._dead_links(folder, tags)]
        return findings

    def _named(self, url: str, text: str) -> list[Finding]:
        return [Finding(url, f"出现了不应公开的 {id_}") for id_ in sorted(self._hidden.intersection(_ids(text)))]

    def _dead_links(self, folder: str, tags: Sequence[re.Match[str]]) -> Iterator[str]:
        good = self._good.setdefault(folder, set())
        links: set[str] = set()
        for tag in tags:
            if own := _INTERNAL.search(tag[2]):
                links.add(own[1])
            if "srcset=" in tag[2] and (files := _SRCSET.search(tag[2])):
                links.update(one.split()[0] for one in files[1].split(",") if one.strip())
        for link in links - good:
            inner = "/" + link.removeprefix(self._root) if link.startswith("/") else link
            if resolved(inner, folder) in self._known:
                good.add(link)
            else:
                yield link


def _is_text(url: str) -> bool:
    """True for what can be read as text: by its suffix, or a file of the server's without one (_headers, _redirects)."""
    suffix = url.rpartition("/")[2].rpartition(".")[2]
    return suffix in _TEXTS or url.startswith("_")


def _ids(text: str) -> Iterator[str]:
    for tail in _ID_TAIL.finditer(text):
        head = _ID_HEAD.search(text, max(0, tail.start() - 6), tail.start())
        if head:
            yield head[0] + tail[0]


def resolved(link: str, folder: str) -> str:
    """The site-relative address that a relative link means on a page of `folder`."""
    path = link.partition("#")[0].partition("?")[0]
    parts = [] if path.startswith("/") or not folder else folder.split("/")
    for part in path.strip("/").split("/"):
        if part == "..":
            # Above the root there is nothing: such a link is dead.
            if not parts:
                return ".."
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


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


def _begins(text: str, at: int) -> bool:
    """True if an attribute can begin here. Asked of what was found: a pattern that starts with white space is slow to search for."""
    before = text[at - 1 : at]
    return before.isspace() or before in {"/", '"', "'"}


def check_page(text: str, csp: str) -> Iterator[str]:
    """What the policy would block, or should have."""
    return _check(text, _tags(text), csp)


def _tags(text: str) -> list[re.Match[str]]:
    return list((_LOUD_TELLING if _LOUD.search(text) else _TELLING).finditer(text))


def _check(text: str, tags: Sequence[re.Match[str]], csp: str) -> Iterator[str]:
    end = 0
    """Of the last script: what looks like a tag before it is part of it."""
    for tag in tags:
        if tag.start() < end:
            continue
        name, attributes = tag[1].lower(), tag[2]
        if name == "script":
            closing = _SCRIPT_END.search(text, tag.end())
            end = closing.start() if closing else len(text)
            yield from _check_script(attributes, text[tag.end() + 1 : end], csp)
        elif name == "style":
            yield "有内联样式"
        if "//" in attributes and name != "a" and _LOADING.search(tag[0]):
            yield f"引用了别的网站：{tag[0][:60]}"
    if _SUSPECT_STYLE.search(text) or any(_begins(text, m.start()) for m in _SUSPECT_HANDLER.finditer(text)):
        for found in _TAG.findall(text):
            bare = _QUOTED.sub('""', found)
            if _HANDLER.search(bare):
                yield f"有事件属性：{found[:60]}"
            if _STYLE.search(bare):
                yield f"有 style 属性：{found[:60]}"


def _check_script(attributes: str, script: str, csp: str) -> Iterator[str]:
    if _DATA.fullmatch(attributes):
        # Data, which no browser runs; but only if it cannot be taken for anything else.
        if not _is_data(script):
            yield "内联数据不是规范的 JSON"
    elif not _SRC.search(attributes) and script_hash(script) not in csp:
        yield "有策略之外的内联脚本"


def _is_data(text: str) -> bool:
    if "<" in text:
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
