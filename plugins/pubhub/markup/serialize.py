"""From the element tree of one body to HTML: the same text as Markdown's own way, in half of its time.

Markdown's serializer is made for any tree; ours has elements only. It knows what a body may hold, so it also says whether
the sanitiser would leave every byte as it is, which is so for nearly every body.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping

from markdown.serializers import RE_AMP, to_html_string
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import STX

_SPECIAL = re.compile(f"[&<>\xa0{STX}]")
_EMPTY: frozenset[str] = frozenset(ET.HTML_EMPTY)
"""Elements without an end tag."""
_VERBATIM = frozenset({"script", "style"})
# Addresses that every reader of addresses takes for the same; a rarer one is the sanitiser's to judge.
_PLAIN_ADDRESS = re.compile(
    r"(?:https?://(?!xn--)(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?][A-Za-z0-9_./?=%~-]*)?|(?:tel:|#)[\w.-]+|pubhub-neutral:[A-Za-z0-9_./#-]+)\Z"
)
# What an element may hold if the sanitiser's parser shall build the same tree: it closes a paragraph before a block.
_LEAVES = frozenset({"a", "p", "h2", "h3", "h4", "h5", "h6", "strong", "em", "small", "span"})
_PHRASES = frozenset({"a", "br", "del", "em", "img", "ins", "mark", "small", "span", "strong", "sub", "sup"})


class _Unusual(Exception):
    """A comment, an attribute without a value: Markdown's own way knows what to do."""


class QuickUnescape(UnescapeTreeprocessor):
    """Looks only at texts that hold an escaped character."""

    def unescape(self, text: str) -> str:
        """Called by Markdown for every text and attribute."""
        return super().unescape(text) if STX in text else text


class Serializer:
    """Writes trees; takes the place of a converter's serializer."""

    def __init__(self, attributes: Mapping[str, Collection[str]], tags: Collection[str]) -> None:
        """attributes, tags: what the sanitiser lets pass."""
        self._allowed = {tag: frozenset(attributes.get(tag, ())) for tag in tags}
        self.is_certain = False
        """True if the last tree held nothing but what the sanitiser writes just as it stands."""

    def __call__(self, root: ET.Element) -> str:
        """The tree as HTML."""
        parts: list[str] = []
        self.is_certain = True
        try:
            # Markdown's own root is cut off afterwards.
            self._write(root, parts.append)
        except _Unusual:
            self.is_certain = False
            return str(to_html_string(root))
        return "".join(parts)

    def _write(self, element: ET.Element, write: Callable[[str], None]) -> None:
        tag = element.tag
        allowed = self._allowed.get(tag) if type(tag) is str else None
        if allowed is None:
            if type(tag) is not str or tag in _VERBATIM:
                raise _Unusual
            self.is_certain = False
        if element.attrib:
            write(f"<{tag}")
            for name, value in sorted(element.attrib.items()):
                if type(name) is not str or not isinstance(value, str) or name == value:
                    raise _Unusual
                if allowed is None or name not in allowed or not _is_plain(name, value):
                    self.is_certain = False
                write(f' {name}="{_attribute(value)}"')
            write(">")
        else:
            write(f"<{tag}>")
        if element.text:
            write(self._text(element.text))
        for child in element:
            if tag in _LEAVES and (tag == "a" or child.tag not in _PHRASES):
                self.is_certain = False
            self._write(child, write)
        if tag not in _EMPTY:
            write(f"</{tag}>")
        if element.tail:
            write(self._text(element.tail))

    def _text(self, text: str) -> str:
        if not _SPECIAL.search(text):
            return text
        if "&" in text or "\xa0" in text or STX in text:
            # Entities, and what Markdown puts in place of its marks afterwards.
            self.is_certain = False
        return _escaped(text)


def _is_plain(name: str, value: str) -> bool:
    if name in {"href", "src"}:
        return _PLAIN_ADDRESS.match(value) is not None
    return name != "srcset" and not _SPECIAL.search(value)


def _escaped(text: str) -> str:
    if "&" in text:
        # Only where it does not begin an entity.
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")
