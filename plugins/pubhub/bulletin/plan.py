"""The download of every issue: takes the desk, gives planned files and tells the issues' pages of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pubhub.bulletin.bundle import Bundles, address
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File


def bulletin_files(desk: Desk) -> Iterator[File]:
    """One zip for each issue that was not taken back."""
    bundles = Bundles(desk)
    desk.downloads, desk.downloads_key = bundles.downloads, bundles.key
    for issue in desk.catalog.of_kind(Issue):
        if not desk.catalog.is_withdrawn(issue):
            yield File(address(issue), partial(bundles.data, issue), bundles.key(issue))
