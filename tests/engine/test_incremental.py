"""Incremental equals clean, byte for byte, after every edit of a random walk; and nothing is printed that need not be."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pubhub.content.loader import load_item
from pubhub.content.vocabulary import read_vocabulary
from pubhub.engine.store import Store
from pubhub.engine.vault import vault_of
from pubhub.press import Press
from pubhub.theme import theme_folders
from pubhub.workshop import Workshop
from scripts.publish import Spare, staging
from tests.site.builds import ROOT

DAY = dt.date(2026, 11, 24)
VAULT = vault_of(ROOT / ".cache")
"""Of all builds: rendering the brand anew for each of them would take minutes; tests/brand proves that its keys tell."""


class Place:
    """A content folder, its theme, its cache and its site; prints as `hub build` does."""

    def __init__(self, folder: Path) -> None:
        self.content, self.theme = folder / "content", folder / "theme"
        self.cache, self.out, self.folder = folder / "cache", folder / "site", folder
        self.day = DAY
        shutil.copytree(ROOT / "content", self.content)
        shutil.copytree(ROOT / "theme", self.theme)

    def workshop(self) -> Workshop:
        folders = [self.theme, *theme_folders()[1:]]
        workshop = Workshop(self.cache, self.content, folders, "public", self.day, self.out)
        workshop.press.vault = VAULT
        return workshop

    def print(self) -> int:
        """Prints; how many outputs were made anew (-1: nothing had changed)."""
        workshop = self.workshop()
        if workshop.unchanged() is not None:
            return -1
        workshop.read()
        with staging(self.out, Spare(workshop.spare)) as folder:
            folder.mkdir(exist_ok=True)
            emitted = workshop.print(folder)
        workshop.remember(emitted)
        return emitted.made

    def clean(self) -> dict[str, bytes]:
        """What a press without a memory prints."""
        folder = self.folder / "clean"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        press = Press(self.content, [self.theme, *theme_folders()[1:]], "public", self.day, vault=VAULT)
        press.read()
        press.print(folder)
        return tree(folder)

    def items(self, section: str = "") -> list[Path]:
        found = sorted(self.content.glob(f"{section or '*'}/**/index.md"))
        return [p for p in found if p.relative_to(self.content).parts[0] not in {"_data", "registers"}]

    def sign(self, file: Path) -> None:
        """Puts the digest of the text as it is into its approvals."""
        vocabulary, _ = read_vocabulary(self.content / "_data")
        assert vocabulary is not None
        pictures = tuple(sorted(p for p in file.parent.iterdir() if p.name != "index.md"))
        uri = file.relative_to(self.content).as_posix()
        loaded, problems = load_item(uri, file, pictures, vocabulary.known())
        assert loaded is not None, [p.text() for p in problems]
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"sha256-[0-9a-f]{64}", loaded.item.origin.digest, text), "utf-8")

    def change(self, file: Path, pattern: str, new: str) -> None:
        text = file.read_text("utf-8")
        changed = re.sub(pattern, new, text, count=1, flags=re.MULTILINE)
        assert changed != text, (file, pattern)
        file.write_text(changed, "utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def edit_text(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items())
    file.write_text(
        file.read_text("utf-8").rstrip("\n") + f"\n\n补充一句：第 {dice.randrange(10**9)} 次修改。\n", "utf-8"
    )
    place.sign(file)


def edit_title(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items())
    place.change(file, r"^title: .*$", f"title: 新的标题 {dice.randrange(10**9)}")
    place.sign(file)


def edit_date(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items("articles") + place.items("cases"))
    month, day = dice.randrange(1, 11), dice.randrange(1, 28)
    text = re.sub(
        r"^date: .*$", f"date: 2026-{month:02}-{day:02}", file.read_text("utf-8"), count=1, flags=re.MULTILINE
    )
    file.write_text(text, "utf-8")
    place.sign(file)


def edit_topics(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items("articles"))
    topics = dice.sample(["credit", "loan", "payment", "cash", "campus"], 2)
    text = re.sub(
        r"^topics: .*$", f"topics: [{', '.join(topics)}]", file.read_text("utf-8"), count=1, flags=re.MULTILINE
    )
    file.write_text(text, "utf-8")
    place.sign(file)


def unsigned_edit(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items("articles") + place.items("lessons"))
    file.write_text(file.read_text("utf-8") + f"\n没有审核的一句 {dice.randrange(10**9)}。\n", "utf-8")


def sign_again(place: Place, dice: random.Random) -> None:
    for file in place.items():
        place.sign(file)


def withdraw(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items("alerts"))
    if "status: withdrawn" in file.read_text("utf-8"):
        place.change(file, r"^status: withdrawn\nwithdrawn: \{.*\}$", "status: published")
    else:
        note = "withdrawn: {at: 2026-11-01, reason: outdated, note: 内容过时}"
        place.change(file, r"^status: published$", f"status: withdrawn\n{note}")


def draft(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items("stars") + place.items("events"))
    old, new = ("published", "draft") if "status: published" in file.read_text("utf-8") else ("draft", "published")
    place.change(file, rf"^status: {old}$", f"status: {new}")


def move(place: Place, dice: random.Random) -> None:
    file = dice.choice(place.items("cases"))
    old = f"{file.parent.relative_to(place.content).as_posix()}.html"
    target = file.parent.with_name(f"moved-{dice.randrange(10**6)}")
    file.parent.rename(target)
    moved = target / "index.md"
    text = moved.read_text("utf-8")
    if "\naliases: [" in text:
        place.change(moved, r"^aliases: \[", f"aliases: [{old}, ")
    else:
        place.change(moved, r"^status: ", f"aliases: [{old}]\nstatus: ")


def another_day(place: Place, dice: random.Random) -> None:
    place.day = DAY + dt.timedelta(days=dice.randrange(0, 200))


def edit_data(place: Place, dice: random.Random) -> None:
    name, pattern, new = dice.choice(
        [
            ("topics.yml", r"^  name: .*$", f"  name: 话题{dice.randrange(10**9)}"),
            ("people.yml", r"^  name: .*$", f"  name: 岗位{dice.randrange(10**9)}"),
            ("calendar.yml", r"^  name: .*$", f"  name: 日子{dice.randrange(10**9)}"),
            ("stations.yml", r"^  name: .*$", f"  name: 站点{dice.randrange(10**9)}"),
            ("sections.yml", r"^  intro: .*$", f"  intro: 介绍{dice.randrange(10**9)}。"),
            ("site.yml", r"^licence: .*$", f"licence: 转载说明{dice.randrange(10**9)}"),
            ("wording.yml", r"^  why: .*$", f"  why: 原因{dice.randrange(10**9)}"),
        ]
    )
    place.change(place.content / "_data" / name, pattern, new)


def edit_theme(place: Place, dice: random.Random) -> None:
    file = dice.choice(["item.html", "list.html", "parts/cards.html", "assets/hub.css", "parts/footer.html"])
    with (place.theme / file).open("a", encoding="utf-8") as opened:
        opened.write("\n/* */\n" if file.endswith("css") else f"{{# {dice.randrange(10**9)} #}}\n")


def touch_everything(place: Place, dice: random.Random) -> None:
    for file in place.items():
        os.utime(file)


def damage_the_store(place: Place, dice: random.Random) -> None:
    files = [p for p in sorted((place.cache / "hub").rglob("*")) if p.is_file()]
    for file in dice.sample(files, min(5, len(files))):
        data = bytearray(file.read_bytes())
        data[dice.randrange(len(data))] ^= 0xFF
        file.write_bytes(bytes(data) if dice.random() < 0.7 else data[: len(data) // 2])


def meddle_with_the_site(place: Place, dice: random.Random) -> None:
    pages = sorted(place.out.rglob("*.html"))
    dice.choice(pages).write_text("改坏了", "utf-8")
    dice.choice(pages).unlink(missing_ok=True)


def meddle_with_the_spare(place: Place, dice: random.Random) -> None:
    """In the folder that becomes the next site: bytes of the same length, a stray file, a link out, a folder for a page."""
    for spare in (place.cache / "spare").glob("*"):
        pages = sorted(spare.rglob("*.html"))
        changed, replaced, gone = dice.sample(pages, 3)
        changed.write_bytes(b"x" * changed.stat().st_size)
        replaced.unlink()
        replaced.mkdir()
        (replaced / "stray.html").write_text("多出来的", "utf-8")
        gone.unlink()
        (spare / "stray.html").write_text("多出来的", "utf-8")
        folder = dice.choice(sorted(p for p in spare.iterdir() if p.is_dir()))
        elsewhere = place.folder / f"elsewhere-{dice.randrange(10**9)}"
        folder.rename(elsewhere)
        folder.symlink_to(elsewhere, target_is_directory=True)


EDITS: list[Callable[[Place, random.Random], None]] = [
    edit_text,
    edit_title,
    edit_date,
    edit_topics,
    unsigned_edit,
    sign_again,
    withdraw,
    draft,
    move,
    another_day,
    edit_data,
    edit_theme,
    touch_everything,
    damage_the_store,
    meddle_with_the_site,
    meddle_with_the_spare,
]


def walk(place: Place, dice: random.Random, edits: list[Callable[[Place, random.Random], None]]) -> None:
    place.print()
    for number, edit in enumerate(edits):
        edit(place, dice)
        place.print()
        got, wanted = tree(place.out), place.clean()
        differ = [url for url in sorted({*got, *wanted}) if got.get(url) != wanted.get(url)]
        assert differ == [], f"after edit {number}, {edit.__name__}"


def test_incremental_equals_clean(tmp_path: Path) -> None:
    dice = random.Random(20261124)
    order = EDITS * 2
    dice.shuffle(order)
    walk(Place(tmp_path), dice, order)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_a_long_walk(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    walk(Place(tmp_path), dice, [dice.choice(EDITS) for _ in range(50)])


def test_nothing_changed_prints_nothing(tmp_path: Path) -> None:
    place = Place(tmp_path)
    assert place.print() > 100
    for path in [place.content, *place.content.rglob("*")]:
        os.utime(path, (time.time() - 60,) * 2)
    # The stamps differ, the bytes do not: read again, printed as before, and trusted from now on only once it is old enough.
    assert 0 < place.print() < 12
    time.sleep(2.1)
    place.print()
    assert place.print() == -1


def test_an_edit_prints_what_it_touches_and_no_more(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.print()
    always = place_made_without_change(place)
    file = place.content / "articles" / "2026" / "screen-sharing" / "index.md"
    file.write_text(file.read_text("utf-8") + "\n再补一句。\n", "utf-8")
    place.sign(file)
    topics = re.search(r"^topics: \[(.*)\]$", file.read_text("utf-8"), re.MULTILINE)
    assert topics is not None
    # The whole text stands in the feeds of everything, its section and its topics, each in three formats.
    feeds = 3 * (2 + len(topics[1].split(",")))
    # Nine characters more: about as many shards of the search, the item's body there and its start.
    search = 14
    assert place.print() <= always + 3 + feeds + search


@pytest.mark.skipif(not hasattr(os, "link"), reason="only where there are hard links")
def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    place = Place(tmp_path)
    for _ in range(3):
        place.print()
        edit_text(place, random.Random(1))
    inodes = {url: (place.out / url).stat().st_ino for url in tree(place.out)}
    made = place.print()
    same = [url for url in inodes if (place.out / url).stat().st_ino == inodes[url]]
    assert len(inodes) - len(same) == made + 1
    spare = next((place.cache / "spare").iterdir())
    # One copy of what has not changed, however many sites are kept.
    assert len({(folder / url).stat().st_ino for folder in (place.out, spare) for url in same}) == len(same)


def test_a_spare_that_was_changed_leaks_nothing(tmp_path: Path) -> None:
    place = Place(tmp_path)
    dice = random.Random(7)
    for _ in range(2):
        place.print()
        edit_text(place, dice)
    for _ in range(5):
        meddle_with_the_spare(place, dice)
        edit_text(place, dice)
        place.print()
        assert tree(place.out) == place.clean()


def place_made_without_change(place: Place) -> int:
    """Outputs that are printed every time: home, topics index, stations, 404 and what machines read."""
    words = place.content / "_data" / "wording.yml"
    words.write_text(words.read_text("utf-8") + "\n", "utf-8")
    made = place.print()
    assert 0 < made < 12
    return made


def test_another_version_forgets(tmp_path: Path) -> None:
    store = Store(tmp_path, "one")
    store.write("table", {"a": 1})
    assert store.read("table") == {"a": 1}
    assert Store(tmp_path, "two").read("table") == {}
