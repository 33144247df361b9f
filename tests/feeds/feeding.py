"""Small sites for these tests: items as front matter, signed, read by the real press; what the feeds part makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from pubhub.content.catalog import Edition
from pubhub.engine.plan import File
from pubhub.feeds.plan import feeds_files
from pubhub.press import Press
from pubhub.theme import theme_folders
from tests.support import BODY, BOTH, approved, valid, write

DAY = dt.date(2026, 11, 24)
SCHEMAS = Path(__file__).parent / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
SECTIONS = {"alert": "alerts", "event": "events", "article": "articles", "campaign": "campaigns", "entry": "registers"}


def item(kind: str = "alert", body: str = BODY, **lines: str) -> str:
    """A published item with both signatures."""
    return approved(valid(kind, body, **{"status": "published", **lines}), *BOTH)


def place(kind: str, slug: str, year: int = 2026) -> str:
    return f"{SECTIONS[kind]}/{year}/{slug}/index.md"


def press_of(root: Path, edition: Edition = "public", today: dt.date = DAY) -> Press:
    """A press that has read the folder."""
    press = Press(root, theme_folders(), edition, today)
    tree = press.read()
    assert [p.text() for p in tree.problems if p.level == "error"] == []
    return press


def feeds_of(
    root: Path, files: Mapping[str, str | bytes], edition: Edition = "public", today: dt.date = DAY
) -> dict[str, bytes]:
    """All files of the feeds part, by address."""
    write(root, files)
    return made(press_of(root, edition, today))


def made(press: Press) -> dict[str, bytes]:
    """What the feeds part makes."""
    return {output.url: output.make() for output in feeds_files(press.desk()) if isinstance(output, File)}


def keys_of(press: Press) -> dict[str, bytes]:
    """Their keys."""
    return {output.url: output.key for output in feeds_files(press.desk()) if isinstance(output, File)}


def xml(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def words(element: etree._Element, path: str) -> str:
    """The text of a child that must be there."""
    found = element.find(path)
    assert found is not None, path
    return found.text or ""


def relax(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / name))
