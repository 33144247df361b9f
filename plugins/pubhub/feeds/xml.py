"""XML as text: takes names, attributes and words, gives elements in which nothing can break out or be refused by a parser."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def escaped(text: str) -> str:
    """Words for an element or an attribute."""
    text = _FORBIDDEN.sub("", text)
    # Faster than a translation table where little is to be done to a long text.
    for character, reference in _ESCAPES:
        text = text.replace(character, reference)
    return text


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """One element on a line of its own; empty attributes are left out, `_` in their names means `:`."""
    return raw_element(name, escaped(text), **attributes)


def raw_element(name: str, inner: str, /, **attributes: str) -> str:
    """One element around what is XML already."""
    given = "".join(f' {key.replace("_", ":")}="{escaped(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{given}>{inner}</{name}>\n" if inner else f"<{name}{given}/>\n"
