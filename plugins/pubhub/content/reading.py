"""What reading values of one file needs: place, known ids, complaints; and what every field type can do."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from pubhub.content.raw import Raw, Scalar
from pubhub.problems import Problem, problem

T = TypeVar("T")


class Lines(dict[str, int]):
    """Line of each key. It is asked where something is wrong, which is seldom: so it is kept packed."""

    def __reduce__(self) -> tuple[type[PackedLines], tuple[bytes]]:
        return PackedLines, (marshal.dumps(dict(self)),)


class PackedLines:
    """Lines that were kept: unpacked when they are asked, which saves a quarter of the time that all items need to come back."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def __reduce__(self) -> tuple[type[PackedLines], tuple[bytes]]:
        return PackedLines, (self._packed,)

    def get(self, name: str, default: int, /) -> int:
        """Line of a key."""
        found: dict[str, int] = marshal.loads(self._packed)
        return found.get(name, default)


class Refused(Exception):
    """The value was no good; its problem is already on the list."""


class Reading:
    """What a type needs to read values of one file: where it is, what ids exist (with their names, if given), where complaints go."""

    def __init__(self, path: str, known: Mapping[str, Iterable[str]] | None = None) -> None:
        self.path = path
        self.known = {name: frozenset(ids) for name, ids in (known or {}).items()}
        self._names = {name: dict(ids) for name, ids in (known or {}).items() if isinstance(ids, Mapping)}
        self.problems: list[Problem] = []
        self.lines = Lines()

    def refuse(self, code: str, line: int, field: str, /, **params: object) -> Refused:
        """Notes a problem; the caller raises what it gets."""
        self.problems.append(problem(self.path, line, code, field, **params))
        return Refused()

    def text(self, raw: Raw, field: str) -> str:
        """The text of a single value, without the space around it. Raises Refused for a list, a group or nothing."""
        if not isinstance(raw, Scalar):
            raise self.refuse("not-text", raw.line, field)
        if not raw.text.strip():
            raise self.refuse("empty-value", raw.line, field)
        return raw.text.strip()

    def named(self, vocabulary: str, name: str) -> str:
        """The id that goes by a Chinese name, or nothing: editors write 贷款 where `loan` belongs."""
        return next((id_ for id_, shown in self._names.get(vocabulary, {}).items() if shown == name), "")


class Type(Generic[T]):
    """A kind of value."""

    def read(self, raw: Raw, reading: Reading, field: str) -> T:
        """The typed value. Raises Refused after noting why."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """JSON Schema of what an editor types (YAML as an editor's tool sees it)."""
        raise NotImplementedError

    def words(self) -> str:
        """The same for people, in Chinese."""
        raise NotImplementedError
