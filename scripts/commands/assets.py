"""hub assets: makes every brand file of the recipe, or says which are missing, stale or damaged."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pubhub.brand.collection import Collection, collection_of, fill
from pubhub.brand.derive import Derived
from pubhub.engine.vault import Vault, vault_of
from pubhub.engine.workers import WorkerFailed
from pubhub.problems import ContentRefused
from pubhub.theme import OWN
from scripts.assets import RECORD, Fault, chosen, folder_faults, vault_faults, write_folder
from scripts.places import CACHE, ROOT, shown
from scripts.processes import stoppable
from scripts.progress import Steps
from scripts.publish import refuse_unsafe
from scripts.subject import content_folder, vocabulary_of
from scripts.words import Refusal, Words, tell

_SHOWN = 20
"""Faults named one by one."""
_SAID = {
    "missing": "assets-missing",
    "stale": "assets-stale",
    "damaged": "assets-damaged",
    "surplus": "assets-surplus",
}


def run(arguments: argparse.Namespace, words: Words) -> int:
    """0 if all is there, current and whole at the end."""
    started = time.monotonic()
    content = content_folder(arguments.content)
    out = Path(os.path.realpath(arguments.out)) if arguments.out else None
    if out is not None:
        refuse_unsafe(out, ROOT, content, RECORD, "assets-foreign")
    collection = _collection(content, words)
    files = chosen(collection.files, arguments.only, words)
    vault = vault_of(CACHE)
    if arguments.check:
        faults = [*vault_faults(files, vault), *(folder_faults(out, files, collection.files) if out else ())]
        return _judged(faults, len(files), arguments, words)
    with stoppable():
        made = _made(collection, files, vault, words)
        print(
            words(
                "assets-done",
                count=len(files),
                size=f"{sum(len(vault.get(one.key) or b'') for one in files) / 1e6:.1f}",
                seconds=f"{time.monotonic() - started:.1f}",
                made=made,
            )
        )
        if out is not None:
            written, pruned = write_folder(out, files, collection.files, partial(collection.data, vault=vault))
            print(words("assets-written", path=shown(out), written=written, pruned=pruned))
    return 0


def _collection(content: Path, words: Words) -> Collection:
    """Everything, or a refusal that follows all that is wrong."""
    try:
        collection = collection_of(OWN, vocabulary_of(content, words).site)
    except ContentRefused as refused:
        for problem in refused.problems:
            tell(problem.text(words.lang))
        raise Refusal("assets-refused", code=1) from None
    for problem in collection.advice:
        tell(problem.text(words.lang))
    return collection


def _made(collection: Collection, files: Sequence[Derived], vault: Vault, words: Words) -> int:
    """Fills the vault; gives how many files had to be made."""
    steps = partial(Steps(words), "render") if sys.stderr.isatty() else None
    try:
        made = fill(collection, vault, files, steps)
    except WorkerFailed:
        raise Refusal("assets-worker", code=1) from None
    lost = [name for name, _ in made if vault.look(collection.named(name).key) != "whole"]
    if lost:
        raise Refusal("assets-disk", code=1, count=len(lost), path=shown(CACHE))
    return len(made)


def _judged(faults: Sequence[Fault], count: int, arguments: argparse.Namespace, words: Words) -> int:
    for fault in faults[:_SHOWN]:
        tell(words(_SAID[fault.kind], name=fault.name))
    if len(faults) > _SHOWN:
        tell(words("assets-more", count=len(faults) - _SHOWN))
    if faults:
        options = "".join(f' --{name} "{value}"' for name in ("only", "out") if (value := getattr(arguments, name)))
        tell(words("assets-wanting", count=len(faults), options=options))
        return 1
    print(words("assets-current", count=count))
    return 0
