"""Field types: each reads one raw value or says what is wrong with it, and describes itself for the reference and the JSON Schema."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pubhub.content.raw import BIDI, CONTROL, Raw, Scalar, Sequence
from pubhub.content.raw import Mapping as RawMapping
from pubhub.content.reading import Reading, Refused, Type
from pubhub.problems import nearest

T = TypeVar("T")
R = TypeVar("R")


# A tag, not a comparison: a<b is none. Values are escaped wherever they are shown; this is for what an author meant.
_MARKUP = re.compile(
    r"<\s?/?\s?(?:[a-z][a-z0-9-]*(?:/|\s+[a-z][^<>]*)?\s*>|!--|script|style|iframe|img|svg|object|embed|link|meta|a\s)|&#|javascript:",
    re.IGNORECASE,
)
_LIST_COMMA = re.compile("[，、；]")


class Text(Type[str]):
    """A line of text, `<`, `>` only as themselves."""

    def __init__(self, limit: int = 200, pattern: str = "", hint: str = "", single: bool = True) -> None:
        self.limit, self.pattern, self.hint, self.single = limit, pattern, hint, single
        self._form = re.compile(pattern) if pattern else None

    def read(self, raw: Raw, reading: Reading, field: str) -> str:
        text = reading.text(raw, field)
        if self._form is not None and not self._form.fullmatch(text[: self.limit + 1]):
            raise reading.refuse("bad-form", raw.line, field, value=text, hint=self.hint)
        if len(text) > self.limit:
            raise reading.refuse("too-long", raw.line, field, length=len(text), limit=self.limit)
        # Double quotes let YAML escapes through that no look at the file's own characters can find: "\u202e".
        if not text.isprintable():
            for code, unseen in (("bidi-control", BIDI), ("control-character", CONTROL)):
                if bad := unseen.search(text):
                    raise reading.refuse(code, raw.line, field, code=f"U+{ord(bad[0]):04X}")
        if ("<" in text or "&" in text or ":" in text) and _MARKUP.search(text):
            raise reading.refuse("markup-in-value", raw.line, field, value=text)
        if self.single and "\n" in text:
            raise reading.refuse("line-break-in-value", raw.line, field)
        return text

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": self.limit}
        return found | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})

    def words(self) -> str:
        return self.hint or f"文字，不超过 {self.limit} 字"


class Choice(Type[str]):
    """One of a closed set of words; the Chinese name of a choice is accepted as well."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = dict(names)

    def read(self, raw: Raw, reading: Reading, field: str) -> str:
        text = reading.text(raw, field)
        if text in self.names:
            return text
        for id_, name in self.names.items():
            if text == name:
                return id_
        close = nearest(text, self.names) or next((i for i, name in self.names.items() if nearest(text, [name])), "")
        known = "、".join(f"{id_}（{name}）" for id_, name in self.names.items())
        raise reading.refuse("unknown-choice", raw.line, field, value=text, known=known, close=_did_you_mean(close))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": [*self.names, *self.names.values()]}

    def words(self) -> str:
        return "选一个：" + "、".join(f"{id_}（{name}）" for id_, name in self.names.items())


class Ref(Type[str]):
    """An id of a vocabulary (topics, people, …) that must exist."""

    def __init__(self, vocabulary: str, name: str) -> None:
        self.vocabulary, self.name = vocabulary, name

    def read(self, raw: Raw, reading: Reading, field: str) -> str:
        text = reading.text(raw, field)
        known = reading.known.get(self.vocabulary, frozenset())
        if text in known:
            return text
        close = reading.named(self.vocabulary, text) or nearest(text, known)
        raise reading.refuse(f"unknown-{self.vocabulary}", raw.line, field, value=text, close=_did_you_mean(close))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}

    def words(self) -> str:
        return f"{self.name}的编号，见 content/_data/{self.vocabulary}.yml"


class Listed(Type[tuple[T, ...]]):
    """A list of one type; the bad members are all named, a repeated one too."""

    def __init__(self, member: Type[T], least: int = 0, most: int = 200) -> None:
        self.member, self.least, self.most = member, least, most
        self._one_word = isinstance(member, Ref) or (isinstance(member, Text) and member.pattern != "")

    def read(self, raw: Raw, reading: Reading, field: str) -> tuple[T, ...]:
        if isinstance(raw, Scalar) and not raw.text.strip():
            items: tuple[Raw, ...] = ()
        elif isinstance(raw, Sequence):
            items = raw.items
        else:
            raise reading.refuse("not-a-list", raw.line, field)
        values: list[T] = []
        failed = False
        for number, item in enumerate(items):
            place = f"{field}[{number + 1}]"
            reading.lines[place] = item.line
            if isinstance(item, Scalar) and self._one_word and _LIST_COMMA.search(item.text):
                reading.refuse("fullwidth-comma", item.line, place, value=item.text)
                failed = True
                continue
            try:
                value = self.member.read(item, reading, place)
                if value in values and not dataclasses.is_dataclass(value):
                    raise reading.refuse("repeated", item.line, place, value=value)
                values.append(value)
            except Refused:
                failed = True
        if failed:
            raise Refused
        if not self.least <= len(values) <= self.most:
            raise reading.refuse("bad-count", raw.line, field, count=len(values), least=self.least, most=self.most)
        return tuple(values)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.member.schema(), "minItems": self.least, "maxItems": self.most}

    def words(self) -> str:
        return "列表，每项：" + self.member.words()


