"""hub verify: is a bulletin bundle whole and untouched."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from pubhub.archives.verify import verify_path
from scripts.places import existing
from scripts.words import Words

_MANIFEST = "manifest.json"


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Prints what is wrong with which file; 1 if anything is."""
    (path,) = existing([arguments.file])
    path = _inner(path)
    signers = existing([arguments.signers])[0] if arguments.signers else None
    report = verify_path(path, signers)
    for line in report.lines(words.lang):
        print(f"  {line}")
    key = "verify-faults" if report.faults else "verify-good"
    print(words(key, count=len(report.faults or report.files), path=path.name))
    if path.is_file() and not report.faults:
        print(f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 1 if report.faults else 0


def _inner(path: Path) -> Path:
    """The unpacked bundle itself, if a folder was named that some unpackers put around it."""
    if not path.is_dir() or (path / _MANIFEST).exists():
        return path
    inner = [one for one in path.iterdir() if one.is_dir()]
    return inner[0] if len(inner) == 1 and (inner[0] / _MANIFEST).is_file() else path
