"""The drawn masters of logo and mascot: plain SVG that every renderer draws alike, in the colours of the palette."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import resvg_py
from PIL import Image, ImageChops

from pubhub.theme import OWN
from pubhub.tokens import read_tokens

FOLDER = OWN / "assets" / "brand"
LOGOS = {"logo-mark", "logo-mark-mono", "logo-mark-reversed", "favicon"} | {
    f"logo-{shape}{ground}" for shape in ("horizontal", "stacked") for ground in ("", "-reversed")
}
POSES = {
    *("mascot-greeting", "mascot-stop", "mascot-thinking", "mascot-reading", "mascot-phone", "mascot-shield"),
    *("mascot-pointing-left", "mascot-pointing-right", "mascot-celebrating", "mascot-comforting"),
}
FILES = sorted(FOLDER.glob("*.svg"))
NAMESPACE = "{http://www.w3.org/2000/svg}"
# Drawn alike by resvg, Typst and browsers; nothing that runs, loads or styles.
ELEMENTS = {"svg", "g", "path", "circle", "ellipse"}
ATTRIBUTES = {
    *("viewBox", "role", "aria-label", "d", "cx", "cy", "r", "rx", "ry", "transform"),
    *("fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
}


def picture(path: Path, width: int) -> Image.Image:
    """Drawn on nothing."""
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=path.read_text("utf-8"), width=width))))


def on(ground: str, drawn: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", drawn.size, ground)
    paper.alpha_composite(drawn.convert("RGBA"))
    return paper.convert("RGB")


def test_all_are_there_and_nothing_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.svg" for name in LOGOS | POSES}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_plain_svg_in_colours_of_the_palette(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<!DOCTYPE" not in text
    assert "<?" not in text
    root = ElementTree.fromstring(text)
    palette = {*read_tokens(OWN).palette.values(), "none"}
    for element in root.iter():
        assert element.tag.removeprefix(NAMESPACE) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        assert {element.get("fill", "none"), element.get("stroke", "none")} <= palette
        # Words are outlines.
        assert not (element.text or "").strip()
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert len(text) < 16_000


def test_mascots_share_one_paper_and_one_ground_line() -> None:
    boxes = {path.stem: ElementTree.parse(path).getroot().get("viewBox") for path in FILES}
    assert {boxes[pose] for pose in POSES} == {"0 0 240 280"}
    feet = set()
    for pose in POSES:
        box = picture(FOLDER / f"{pose}.svg", 480).getbbox()
        assert box is not None
        # Nothing is cut off at the edge of the paper.
        assert min(box[0], box[1], 480 - box[2], 560 - box[3]) > 4, pose
        feet.add(box[3])
    assert len(feet) == 1


def test_mascots_are_of_one_construction() -> None:
    # Hood, face and body are the same shapes in every pose.
    shared = set.intersection(
        *(set(re.findall(r' d="([^"]+)"', (FOLDER / f"{pose}.svg").read_text("utf-8"))) for pose in POSES)
    )
    assert len(shared) >= 8


def test_poses_differ_by_silhouette() -> None:
    shapes = {
        pose: picture(FOLDER / f"{pose}.svg", 96).getchannel("A").point(lambda a: 255 if a > 127 else 0)
        for pose in POSES
    }
    for one in POSES:
        for other in POSES - {one}:
            difference = ImageChops.difference(shapes[one], shapes[other])
            differing = difference.histogram()[255] / shapes[one].histogram()[255]
            assert differing > 0.05, (one, other)


@pytest.mark.parametrize("name", sorted(POSES | {"logo-mark", "favicon"}))
@pytest.mark.parametrize("ground", ["#fbfaf7", "#16181b"])
def test_each_stands_off_from_light_and_dark_paper(name: str, ground: str) -> None:
    drawn = picture(FOLDER / f"{name}.svg", 48)
    grey = on(ground, drawn).convert("L")
    paper = Image.new("RGB", (1, 1), ground).convert("L").getpixel((0, 0))
    assert isinstance(paper, int)
    ink = drawn.getchannel("A").histogram()[255]
    seen = sum(count for tone, count in enumerate(grey.histogram()) if abs(tone - paper) > 40)
    assert seen > ink * 0.6


@pytest.mark.parametrize("name", ["logo-mark-mono", "logo-mark-reversed"])
def test_one_colour_is_one_colour_with_holes(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert len(set(re.findall(r"#[0-9a-f]{6}", text))) == 1
    drawn = picture(FOLDER / f"{name}.svg", 960)
    # Heart and ring are cut out: the ground shows there, whatever it is.
    alpha = [drawn.getchannel("A").getpixel((480, y)) for y in (425, 515, 580, 620)]
    assert alpha == [0, 255, 0, 255]
