"""The plan of all brand files: pure, whole, and with names that change exactly when the bytes may."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from pubhub.brand.collection import collection_of
from pubhub.brand.derive import Derived, derive
from pubhub.brand.recipe import own_recipe, read_recipe
from pubhub.content.vocabulary import Site, read_vocabulary
from tests.brand.small import GUARD, MARK, RECIPE, small_recipe, small_theme
from tests.site.builds import ROOT

COLOURS = {
    name: f"#{number:06x}" for number, name in enumerate(("paper", "ink", "muted", "brand", "white", "red", "dark"))
}
WORDS = {"line": "一行", "organisation": "某分行"}
MASTERS = {"mark": MARK.encode(), "guard": GUARD.encode()}


def names(files: tuple[Derived, ...]) -> dict[str, str]:
    return {one.name: one.url for one in files}


def changed(one: dict[str, str], other: dict[str, str]) -> set[str]:
    assert one.keys() == other.keys()
    return {name for name in one if one[name] != other[name]}


def own() -> tuple[Derived, ...]:
    recipe = own_recipe()
    return derive(recipe, {info.name: b"<svg/>" for info in recipe.masters}, WORDS, COLOURS)


def test_the_same_gives_the_same() -> None:
    assert derive(small_recipe(), MASTERS, WORDS, COLOURS) == derive(
        small_recipe(), dict(reversed(MASTERS.items())), WORDS, COLOURS
    )


def test_names_and_sizes() -> None:
    files = {one.name: one for one in derive(small_recipe(), MASTERS, WORDS, COLOURS)}
    assert files["guard-61.png"].pixels == (61, 72)
    assert files["mark-a4-300dpi.png"].pixels == (2125, 2125)
    assert files["guard-a3.pdf"].pixels is None
    assert files["guard-24.webp"].path == "logo/guard-24.webp"
    stem, mark, suffix = files["guard-24.webp"].url.rsplit(".", 2)
    assert (stem, suffix) == ("assets/brand/guard-24", "webp")
    assert len(mark) == 10
    assert len({one.url for one in files.values()}) == len(files)


def test_a_drawing_renames_its_own_files() -> None:
    before = names(derive(small_recipe(), MASTERS, WORDS, COLOURS))
    after = names(derive(small_recipe(), {**MASTERS, "mark": MARK.encode() + b"\n"}, WORDS, COLOURS))
    assert changed(before, after) == {name for name in before if "guard" not in name}


@pytest.mark.parametrize(
    ("words", "colours", "expected"),
    [
        ({"line": "另一行"}, {}, {"cover.png"}),
        ({}, {"paper": "#eeeeee"}, {"cover.png", "maskable-192.png"}),
        ({}, {"white": "#eeeeee"}, {"cover.png", "guard-a4.pdf", "guard-a3.pdf"}),
    ],
)
def test_words_and_colours_rename_what_shows_them(
    words: dict[str, str], colours: dict[str, str], expected: set[str]
) -> None:
    before = names(derive(small_recipe(), MASTERS, WORDS, COLOURS))
    assert (
        changed(before, names(derive(small_recipe(), MASTERS, {**WORDS, **words}, {**COLOURS, **colours}))) == expected
    )


def test_a_step_renames_its_own_files() -> None:
    before = names(derive(small_recipe(), MASTERS, WORDS, COLOURS))
    after = names(derive(read_recipe(RECIPE.replace("circle = 0.76", "circle = 0.7")), MASTERS, WORDS, COLOURS))
    assert changed(before, after) == {"maskable-192.png"}


def test_other_renderers_rename_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(derive(small_recipe(), MASTERS, WORDS, COLOURS))
    monkeypatch.setattr("pubhub.brand.derive.maker_version", lambda: b"another")
    assert changed(before, names(derive(small_recipe(), MASTERS, WORDS, COLOURS))) == set(before)


def test_the_recipe_makes_all_that_was_promised() -> None:
    files = own()
    poses = [info.name for info in own_recipe().masters if info.pose]
    logos = [info.name for info in own_recipe().masters if info.name.startswith("logo-")]
    made = {one.name for one in files}
    assert len(poses) >= 8
    assert {f"{pose}-{w}.{f}" for pose in poses for w in (96, 240, 480, 960) for f in ("avif", "webp", "png")} <= made
    assert {
        f"{pose}-{paper}{end}" for pose in poses for paper in ("a4", "a3") for end in (".pdf", "-300dpi.png")
    } <= made
    assert {f"{logo}-{paper}.pdf" for logo in logos for paper in ("a4", "a3")} <= made
    rasters = Counter(one.masters[0] for one in files if one.group == "logo" and one.format == "png")
    assert rasters == dict.fromkeys(logos, 3)
    sizes = {one.name: one.pixels for one in files if one.group in {"wechat", "card", "site"}}
    assert sizes == {
        "wechat-cover.png": (900, 383),
        "wechat-square.png": (200, 200),
        "social-card.png": (1200, 630),
        "favicon.ico": (256, 256),
        "apple-touch-icon.png": (180, 180),
        **{f"{kind}-{side}.png": (side, side) for kind in ("icon", "maskable") for side in (192, 512)},
    }


def test_every_group_and_master_is_used_and_described() -> None:
    recipe = own_recipe()
    files = own()
    assert {one.group for one in files} == {group.id for group in recipe.groups}
    assert {name for one in files for name in one.masters} == {info.name for info in recipe.masters}
    assert all(info.alt for info in recipe.masters if info.pose)
    assert all(info.use.endswith("。") for info in recipe.masters)


def test_the_collection_takes_words_from_the_site(tmp_path: Path) -> None:
    vocabulary, _ = read_vocabulary(ROOT / "content" / "_data")
    assert vocabulary is not None
    theme = small_theme(tmp_path)
    one = collection_of(theme, vocabulary.site, small_recipe())
    other_site: Site = dataclasses.replace(vocabulary.site, title="别的分行的宣传平台")
    other = collection_of(theme, other_site, small_recipe())
    assert one.advice == ()
    assert changed(names(one.files), names(other.files)) == {"cover.png"}
