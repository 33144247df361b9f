"""Outputs of this part: takes the desk, gives planned files."""

from __future__ import annotations

from collections.abc import Iterator

from pubhub.engine.desk import Desk
from pubhub.engine.plan import Output


def search_files(desk: Desk) -> Iterator[Output]:
    """Nothing yet."""
    yield from ()
