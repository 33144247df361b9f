"""Blocks of plain prose, taken without asking: the same result as Markdown's own parser for half of its time.

Of its eighteen block processors only the last, the paragraph, can want a block whose every line starts with a letter or a
Chinese character: all others look for an indentation or a mark at the start of a line. In the same way only one can want a
heading of one line, or a list without anything in it but such lines.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

from markdown import Markdown
from markdown.blockparser import BlockParser

from pubhub.markup.serialize import QuickUnescape, Serializer

_LINE = r"[A-Za-z\u4e00-\u9fff“‘《（「『【][^\n]*"
_PLAIN = re.compile(rf"{_LINE}(?:\n{_LINE})*\Z")
_OWN = re.compile(rf"(?:(#)#{{0,5}} ?{_LINE}|(-) {_LINE}(?:\n- {_LINE})*|\d+(\.) {_LINE}(?:\n\d+\. {_LINE})*)\Z")
_OWNERS = ("", "hashheader", "ulist", "olist")
"""Who wants what `_OWN` matches, by its group."""


class QuickParser(BlockParser):
    """Takes the place of a converter's parser once all processors are registered."""

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:  # noqa: N802
        """Markdown's loop, with a short way for prose."""
        while blocks:
            if _PLAIN.match(blocks[0]):
                if not self.state.isstate("list"):
                    ET.SubElement(parent, "p").text = blocks.pop(0)
                    continue
                if not len(parent) and not parent.text:
                    parent.text = blocks.pop(0)
                    continue
            if own := _OWN.match(blocks[0]):
                self.blockprocessors[_OWNERS[own.lastindex or 0]].run(parent, blocks)
                continue
            for processor in self.blockprocessors:
                # run gives True or None where it took the block.
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


def make_quick(md: Markdown, serializer: Serializer) -> None:
    """Puts the short ways into a finished converter."""
    md.parser.__class__ = QuickParser
    fences = md.preprocessors["fenced_code_block"]
    look: Callable[[list[str]], list[str]] = fences.run

    def run(lines: list[str]) -> list[str]:
        return look(lines) if any("```" in line or "~~~" in line for line in lines) else lines

    # Other processors ask the registered object for its stash, so it must stay the same object.
    fences.run = run  # type: ignore[method-assign]
    # It only lays out line breaks, which no reader sees.
    md.treeprocessors.deregister("prettify")
    md.treeprocessors.register(QuickUnescape(md), "unescape", 0)
    md.serializer = serializer
