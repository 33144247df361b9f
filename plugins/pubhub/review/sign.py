"""Writes a signature into a Markdown file: takes bytes and an approval, gives bytes in which nothing else changed."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

import yaml

from pubhub.content.frontmatter import Document, read
from pubhub.content.model import Approval
from pubhub.content.raw import Loader

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_KEY = "approvals"
_EMPTY: tuple[object, ...] = ("", "~", "null", [])


class Unsignable(Exception):
    """The `approvals` of this file are written in a way that cannot be continued safely."""


def sign(data: bytes, approval: Approval) -> bytes:
    """The file with the approval in it: in place of one of the same person and line, else as a new last one.

    Args:
        data: a readable content file: UTF-8, BOM and CRLF as they are.

    Raises:
        Unsignable: the result would not say what was meant. Nothing is lost, the file has to be tidied by hand.
    """
    text = data.decode("utf-8")
    lines = _LINE.findall(text)
    newline = re.search(r"\r\n|\r|\n", text)
    if newline is None:
        raise Unsignable
    first, end = _fences(lines)
    block = _Block(lines[first + 1 : end], newline[0])
    signed = "".join([*lines[: first + 1], *block.signed(approval), *lines[end:]]).encode("utf-8")
    if not _says(signed, data, approval):
        raise Unsignable
    return signed


def with_approval(approvals: tuple[Approval, ...], approval: Approval) -> tuple[Approval, ...]:
    """The same on the typed side: the approvals that the signed file has."""
    found = [old if not _same(old.by, old.line, approval) else approval for old in approvals]
    return tuple(found) if approval in found else (*found, approval)


def _fences(lines: list[str]) -> tuple[int, int]:
    """Indexes of the two `---` lines."""
    found = [n for n, line in enumerate(lines) if line.removeprefix("\ufeff").rstrip() == "---"]
    if len(found) < 2:
        raise Unsignable
    return found[0], found[1]


@dataclass(frozen=True)
class _Block:
    """The lines between the dashes, with their line ends."""

    lines: list[str]
    newline: str

    def signed(self, approval: Approval) -> list[str]:
        """The lines with the approval."""
        if not any(line.lstrip("\"'").startswith(_KEY) for line in self.lines):
            return self._appended(f"{_KEY}:", approval)
        # Line ends become one character each, so that YAML's columns are ours.
        try:
            node = yaml.compose("\n".join(line.rstrip("\r\n") for line in self.lines), Loader=Loader)
        except yaml.YAMLError:
            raise Unsignable from None
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        pair = next(((key, value) for key, value in pairs if key.value == _KEY), None)
        if pair is None:
            return self._appended(f"{_KEY}:", approval)
        key, value = pair
        if value.value in _EMPTY:
            return self._filled(key, value, approval)
        if not isinstance(value, yaml.SequenceNode):
            raise Unsignable
        return self._continued(value, approval)

    def _appended(self, head: str, approval: Approval) -> list[str]:
        return [*self.lines, head + self.newline, *self._item("  ", approval)]

    def _filled(self, key: yaml.Node, value: yaml.Node, approval: Approval) -> list[str]:
        """`approvals:`, `approvals: []`, with or without a comment behind → a list of one."""
        line, last = key.start_mark.line, value.end_mark.line
        if value.start_mark.index == value.end_mark.index:  # no value at all: a comment may follow the colon
            return [*self.lines[: line + 1], *self._item("  ", approval), *self.lines[line + 1 :]]
        head = self.lines[line][: key.end_mark.column] + ":"
        rest = self.lines[last][value.end_mark.column :]
        return [*self.lines[:line], head + rest, *self._item("  ", approval), *self.lines[last + 1 :]]

    def _continued(self, value: yaml.SequenceNode, approval: Approval) -> list[str]:
        old = next((item for item in value.value if _same(_entry(item, "by"), _entry(item, "line"), approval)), None)
        last = value.value[-1]
        if value.flow_style:
            return (
                self._spliced(old, _flow(approval)) if old else self._spliced(last, ", " + _flow(approval), after=True)
            )
        if old is not None and getattr(old, "flow_style", False):
            return self._spliced(old, _flow(approval))
        at = old or last
        start, end = at.start_mark.line, _last_line(at)
        dash = re.match(r"[ ]*(?=- )", self.lines[start])
        if dash is None:
            raise Unsignable
        item = self._item(dash[0], approval)
        return [*self.lines[: start if old else end + 1], *item, *self.lines[end + 1 :]]

    def _spliced(self, node: yaml.Node, text: str, after: bool = False) -> list[str]:
        """The lines with a flow node replaced by `text`, or with `text` behind it."""
        start, end = node.end_mark if after else node.start_mark, node.end_mark
        joined = self.lines[start.line][: start.column] + text + self.lines[end.line][end.column :]
        return [*self.lines[: start.line], joined, *self.lines[end.line + 1 :]]

    def _item(self, indent: str, approval: Approval) -> list[str]:
        pairs = [f"{name}: {value}{self.newline}" for name, value in _values(approval)]
        return [f"{indent}- {pairs[0]}", *(f"{indent}  {pair}" for pair in pairs[1:])]


def _values(approval: Approval) -> list[tuple[str, str]]:
    # A bare 2026.1 would be a number for other tools.
    shown = {"checklist": f'"{approval.checklist}"'}
    return [(f.name, shown.get(f.name, str(getattr(approval, f.name)))) for f in dataclasses.fields(approval)]


def _flow(approval: Approval) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in _values(approval)) + "}"


def _same(by: str, line: str, approval: Approval) -> bool:
    return (by, line) == (approval.by, approval.line)


def _entry(item: yaml.Node, name: str) -> str:
    pairs = item.value if isinstance(item, yaml.MappingNode) else []
    return next((str(value.value).strip() for key, value in pairs if key.value == name), "")


def _last_line(node: yaml.Node) -> int:
    """The last line that belongs to a node; a block's own end mark lies behind the comments that follow it."""
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False):
        return node.end_mark.line
    children = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return max((_last_line(child) for child in children), default=node.start_mark.line)


def _says(signed: bytes, data: bytes, approval: Approval) -> bool:
    """True if the signed file reads as the old one with this approval, and in all else the same."""
    before, _ = read(data, "")
    after, _ = read(signed, "")
    if before is None or after is None or before.body != after.body:
        return False
    return _without(before) == _without(after) and _approvals(after) == _expected(_approvals(before), approval)


def _without(document: Document) -> dict[str, object]:
    return {name: value for name, value in document.front.plain().items() if name != _KEY}


def _approvals(document: Document) -> list[dict[str, str]]:
    found = document.front.plain().get(_KEY) or []
    return [dict(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _expected(before: list[dict[str, str]], approval: Approval) -> list[dict[str, str]]:
    new = {f.name: str(getattr(approval, f.name)) for f in dataclasses.fields(approval)}
    kept = [new if _same(one.get("by", ""), one.get("line", ""), approval) else one for one in before]
    return kept if new in kept else [*kept, new]
