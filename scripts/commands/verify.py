"""hub verify: is a bulletin bundle whole and untouched."""

from __future__ import annotations

import argparse

from pubhub.archives.verify import verify_path
from scripts.places import existing
from scripts.words import Words


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Prints what is wrong with which file; 1 if anything is."""
    (path,) = existing([arguments.file])
    signers = existing([arguments.signers])[0] if arguments.signers else None
    report = verify_path(path, signers)
    for line in report.lines(words.lang):
        print(f"  {line}")
    key = "verify-faults" if report.faults else "verify-good"
    print(words(key, count=len(report.faults or report.files), path=path.name))
    return 1 if report.faults else 0
