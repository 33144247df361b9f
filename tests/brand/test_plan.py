"""Brand files in a site: all of them with the brand page, none without; the kit and the manifest hold what they say."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from pubhub.brand.collection import Collection, collection_of
from pubhub.brand.colour import contrast, rgb
from pubhub.brand.kit import STANDING, Kit
from pubhub.brand.manifest import web_manifest
from pubhub.brand.page import Pages
from pubhub.brand.plan import brand_files, face_of
from pubhub.content.catalog import Edition
from pubhub.content.vocabulary import Site
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File
from pubhub.engine.vault import Vault
from pubhub.press import Press
from pubhub.theme import OWN, theme_folders
from tests.brand.small import small_recipe, small_theme
from tests.brand.test_refusals import site
from tests.support import BOTH, approved, valid, write

DAY = dt.date(2026, 11, 24)
PAGE = approved(valid("page", id="XB-2026-0607", title="标志和小卫士", status="published"), *BOTH)


def desk(root: Path, edition: Edition = "public", **files: str) -> Desk:
    content = write(root / "content", {f"pages/{slug}/index.md": text for slug, text in files.items()})
    press = Press(content, theme_folders(), edition, DAY)
    press.read()
    return press.desk()


def files(of: Desk) -> dict[str, File]:
    return {one.url: one for one in brand_files(of) if isinstance(one, File)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return collection_of(small_theme(tmp_path_factory.mktemp("brand")), site(), small_recipe())


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault(tmp_path_factory.mktemp("vault"))


def test_a_tree_without_the_page_stays_light(tmp_path: Path) -> None:
    of = desk(tmp_path, about=PAGE)
    assert files(of) == {}
    assert face_of(of) is None
    assert of.extras == {}


@pytest.mark.parametrize(
    "change",
    [
        {"status": "draft"},
        {"status": "withdrawn", "withdrawn": "{at: 2026-11-01, reason: outdated, note: 旧了}"},
        {"visibility": "staff"},
    ],
)
def test_a_page_that_is_not_shown_counts_as_none(tmp_path: Path, change: dict[str, str]) -> None:
    text = valid("page", id="XB-2026-0607", title="标志和小卫士", **{"status": "published", **change})
    of = desk(tmp_path, brand=approved(text, *BOTH))
    assert files(of) == {}
    assert face_of(of) is None


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_the_page_brings_everything(tmp_path: Path, edition: Edition) -> None:
    of = desk(tmp_path, edition, brand=PAGE)
    found = files(of)
    collection = collection_of(OWN, of.catalog.vocabulary.site)
    assert {one.url for one in collection.files} <= found.keys()
    kept = {url for url, one in found.items() if one.keep}
    assert kept == {*(one.url for one in collection.files), "favicon.ico"}
    assert found["favicon.ico"].key == found[collection.named("favicon.ico").url].key
    rest = sorted(found.keys() - kept)
    assert [url.split(".")[0] for url in rest] == ["assets/brand/brand-kit", "manifest"]
    face = face_of(of)
    assert face is not None
    assert {face.ico, face.touch_icon, face.manifest} <= found.keys()
    assert face.card.startswith("https://")
    assert face.card.partition("/assets/")[2] in {url.removeprefix("assets/") for url in found}
    assert set(of.extras) == {"XB-2026-0607"}
    manifest = json.loads(found["manifest.webmanifest"].make())
    assert (edition == "staff") == ("内部版" in manifest["name"])


def test_planning_twice_gives_the_same_keys(tmp_path: Path) -> None:
    of = desk(tmp_path, brand=PAGE)
    first, extra = files(of), dict(of.extras)
    assert {url: one.key for url, one in files(of).items()} == {url: one.key for url, one in first.items()}
    assert {id_: one.key for id_, one in of.extras.items()} == {id_: one.key for id_, one in extra.items()}


def test_the_manifest_says_what_browsers_ask(small: Collection) -> None:
    of: Site = site()
    manifest = json.loads(web_manifest(small, of, "public"))
    assert (manifest["name"], manifest["short_name"]) == (of.title, of.name)
    assert manifest["display"] in {"browser", "minimal-ui"}
    assert (manifest["start_url"], manifest["scope"]) == ("index.html", "./")
    assert manifest["theme_color"] == manifest["background_color"] == small.tokens.light["paper"]
    icons = {(one["purpose"], one["sizes"]): one for one in manifest["icons"]}
    assert set(icons) == {("any", "64x64"), ("maskable", "192x192")}
    assert {one["src"] for one in manifest["icons"]} <= {one.url for one in small.files}
    assert {one["type"] for one in manifest["icons"]} == {"image/png"}


def test_the_kit_holds_together(small: Collection, vault: Vault) -> None:
    kit = Kit(small, site(), vault)
    data = kit.data()
    assert Kit(small, site(), vault).data() == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {name.split("/")[0] for name in names} == {"brand-kit"}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        held = {name.removeprefix("brand-kit/"): archive.read(name) for name in names}
    lines = held.pop("SHA256SUMS").decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    assert {name for name in held if "/" in name} == {
        "svg/mark.svg",
        "svg/guard.svg",
        *(one.path for one in small.files if one.group == "logo"),
    }
    assert kit.count() == len(held)
    readme, licence = held["README.txt"].decode(), held["LICENSE.txt"].decode()
    for text in (readme, licence):
        assert STANDING in text
        assert site().name in text
    assert "示例设计" in STANDING
    assert "可以\n" in licence
    assert "不可以\n" in licence
    assert "小卫士问好" not in readme
    assert "guard：问好。欢迎。" in readme


def test_a_kit_is_named_after_what_is_in_it(small: Collection, vault: Vault) -> None:
    one = Kit(small, site(), vault)
    assert one.address == f"assets/brand/brand-kit.{one.key.hex()[:10]}.zip"
    other = collection_of(OWN, site())
    assert Kit(other, site(), vault).address != one.address


def test_the_page_names_every_file_with_its_size(small: Collection, vault: Vault) -> None:
    kit = Kit(small, site(), vault)
    view = Pages(small, kit, vault).view()
    linked = [
        file
        for grids in [*(figure.grids for figure in (*view.logos, *view.poses)), *(grids for _, _, grids in view.others)]
        for grid in grids
        for _, cells in grid.rows
        for file in cells
        if file
    ]
    masters = {figure.url for figure in (*view.logos, *view.poses)}
    # The card is made of two drawings, so it is listed with its group; this recipe's group has no list of its own.
    assert {file.url for file in linked} == {one.url for one in small.files if one.name != "cover.png"} | masters
    assert all(file.label.endswith(("KB", "MB")) for file in linked)
    assert (view.kit.size, view.kit.sha256) == (len(kit.data()), hashlib.sha256(kit.data()).hexdigest())
    (guard,) = view.poses
    assert (guard.title, guard.alt, guard.width, guard.height) == ("问好", "小卫士问好", 120, 140)
    assert [grid.title for grid in guard.grids] == ["矢量母版", "屏幕", "印刷"]
    assert guard.count == sum(bool(file) for grid in guard.grids for _, cells in grid.rows for file in cells)


def test_a_hurried_page_waits_for_nothing(small: Collection, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    (first, *_) = small.files
    small.data(first, vault)
    view = Pages(small, Kit(small, site(), vault), vault, hurried=True).view()
    texts = [file.text for grid in view.logos[0].grids for _, cells in grid.rows for file in cells if file]
    assert "大小待定" in texts
    assert sum(text.endswith("KB") for text in texts) == 2
    assert (view.kit.size_text, view.kit.sha256) == ("大小待定", "")
    assert sum(1 for path in tmp_path.rglob("*") if path.is_file()) == 1


def test_colours_are_told_as_designers_need_them(small: Collection, vault: Vault) -> None:
    view = Pages(small, Kit(small, site(), vault), vault).view()
    red = next(colour for colour in view.colours if colour.id == "red")
    assert (red.hex, red.rgb) == ("#B4161B", "180, 22, 27")
    assert [(one.ground, one.ratio, one.verdict) for one in red.contrasts] == [
        ("纸色", "6.5", "正文可用"),
        ("白色", "6.8", "正文可用"),
        ("深色", "2.6", "不用于文字"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.478),
        ("#ffffff", "#ffffff", 1.0),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(other, one) == contrast(one, other)
    assert rgb("#0a10ff") == (10, 16, 255)
