"""The generated references say what the models say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubhub.content.model import KINDS
from pubhub.content.reference import BEGIN, END, between_markers, front_matter_page, kinds_table, schemas
from pubhub.content.schema import keys_of


def test_the_table_has_one_row_for_each_kind() -> None:
    lines = [line for line in kinds_table().splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == [kind.kind for kind in KINDS]
    alert = next(line for line in lines if "`alert`" in line)
    assert alert == ("| `alert` | 风险提示 | `content/alerts/` | `severity`、`expires`、`steps` | `issued` |")


def test_the_page_names_every_key_once_in_its_place() -> None:
    page = front_matter_page()
    sections = page.split("\n## ")
    assert sections[1].startswith("共有字段")
    for kind, section in zip(KINDS, sections[2:], strict=True):
        assert section.startswith(f"{kind.name}（{kind.kind}）")
    for kind in KINDS:
        for name, key in keys_of(kind):
            assert f"| `{name}` | {key.label} |" in page


def test_every_table_row_has_as_many_cells_as_its_head() -> None:
    for line in (front_matter_page() + kinds_table()).splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") == 6


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_schemas_are_closed_and_speak_chinese(kind: Any) -> None:
    schema = json.loads(schemas()[kind.kind])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == kind.name
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == [name for name, _ in keys_of(kind)]
    assert schema["required"] == [name for name, key in keys_of(kind) if key.required]
    assert all(entry["title"] and entry["description"] for entry in schema["properties"].values())


def test_the_table_goes_between_the_markers_and_nowhere_else() -> None:
    text = f"前\n{BEGIN}\n旧\n{END}\n后\n"
    filled = between_markers(text, "| 新 |\n")
    assert filled == f"前\n{BEGIN}\n\n| 新 |\n\n{END}\n后\n"
    assert between_markers(filled, "| 新 |\n") == filled


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{BEGIN}{END}"])
def test_without_a_pair_of_markers_nothing_is_made(text: str) -> None:
    assert between_markers(text, "x") is None
