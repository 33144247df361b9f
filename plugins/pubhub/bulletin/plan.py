"""The downloads of every issue: takes the desk, gives planned files and tells the issues' pages of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pubhub.bulletin.bundle import PARTS, Bundles, address
from pubhub.bulletin.columns import is_printable
from pubhub.bulletin.shelf import SHELF, shelf_json
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File


def bulletin_files(desk: Desk) -> Iterator[File]:
    """Zip, PDF, EPUB and cover of each issue that can be printed as it was approved, and the list of all issues."""
    bundles = Bundles(desk)
    desk.downloads, desk.downloads_key, desk.covers = bundles.downloads, bundles.key, bundles.cover
    desk.held = lambda issue: not is_printable(desk.catalog, issue)
    issues = [issue for issue in desk.catalog.of_kind(Issue) if is_printable(desk.catalog, issue)]
    desk.prepare.append(partial(bundles.make_all, issues))
    for issue in issues:
        for suffix in PARTS:
            make = partial(bundles.part, issue, suffix)
            yield File(address(issue, suffix), make, bundles.part_key(issue, suffix), keep=True)
    yield File(SHELF, partial(shelf_json, desk, bundles))
