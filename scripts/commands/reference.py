"""hub reference: writes what editors look up about front matter, from the models, so that it cannot drift."""

from __future__ import annotations

import argparse
from pathlib import Path

from pubhub.content.reference import between_markers, front_matter_page, kinds_table, schemas
from scripts.places import ROOT, shown
from scripts.words import Words, tell
from scripts.writing import is_same, write_if_changed

README = "README.zh.md"
SCHEMAS = "docs/schema"
_BY_HAND = frozenset({"bulletin.schema.json", "bundle.schema.json"})
"""Schemas of what the bulletin publishes; they describe files, not front matter."""


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Writes the references; with --check writes nothing and gives 1 if any is out of date."""
    wanted, unmarked = planned(ROOT)
    if unmarked:
        tell(words("reference-unmarked", path=README))
    stray = [p for p in sorted((ROOT / SCHEMAS).glob("*.schema.json")) if p not in wanted and p.name not in _BY_HAND]
    if arguments.check:
        stale = [*(path for path, text in wanted.items() if not is_same(path, text)), *stray]
        for path in stale:
            tell(words("reference-stale", path=shown(path)))
        if not stale:
            print(words("reference-current", count=len(wanted)))
        return 1 if stale else 0
    changed = [path for path, text in wanted.items() if write_if_changed(path, text)]
    for path in stray:
        path.unlink()
    for path in [*changed, *stray]:
        print(shown(path))
    print(words("reference-done", count=len(changed) + len(stray)))
    return 0


def planned(root: Path) -> tuple[dict[Path, str], bool]:
    """Every generated file with its text, and whether the README has no place for its table."""
    wanted = {root / "docs" / "front-matter.md": front_matter_page()}
    wanted |= {root / SCHEMAS / f"{kind}.schema.json": text for kind, text in schemas().items()}
    readme = root / README
    text = readme.read_text("utf-8") if readme.is_file() else ""
    filled = between_markers(text, kinds_table())
    if filled is None:
        return wanted, True
    return wanted | {readme: filled}, False
