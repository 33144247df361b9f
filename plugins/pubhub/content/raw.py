"""Front matter as the author wrote it: strings with the line of every key, before any type is given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from pubhub.problems import Problem, problem

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML without libyaml reads the same, more slowly
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Loader = _Loader
"""The fast YAML reader where there is one. It is only asked for nodes, never for values."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
MAX_DEPTH = 8
"""Deeper nesting is never a form that an editor fills in."""
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)


@dataclass(frozen=True)
class Scalar:
    """A value as typed, quotes removed."""

    text: str
    line: int


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: tuple[Raw, ...]
    line: int


@dataclass(frozen=True)
class Mapping:
    """Keys in the order of the file."""

    entries: dict[str, Raw]
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The same as dicts, lists and strings: for digests and for writing back."""
        return {key: _plain(value) for key, value in self.entries.items()}


Raw = Scalar | Sequence | Mapping


def _plain(raw: Raw) -> Any:
    if isinstance(raw, Scalar):
        return raw.text
    if isinstance(raw, Sequence):
        return [_plain(item) for item in raw.items]
    return raw.plain()


def parse(text: str, path: str, first_line: int) -> tuple[Mapping | Sequence | Scalar | None, list[Problem]]:
    """YAML text whose first line is line `first_line` of the file → raw tree (None if unreadable) and problems.

    Types are never guessed, duplicate keys and aliases are refused (an alias inside an alias is how a small file fills a machine).
    """
    loader = Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, [_syntax(error, text, path, first_line)]
    except RecursionError:
        return None, [problem(path, first_line, "yaml-too-deep", limit=MAX_DEPTH)]
    except ValueError:
        return None, [problem(path, first_line, "yaml-syntax")]
    finally:
        loader.dispose()
    if node is None:
        return Mapping({}, first_line), []
    conversion = _Conversion(path, first_line, text.split("\n"))
    raw = conversion.convert(node, node.start_mark.line)
    return (None if conversion.refused else raw), conversion.problems


# What the YAML reader says → our code. Its own words help nobody, and its mark often stands a line too low.
_SAYINGS = (
    ("exceeded maximum nesting depth", "yaml-too-deep"),
    ("undefined alias", "yaml-alias"),
    ("second occurrence", "yaml-alias"),
    ("could not find expected ':'", "yaml-loose-line"),
    ("unknown escape character", "yaml-backslash"),
    ("invalid Unicode character escape", "yaml-backslash"),
    ("did not find expected hexdecimal number", "yaml-backslash"),
    ("did not find expected ',' or", "yaml-bracket"),
    ("cannot start any token", "yaml-quote"),
    ("found unexpected", "yaml-quote"),
    ("did not find expected", "yaml-quote"),
    ("block sequence entries are not allowed", "yaml-quote"),
)
_FROM_CONTEXT = frozenset({"yaml-loose-line", "yaml-bracket", "yaml-quote"})
"""For these the beginning of the construct is the line to mend, not where the reader gave up."""


_FULLWIDTH_COLON = re.compile(r"\s*(?:- )?([a-z_]{2,})\s*：")
"""A key as Chinese input methods write it: YAML takes it for text and trips over the line after it."""


def _syntax(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    lines = text.split("\n")
    if isinstance(error, yaml.reader.ReaderError):
        bad = re.search(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        at, code = (text.count("\n", 0, bad.start()), f"U+{ord(bad[0]):04X}") if bad else (0, "?")
        return problem(path, first_line + at, "control-character", code=code)
    said = str(getattr(error, "problem", ""))
    context = str(getattr(error, "context", ""))
    code = next((code for words, code in _SAYINGS if words in said), "yaml-syntax")
    mark = getattr(error, "problem_mark", None)
    if code in _FROM_CONTEXT and "block" not in context:
        mark = getattr(error, "context_mark", None) or mark
    number = min(mark.line if mark else 0, len(lines) - 1)
    for near in (number, _before(lines, number)):
        if near is not None and (colon := _FULLWIDTH_COLON.match(lines[near])):
            return problem(path, first_line + near, "fullwidth-colon", colon[1], key=colon[1])
    if "\t" in lines[number]:
        code = "yaml-tab"
    elif "mapping values are not allowed" in said:
        code, number = _colon(lines, number)
    value = lines[number].strip()
    return problem(path, first_line + number, code, **_fitting(code, value))


def _fitting(code: str, value: str) -> dict[str, object]:
    if code == "yaml-too-deep":
        return {"limit": MAX_DEPTH}
    return {"value": value} if code in {*_FROM_CONTEXT, "yaml-colon", "yaml-indent"} else {}


def _colon(lines: list[str], number: int) -> tuple[str, int]:
    """A colon where none can be: within a value, after an indentation, or because the line before lacks its own."""
    line = lines[number]
    if len(re.findall(r":(?:\s|$)", line)) > 1:
        return "yaml-colon", number
    before = _before(lines, number)
    if before is not None and not line.startswith(" ") and not re.search(r":(?:\s|$)", lines[before]):
        return "yaml-loose-line", before
    return ("yaml-indent" if line.startswith(" ") else "yaml-colon"), number


def _before(lines: list[str], number: int) -> int | None:
    """The nearest line above that says something."""
    above = range(number - 1, -1, -1)
    return next((n for n in above if lines[n].strip() and not lines[n].lstrip().startswith("#")), None)


class _Conversion:
    """Nodes of one file → raw values."""

    def __init__(self, path: str, first_line: int, lines: list[str]) -> None:
        self.problems: list[Problem] = []
        self.refused = False
        """True if the tree has holes: what is read from it would be wrong."""
        self._path, self._first, self._lines = path, first_line, lines
        self._seen: set[int] = set()

    def convert(self, node: yaml.Node, at: int, depth: int = 0) -> Raw:
        """The value; what must not be is noted. `at`: line of its key, since an alias stands where its anchor is."""
        line = self._first + node.start_mark.line
        if id(node) in self._seen:
            return self._refused("yaml-alias", self._first + at)
        self._seen.add(id(node))
        if node.tag not in _CORE_TAGS:
            return self._refused("yaml-tag", line, tag=_tag(node))
        if depth > MAX_DEPTH:
            return self._refused("yaml-too-deep", line, limit=MAX_DEPTH)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(child, at, depth + 1) for child in node.value), line)
        entries: dict[str, Raw] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = self._first + key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag.endswith(":merge"):
                self._refused("yaml-key", key_line)
                continue
            if key_node.tag not in _CORE_TAGS:
                self._refused("yaml-tag", key_line, tag=_tag(key_node))
                continue
            key = key_node.value
            if key in entries:
                self.problems.append(problem(self._path, key_line, "duplicate-key", key, key=key, first=lines[key]))
                continue
            lines[key] = key_line
            entries[key] = self.convert(value_node, key_node.start_mark.line, depth + 1)
        return Mapping(entries, line, lines)

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Scalar:
        if not node.style:
            # A dash at the wrong depth is swallowed by the value above it, and two steps become one; so is a key with
            # the wrong colon.
            for number in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(self._lines))):
                within = node.end_mark.column if number == node.end_mark.line else None
                if re.match(r"\s*- \S", self._lines[number][:within]):
                    value = self._lines[number].strip()
                    self.problems.append(problem(self._path, self._first + number, "yaml-indent", value=value))
                elif colon := _FULLWIDTH_COLON.match(self._lines[number][:within]):
                    place = self._first + number
                    self.problems.append(problem(self._path, place, "fullwidth-colon", colon[1], key=colon[1]))
        # An unquoted empty value, `~` and `null` all mean that nothing was given.
        empty = node.tag.endswith(":null") and not node.style
        return Scalar("" if empty else node.value, line)

    def _refused(self, code: str, line: int, **params: object) -> Scalar:
        self.refused = self.refused or code != "yaml-key"
        self.problems.append(problem(self._path, line, code, **params))
        return Scalar("", line)


def _tag(node: yaml.Node) -> str:
    return str(node.tag).replace("tag:yaml.org,2002:", "!!")
