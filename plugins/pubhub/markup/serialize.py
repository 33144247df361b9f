"""From the element tree of one body to HTML: the same text as Markdown's own way, in half of its time.

Markdown's serializer is made for any tree; ours has elements only. The sanitiser reads what comes out.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

from markdown.serializers import RE_AMP, to_html_string
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import STX

_SPECIAL = re.compile("[&<>]")
_EMPTY: frozenset[str] = frozenset(ET.HTML_EMPTY)
"""Elements without an end tag."""
_VERBATIM = frozenset({"script", "style"})


class _Unusual(Exception):
    """A comment, an attribute without a value: Markdown's own way knows what to do."""


class QuickUnescape(UnescapeTreeprocessor):
    """Looks only at texts that hold an escaped character."""

    def unescape(self, text: str) -> str:
        """Called by Markdown for every text and attribute."""
        return super().unescape(text) if STX in text else text


def to_html(root: ET.Element) -> str:
    """The tree as HTML."""
    parts: list[str] = []
    try:
        _write(root, parts.append)
    except _Unusual:
        return str(to_html_string(root))
    return "".join(parts)


def _write(element: ET.Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    if type(tag) is not str or tag in _VERBATIM:
        raise _Unusual
    if element.attrib:
        write(f"<{tag}")
        for name, value in sorted(element.attrib.items()):
            if type(name) is not str or not isinstance(value, str) or name == value:
                raise _Unusual
            write(f' {name}="{_attribute(value)}"')
        write(">")
    else:
        write(f"<{tag}>")
    text = element.text
    if text:
        write(_escaped(text) if _SPECIAL.search(text) else text)
    for child in element:
        _write(child, write)
    if tag not in _EMPTY:
        write(f"</{tag}>")
    tail = element.tail
    if tail:
        write(_escaped(tail) if _SPECIAL.search(tail) else tail)


def _escaped(text: str) -> str:
    if "&" in text:
        # Only where it does not begin an entity.
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")
