"""An edit mends the index: the same bytes as one made anew, few files touched, and nothing of what is hidden is left in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubhub.content.catalog import Edition
from pubhub.engine.store import Store
from pubhub.press import Press
from pubhub.search import records
from pubhub.search.heap import Heap, Spot
from pubhub.search.index import Index
from pubhub.search.layout import is_group
from pubhub.search.normal import normal
from pubhub.search.plan import search_files
from pubhub.search.postings import read_shard, unscript
from pubhub.theme import theme_folders
from tests.engine.test_incremental import DAY, Place
from tests.site.builds import ROOT


def printed(content: Path, store: Store | None, edition: Edition = "public") -> dict[str, bytes]:
    press = Press(content, theme_folders(), edition, DAY, features=(search_files,), store=store)
    press.read()
    return {file.url: file.make() for file in Index(press.desk()).files()}


class Ground:
    """A copy of the content, and what is remembered of it."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.store = Store(folder / "store", "one")
        self.last = printed(self.place.content, self.store)

    def touched(self) -> set[str]:
        """Files that the last change touched; they are as if made anew."""
        now = printed(self.place.content, self.store)
        assert now == printed(self.place.content, None)
        found = {url for url in {*now, *self.last} if now.get(url) != self.last.get(url)}
        self.last = now
        return found


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def unsampled(ground: Ground, section: str) -> Path:
    """An item that is no part of the dictionary."""
    files = ground.place.items(section)
    ids = {text.split("\n")[1].removeprefix("id: "): file for file, text in ((f, f.read_text("utf-8")) for f in files)}
    press = Press(ground.place.content, theme_folders(), "public", DAY)
    press.read()
    sampled = records.samples([entry.item.id for entry in press.desk().catalog.entries])
    return next(file for id_, file in sorted(ids.items()) if id_ not in sampled)


def test_every_kind_of_edit(ground: Ground) -> None:
    place, content = ground.place, ground.place.content
    assert ground.touched() == set()
    file = unsampled(ground, "articles")
    file.write_text(file.read_text("utf-8") + "\n魑魅魍魉。\n", "utf-8")
    place.sign(file)
    touched = ground.touched()
    assert 3 < len(touched) < 16
    assert not any("/d/" in url for url in touched)
    place.change(file, r"^title: .*$", "title: 罕见的鼍字标题")
    place.sign(file)
    assert any("/d/" in url for url in ground.touched())
    alert = unsampled(ground, "alerts")
    place.change(alert, r"^status: published$", "status: withdrawn\nwithdrawn: {at: 2026-11-01, reason: outdated}")
    assert ground.touched()
    # Changed and not signed again: hidden.
    file.write_text(file.read_text("utf-8") + "\n没有审核的一句。\n", "utf-8")
    assert ground.touched()
    assert not any("鼍" in data.decode("utf-8") for data in ground.last.values())
    place.change(content / "_data" / "synonyms.yml", r"^- words: \[", "- words: [新的说法, ")
    assert ground.touched()


def test_an_edit_of_what_makes_the_dictionary_packs_all_groups_again(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ground.place
    press = Press(place.content, theme_folders(), "public", DAY)
    press.read()
    entries = {entry.item.id: entry.item for entry in press.desk().catalog.entries}
    file = place.content / entries[records.samples(entries)[0]].origin.uri
    file.write_text(file.read_text("utf-8") + "\n魑魅魍魉都来打电话。\n", "utf-8")
    place.sign(file)
    clean = printed(place.content, None)
    with monkeypatch.context() as patched:
        patched.setattr("pubhub.search.index.whole", None)
        assert printed(place.content, ground.store) == clean
    touched = {url for url in clean if clean[url] != ground.last.get(url)}
    assert "search/words.js" in touched
    assert {url for url in clean if is_group(url)} <= touched


@pytest.mark.parametrize("part", ["search-public", "search-public-state"])
def test_a_damaged_memory_is_made_anew(ground: Ground, part: str) -> None:
    for damaged in (ground.place.folder / "store" / part).iterdir():
        damaged.write_bytes(damaged.read_bytes()[:-9].replace(b"hubSearch", b"HubSearch"))
    file = unsampled(ground, "cases")
    file.write_text(file.read_text("utf-8") + "\n又一句。\n", "utf-8")
    ground.place.sign(file)
    assert ground.touched()


def test_what_is_kept_does_not_grow_without_end(tmp_path: Path) -> None:
    heap = Heap(tmp_path / "heap")
    heap.begin()
    spots: dict[str, Spot] = {}
    rewritten = 0
    for n in range(12):
        files = {f"{n % 2}": (b"", bytes([n]) * (1 << 20)), "small": (b"", b"small" * n)}
        heap.put(spots, files)
        assert all(heap.read(spots[name]) == data for name, (_, data) in files.items())
        if heap.is_wasteful(spots):
            kept = {name: (b"", heap.read(spot)) for name, spot in spots.items()}
            heap.begin()
            heap.put(spots, kept)
            heap.sweep()
            rewritten += 1
            assert {name: heap.read(spot) for name, spot in spots.items()} == {
                name: data for name, (_, data) in kept.items()
            }
    assert 0 < rewritten < 4
    assert sum(path.stat().st_size for path in (tmp_path / "heap").iterdir()) < 12 << 20


def test_a_file_that_is_lost_is_made_again(ground: Ground) -> None:
    for file in sorted((ground.place.folder / "store" / "search-public").iterdir()):
        file.write_bytes(b"lost")
    assert printed(ground.place.content, ground.store) == ground.last


def decoded(files: dict[str, bytes]) -> str:
    """Everything that an index says, as text."""
    words = unscript(files["search/words.js"])
    assert isinstance(words, str)
    parts = [words]
    for url, data in files.items():
        value = unscript(data)
        if "/d/" in url or "/b/" in url:
            assert isinstance(value, list)
            parts += records.unpack(value[1], words.encode())
        elif "/t256/" in url:
            assert isinstance(value, list)
            parts += read_shard(value)
        elif "/o/" in url:
            continue
        else:
            parts.append(data.decode("utf-8"))
    return "\n".join(parts)


def test_any_number_of_workers_makes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for workers in ("1", "2", "5"):
        monkeypatch.setenv("HUB_WORKERS", workers)
        made.append(printed(ROOT / "content", None))
    assert made[0] == made[1] == made[2]


def test_editions_apart() -> None:
    public, staff = (decoded(printed(ROOT / "content", None, edition)) for edition in ("public", "staff"))
    press = Press(ROOT / "content", theme_folders(), "staff", DAY)
    press.read()
    hidden = [entry.item for entry in press.desk().catalog.entries if entry.item.visibility == "staff"]
    assert hidden
    for item in hidden:
        for text in (item.id, item.title, item.summary, item.url):
            assert text in staff
            assert text not in public
    assert "registers" not in public


def test_a_withdrawn_item_leaves_its_title_and_notice(ground: Ground) -> None:
    alert = unsampled(ground, "alerts")
    body = alert.read_text("utf-8").split("---\n", 2)[2]
    sentence = max((line for line in body.split("\n") if line and line[0] not in "#!->| *"), key=len)[:24]
    assert normal(sentence) in normal(decoded(ground.last))
    place = ground.place
    place.change(
        alert, r"^status: published$", "status: withdrawn\nwithdrawn: {at: 2026-11-01, reason: wrong, note: 说法有误}"
    )
    ground.touched()
    said = decoded(ground.last)
    assert normal(sentence) not in normal(said)
    assert "2026年11月1日撤回，原因：内容有误" in said
    # Nobody has signed the note.
    assert "说法有误" not in said
