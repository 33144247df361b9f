"""Front matter as the author wrote it: strings with the line of every key, before any type is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from pubhub.problems import Problem, problem

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML without libyaml reads the same, more slowly
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

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

    Types are never guessed, duplicate keys and anchors are refused (an alias inside an alias is how a small file fills a machine).
    """
    problems: list[Problem] = []
    too_deep = _too_deep(text)
    if too_deep is not None:
        return None, [problem(path, first_line + too_deep, "yaml-too-deep", limit=MAX_DEPTH)]
    loader = Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, [_syntax(error, text, path, first_line)]
    except (RecursionError, ValueError):
        return None, [problem(path, first_line, "yaml-syntax")]
    finally:
        loader.dispose()
    if node is None:
        return Mapping({}, first_line), problems
    return _convert(node, path, first_line, problems, set(), 0), problems


def _too_deep(text: str) -> int | None:
    """The line (0-based) on which nesting passes any sane depth, found before the parser recurses into it."""
    for number, line in enumerate(text.split("\n")):
        opened = line.count("[") + line.count("{")
        dashes = len(line) - len(line.lstrip(" -?"))
        if opened > 200 or (dashes > 60 and line.lstrip().startswith(("-", "?"))) or dashes > 200:
            return number
    return None


def _syntax(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line if mark else 0, text.count("\n"))
    source = text.split("\n")[line]
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'reason', '')}"
    if "\t" in source:
        return problem(path, first_line + line, "yaml-tab")
    if "mapping values are not allowed" in said:
        return problem(path, first_line + line, "yaml-colon", value=source.strip())
    if "cannot start any token" in said or "found unexpected" in said:
        return problem(path, first_line + line, "yaml-quote", value=source.strip())
    if "special characters are not allowed" in said or "control characters" in said:
        return problem(path, first_line + line, "control-character")
    if "undefined alias" in said:
        return problem(path, first_line + line, "yaml-alias")
    return problem(path, first_line + line, "yaml-syntax")


def _convert(
    node: yaml.Node, path: str, first_line: int, problems: list[Problem], seen: set[int], depth: int
) -> Raw:
    line = first_line + node.start_mark.line
    if id(node) in seen:
        problems.append(problem(path, line, "yaml-alias"))
        return Scalar("", line)
    seen.add(id(node))
    if node.tag not in _CORE_TAGS:
        problems.append(problem(path, line, "yaml-tag", tag=node.tag.replace("tag:yaml.org,2002:", "!!")))
        return Scalar("", line)
    if depth > MAX_DEPTH:
        problems.append(problem(path, line, "yaml-too-deep", limit=MAX_DEPTH))
        return Scalar("", line)
    if isinstance(node, yaml.ScalarNode):
        # An unquoted empty value, `~` and `null` all mean that nothing was given.
        empty = node.tag.endswith(":null") and node.style is None
        return Scalar("" if empty else node.value, line)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_convert(child, path, first_line, problems, seen, depth + 1) for child in node.value)
        return Sequence(items, line)
    entries: dict[str, Raw] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = first_line + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag.endswith(":merge"):
            problems.append(problem(path, key_line, "yaml-key"))
            continue
        key = key_node.value
        if key in entries:
            problems.append(problem(path, key_line, "duplicate-key", key, key=key, first=lines[key]))
            continue
        lines[key] = key_line
        entries[key] = _convert(value_node, path, first_line, problems, seen, depth + 1)
    return Mapping(entries, line, lines)
