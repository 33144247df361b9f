"""Which copies there are, what they are called, and that they are the same on every run."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pubhub.pictures import Picture, copy_key, planned, shown, shown_copy, single
from pubhub.pictures.copies import PLACES, copies, widths_of
from pubhub.pictures.encode import MAX_SIDE
from pubhub.problems import ContentRefused
from tests.pictures.makers import corners, photograph, saved


def known(width: int, height: int, kind: str = "JPEG", alpha: bool = False) -> Picture:
    """A picture that nobody has to decode."""
    return Picture(Path("p.jpg"), "ab" * 32, width, height, kind, alpha, photo=kind == "JPEG")


def file(tmp_path: Path, data: bytes, kind: str = "JPEG", alpha: bool = False) -> Picture:
    """A picture on disk."""
    path = tmp_path / "p.jpg"
    path.write_bytes(data)
    with Image.open(io.BytesIO(data)) as image:
        size = image.size
    return replace(known(*size, kind, alpha), path=path, sha256=hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("size", "place", "widths"),
    [
        ((4000, 3000), "body", (480, 800, 1280)),
        ((1280, 720), "body", (480, 800, 1280)),
        ((1200, 675), "body", (480, 800, 1200)),
        ((850, 478), "body", (480, 800)),  # a width of its own would bring nothing
        ((300, 200), "body", (300,)),
        ((1, 1), "card", (1,)),
        ((4000, 3000), "card", (160, 320, 480)),
        ((3000, 4000), "body", (480, 960)),
        ((1080, 30_000), "body", (480,)),  # a copy 960 wide would be longer than a WebP can be
    ],
)
def test_widths(size: tuple[int, int], place: str, widths: tuple[int, ...]) -> None:
    picture = known(*size)
    assert widths_of(picture, place) == widths
    assert all(copy.width <= picture.width and copy.height <= MAX_SIDE for copy in copies(picture, "p.jpg", place))


def test_every_place_has_a_fallback_among_its_widths() -> None:
    for slot in PLACES.values():
        assert slot.fallback in slot.widths
        assert list(slot.widths) == sorted(set(slot.widths))
        assert "vw" in slot.sizes or "rem" in slot.sizes


def test_addresses_tell_picture_recipe_and_width() -> None:
    picture = known(4000, 3000)
    (url,) = [c.url for c in copies(picture, "网点 Photo_01.JPG", "body") if c.format == "jpeg"]
    stem, mark, width = url.removeprefix("assets/media/").removesuffix(".jpg").rsplit("-", 2)
    assert (stem, width, len(mark)) == ("photo-01", "800", 12)
    assert single(replace(picture, sha256="cd" * 32), "Photo_01.JPG").url != url
    assert single(picture, "图片.jpg").url.startswith("assets/media/picture-")


def test_one_picture_in_two_places_is_made_once() -> None:
    picture = known(4000, 3000)
    both = planned([("p.jpg", picture, "body"), ("p.jpg", picture, "cover")])
    assert both == planned([("p.jpg", picture, "cover")])
    assert len(both) == 7


def test_what_a_page_needs() -> None:
    found = shown(known(4000, 3000), "p.jpg", "body", "图：某人")
    assert (found.width, found.height, found.credit) == (1280, 960, "图：某人")
    assert [source.type for source in found.sources] == ["image/avif", "image/webp"]
    assert [width for _, width in found.sources[0].files] == [480, 800, 1280]
    assert found.url.endswith("-800.jpg")
    assert shown(known(400, 300, alpha=True), "p.png", "body").url.endswith("-400.png")


def test_same_bytes_in_any_order(tmp_path: Path) -> None:
    picture = file(tmp_path, saved(photograph(1600, 1200), "JPEG", quality=90))
    wanted = [(copy.width, copy.format) for copy in copies(picture, "p.jpg", "body")]
    first = {one: shown_copy(picture, *one) for one in wanted}
    other = file(tmp_path, saved(corners(), "JPEG"))
    assert shown_copy(other, 480, "webp")
    picture = file(tmp_path, saved(photograph(1600, 1200), "JPEG", quality=90))
    assert {one: shown_copy(picture, *one) for one in reversed(wanted)} == first
    for (width, _), data in first.items():
        assert Image.open(io.BytesIO(data)).size == (width, round(width * 3 / 4))
    assert len({copy_key(picture, *one) for one in wanted}) == len(wanted)


def test_larger_than_any_page_needs(tmp_path: Path) -> None:
    """For print: as wide as asked for, never wider than it is."""
    picture = file(tmp_path, saved(photograph(1600, 1200), "JPEG", quality=90))
    assert Image.open(io.BytesIO(shown_copy(picture, 1500, "jpeg"))).size == (1500, 1125)
    assert Image.open(io.BytesIO(shown_copy(picture, 9000, "jpeg"))).size == (1600, 1200)


def test_what_shines_through_stands_on_white_in_a_jpeg(tmp_path: Path) -> None:
    picture = file(tmp_path, saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"), "PNG", alpha=True)
    assert Image.open(io.BytesIO(shown_copy(picture, 20, "jpeg"))).getpixel((5, 5)) == (255, 255, 255)


def test_a_file_that_changed_is_not_published(tmp_path: Path) -> None:
    picture = file(tmp_path, saved(corners(), "JPEG"))
    picture.path.write_bytes(saved(photograph(), "JPEG"))
    with pytest.raises(ContentRefused):
        shown_copy(picture, 100, "webp")
