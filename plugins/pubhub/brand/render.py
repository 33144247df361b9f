"""Bytes of a brand file: takes a work and its drawings, gives PNG, WebP, AVIF, ICO or PDF, the same on every run.

resvg draws (it matched the browser where others did not), Pillow encodes, Typst sets pages and cards.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import resvg_py
from PIL import Image

from pubhub.brand.works import MARGIN, PAPERS, Card, Fit, Ico, Icon, Print, Sheet, Work

_REMEMBERED = 10
_TRIAL = 256
"""Pixels of the trial drawing that shows how far a drawing reaches."""


def render(work: Work, drawings: Sequence[bytes]) -> bytes:
    """One file."""
    match work:
        case Fit():
            return _encoded(_drawn(drawings[0], work.width), work.format)
        case Print():
            return _with_density(_large(work, drawings[0]), work.dpi)
        case Icon():
            return _icon(work, drawings[0])
        case Ico():
            return _ico([_drawn(drawings[0], side) for side in work.sizes], work.sizes)
        case Sheet():
            return _sheet(work, drawings[0])
        case Card():
            return _card(work, drawings)


def _drawn(drawing: bytes, width: int) -> bytes:
    """A PNG of some width."""
    return resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=width, skip_system_fonts=True)


def _large(work: Print, drawing: bytes) -> bytes:
    """The same pixels as `_drawn`, since Typst draws with resvg too; but it packs large ones in a quarter of the time."""
    values = {"width": str(work.width), "height": str(work.height), "drawing": drawing.decode()}
    import typst

    data = _set("large.typ", values, format="png", ppi=72.0)
    # Typst keeps what it has drawn for ten more pages, 50 MB each time: ten small ones set it free.
    for number in range(_REMEMBERED):
        typst.compile(
            f"#set page(width: 1pt, height: 1pt)\n// {number}".encode(), format="png", ignore_system_fonts=True
        )
    return data


def _encoded(png: bytes, suffix: str) -> bytes:
    if suffix == "png":
        return png
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        if suffix == "webp":
            # Flat colours: smaller without loss than with it.
            image.save(out, "WEBP", lossless=True, method=4, exact=False)
        else:
            # One thread, or the bytes would depend on the machine; full colour resolution, or red edges would bleed.
            image.save(out, "AVIF", quality=70, speed=8, subsampling="4:4:4", max_threads=1)
    return out.getvalue()


def _with_density(png: bytes, dpi: int) -> bytes:
    """The PNG with its dots per inch, so that a word processor places it at its true size."""
    dots = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    head = 8 + 25  # signature and IHDR
    return png[:head] + chunk + png[head:]


def _icon(work: Icon, drawing: bytes) -> bytes:
    """The drawing's circle in the middle of a square."""
    with Image.open(io.BytesIO(_drawn(drawing, _TRIAL))) as trial:
        x, y, radius = _circle(trial.getchannel("A"))
    scale = work.circle * work.size / (2 * radius)
    width = max(1, round(_TRIAL * scale))
    with Image.open(io.BytesIO(_drawn(drawing, width))) as art:
        square = Image.new("RGBA", (work.size, work.size), work.ground or (0, 0, 0, 0))
        # Pixels are whole, so the drawing sits within half a pixel of the middle.
        at = round(work.size / 2 - x * width / _TRIAL), round(work.size / 2 - y * width / _TRIAL)
        layer = Image.new("RGBA", square.size)
        layer.paste(art, at)
        square.alpha_composite(layer)
    out = io.BytesIO()
    (square.convert("RGB") if work.ground else square).save(out, "PNG", optimize=True)
    return out.getvalue()


def _circle(alpha: Image.Image) -> tuple[float, float, float]:
    """Middle and radius of a circle around all that is drawn, in pixels; the middle is that of the bounding box."""
    box = alpha.getbbox()
    if box is None:
        return alpha.width / 2, alpha.height / 2, alpha.width / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    farthest = 0.0
    for row in range(box[1], box[3]):
        ends = alpha.crop((0, row, alpha.width, row + 1)).getbbox()
        if ends is not None:
            dx, dy = max(x - ends[0], ends[2] - x), max(abs(row - y), abs(row + 1 - y))
            farthest = max(farthest, dx * dx + dy * dy)
    return x, y, farthest**0.5


def _ico(frames: Sequence[bytes], sizes: Sequence[int]) -> bytes:
    """An ICO with PNG frames, as every browser and Windows since Vista read it."""
    head = struct.pack("<HHH", 0, 1, len(frames))
    place = len(head) + 16 * len(frames)
    rows = b""
    for frame, size in zip(frames, sizes, strict=True):
        # A side of 256 is written as 0.
        rows += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(frame), place)
        place += len(frame)
    return head + rows + b"".join(frames)


def _sheet(work: Sheet, drawing: bytes) -> bytes:
    width, height = PAPERS[work.paper]
    values = {
        "title": work.title,
        "alt": work.alt,
        "ground": work.ground,
        "width": str(width),
        "height": str(height),
        "margin": str(MARGIN),
        "day": work.day.isoformat(),
        "drawing": drawing.decode(),
    }
    at = dt.datetime.combine(work.day, dt.time(), dt.UTC)
    return _set("sheet.typ", values, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=at)


def _card(work: Card, drawings: Sequence[bytes]) -> bytes:
    values = {"layout": work.layout, "width": str(work.size[0]), "height": str(work.size[1]), **dict(work.words)}
    values |= {f"drawing{number}": drawing.decode() for number, drawing in enumerate(drawings)}
    spec = find_spec("manimgx_fonts_cjk")
    assert spec is not None
    assert spec.origin is not None
    return _set("card.typ", values, format="png", ppi=72.0, font_paths=[str(Path(spec.origin).parent)])


def _set(name: str, values: dict[str, str], **options: object) -> bytes:
    # Imported late: most builds find all files in the vault.
    import typst

    source = (Path(__file__).parent / name).read_bytes()
    made = typst.compile(source, sys_inputs=values, ignore_system_fonts=True, **options)  # type: ignore[call-overload]
    assert isinstance(made, bytes)
    return made
