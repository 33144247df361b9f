"""Golden cases: a small content folder goes in, the gate's own words come out. HUB_REFRESH_GOLDEN=1 writes them anew."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pubhub.press import read_tree
from pubhub.problems import Problem, as_github, as_json, messages, summary
from tests.support import CASES, build_case

TODAY = "2026-11-24"
REFRESH = bool(os.environ.get("HUB_REFRESH_GOLDEN"))
FILES = sorted(CASES.glob("*.yml"))
# Words of Python, YAML and their libraries; English words of our own keys and commands are none of them.
LIBRARY = re.compile(
    r"None(?:Type)?\b|mapping|expected|Traceback|Error|Exception|scalar|token|node|anchor|str\b|dict\b|KeyError|pydantic|\{|\}"
)


class Loader(yaml.SafeLoader):
    """Days stay texts: some of them are none."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def cases(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load(file.read_text("utf-8"), Loader)
    return found


def problems(case: dict[str, Any], folder: Path) -> tuple[Problem, ...]:
    root = build_case(folder / "content", case)
    return read_tree(root / case.get("root", ""), dt.date.fromisoformat(case.get("today", TODAY))).problems


ALL = [pytest.param(file, case, id=f"{file.stem}: {case['name']}") for file in FILES for case in cases(file)]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Problem, ...]]:
    """The problems of every case."""
    return {
        (file.stem, case["name"]): problems(case, tmp_path_factory.mktemp("case"))
        for file in FILES
        for case in cases(file)
    }


@pytest.mark.parametrize(("file", "case"), ALL)
def test_words(file: Path, case: dict[str, Any], said: dict[tuple[str, str], tuple[Problem, ...]]) -> None:
    lines = [p.text() for p in said[file.stem, case["name"]]]
    if REFRESH:
        refresh(file, case["name"], lines)
    else:
        assert lines == (case.get("expect") or [])


def refresh(file: Path, name: str, lines: list[str]) -> None:
    """Rewrites one `expect` block, and nothing else of the file."""
    head, *blocks = re.split(r"(?m)^(?=- name: )", file.read_text("utf-8"))
    for number, block in enumerate(blocks):
        if yaml.load(block, Loader)[0]["name"] == name:
            kept = re.split(r"(?m)^  expect:", block)[0].rstrip("\n")
            listed = "".join(f"\n    - {json.dumps(line, ensure_ascii=False)}" for line in lines) or " []"
            blocks[number] = f"{kept}\n  expect:{listed}\n"
    file.write_text(head + "".join(blocks), "utf-8")


def test_every_code_has_a_case(said: dict[tuple[str, str], tuple[Problem, ...]]) -> None:
    shown = {p.code for found in said.values() for p in found}
    assert set(messages()) - shown - UNREACHED.keys() == set()
    assert shown & UNREACHED.keys() == set()


UNREACHED = {
    "unreadable": "needs a file that root cannot open: test_rules.py closes one by hand",
    "changed-meanwhile": "needs a second hand: tests/engine/test_races.py lends one",
    "not-a-file": "needs a pipe: test_rules.py makes one",
    "print-element": "our Markdown gives no such element: tests/printing/test_convert.py does",
    "tokens-syntax": "no content: tests/test_tokens.py breaks the theme's file",
    "tokens-value": "no content: tests/test_tokens.py breaks the theme's file",
    **{code: "no content: tests/brand/test_refusals.py" for code in messages() if code.startswith("master-")},
}
"""Codes without a golden case, and why."""


def test_no_case_is_stale(said: dict[tuple[str, str], tuple[Problem, ...]]) -> None:
    names = [(file.stem, case["name"]) for file in FILES for case in cases(file)]
    assert len(set(names)) == len(names)
    assert all(list(case)[-1] == "expect" for file in FILES for case in cases(file))
    assert {p.name for p in CASES.iterdir()} == {*(f.name for f in FILES), "README.md", "_data", "output"}


def test_sentences_speak_to_editors(said: dict[tuple[str, str], tuple[Problem, ...]]) -> None:
    bad = []
    for found in said.values():
        for p in found:
            ours = messages()[p.code]
            words = re.sub(r"\{\w+\}", "", ours.zh + ours.fix)
            if LIBRARY.search(words) or not ours.zh.endswith(("。", "}")) or not ours.fix.endswith(("。", "}")):
                bad.append(p.text())
            if not p.sentence("en").isprintable() or "{" in re.sub(r"“.*?”", "", p.sentence("en")):
                bad.append(p.text("en"))
    assert bad == []


def test_sentences_fill_all_their_places(said: dict[tuple[str, str], tuple[Problem, ...]]) -> None:
    # Every code with every set of parameters the code gives it: no place may stay open in either language.
    for found in said.values():
        for p in found:
            message = messages()[p.code]
            for template in (message.zh, message.fix, message.en, message.en_fix):
                assert set(re.findall(r"\{(\w+)\}", template)) <= dict(p.params).keys(), p.code


@pytest.mark.parametrize("form", ["json", "github", "english"])
def test_other_forms(form: str, said: dict[tuple[str, str], tuple[Problem, ...]]) -> None:
    keys = [("frontmatter", "full-width colon"), ("approvals", "changed after approval"), ("files", "byte order mark")]
    keys += [("values", "dates that are no day"), ("files", "names with odd characters")]
    found = sorted({p for key in keys for p in said[key]})
    text = {
        "json": lambda: as_json(found),
        "github": lambda: as_github(found, "content/"),
        "english": lambda: "\n".join([*(p.text("en") for p in found), summary(found, "en"), summary(found)]),
    }[form]()
    file = CASES / "output" / f"{form}.txt"
    if REFRESH:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text + "\n", "utf-8")
    assert text + "\n" == file.read_text("utf-8")
    if form == "json":
        assert len(json.loads(text)) == len(found)
    if form == "github":
        assert len(text.split("\n")) == len(found)
