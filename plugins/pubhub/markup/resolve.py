"""The last step of a body: takes neutral HTML and the page it will stand on, gives HTML with real links.

An item that this edition does not show keeps its words and loses its link.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pubhub.markup.rewrite import NEUTRAL

_NEUTRAL = re.compile(rf' (href|src)="{NEUTRAL}([^"#]*)(#[^"]*)?"')
_SRCSET = re.compile(rf'{NEUTRAL}([^" ]*)(?= \d+w[,"])')
_SOURCE = re.compile(r"<source [^>]*>|</?picture>")


def resolve(html: str, link: Callable[[str], str], file: Callable[[str], str]) -> str:
    """Replaces what `NEUTRAL` marks.

    Args:
        link: item id → address from this page, or "" for an item that is not shown.
        file: published address of a picture → address from this page.
    """
    if NEUTRAL not in html:
        return html

    def real(match: re.Match[str]) -> str:
        kind, target, fragment = match[1], match[2], match[3] or ""
        address = file(target) if kind == "src" else link(target)
        return f' {kind}="{address}{fragment}"' if address else ""

    html = _NEUTRAL.sub(real, html)
    return _SRCSET.sub(lambda match: file(match[1]), html) if NEUTRAL in html else html


def one_size(html: str) -> str:
    """Neutral HTML in which every picture has its fallback alone: for what is read without a network."""
    return _SOURCE.sub("", html) if "<picture>" in html else html
