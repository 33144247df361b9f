"""hub bundle: issues of the bulletin as files to hand over."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from pubhub.bulletin.verify import verify
from scripts.bundle import Packing, is_current, places
from scripts.places import shown
from scripts.subject import content_folder, given_day
from scripts.words import Refusal, Words, tell
from scripts.writing import write


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Writes the bundles, or with --check looks at those that stand; 1 if one could not be packed or is not current."""
    if arguments.all == bool(arguments.quarter):
        raise Refusal("bundle-what", code=2)
    content, out = content_folder(arguments.content), Path(arguments.out or ".").absolute()
    if arguments.all and out.is_file():
        raise Refusal("bundle-folder", code=2, path=arguments.out)
    key = Path(arguments.sign).absolute() if arguments.sign else None
    packing = Packing(content, arguments.edition, given_day(arguments.date), arguments.draft, words)
    quarters = packing.quarters() if arguments.all else [packing.find(arguments.quarter)]
    bundles, code = [], 0
    for quarter in quarters:
        try:
            bundles.append(packing.pack(quarter, None if arguments.check else key))
        except Refusal as refusal:
            if not arguments.all:
                raise
            tell(refusal.sentence(words))
            code = 1
    for bundle, file in places(bundles, out, arguments.all):
        if arguments.check:
            standing = file.read_bytes() if file.is_file() else None
            report = verify(standing, file.name) if standing is not None else None
            state = "missing" if standing is None else "current" if is_current(bundle, standing) else "stale"
            print(words(f"bundle-{state}", path=shown(file)))
            for line in [fault.text(words.lang) for fault in report.faults] if report else []:
                print(f"  {line}")
            code = code or int(state != "current" or bool(report and report.faults))
        else:
            write(file, bundle.data)
            print(words("bundle-done", path=shown(file)))
            sha = hashlib.sha256(bundle.data).hexdigest()
            print(words("bundle-size", size=f"{len(bundle.data) / 1e6:.2f}", sha256=sha))
    return code
