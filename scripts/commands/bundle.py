"""hub bundle: issues of the bulletin as files to hand over."""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

from pubhub.archives.verify import verify
from scripts.bundle import Bundle, Packing, beside, is_current, places
from scripts.places import shown
from scripts.subject import content_folder, given_day
from scripts.words import Refusal, Words, tell
from scripts.writing import write


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Writes the bundles, or with --check looks at those that stand; 1 if one could not be packed or is not current."""
    if arguments.all == bool(arguments.quarter):
        raise Refusal("bundle-what", code=2)
    content, out = content_folder(arguments.content), Path(arguments.out or ".").absolute()
    if arguments.out and arguments.out.endswith(("/", os.sep)) and not out.exists():
        out.mkdir(parents=True)
    if arguments.all and out.is_file():
        raise Refusal("bundle-folder", code=2, path=arguments.out)
    key = Path(arguments.sign).absolute() if arguments.sign else None
    packing = Packing(content, arguments.edition, given_day(arguments.date), arguments.draft, words)
    quarters = packing.quarters() if arguments.all else [packing.find(arguments.quarter)]
    bundles, code = [], 0
    for quarter in quarters:
        try:
            bundles.append(packing.pack(quarter, None if arguments.check else key, arguments.marks))
        except Refusal as refusal:
            if not arguments.all:
                raise
            tell(refusal.sentence(words))
            code = 1
    for bundle, file in places(bundles, out, arguments.all):
        if arguments.check:
            code = max(code, _compare(bundle, file, words))
        else:
            _write(file, bundle.data, words)
            if arguments.marks:
                _write(beside(file), bundle.marked, words)
    return code


def _write(file: Path, data: bytes, words: Words) -> None:
    write(file, data)
    print(words("bundle-done", path=shown(file)))
    print(words("bundle-size", size=f"{len(data) / 1e6:.2f}", sha256=hashlib.sha256(data).hexdigest()))


def _compare(bundle: Bundle, file: Path, words: Words) -> int:
    """Says how the file that stands is; 0 if it is current and whole."""
    if not file.is_file():
        print(words("bundle-missing", path=shown(file)))
        return 1
    standing = file.read_bytes()
    current, faults = is_current(bundle, standing), verify(standing, file.name).faults
    print(words("bundle-current" if current else "bundle-stale", path=shown(file)))
    for fault in faults:
        print(f"  {fault.text(words.lang)}")
    marked = not bundle.marked or _compare_marked(bundle.marked, beside(file), words)
    return 0 if current and not faults and marked else 1


def _compare_marked(data: bytes, file: Path, words: Words) -> bool:
    """Says how the PDF for the printing house is; True if it is current."""
    if not file.is_file():
        print(words("bundle-missing", path=shown(file)))
        return False
    current = file.read_bytes() == data
    print(words("bundle-current" if current else "bundle-stale", path=shown(file)))
    return current
