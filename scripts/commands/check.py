"""hub check: reads and judges the content folder and prints what is to be mended."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from pubhub.content.model import BY_SECTION
from pubhub.problems import Problem, as_github, as_json, summary
from pubhub.site import read_tree
from scripts.commands.build import given_day
from scripts.places import content_folder, existing
from scripts.progress import Progress
from scripts.words import Refusal, Words, tell


def run(arguments: argparse.Namespace, words: Words) -> int:
    """1 if any problem shown is an error or keeps an item from being published, else 0."""
    paths = existing(arguments.paths)
    root = content_folder(arguments.content, paths, BY_SECTION)
    places = [place_in(root, path) for path in paths]
    with Progress(words("checking"), words("seconds")):
        tree = read_tree(root, given_day(None))
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


def place_in(root: Path, path: Path) -> str:
    """A path as problems name it: relative to the content folder, empty for the folder itself.

    Raises:
        Refusal: the path lies outside.
    """
    for folder, inner in ((root, path), (root.resolve(), path.resolve())):
        if inner == folder or folder in inner.parents:
            place = inner.relative_to(folder).as_posix()
            return "" if place == "." else place
    raise Refusal("outside-content", code=2, path=path, root=root)


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
