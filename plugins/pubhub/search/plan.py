"""Outputs of this part: takes the desk, gives planned files."""

from __future__ import annotations

from collections.abc import Iterator

from pubhub.engine.desk import Desk
from pubhub.engine.plan import Output
from pubhub.search.index import Index


def search_files(desk: Desk) -> Iterator[Output]:
    """The index of this edition."""
    yield from Index(desk).files()
