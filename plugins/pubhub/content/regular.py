"""Front matter in the form that nearly every text has, read line by line: a fifth of the time that a YAML reader needs.

Keys in lower case, one value or list member on a line, plain or quoted, lists of ids in brackets. Whatever else YAML allows,
and whatever is wrong, is left to the YAML reader, which says the same of these lines.
"""

from __future__ import annotations

import re

from pubhub.content.raw import Mapping, Raw, Scalar, Sequence

_LINE = re.compile(r"^( *)(- )?(?:([a-z_]+):(?: +|$))?(.*?) *$", re.MULTILINE)
_IDS = re.compile(r"\[(?: *[A-Za-z0-9][A-Za-z0-9_-]*(?: *, *[A-Za-z0-9][A-Za-z0-9_-]*)*)? *\]")
_NULL = frozenset({"null", "Null", "NULL"})
_MAX_DEPTH = 5

_Line = tuple[str, str, str, str]
"""Indentation, dash, key, value."""


class _Unusual(Exception):
    """A line for the YAML reader."""


def read_regular(text: str, first_line: int) -> Mapping | None:
    """What `raw.parse` gives for regular text, which has no problems; None for any other.

    first_line: line of the file on which the text starts.
    """
    if not text.replace("\n", "").isprintable():
        return None
    lines = _Lines(text, first_line)
    try:
        found = lines.mapping(0, 0)
    except _Unusual:
        return None
    return found if lines.at_end() else None


class _Lines:
    """The lines of one text and how far they have been read."""

    def __init__(self, text: str, first: int) -> None:
        self._lines: list[_Line] = _LINE.findall(text)
        self._first, self._at = first, 0

    def at_end(self) -> bool:
        return self._at >= len(self._lines)

    def mapping(self, indent: int, depth: int, started: bool = False) -> Mapping:
        """Keys at one indentation. started: the first stands behind the dash of a list member."""
        if depth > _MAX_DEPTH:
            raise _Unusual
        entries: dict[str, Raw] = {}
        key_lines: dict[str, int] = {}
        lines, count = self._lines, len(self._lines)
        begin = self._first + self._at
        while self._at < count:
            space, dash, key, value = lines[self._at]
            if started:
                started = False
            elif len(space) != indent or dash:
                break
            if not key or key in entries:
                raise _Unusual
            line = key_lines[key] = self._first + self._at
            self._at += 1
            entries[key] = self._value(value, line, indent) if value else self._below(indent, depth + 1, line)
        if not entries:
            raise _Unusual
        return Mapping(entries, begin, key_lines)

    def _below(self, indent: int, depth: int, line: int) -> Raw:
        """What stands under a key without a value."""
        if self._at < len(self._lines):
            space, dash, _, _ = self._lines[self._at]
            if dash and len(space) >= indent:
                return self._sequence(len(space), depth)
            if not dash and len(space) > indent:
                return self.mapping(len(space), depth)
        return Scalar("", line)

    def _sequence(self, indent: int, depth: int) -> Sequence:
        members: list[Raw] = []
        begin = self._first + self._at
        while self._at < len(self._lines):
            space, dash, key, value = self._lines[self._at]
            if not dash or len(space) != indent:
                break
            if key:
                members.append(self.mapping(indent + 2, depth + 1, started=True))
                continue
            line = self._first + self._at
            # "- key:value" is a slip that has words of its own.
            if not value or (":" in value and value[0] not in "\"'"):
                raise _Unusual
            self._at += 1
            members.append(self._value(value, line, indent))
        return Sequence(tuple(members), begin)

    def _value(self, value: str, line: int, indent: int) -> Raw:
        """A value on its line; what stands deeper below it would belong to it."""
        if self._at < len(self._lines) and len(self._lines[self._at][0]) > indent:
            raise _Unusual
        first = value[0]
        if first.isalnum() or first > "\x7f":
            if ": " in value or " #" in value or value[-1] == ":" or value in _NULL:
                raise _Unusual
            return Scalar(value, line)
        if first in "\"'":
            inner = value[1:-1]
            if len(value) < 2 or value[-1] != first or first in inner or (first == '"' and "\\" in inner):
                raise _Unusual
            return Scalar(inner, line)
        if first == "[" and _IDS.fullmatch(value):
            names = [name.strip() for name in value[1:-1].split(",")]
            if not _NULL.isdisjoint(names):
                raise _Unusual
            return Sequence(tuple([Scalar(name, line) for name in names if name]), line)
        raise _Unusual
