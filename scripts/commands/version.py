"""hub version: what runs here."""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import PackageNotFoundError, version

from scripts.places import CONTENT, ROOT
from scripts.words import Words


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Prints the versions that matter for a report."""
    print(f"pubhub {_version('pubhub')}")
    print(f"Python {platform.python_version()} ({platform.platform()})")
    for package in ("mkdocs", "mkdocs-material"):
        print(f"{package} {_version(package)}")
    print(words("version-project", path=ROOT))
    print(words("version-content", path=CONTENT))
    return 0


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "—"
