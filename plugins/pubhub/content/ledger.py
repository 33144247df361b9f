"""The ledger of published ids: one line for every item that was ever approved, so that no address is lost or used again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LEDGER = "_ledger/published.tsv"


def read_ledger(root: Path) -> dict[str, str]:
    """Id → address; empty where there is no ledger yet. Lines that are no pair are left out."""
    file = root / LEDGER
    if not file.is_file():
        return {}
    pairs = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def format_ledger(entries: Mapping[str, str]) -> str:
    """Sorted lines `id<TAB>address`: two branches that add different ids merge without a conflict in meaning."""
    return "".join(f"{id_}\t{url}\n" for id_, url in sorted(entries.items()))
