"""MkDocs as another process: the command and the environment in which mkdocs.yml finds edition, content and day."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

from scripts.places import ROOT


def mkdocs(verb: str, *options: str) -> list[str]:
    """The command line of `mkdocs build` or `mkdocs serve` for this project."""
    return [sys.executable, "-m", "mkdocs", verb, "-f", str(ROOT / "mkdocs.yml"), *options]


def variables(edition: str, content: Path, day: dt.date) -> dict[str, str]:
    """Our environment with the settings of one run; HUB_DOOR lets the plugin print problems in our form."""
    ours = {"HUB_EDITION": edition, "HUB_CONTENT": str(content), "HUB_DATE": day.isoformat(), "HUB_DOOR": "1"}
    return {**os.environ, **ours}
