"""What reviewers sign: takes front matter, body and pictures, gives one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

UNSIGNED = frozenset({"status", "approvals", "withdrawn", "superseded_by", "aliases", "extra", "retired"})
"""Keys that may change without a new approval: none of them adds a word to what readers see of a published item."""


def text_digest(front: dict[str, Any], body: str, assets: Iterable[tuple[str, str]]) -> str:
    """`sha256-` and 64 hex digits over the meaningful front matter, the body and the pictures.

    Args:
        front: front matter as strings, lists and dicts.
        body: Markdown with LF line ends.
        assets: file name and SHA-256 of each picture beside the item.
    """
    kept = {name: value for name, value in front.items() if name not in UNSIGNED}
    parts = [
        json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        body.strip("\n").rstrip(),
        *(f"{name} {digest}" for name, digest in sorted(assets)),
    ]
    return "sha256-" + hashlib.sha256("\x00".join(parts).encode()).hexdigest()
