"""One body at a time: takes Markdown and what it may point at, gives sanitised HTML and its headings.

Raw HTML has no meaning in a body: it is shown as text. Behind that stands a second lock: either the serializer, which knows
every element and address it wrote, or the sanitiser, which is asked about everything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import markdown
import nh3
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from pubhub.content.body import BOXES
from pubhub.markup.blocks import make_quick
from pubhub.markup.inline import TriggeredInline
from pubhub.markup.rewrite import NEUTRAL, Heading, Place, Rewrite
from pubhub.markup.serialize import Serializer

_INLINE_TAGS = r"<(br)\s*/?>|<(/?)(sup|sub|kbd|mark|u|small|del|ins)>"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
_BOX_NAMES = {name: kind for kind, name in BOXES.items()}
_BOX_LINE = re.compile(r'^([ \t]*(?:!!!|\?\?\?\+?))[ \t]+(\S+)(?:[ \t]+[“"](.*?)[”"])?[ \t]*$', re.MULTILINE)
_CLASSED = ("a", "code", "details", "div", "figure", "li", "ol", "p", "pre", "span", "sup", "table", "td", "ul")
_TAGS = {
    *[
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
    ],
    *[
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "picture",
        "pre",
        "q",
        "s",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
    ],
    *["table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"],
}
_ATTRIBUTES: dict[str, set[str]] = {tag: {"class"} for tag in _CLASSED}
_ATTRIBUTES["a"] |= {"href", "title", "id"}
_ATTRIBUTES["img"] = {"src", "alt", "width", "height", "loading", "decoding", "title"}
_ATTRIBUTES["source"] = {"type", "srcset", "sizes"}
_ATTRIBUTES["div"] |= {"tabindex", "role", "aria-label"}
_ATTRIBUTES["span"] |= {"role", "aria-label"}
_ATTRIBUTES["td"] |= {"align", "colspan", "rowspan"}
_ATTRIBUTES["th"] = {"align", "colspan", "rowspan", "scope"}
_ATTRIBUTES["ol"] |= {"start"}
_ATTRIBUTES["li"] |= {"id"}
_ATTRIBUTES["sup"] |= {"id"}
_ATTRIBUTES["details"] |= {"open"}
_ATTRIBUTES["abbr"] = {"title"}
for _level in range(2, 7):
    _ATTRIBUTES[f"h{_level}"] = {"id"}


@dataclass(frozen=True)
class Rendered:
    """A body as HTML."""

    html: str
    headings: tuple[Heading, ...]
    ids: tuple[str, ...] = ()
    """Items that it links to."""
    pictures: tuple[str, ...] = ()
    """File names of the pictures that it shows."""


class Renderer:
    """A Markdown converter that is made once and used for many bodies (making one costs as much as a short body)."""

    def __init__(self, quick: bool = True) -> None:
        """quick=False asks Markdown's own loops, which give the same HTML: for the tests that prove it."""
        self._rewrite = Rewrite()
        self._serializer = Serializer(_ATTRIBUTES, _TAGS)
        self._markdown = _converter(self._rewrite, self._serializer if quick else None)
        self.cleaner = nh3.Cleaner(
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel", NEUTRAL.rstrip(":")},
            link_rel=None,
            strip_comments=True,
        )
        """The sanitiser. Making one costs as much as cleaning a body."""

    def render(self, body: str, place: Place) -> Rendered:
        """Clean HTML. The same input gives the same bytes, whatever was rendered before."""
        self._markdown.reset()
        self._rewrite.begin(place)
        html = self._markdown.convert(_prepare(body))
        # What was put aside (code, the few tags without Markdown) goes in after the tree was written.
        if not self._serializer.is_certain or self._markdown.htmlStash.rawHtmlBlocks:
            html = self.cleaner.clean(html)
        found = self._rewrite
        return Rendered(html, tuple(found.headings), tuple(sorted(found.ids)), tuple(sorted(found.pictures)))


def _prepare(body: str) -> str:
    body = _UNSEEN.sub("", body)
    return _BOX_LINE.sub(_box_line, body) if "!!!" in body or "???" in body else body


def _box_line(match: re.Match[str]) -> str:
    """Boxes by their Chinese names too, and each with a title of its own: the library's would be an English word."""
    kind = _BOX_NAMES.get(match[2], match[2])
    title = match[3] if match[3] is not None else BOXES.get(kind, "")
    return f'{match[1]} {kind} "{title}"'


def _converter(rewrite: Rewrite, serializer: Serializer | None) -> markdown.Markdown:
    md = markdown.Markdown(
        extensions=[
            AbbrExtension(),
            AdmonitionExtension(),
            DefListExtension(),
            FootnoteExtension(BACKLINK_TITLE="回到正文注释 {}", SEPARATOR="-"),
            TableExtension(use_align_attribute=True),
            "sane_lists",
            "pymdownx.details",
            "pymdownx.highlight",
            "pymdownx.superfences",
            "pymdownx.caret",
            "pymdownx.mark",
            "pymdownx.tilde",
        ],
        extension_configs={
            "pymdownx.highlight": {"guess_lang": False, "anchor_linenums": False, "use_pygments": True},
            "pymdownx.superfences": {"disable_indented_code_blocks": False},
        },
        output_format="html",
    )
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.preprocessors.register(_Comments(md), "comments", 24)
    md.inlinePatterns.register(_InlineTags(_INLINE_TAGS, md), "inline_tags", 90)
    rewrite.md = md
    md.treeprocessors.register(rewrite, "rewrite", 5)
    if serializer is not None:
        md.treeprocessors.register(TriggeredInline(md), "inline", 20)
        make_quick(md, serializer)
    return md


class _Comments(Preprocessor):
    """Authors' notes to themselves; code blocks are already out of the way."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return _COMMENT.sub("", text).split("\n") if "<!--" in text else lines


class _InlineTags(InlineProcessor):
    """The few tags without attributes that have no Markdown of their own."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        tag = "<br>" if m[1] else f"<{m[2]}{m[3]}>"
        return self.md.htmlStash.store(tag), m.start(0), m.end(0)
