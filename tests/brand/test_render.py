"""Rendered brand files, looked at with other programs than those that made them; the same bytes on one core and on two."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import resvg_py
from PIL import Image

from pubhub.brand.collection import Collection, collection_of
from pubhub.brand.render import render
from pubhub.brand.works import Icon
from pubhub.content.vocabulary import read_vocabulary
from pubhub.engine.workers import can_fork
from tests.brand.small import MARK, small_recipe, small_theme
from tests.site.builds import ROOT


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    vocabulary, _ = read_vocabulary(ROOT / "content" / "_data")
    assert vocabulary is not None
    return collection_of(small_theme(tmp_path_factory.mktemp("brand")), vocabulary.site, small_recipe())


@pytest.fixture(scope="module")
def made(collection: Collection) -> dict[str, bytes]:
    return {one.name: collection.render(one) for one in collection.files}


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


# In a process of its own: here Typst has threads already, and then nothing is forked.
ALONE = """
import hashlib, json, sys
from pathlib import Path
from pubhub.brand.collection import collection_of, fill
from pubhub.content.vocabulary import read_vocabulary
from pubhub.engine.workers import can_fork
from pubhub.engine.vault import Vault
from pubhub.engine.workers import can_fork
from tests.brand.small import small_recipe

theme, content, place = map(Path, sys.argv[1:])
collection = collection_of(theme, read_vocabulary(content / "_data")[0].site, small_recipe())
forks, vault, told = can_fork(), Vault(place), []
done = fill(collection, vault, collection.files, lambda count, total: told.append((count, total)))
assert done == sorted((one.name, len(vault.get(one.key))) for one in collection.files)
assert told[-1] == (len(done), len(done))
assert fill(collection, vault, collection.files) == []
print(json.dumps([forks, {one.name: hashlib.sha256(vault.get(one.key)).hexdigest() for one in collection.files}]))
"""


@pytest.mark.parametrize("cores", ["1", "2"])
def test_the_same_bytes_again_and_on_any_number_of_cores(
    collection: Collection, made: dict[str, bytes], tmp_path: Path, cores: str
) -> None:
    theme = small_theme(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", ALONE, theme, ROOT / "content", tmp_path / "vault"],
        env={**os.environ, "HUB_WORKERS": cores, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": cores},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    forks, digests = json.loads(done.stdout)
    assert forks == (sys.platform == "linux")
    assert digests == {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows its threads")
def test_nothing_is_forked_from_a_process_in_which_typst_has_threads(made: dict[str, bytes]) -> None:
    assert made["guard-a4.pdf"]
    assert not can_fork()


def test_pictures_have_their_size_and_a_transparent_ground(collection: Collection, made: dict[str, bytes]) -> None:
    for one in collection.files:
        if one.pixels is None or one.format == "ico":
            continue
        image = picture(made[one.name])
        assert (one.name, image.size) == (one.name, one.pixels)
        if one.name.startswith(("mark-", "guard-", "icon-")):
            assert image.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
        assert not image.info.get("exif")


@pytest.mark.parametrize("width", [24, 61])
def test_formats_show_the_same(made: dict[str, bytes], width: int) -> None:
    ground = Image.new("RGBA", picture(made[f"guard-{width}.png"]).size, "#fbfaf7")
    plain, webp, avif = (
        Image.alpha_composite(ground, picture(made[f"guard-{width}.{suffix}"]).convert("RGBA")).convert("RGB")
        for suffix in ("png", "webp", "avif")
    )
    assert webp.tobytes() == plain.tobytes()
    differences = [abs(a - b) for a, b in zip(plain.tobytes(), avif.tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 4


def test_print_pictures_say_300_dpi(made: dict[str, bytes]) -> None:
    image = picture(made["mark-a4-300dpi.png"])
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert image.width / 300 * 25.4 == pytest.approx(180, abs=0.5)


def test_print_pictures_are_drawn_as_screen_pictures_are(made: dict[str, bytes]) -> None:
    large = picture(made["mark-a4-300dpi.png"])
    assert large.mode == "RGBA"
    drawn = picture(resvg_py.svg_to_bytes(svg_string=MARK, width=large.width, skip_system_fonts=True))
    assert drawn.tobytes() == large.tobytes()


def test_an_icon_file_has_every_frame_drawn_for_its_size(made: dict[str, bytes]) -> None:
    data = made["favicon.ico"]
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind, count) == (0, 1, 6)
    frames = {}
    for number in range(count):
        width, height, _, _, planes, bits, size, place = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        frame = picture(data[place : place + size])
        assert frame.size == (width or 256, height or 256)
        assert (planes, bits) == (1, 32)
        frames[frame.width] = frame
    assert sorted(frames) == [16, 32, 48, 64, 128, 256]
    shrunk = frames[256].resize((16, 16))
    assert frames[16].tobytes() != shrunk.tobytes()
    assert {size[0] for size in Image.open(io.BytesIO(data)).info["sizes"]} == set(frames)


def test_nothing_of_a_maskable_icon_can_be_cut_off(made: dict[str, bytes]) -> None:
    image = picture(made["maskable-192.png"])
    assert image.mode == "RGB"
    ground = image.getpixel((0, 0))
    outside, inside = 0, 0
    for y in range(image.height):
        for x in range(image.width):
            if image.getpixel((x, y)) != ground:
                far = ((x + 0.5 - 96) ** 2 + (y + 0.5 - 96) ** 2) ** 0.5
                outside += far > 0.4 * 192
                inside += far > 0.36 * 192
    assert outside == 0
    # And it fills what it may.
    assert inside > 0


@pytest.mark.parametrize("place", ["0 0 20 20", "70 10 20 60"])
def test_an_icon_is_in_the_middle_wherever_it_was_drawn(place: str) -> None:
    x, y, width, height = place.split()
    drawing = re.sub(
        r"<path.*</svg>",
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#b4161b"/></svg>',
        MARK,
        flags=re.DOTALL,
    )
    box = picture(render(Icon(200, 0.6, ""), [drawing.encode()])).getchannel("A").getbbox()
    assert box is not None
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == pytest.approx((100, 100), abs=1.5)
    assert ((box[2] - box[0]) ** 2 + (box[3] - box[1]) ** 2) ** 0.5 == pytest.approx(120, abs=4)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_sheets_are_vectors_on_their_paper(made: dict[str, bytes], paper: str, size: tuple[int, int]) -> None:
    data = made[f"guard-{paper}.pdf"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert [float(side) / 72 * 25.4 for side in pdf.pages[0].mediabox[2:]] == pytest.approx(size, abs=0.2)
        with pdf.open_metadata() as meta:
            assert meta.pdfa_status == "2A"
            assert meta["pdfuaid:part"] == "1"
            assert str(meta["dc:title"]) == "问好"
        assert not list(pdf.pages[0].get_images())
    assert "小卫士问好".encode("utf-16-be") in data or "小卫士问好" in alt_texts(data)
    pdfium: Any = importlib.import_module("pypdfium2")  # it has no types
    page = pdfium.PdfDocument(data)[0].render(scale=0.5).to_pil().convert("RGB")
    assert page.getpixel((2, 2)) == (255, 255, 255)
    assert page.getpixel((page.width // 2, int(page.height * 0.7))) != (255, 255, 255)


def test_sheets_are_accessible(made: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(made["guard-a4.pdf"])
    checker: Any = importlib.import_module("pdfua")
    assert list(checker.validate(str(path)).findings) == []


def alt_texts(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(one["/Alt"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}


def test_cards_show_drawings_and_words(made: dict[str, bytes]) -> None:
    image = picture(made["cover.png"]).convert("RGB")
    assert image.size == (900, 383)
    assert image.getpixel((3, 3)) == (0xFB, 0xFA, 0xF7)
    assert image.getpixel((3, 380)) == (0xB4, 0x16, 0x1B)
    words = image.crop((60, 230, 560, 290)).convert("L")
    dark = sum(words.histogram()[:140])
    assert dark > 300
