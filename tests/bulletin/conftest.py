"""Bundles for the tests of this folder: the one that ships, and one of everything that is hard to set."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pubhub.archives.verify import unpack
from pubhub.bulletin.bundle import Bundles
from pubhub.content.model import Issue
from pubhub.press import Press
from pubhub.theme import theme_folders
from tests.printing.stress import hard_issue
from tests.site.builds import Built

DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="session")
def shipped(public: Built) -> bytes:
    """The zip of the current issue as the site offers it."""
    return (public.folder / "bulletin/2026/bulletin-2026Q3.zip").read_bytes()


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The zip of an issue of forty footnotes, long tables, deep lists, rare characters and every box."""
    root = hard_issue(tmp_path_factory.mktemp("hard") / "content")
    bundles, issue = open_bundles(root)
    return bundles.part(issue, "zip")


def open_bundles(root: Path, day: dt.date = DAY) -> tuple[Bundles, Issue]:
    """What packs the newest issue of a content folder."""
    press = Press(root, theme_folders(), "public", day)
    press.read()
    desk = press.desk()
    issue = desk.catalog.current_issue()
    assert issue is not None
    return Bundles(desk), issue


def entries_of(data: bytes) -> dict[str, bytes]:
    """Files of a bundle by their names below the root."""
    entries, faults = unpack(data, "a.zip")
    assert faults == []
    return {name.partition("/")[2]: content for name, content in entries.items()}


def unpack_to(data: bytes, folder: Path) -> Path:
    """A bundle on disk; gives its root folder."""
    for name, content in unpack(data, "a.zip")[0].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (root,) = folder.iterdir()
    return root
