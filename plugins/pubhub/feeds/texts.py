"""Whole texts for readers elsewhere: takes items, gives HTML whose links and pictures are full addresses, with http and https only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import escape

from pubhub.clock import chinese_date
from pubhub.content import model
from pubhub.content.model import Alert, Event, Item, Lesson
from pubhub.engine.desk import Desk
from pubhub.engine.version import code_version, digest
from pubhub.feeds.naming import Names
from pubhub.markup.resolve import one_size, resolve
from pubhub.pages.cards import period

_BOX_TITLE = re.compile(r'<p class="admonition-title">(.*?)</p>', re.DOTALL)
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_HREF = re.compile(r'\shref="([^"]*)"')
_TAG = re.compile(r'<[a-z](?:[^<>"]|"[^"]*")*>')
_OURS = re.compile(r'\s(?:id|class|loading|decoding|target)="[^"]*"')


class Texts:
    """Texts of one site, each made once. They are kept in the vault, for a feed asks for fifty when one has changed."""

    def __init__(self, desk: Desk, names: Names) -> None:
        self._catalog, self._bodies, self._vault = desk.catalog, desk.bodies, desk.vault
        self._names = names
        self._made: dict[str, str] = {}

    def key(self, item: Item) -> str:
        """Of all that the text of an item depends on, but the code."""
        pointers = self._catalog.entry(item.id).scan.pointers
        if not pointers:
            return item.origin.source
        named = sorted({pointer.target.split("#")[0] for pointer in pointers if not pointer.image})
        found = ((id_, self._catalog.get(id_)) for id_ in named)
        return item.origin.source + "".join(f" {id_} {target.url if target else ''}" for id_, target in found)

    def html(self, item: Item) -> str:
        """The whole text of an item that was not withdrawn."""
        text = self._made.get(item.id)
        if text is None:
            text = self._made[item.id] = self._kept(item)
        return text

    def _kept(self, item: Item) -> str:
        if self._vault is None:
            return self._make(item)
        key = digest("feed text", code_version(), self._names.vocabulary.site.url, item.url, self.key(item))
        data = self._vault.get(key)
        if data is not None:
            return data.decode("utf-8")
        text = self._make(item)
        self._vault.put(key, text.encode("utf-8"))
        return text

    def _make(self, item: Item) -> str:
        page = self._names.page(item.url)

        def link(id_: str) -> str:
            target = self._catalog.get(id_)
            return self._names.page(target.url) if target else ""

        body = resolve(one_size(self._bodies.neutral(item)), link, self._names.page)
        return "".join([*_head(item), _portable(body, page), *_tail(item)])


def _head(item: Item) -> Iterable[str]:
    if item.sample:
        yield "<p>这是一条示例，内容不是真实发生的事。</p>"
    if isinstance(item, Alert):
        level, until = model.SEVERITIES[item.severity], chinese_date(item.expires)
        yield f"<p><strong>{level}</strong>，有效期至 {until}。</p>"
    if isinstance(item, Event):
        yield f"<p>时间：{period(item.starts, item.ends)}<br>地点：{escape(item.place)}</p>"
    yield _listed("ul", item.plain)


def _tail(item: Item) -> Iterable[str]:
    if isinstance(item, (Alert, Lesson)) and item.steps:
        yield f"<h2>{'遇到了怎么办' if isinstance(item, Alert) else '照着做'}</h2>" + _listed("ol", item.steps)
    if item.sources:
        yield "<h2>依据和来源</h2>" + _listed("ul", (source.text for source in item.sources))


def _listed(tag: str, lines: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def _portable(html: str, page: str) -> str:
    """Without what only our own pages understand: marks for our style sheet, jumps within the page, call links."""

    def link(match: re.Match[str]) -> str:
        href = _HREF.search(match[1])
        if href and href[1].startswith("#"):
            return f'<a href="{escape(page)}{href[1]}">{match[2]}</a>'
        if href and href[1].startswith(("http://", "https://")):
            return f'<a href="{href[1]}">{match[2]}</a>'
        return match[2]

    # A box says by its title what it is: above all, which words are the swindler's.
    html = _BOX_TITLE.sub(r"<p><strong>【\1】</strong></p>", html)
    return _TAG.sub(lambda tag: _OURS.sub("", tag[0]), _LINK.sub(link, html))
