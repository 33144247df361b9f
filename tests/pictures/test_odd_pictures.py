"""Hostile and odd pictures: each is refused with its reason, or what is published of it is upright, plain sRGB and nothing else."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pubhub.content.survey import survey
from pubhub.pictures import Picture, inspect, planned, shown_copy
from pubhub.pictures.inspection import MAX_PIXELS
from tests.pictures import makers
from tests.pictures.makers import BLUE, GREEN, RED, WHITE, chunk, corners, png, saved

Colour = tuple[int, int, int]
TOLERANCE = 26
"""Of 255: lossy encoders at the qualities of the recipe."""


def look(tmp_path: Path, data: bytes, name: str = "p.jpg") -> tuple[Picture | None, list[str]]:
    """What becomes of a file: the picture, or the codes of its problems."""
    path = tmp_path / name
    path.write_bytes(data)
    picture, problems = inspect(data, f"alerts/2026/a/{name}", hashlib.sha256(data).hexdigest(), path)
    assert (picture is None) == bool(problems)
    return picture, [problem.code for problem in problems]


def derived(picture: Picture, place: str = "body") -> dict[str, bytes]:
    """Every file of a place, by the ending of its name."""
    return {
        copy.url: shown_copy(picture, copy.width, copy.format)
        for picture, copy in planned([("p.jpg", picture, place)]).values()
    }


def clean(picture: Picture) -> list[Image.Image]:
    """Every published copy, opened again; fails if one of them carries anything beside its pixels."""
    images: list[Image.Image] = []
    for url, data in derived(picture).items():
        for secret in makers.SECRETS:
            assert secret not in data, f"{url} holds {secret!r}"
        image = Image.open(io.BytesIO(data))
        image.load()
        assert not image.getexif()
        assert {"icc_profile", "exif", "xmp", "comment"}.isdisjoint(image.info)
        assert image.mode in {"RGB", "RGBA"}
        assert getattr(image, "n_frames", 1) == 1
        images.append(image)
    assert len(images) >= 3
    return images


def near(image: Image.Image, at: tuple[float, float], colour: Colour, tolerance: int = TOLERANCE) -> bool:
    """True if the point (0 to 1 from the top left) has the colour."""
    found = image.convert("RGB").getpixel((int(at[0] * image.width), int(at[1] * image.height)))
    assert isinstance(found, tuple)
    return all(abs(one - other) <= tolerance for one, other in zip(found, colour, strict=True))


def is_upright(image: Image.Image) -> bool:
    """True if the corners are where they belong."""
    places = {(0.2, 0.2): RED, (0.8, 0.2): GREEN, (0.2, 0.8): BLUE, (0.8, 0.8): WHITE}
    return all(near(image, at, colour) for at, colour in places.items())


# Refused


def cut(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


def text_bomb() -> bytes:
    return png(8, 8, 8, 0, b"\0" * 72, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 8_000_000)))


def profile_bomb() -> bytes:
    return png(8, 8, 8, 2, b"\0" * 200, chunk(b"iCCP", b"icc\0\0" + zlib.compress(b"\0" * 8_000_000)))


def huge_webp() -> bytes:
    """Says that it is 16384 by 16384."""
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + b"\xff\x3f\0" + b"\xff\x3f\0"
    frame = saved(corners(16, 16), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body) + len(frame) + 4) + b"WEBP" + body + frame


def claiming(width: int, height: int) -> bytes:
    """A small JPEG whose head claims another size."""
    data = bytearray(saved(corners(), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def claiming_part(part: float, **options: object) -> bytes:
    """A JPEG of a photograph whose head claims a part of its height, or more than it."""
    data = bytearray(saved(makers.photograph(), "JPEG", **options))
    at = next(data.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in data) + 5
    data[at : at + 2] = int(300 * part).to_bytes(2, "big")
    return bytes(data)


def interlaced(size: int = 400) -> bytes:
    """A white PNG of 16 by 16 in seven passes, of whose bytes there are `size`."""
    passes = ((2, 2), (2, 2), (4, 2), (4, 4), (8, 4), (8, 8), (16, 8))
    pixels = b"".join((b"\0" + b"\xff" * columns) * lines for columns, lines in passes)
    head = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 1)
    coded = chunk(b"IDAT", zlib.compress(pixels[:size]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + coded + chunk(b"IEND", b"")


def many_passes() -> bytes:
    """Three hundred times the last pass over twelve megapixels."""
    data = saved(Image.new("L", (4000, 3000)), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + 300 * last + data[-2:]


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("p.jpg", lambda: b"", "picture-empty"),
    "a PNG of 60000 by 60000": ("p.png", lambda: png(60_000, 60_000, 8, 0, b"\0"), "picture-bomb"),
    "a JPEG that claims 65000 by 65000": ("p.jpg", lambda: claiming(65_000, 65_000), "picture-bomb"),
    "a WebP that claims 16384 by 16384": ("p.webp", huge_webp, "picture-bomb"),
    "more pixels than any phone takes": ("p.png", lambda: png(9000, 8000, 8, 0, b"\0"), "picture-too-large"),
    "a text that unpacks without end": ("p.png", text_bomb, "picture-bomb"),
    "a profile that unpacks without end": ("p.png", profile_bomb, "picture-bomb"),
    "a JPEG of three hundred passes": ("p.jpg", many_passes, "picture-bomb"),
    "no width": ("p.png", lambda: png(0, 5, 8, 0, b"\0"), "picture-broken"),
    "a line": ("p.png", lambda: saved(Image.new("RGB", (2, 900)), "PNG"), "picture-shape"),
    "a PNG without its last rows": ("p.png", lambda: png(8, 6, 8, 0, b"\0" * 45), "picture-part"),
    "a PNG without its last passes": ("p.png", lambda: interlaced(150), "picture-part"),
    "a JPEG that claims twice its height": ("p.jpg", lambda: claiming_part(2), "picture-part"),
    "a JPEG that claims half its height": ("p.jpg", lambda: claiming_part(0.5), "picture-part"),
    "a JPEG that claims another shape": ("p.jpg", lambda: claiming(600, 400), "picture-part"),
    "a progressive JPEG that claims more": ("p.jpg", lambda: claiming_part(1.2, progressive=True), "picture-part"),
    "a progressive JPEG that claims less": ("p.jpg", lambda: claiming_part(0.8, progressive=True), "picture-part"),
    "restart marks for less": ("p.jpg", lambda: claiming_part(1.2, restart_marker_blocks=4), "picture-part"),
    "half a JPEG": ("p.jpg", lambda: cut(saved(makers.photograph(), "JPEG"), 0.5), "picture-broken"),
    "half a progressive JPEG": (
        "p.jpg",
        lambda: cut(saved(makers.photograph(), "JPEG", progressive=True), 0.5),
        "picture-broken",
    ),
    "half a PNG": ("p.png", lambda: cut(saved(makers.photograph(), "PNG"), 0.5), "picture-broken"),
    "half a WebP": ("p.webp", lambda: cut(saved(makers.photograph(), "WEBP"), 0.5), "picture-broken"),
    "half an AVIF": ("p.avif", lambda: cut(saved(makers.photograph(), "AVIF"), 0.5), "picture-broken"),
    "pixels of a PNG damaged": (
        "p.png",
        lambda: saved(makers.photograph(), "PNG").replace(b"IDAT", b"IDAT\xff", 1),
        "picture-broken",
    ),
    "three frames of WebP": ("p.webp", lambda: makers.animated("WEBP"), "picture-animated"),
    "three frames of PNG": ("p.png", lambda: makers.animated("PNG"), "picture-animated"),
    "three frames of AVIF": ("p.avif", lambda: makers.animated("AVIF"), "picture-animated"),
    "GIF named png": ("p.png", lambda: makers.animated("GIF"), "picture-kind"),
    "BMP named jpg": ("p.jpg", lambda: saved(corners(), "BMP"), "picture-kind"),
    "TIFF named png": ("p.png", makers.tiff, "picture-kind"),
    "TIFF in Lab named jpg": ("p.jpg", lambda: saved(corners(mode="LAB"), "TIFF"), "picture-kind"),
    "HEIC named jpg": ("p.jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture-kind"),
    "PDF named jpg": ("p.jpg", lambda: saved(corners(), "PDF"), "picture-kind"),
    "SVG named png": (
        "p.png",
        lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "picture-kind",
    ),
    "HTML named jpg": ("p.jpg", lambda: b"<!doctype html><script>alert(1)</script>", "picture-kind"),
    "PNG named jpg": ("p.jpg", lambda: saved(corners(), "PNG"), "picture-suffix"),
    "AVIF named webp": ("p.webp", lambda: saved(corners(), "AVIF"), "picture-suffix"),
    "zeros": ("p.jpg", lambda: bytes(5000), "picture-broken"),
    "words": ("p.webp", lambda: "不是图片".encode(), "picture-broken"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path) -> None:
    file, make, code = REFUSED[name]
    assert look(tmp_path, make(), file) == (None, [code])


def whole() -> dict[str, bytes]:
    """Files that are all there, and might be taken for less: flat, grey below, in passes, with marks, in inks."""
    grey_below = makers.photograph(720, 640)
    grey_below.paste((128, 128, 128), (0, 200, 720, 640))
    flat = Image.new("RGB", (700, 700), (128, 128, 128))
    return {
        "flat grey": saved(flat, "JPEG"),
        "grey below": saved(grey_below, "JPEG"),
        "grey below, in passes": saved(grey_below, "JPEG", progressive=True),
        "restart marks": saved(grey_below, "JPEG", restart_marker_rows=1),
        "every colour of its own": saved(grey_below, "JPEG", subsampling=0, quality=95),
        "one block": saved(Image.new("L", (8, 8), 128), "JPEG"),
        "inks": saved(grey_below.convert("CMYK"), "JPEG"),
        "filled up by a camera": saved(grey_below, "JPEG")[:-2] + b"\xff" * 64 + b"\xff\xd9",
        "PNG in passes": interlaced(),
        "PNG of one bit": saved(Image.new("1", (9, 9)), "PNG"),
    }


@pytest.mark.parametrize("name", whole())
def test_a_whole_picture_is_taken(name: str, tmp_path: Path) -> None:
    picture, problems = look(tmp_path, whole()[name], "p.png" if "PNG" in name else "p.jpg")
    assert picture is not None, problems


def test_the_limit_is_the_limit(tmp_path: Path) -> None:
    side = 6325
    assert side * side > MAX_PIXELS > (side - 1) * (side - 1)
    assert look(tmp_path, png(side, side, 1, 0, b"\0"), "p.png")[1] == ["picture-too-large"]


def test_a_link_or_an_odd_name_is_no_picture(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "alerts" / "2026" / "a"
    folder.mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(saved(corners(), "PNG"))
    (folder / "index.md").write_text("x", "utf-8")
    (folder / "p.png").symlink_to(tmp_path / "secret.png")
    (folder / "a\u202egnp.png").write_bytes(saved(corners(), "PNG"))
    folders, problems = survey(tmp_path / "content")
    assert sorted(problem.code for problem in problems) == ["bad-name", "symlink"]
    assert [len(one.stamps) for one in folders] == [1]


# Cleaned


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_and_without_a_trace(orientation: int, tmp_path: Path) -> None:
    data = makers.turned(orientation)
    assert b"SecretMaker" in data
    assert b"SecretComment" in data
    picture, _ = look(tmp_path, data)
    assert picture is not None
    assert (picture.width, picture.height) == (120, 80)
    for image in clean(picture):
        assert image.size == (120, 80)
        assert is_upright(image)


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09\0\0\0\0\0\0",  # orientation 9
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x04six\0\0\0\0\0",  # orientation "six"
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12",  # 65535 entries that are not there
        b"Exif\0\0MM\0*\xff\xff\xff\xf0",  # a directory beyond the end
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08",  # places that point at themselves
        b"Exif\0\0SecretMaker" + b"\xff" * 60_000,
    ],
    ids=["nine", "a word", "cut off", "beyond", "a circle", "noise"],
)
def test_corrupt_exif_means_upright(exif: bytes, tmp_path: Path) -> None:
    picture, _ = look(tmp_path, makers.with_exif(exif))
    assert picture is not None
    assert all(is_upright(image) for image in clean(picture))


CLEANED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "progressive": ("p.jpg", lambda: saved(corners(), "JPEG", quality=92, progressive=True)),
    "CMYK without a profile": ("p.jpg", lambda: saved(corners(mode="CMYK"), "JPEG", quality=92)),
    "CMYK with a profile for screens": (
        "p.jpg",
        lambda: saved(corners(mode="CMYK"), "JPEG", quality=92, icc_profile=makers.profile()),
    ),
    "palette": ("p.png", lambda: saved(corners().quantize(8), "PNG")),
    "texts, a profile and EXIF in a PNG": ("p.png", makers.secret_png),
    "a profile that is noise": ("p.jpg", lambda: saved(corners(), "JPEG", quality=92, icc_profile=b"\xff" * 3000)),
    "a profile for grey in a colour picture": (
        "p.jpg",
        lambda: saved(corners(), "JPEG", quality=92, icc_profile=makers.profile("XYZ")),
    ),
    "a profile of Lab": ("p.png", lambda: saved(corners(), "PNG", icc_profile=makers.profile("LAB"))),
    "a profile of 5 MB": ("p.jpg", lambda: saved(corners(), "JPEG", quality=92, icc_profile=makers.profile() * 9000)),
    "WebP with metadata": (
        "p.webp",
        lambda: saved(corners(), "WEBP", lossless=True, exif=b"Exif\0\0SecretMaker", xmp=b"<x:xmpmeta/>"),
    ),
    "AVIF with metadata": (
        "p.avif",
        lambda: saved(corners(), "AVIF", quality=95, exif=Image.Exif().tobytes(), xmp=b"<x:xmpmeta/>"),
    ),
    "a JPEG with a ZIP behind it": (
        "p.jpg",
        lambda: saved(corners(), "JPEG", quality=92) + b"PK\x03\x04<script>SecretMaker",
    ),
    "a PNG with a page behind it": ("p.png", lambda: saved(corners(), "PNG") + b"<html><script>SecretMaker</script>"),
    "two pictures in one file": (
        "p.jpg",
        lambda: saved(corners(), "MPO", quality=92, save_all=True, append_images=[Image.new("RGB", (120, 80))]),
    ),
}


@pytest.mark.parametrize("name", CLEANED)
def test_cleaned(name: str, tmp_path: Path) -> None:
    file, make = CLEANED[name]
    picture, codes = look(tmp_path, make(), file)
    assert picture is not None, codes
    for image in clean(picture):
        assert image.mode == "RGB"
        assert is_upright(image)


def test_wide_colours_come_out_as_seen(tmp_path: Path) -> None:
    """Display P3 and Adobe RGB: the same numbers mean stronger colours there, so sRGB needs others."""
    for number, primaries in enumerate((makers.DISPLAY_P3, makers.ADOBE_RGB)):
        profile = makers.matrix_profile(*primaries)
        image = Image.new("RGB", (64, 64), (120, 180, 90))
        picture, _ = look(tmp_path, saved(image, "PNG", icc_profile=profile), f"p{number}.png")
        assert picture is not None
        wanted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        assert wanted is not None
        colour = wanted.getpixel((5, 5))
        assert isinstance(colour, tuple)
        assert max(abs(a - b) for a, b in zip(colour, (120, 180, 90), strict=True)) > 8
        for copy in clean(picture):
            assert near(copy, (0.5, 0.5), (int(colour[0]), int(colour[1]), int(colour[2])), 8)


def test_inks_go_by_their_profile(tmp_path: Path) -> None:
    """Yellow over magenta is red, unless the picture brings the profile of a press where it is green."""
    ink = Image.new("CMYK", (64, 64), (0, 255, 255, 0))
    plain, _ = look(tmp_path, saved(ink, "JPEG", quality=95), "plain.jpg")
    told, _ = look(tmp_path, saved(ink, "JPEG", quality=95, icc_profile=makers.press_profile()), "told.jpg")
    assert plain is not None
    assert told is not None
    assert all(near(copy, (0.5, 0.5), (254, 0, 0), 20) for copy in clean(plain))
    for copy in clean(told):
        red, green, blue = copy.getpixel((9, 9))  # type: ignore[misc]
        assert green > red + 60
        assert green > blue + 60


def test_inks_of_other_programs_than_adobes(tmp_path: Path) -> None:
    """Without Adobe's mark no ink is 0, not 255: the picture must not come out as its negative."""
    # Pillow writes 255 less each ink, as Adobe does: what is stored is 255 less red, green, blue, and no black.
    ink = Image.merge("CMYK", (*corners().split(), Image.new("L", (120, 80), 255)))
    data = saved(ink, "JPEG", quality=95)
    at = data.index(b"\xff\xee")
    plain = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
    picture, codes = look(tmp_path, plain, "plain.jpg")
    assert picture is not None, codes
    assert all(is_upright(image) for image in clean(picture))


