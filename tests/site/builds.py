"""Builds sites for tests: the real MkDocs, in a process of its own, as an editor would run it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-24"


@dataclass(frozen=True)
class Built:
    """A finished (or refused) build."""

    folder: Path
    code: int
    output: str

    def files(self) -> dict[str, str]:
        """Address → SHA-256."""
        return {
            p.relative_to(self.folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(self.folder.rglob("*"))
            if p.is_file()
        }

    def text(self, url: str) -> str:
        """A page."""
        return (self.folder / url).read_text("utf-8")


def build(
    out: Path,
    content: Path = ROOT / "content",
    edition: str = "public",
    date: str = TODAY,
    tool: str = "mkdocs",
    environment: Mapping[str, str] | None = None,
    config: Path = ROOT / "mkdocs.yml",
    options: Sequence[str] = ("-q",),
) -> Built:
    """`mkdocs build` (or `properdocs build`) into `out`."""
    command = [sys.executable, "-m", tool, "build", *options, "-f", str(config), "-d", str(out)]
    env = {
        **os.environ,
        "HUB_CONTENT": str(content),
        "HUB_EDITION": edition,
        "HUB_DATE": date,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONUTF8": "1",
        **(environment or {}),
    }
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    return Built(out, done.returncode, done.stdout + done.stderr)
