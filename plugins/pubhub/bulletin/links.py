"""Links between the pages of one issue: takes finished pages, gives them without anchors that are not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

_ID = re.compile(r'<[a-z][^<>]*\sid="([^"]*)"')
_LINK = re.compile(r'(<a\s(?:[^<>]*?\s)?)href="([^"#:]*)#([^"]*)"')


def mend_fragments(pages: Mapping[str, str]) -> dict[str, str]:
    """A link to a place that its page does not have leads to the page; on the same page it is no link.

    Bodies are written for the site, where an anchor may stand that print and book leave out.
    """
    ids = {name: {unescape(id_) for id_ in _ID.findall(text)} for name, text in pages.items()}

    def mended(name: str, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            target, fragment = match[2], unquote(unescape(match[3]))
            there = ids.get(target or name)
            if there is None or fragment in there:
                return match[0]
            return f'{match[1]}href="{target}"' if target else match[1].rstrip()

        return _LINK.sub(one, text)

    return {name: mended(name, text) for name, text in pages.items()}
