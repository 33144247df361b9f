"""Every sentence exists in both languages with the same values, and none is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from pubhub.content.model import KINDS
from scripts.bench.finding import samples
from scripts.environment import _CAUSES
from scripts.parser import COMMANDS
from scripts.words import Words, texts

SCRIPTS = Path(__file__).parents[2] / "scripts"
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(SCRIPTS.rglob("*.py")))
MADE = {f"install-{cause}" for cause, _ in _CAUSES} | {"install-other"} | {f"about-{name}" for name in COMMANDS}
MADE |= {"edition-public", "edition-staff", "out-project", "out-content"} | {
    f"bench-kind-{kind}" for kind in samples.KINDS
}


def used() -> set[str]:
    quoted = set(re.findall(r"""["']([a-z]+(?:-[a-z0-9]+)*)["']""", SOURCES))
    options = {"option-" + word.lstrip("-") for word in re.findall(r'"(-{0,2}[a-z-]+)"', SOURCES)}
    return quoted | options | MADE


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", texts())
def test_both_languages_take_the_same_values(key: str) -> None:
    entry = texts()[key]
    assert set(entry) == {"zh", "en"}
    assert fields(entry["zh"]) - {"hub"} >= fields(entry["en"]) - {"hub"}


def test_no_sentence_is_left_over() -> None:
    assert set(texts()) - used() == set()


def test_every_key_named_in_the_code_exists() -> None:
    named = set(re.findall(r'(?:words|Refusal)\(\s*"([a-z-]+)"', SOURCES)) | MADE
    named = {key for key in named if not key.endswith("-")}
    assert named - set(texts()) == set()


def test_english_has_no_chinese() -> None:
    spoken = {key: entry["en"] for key, entry in texts().items() if key != "new-title"}
    assert not {key for key, text in spoken.items() if re.search("[\u4e00-\u9fff]", text)}


def test_help_of_new_names_every_kind() -> None:
    text = Words()("option-kind")
    assert all(f"{kind.kind} {kind.name}" in text for kind in KINDS)