def test_sixteen_bits_are_eight(tmp_path: Path) -> None:
    grey, _ = look(tmp_path, makers.deep_grey(), "p.png")
    assert grey is not None
    for image in clean(grey):
        assert near(image, (0.5, 0.5), (127, 127, 127), 8)
        assert near(image, (0.02, 0.5), (5, 5, 5), 12)
        assert near(image, (0.97, 0.5), (250, 250, 250), 12)
    colour, _ = look(tmp_path, makers.deep_colour(), "q.png")
    assert colour is not None
    for image in clean(colour):
        assert near(image, (0.2, 0.5), RED)
        assert near(image, (0.8, 0.5), BLUE)


def see_through() -> dict[str, bytes]:
    """One half of each cannot be seen."""
    veil = Image.new("L", (120, 80), 0)
    veil.paste(255, (0, 0, 60, 80))
    rgba, grey = corners(mode="RGBA"), corners(mode="LA")
    rgba.putalpha(veil)
    grey.putalpha(veil)
    palette = corners().quantize(8)
    index = palette.getpixel((110, 10))
    return {
        "RGBA": saved(rgba, "PNG"),
        "grey and alpha": saved(grey, "PNG"),
        "16 bits": makers.deep_alpha(),
        "palette": saved(palette, "PNG", transparency=index),
        "one colour": saved(corners(), "PNG", transparency=GREEN),
    }


