"""A new item as text: takes a kind and what is known, gives a draft that the loader accepts. Pure."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from pubhub.clock import quarter_of
from pubhub.content.model import COLUMNS, ITEM_ID, KINDS, Item
from pubhub.content.outlines import OUTLINES
from pubhub.content.schema import Key, Listed, Record, Ref, Text, keys_of
from pubhub.urls import is_slug

Value = str | Sequence["Value"] | Mapping[str, "Value"]
_GIVEN = frozenset({"id", "title", "date", "status", "authors"})
"""Keys that `hub new` knows without asking about them."""
_PLAIN = re.compile(r"[\w《（“【][^:#'\"\[\]{},&*!|>%@`\\\x00-\x1f\x7f\u0085\u2028\u2029]*")
_SPECIAL = frozenset({"null", "true", "false", "yes", "no", "on", "off", "~"})
_ID = re.compile(r"^id[ \t]*:[ \t]*[\"']?(" + ITEM_ID + r")\b", re.MULTILINE)


def kind_of(word: str) -> type[Item] | None:
    """The kind of a word for it: its name in the model, in Chinese, or its folder."""
    return next((kind for kind in KINDS if word in {kind.kind, kind.name, kind.section}), None)


def ids_in(text: str) -> list[str]:
    """Every id that a file claims, even a file that cannot be loaded."""
    return _ID.findall(text)


def free_id(prefix: str, year: int, taken: Iterable[str]) -> str:
    """The id after the highest one of this year: a number is never given twice, not even that of a deleted draft."""
    numbers = [int(id_[len(f"{prefix}-{year}-") :]) for id_ in taken if id_.startswith(f"{prefix}-{year}-")]
    return f"{prefix}-{year}-{max(numbers, default=0) + 1:04}"


def address(kind: type[Item], day: dt.date, slug: str) -> str:
    """Where the file belongs: alerts/2026/slug/index.md, pages/slug/index.md."""
    return (
        f"{kind.section}/{slug}/index.md" if kind.section == "pages" else f"{kind.section}/{day.year}/{slug}/index.md"
    )


def slug_for(kind: type[Item], title: str, day: dt.date, taken: Iterable[str]) -> str:
    """A proposal: the quarter of an issue, the Latin words of a title, else kind and day; numbered until it is free."""
    if kind.kind == "issue":
        return quarter_of(day).lower()
    words = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:50].strip("-")
    # page-0809 would be the address of a list's page.
    stem = "plain-page" if kind.kind == "page" else kind.kind
    slug = words if is_slug(words) and len(words) > 2 else f"{stem}-{day:%m%d}"
    used = frozenset(taken)
    return next(s for n in range(1, len(used) + 3) if (s := slug if n == 1 else f"{slug}-{n}") not in used)


def asked(kind: type[Item]) -> list[tuple[str, Key]]:
    """The required keys that an editor is asked for, one line each; groups are filled in in the file."""
    keys = [(name, key) for name, key in keys_of(kind) if key.required and name not in _GIVEN]
    return [(name, key) for name, key in keys if not isinstance(key.type, Record) and name != "columns"]


def defaults(kind: type[Item], day: dt.date) -> dict[str, Value]:
    """Valid values for every required key but id, title and authors: a draft loads before it is written."""
    later = (day + dt.timedelta(days=180)).isoformat()
    today = day.isoformat()
    common: dict[str, Value] = {"date": today, "summary": "（发布前请改写：一两句话，说清讲什么。）", "status": "draft"}
    if kind.section not in {"pages", "registers", "bulletin"}:
        common["topics"] = []
    own: dict[str, dict[str, Value]] = {
        "case": {"basis": "composite", "method": "（骗子怎么做）", "lesson": "（怎样避免）"},
        "alert": {"severity": "notice", "expires": later, "steps": ["（遇到了怎么办，一步一句）"]},
        "news": {"unit": "（哪个部门或网点）", "scope": "branch"},
        "star": {"person": "（怎样称呼）", "unit": "（哪个部门或网点）", "consent": {"form": "written", "date": today}},
        "event": {"format": "salon", "place": "（到哪里参加）", "starts": today},
        "issue": {"quarter": quarter_of(day), "columns": {name: [] for name in COLUMNS}},
        "course": {"visibility": "staff", "level": "newcomer"},
        "campaign": {"starts": today, "ends": (day + dt.timedelta(days=30)).isoformat()},
        "entry": {
            "visibility": "staff",
            "register": "suggestion",
            "raised": today,
            "owner": "（责任部门）",
            "due": (day + dt.timedelta(days=30)).isoformat(),
            "state": "open",
        },
    }
    return common | own.get(kind.kind, {})


def filled(kind: type[Item], values: Mapping[str, Value], name: str, texts: Sequence[str]) -> dict[str, Value]:
    """The values with one more key as given on a command line: `topics=a,b`, `consent.date=…` for one of a group.

    Raises:
        KeyError: the kind has no such key.
        ValueError: the key holds groups, which only fit in the file.
    """
    group, dot, inner = name.partition(".")
    type_ = dict(keys_of(kind))[group].type
    if dot:
        if not isinstance(type_, Record):
            raise KeyError(name)
        dict(keys_of(type_.record))[inner]
        old = values.get(group)
        return {**values, group: {**(old if isinstance(old, Mapping) else {}), inner: texts[-1]}}
    if isinstance(type_, Listed):
        if isinstance(type_.member, Record):
            raise ValueError(name)
        one_word = isinstance(type_.member, Ref) or (isinstance(type_.member, Text) and type_.member.pattern != "")
        parts = [part for text in texts for part in (re.split(r"[,，、;；\s]+", text) if one_word else [text])]
        return {**values, group: [part.strip() for part in parts if part.strip()]}
    if isinstance(type_, Record) or name == "columns":
        raise ValueError(name)
    return {**values, group: texts[-1].strip()}


def compose(kind: type[Item], values: Mapping[str, Value]) -> str:
    """The whole file: front matter in the model's order with a comment on what each own key takes, and an outline."""
    lines = ["---"]
    for name, key in keys_of(kind):
        if name not in values:
            continue
        if name not in _GIVEN:
            lines.append(f"# {key.label}：{key.doc}{key.type.words()}。")
        if name == "consent":
            lines.append("# 先取得本人书面同意，再写上取得的日期。")
        lines += _entry(name, values[name], "")
    return "\n".join([*lines, "---", "", OUTLINES[kind.kind].strip(), ""])


def scalar(text: str) -> str:
    """A text as YAML writes it on one line: bare where that is safe, else in double quotes."""
    bare = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _SPECIAL
    return text if bare else json.dumps(text, ensure_ascii=False)


def _entry(name: str, value: Value, indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}{name}: {scalar(value)}"]
    if isinstance(value, Mapping):
        return [
            f"{indent}{name}:",
            *(line for key, inner in value.items() for line in _entry(key, inner, indent + "  ")),
        ]
    members = [scalar(one) for one in value if isinstance(one, str)]
    if all(re.fullmatch(r"[A-Za-z0-9-]+", member) for member in members):
        return [f"{indent}{name}: [{', '.join(members)}]"]
    return [f"{indent}{name}:", *(f"{indent}  - {member}" for member in members)]
