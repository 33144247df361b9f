"""Pictures through the whole press: nothing made or decoded twice, lists that follow a cover, nothing of a consent in the open."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from pubhub.content.model import Item
from pubhub.engine import emit as emitting
from pubhub.engine.store import Store
from pubhub.engine.vault import Vault
from pubhub.press import Press
from pubhub.theme import theme_folders
from tests.pictures.makers import corners, photograph, saved, turned
from tests.site.builds import ROOT
from tests.support import BOTH, approved, valid, write

DAY = dt.date(2026, 11, 24)
PHOTOS = {
    "a.jpg": turned(6),
    "b.jpg": saved(photograph(900, 600), "JPEG", quality=85),
    "c.png": saved(corners(), "PNG"),
}
BODY = '![厅堂](a.jpg "当天")\n\n![窗口](b.jpg)\n\n![流程](c.png)\n'
NOTES = "[{file: a.jpg, credit: 某人, people: 有, consent: {form: 书面, date: 2026-09-01, note: 秘密协议}}, {file: b.jpg, people: 无}]"


def item(body: str = BODY, id_: str = "XB-2026-0101", photos: dict[str, bytes] | None = None, **keys: str) -> str:
    """A published article with pictures."""
    lines = {"id": id_, "status": "published", "cover": "b.jpg", "pictures": NOTES, **keys}
    return approved(valid("article", body, **lines), *BOTH, pictures=PHOTOS if photos is None else photos)


def content(root: Path, text: str) -> Path:
    """One article with its pictures."""
    files = {f"articles/2026/a/{name}": data for name, data in PHOTOS.items()}
    return write(root, {"articles/2026/a/index.md": text, **files})


def printed(root: Path, out: Path, cache: Path | None = None) -> dict[str, bytes]:
    """The site as files."""
    store = Store(cache / "store", "1") if cache else None
    press = Press(root, theme_folders(), "public", DAY, store=store, vault=Vault(cache / "vault") if cache else None)
    tree = press.read()
    assert not tree.errors, [p.text() for p in tree.errors]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    press.print(out)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_a_page_with_its_pictures(tmp_path: Path) -> None:
    site = printed(content(tmp_path / "c", item()), tmp_path / "site")
    page = site["articles/2026/a.html"].decode()
    named = set(re.findall(r"assets/media/[^ \"]+", page))
    media = {url for url in site if url.startswith("assets/media/")}
    thumbs = set(re.findall(r"assets/media/[^ \"]+", site["articles/index.html"].decode()))
    assert named | thumbs == media
    assert page.count("<picture>") == 3  # the cover stands in the text already
    assert "秘密协议" not in "".join(data.decode("utf-8", "replace") for data in site.values())
    for url in media:
        for secret in (b"Exif", b"GPS", b"Secret"):
            assert secret not in site[url], url
    for img in re.findall(r"<img [^>]*>", page):
        assert re.search(r' width="\d+"', img)
        assert re.search(r' height="\d+"', img)


def test_an_unused_or_withdrawn_picture_is_not_published(tmp_path: Path) -> None:
    used = printed(content(tmp_path / "1", item("![厅堂](a.jpg)\n", cover="a.jpg")), tmp_path / "site")
    assert {url.split("-")[0] for url in used if "/media/" in url} == {"assets/media/a"}
    gone = item().replace("status: published", "status: withdrawn\nwithdrawn: {at: 2026-09-20, reason: other}")
    assert not [url for url in printed(content(tmp_path / "2", gone), tmp_path / "site") if "/media/" in url]


def test_nothing_is_made_or_decoded_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = content(tmp_path / "c", item())
    first = printed(root, tmp_path / "site", tmp_path / "cache")

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("a picture was opened again")

    monkeypatch.setattr(Image, "open", never)
    monkeypatch.setattr(Image.Image, "save", never)
    assert printed(root, tmp_path / "site", tmp_path / "cache") == first
    # A fresh checkout: other stamps, same bytes.
    for path in root.rglob("*.*"):
        path.touch()
    assert printed(root, tmp_path / "site", tmp_path / "cache") == first
    # Another text beside the same pictures, one of them under another name.
    folder = root / "articles" / "2026" / "a"
    (folder / "b.jpg").rename(folder / "d.jpg")
    photos = {("d.jpg" if name == "b.jpg" else name): data for name, data in PHOTOS.items()}
    text = item(BODY.replace("b.jpg", "d.jpg"), photos=photos, cover="d.jpg", pictures=NOTES.replace("b.jpg", "d.jpg"))
    (folder / "index.md").write_text(text, "utf-8")
    site = printed(root, tmp_path / "site", tmp_path / "cache")
    assert {re.sub("/[bd]-", "/x-", url) for url in site} == {re.sub("/[bd]-", "/x-", url) for url in first}


def test_the_same_bytes_on_one_core_and_two_with_and_without_a_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = content(tmp_path / "c", item())
    monkeypatch.setenv("HUB_WORKERS", "1")
    one = printed(root, tmp_path / "site")
    monkeypatch.setenv("HUB_WORKERS", "2")
    assert printed(root, tmp_path / "site", tmp_path / "cache") == one


def test_copies_of_one_picture_meet_in_one_worker(tmp_path: Path) -> None:
    press = Press(content(tmp_path / "c", item()), theme_folders(), "public", DAY)
    press.read()
    todo = [(output, b"") for _, output in sorted(press.set_up().plan.outputs.items())]
    groups, rest = emitting._apart(todo)
    assert [len({output.url.rsplit("-", 1)[0] for output, _ in group}) for group in groups] == [1, 1, 1]
    assert sum(map(len, groups)) + len(rest) == len(todo)


def test_lists_follow_a_cover(tmp_path: Path) -> None:
    root = content(tmp_path / "c", item())
    before = printed(root, tmp_path / "site", tmp_path / "cache")
    other = saved(photograph(900, 600).transpose(Image.Transpose.FLIP_LEFT_RIGHT), "JPEG", quality=85)
    (root / "articles/2026/a/b.jpg").write_bytes(other)
    (root / "articles/2026/a/index.md").write_text(item(photos={**PHOTOS, "b.jpg": other}), "utf-8")
    after = printed(root, tmp_path / "site", tmp_path / "cache")
    for url in ("articles/index.html", "articles/2026/a.html"):
        assert after[url] != before[url]


def test_a_gallery_shows_its_entries(tmp_path: Path) -> None:
    text = valid(
        "campaign",
        "说明。\n",
        status="published",
        entries="[{no: 1, kind: logo, title: 盾, picture: c.png, alt: 一面红色的盾}]",
    )
    files = {"campaigns/2026/a/c.png": PHOTOS["c.png"]}
    text = approved(text, *BOTH, pictures={"c.png": PHOTOS["c.png"]})
    root = write(tmp_path / "c", {"campaigns/2026/a/index.md": text, **files})
    shutil.copy(ROOT / "content" / "_data" / "sections.yml", root / "_data")
    page = printed(root, tmp_path / "site")
    found = page["campaigns/2026/a.html"].decode()
    assert found.count("<picture>") == 1
    assert 'alt="一面红色的盾"' in found


def test_a_catalog_knows_no_consent(tmp_path: Path) -> None:
    press = Press(content(tmp_path / "c", item()), theme_folders(), "public", DAY)
    tree = press.read()
    assert tree.loaded[0].item.pictures[0].consent is not None
    notes = [note for entry in tree.catalog("staff").entries for note in entry.item.pictures]
    assert [note.consent for note in notes] == [None, None]
    assert notes[0].credit == "某人"


def test_people_are_asked_for_the_same_way_by_every_kind() -> None:
    assert {"cover_alt", "people", "pictures"} <= set(Item.__dataclass_fields__)


def test_the_original_is_upright(tmp_path: Path) -> None:
    site = printed(content(tmp_path / "c", item()), tmp_path / "site")
    for url in (u for u in site if u.startswith("assets/media/a-")):
        image = Image.open(io.BytesIO(site[url])).convert("RGB")
        assert image.size == (120, 80)
        corner = image.getpixel((10, 10))
        assert isinstance(corner, tuple)
        assert corner[0] > 150 > corner[1]
