"""The models as editors and their tools look them up: gives tables in Chinese and JSON Schema as texts. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pubhub.content.model import KINDS, Item
from pubhub.content.schema import Key, keys_of, record_schema

BEGIN, END = "<!-- reference:begin -->", "<!-- reference:end -->"
_HEAD = """\
# 页头字段

本文由 `hub reference` 从程序里的定义生成，请不要手工修改。

每篇内容开头两行 `---` 之间是页头，一行一个字段，格式是“字段名、英文冒号、空格、内容”。
没有列在这里的字段名会被拒绝，拼错时检查命令会提示您可能想写的那一个。
"""


def common_keys() -> list[tuple[str, Key]]:
    """The keys that every kind has."""
    return list(keys_of(Item))


def own_keys(kind: type[Item]) -> list[tuple[str, Key]]:
    """The keys that only this kind has."""
    common = {name for name, _ in common_keys()}
    return [(name, key) for name, key in keys_of(kind) if name not in common]


def kinds_table() -> str:
    """One row for each kind: its name, its folder, what it needs and what it may have beyond the common keys."""
    rows = [
        (
            f"`{kind.kind}`",
            kind.name,
            f"`content/{kind.section}/`",
            _names(name for name, key in own_keys(kind) if key.required),
            _names(name for name, key in own_keys(kind) if not key.required),
        )
        for kind in KINDS
    ]
    required = _names(name for name, key in common_keys() if key.required)
    optional = _names(name for name, key in common_keys() if not key.required)
    note = f"每一类都要有：{required}；都可以有：{optional}。下表只列各类另有的字段。"
    return f"{note}\n\n{_table(('类型', '中文名', '栏目文件夹', '必填项', '可选项'), rows)}"


def front_matter_page() -> str:
    """The whole reference as one Markdown page: the common keys once, then each kind's own."""
    parts = [_HEAD, "## 共有字段\n\n" + _keys_table(common_keys())]
    for kind in KINDS:
        keys = own_keys(kind)
        place = f"文件夹：`content/{kind.section}/`。"
        table = _keys_table(keys) if keys else "只有共有字段。\n"
        parts.append(f"## {kind.name}（{kind.kind}）\n\n{place}\n\n{table}")
    return "\n".join(parts)


def schemas() -> dict[str, str]:
    """JSON Schema 2020-12 of each kind's front matter; closed, so that an editor's tool marks a slip at once."""
    return {kind.kind: json.dumps(_schema(kind), ensure_ascii=False, indent=2) + "\n" for kind in KINDS}


def between_markers(text: str, table: str) -> str | None:
    """The text with the table between its two markers; None if they are not there once each, in order."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        return None
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table}\n{END}{rest.partition(END)[2]}"


def _schema(kind: type[Item]) -> dict[str, object]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.name,
        "description": f"{kind.name}的页头，放在 content/{kind.section}/ 下。",
        **record_schema(kind),
    }


def _keys_table(keys: Iterable[tuple[str, Key]]) -> str:
    rows = [(f"`{name}`", key.label, "是" if key.required else "", key.doc, key.type.words()) for name, key in keys]
    return _table(("字段", "名称", "必填", "说明", "取值"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _names(names: Iterable[str]) -> str:
    return "、".join(f"`{name}`" for name in names) or "—"
