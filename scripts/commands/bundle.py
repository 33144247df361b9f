"""hub bundle: one issue of the bulletin as a file to hand over."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from scripts.bundle import make_bundle
from scripts.places import shown
from scripts.subject import content_folder, given_day
from scripts.words import Words


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Writes the bundle and says where it is and what it hashes to."""
    content = content_folder(arguments.content)
    out = Path(arguments.out or ".").absolute()
    file = make_bundle(content, arguments.quarter, arguments.edition, given_day(arguments.date), out, words)
    data = file.read_bytes()
    print(words("bundle-done", path=shown(file)))
    print(words("bundle-size", size=f"{len(data) / 1e6:.2f}", sha256=hashlib.sha256(data).hexdigest()))
    return 0