class Record(Type[R]):
    """A closed group of keys; `shorthand` names the key that a bare text stands for."""

    def __init__(self, record: type[R], shorthand: str = "") -> None:
        self.record, self.shorthand = record, shorthand

    def read(self, raw: Raw, reading: Reading, field: str) -> R:
        if self.shorthand and isinstance(raw, Scalar):
            raw = RawMapping({self.shorthand: raw}, raw.line, {self.shorthand: raw.line})
        if not isinstance(raw, RawMapping):
            raise reading.refuse("not-keys", raw.line, field)
        return read_record(self.record, raw, reading, f"{field}.")

    def schema(self) -> dict[str, Any]:
        closed = record_schema(self.record)
        return {"anyOf": [{"type": "string"}, closed]} if self.shorthand else closed

    def words(self) -> str:
        return "，".join(
            f"{name}{'' if spec.required else '（可选）'}：{spec.type.words()}" for name, spec in keys_of(self.record)
        )


@dataclass(frozen=True)
class Key:
    """What is known of one front matter key."""

    type: Type[Any]
    label: str
    """Its name in Chinese."""
    doc: str
    """One sentence for editors."""
    required: bool


def key(
    type_: Type[T],
    label: str,
    doc: str,
    *,
    default: Any = dataclasses.MISSING,
    factory: Callable[[], Any] | None = None,
) -> T:
    """A dataclass field read from front matter; without a default the key is required."""
    meta = {"key": Key(type_, label, doc, required=default is dataclasses.MISSING and factory is None)}
    if factory is not None:
        return cast(T, dataclasses.field(default_factory=factory, metadata=meta))
    if default is dataclasses.MISSING:
        return cast(T, dataclasses.field(metadata=meta))
    return cast(T, dataclasses.field(default=default, metadata=meta))


def keys_of(record: type[Any]) -> Iterable[tuple[str, Key]]:
    """The front matter keys of a record in their order."""
    return _specs(record).items()


def _specs(record: type[Any]) -> Mapping[str, Key]:
    found = _known_specs.get(record)
    if found is None:
        found = _known_specs[record] = _fields(record)
    return found


_known_specs: dict[type[Any], Mapping[str, Key]] = {}


def _fields(record: type[Any]) -> Mapping[str, Key]:
    return {f.name: f.metadata["key"] for f in dataclasses.fields(record) if "key" in f.metadata}


def read_record(record: type[R], raw: RawMapping, reading: Reading, prefix: str = "", **given: Any) -> R:
    """Raw keys → a record. All bad, missing and unknown keys are noted; Refused if there was any."""
    specs = _specs(record)
    values: dict[str, Any] = dict(given)
    before = len(reading.problems)
    for name, value in raw.entries.items():
        line = raw.key_lines.get(name, value.line)
        reading.lines[prefix + name] = line
        if name not in specs:
            close = next((n for n, spec in specs.items() if spec.label == name), "") or nearest(name, specs)
            where = "可以填：" + "、".join(specs) + "。" if prefix or reading.path.startswith("_data/") else _MANUAL
            reading.refuse("unknown-key", line, prefix + name, key=name, close=_did_you_mean(close), where=where)
            continue
        optional = not specs[name].required
        if optional and isinstance(value, Scalar) and not value.text.strip():
            continue
        try:
            values[name] = specs[name].type.read(value, reading, prefix + name)
        except Refused:
            continue
    for name, spec in specs.items():
        if spec.required and name not in raw.entries:
            reading.refuse("missing-key", raw.line, prefix + name, key=name, label=spec.label, words=spec.type.words())
    if len(reading.problems) > before:
        raise Refused
    return record(**values)


def record_schema(record: type[Any]) -> dict[str, Any]:
    """JSON Schema of a closed record."""
    specs = keys_of(record)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, spec in specs if spec.required],
        "properties": {
            name: {"title": spec.label, "description": spec.doc, **spec.type.schema()} for name, spec in specs
        },
    }


_MANUAL = "所有可填的项见 docs/front-matter.md。"


def _did_you_mean(close: str) -> str:
    return f"您是不是想写“{close}”？" if close else ""
