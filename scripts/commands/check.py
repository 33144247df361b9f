"""hub check: reads and judges the content folder and prints what is to be mended."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pubhub.problems import Problem, as_github, as_json, summary
from pubhub.workshop import read_with_memory
from scripts.places import CACHE, existing
from scripts.progress import Steps
from scripts.subject import content_folder, given_day, place_in
from scripts.words import Words, tell


def run(arguments: argparse.Namespace, words: Words) -> int:
    """1 if any problem shown is an error or keeps an item from being published, else 0."""
    paths = existing(arguments.paths)
    root = content_folder(arguments.content, paths)
    places = [place_in(root, path) for path in paths]
    gc.disable()
    tree = read_with_memory(CACHE, root, given_day(None), Steps(words) if sys.stderr.isatty() else None)
    problems = [p for p in tree.problems if not places or any(is_at(p.path, place) for place in places)]
    if arguments.format == "json":
        print(as_json(problems, words.lang))
    elif arguments.format == "github":
        print(as_github(problems, github_prefix(root), words.lang), end="\n" if problems else "")
    else:
        _print_text(problems, len(tree.loaded), words)
    elsewhere = len(tree.errors) - sum(p.level == "error" for p in problems)
    if elsewhere:
        tell(words("check-elsewhere", count=elsewhere))
    return 1 if any(p.level in {"error", "held"} for p in problems) else 0


def is_at(path: str, place: str) -> bool:
    """True for a problem path that is `place` or lies below it."""
    return not place or path == place or path.startswith(place + "/")


def github_prefix(root: Path) -> str:
    """What GitHub must put before our paths: the content folder seen from the top of its repository."""
    top = next((folder for folder in root.resolve().parents if (folder / ".git").exists()), Path.cwd())
    place = os.path.relpath(root.resolve(), top).replace(os.sep, "/")
    return "" if place == "." else place + "/"


def _print_text(problems: Sequence[Problem], items: int, words: Words) -> None:
    for problem in problems:
        print(problem.text(words.lang))
    if problems:
        print()
    print(words("check-items", items=items) + summary(problems, words.lang))