@pytest.mark.parametrize("name", see_through())
def test_what_shines_through_still_does(name: str, tmp_path: Path) -> None:
    picture, _ = look(tmp_path, see_through()[name], "p.png")
    assert picture is not None
    assert picture.alpha
    images = clean(picture)
    assert {url.rpartition(".")[2] for url in derived(picture)} == {"avif", "webp", "png"}
    for image in images:
        assert image.mode == "RGBA"
        alpha = image.getchannel("A")
        assert alpha.getpixel((int(image.width * 0.2), int(image.height * 0.3))) >= 250  # type: ignore[operator]
        assert alpha.getpixel((int(image.width * 0.85), int(image.height * 0.2))) <= 5  # type: ignore[operator]


def test_alpha_that_hides_nothing_is_none(tmp_path: Path) -> None:
    picture, _ = look(tmp_path, saved(corners(mode="RGBA"), "PNG"), "p.png")
    assert picture is not None
    assert not picture.alpha
    assert {url.rpartition(".")[2] for url in derived(picture)} == {"avif", "webp", "jpg"}


def test_a_bilevel_scan(tmp_path: Path) -> None:
    picture, _ = look(tmp_path, saved(corners(mode="L").point(lambda v: 255 * (v > 128)).convert("1"), "PNG"), "p.png")
    assert picture is not None
    assert all(
        near(image, (0.8, 0.8), (255, 255, 255)) and near(image, (0.2, 0.2), (0, 0, 0)) for image in clean(picture)
    )


def test_photographs_are_told_from_drawings(tmp_path: Path) -> None:
    found = {}
    for name, data in {
        "photo.png": saved(makers.photograph(), "PNG"),
        "photo.webp": saved(makers.photograph(), "WEBP", quality=80),
        "drawing.png": saved(corners(), "PNG"),
        "large.png": saved(corners(800, 600), "PNG"),
        "shot.jpg": saved(corners(), "JPEG"),
        "icon.jpg": saved(corners(40, 40), "JPEG"),
    }.items():
        picture, _ = look(tmp_path, data, name)
        assert picture is not None
        found[name] = picture.may_show_people
    assert found == {
        "photo.png": True,
        "photo.webp": True,
        "drawing.png": False,
        "large.png": True,
        "shot.jpg": True,
        "icon.jpg": False,
    }
