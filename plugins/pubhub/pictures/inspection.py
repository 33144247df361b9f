"""The look at a file that calls itself a picture: real format, size, and whether all of it is there. Decodes once, no more than needed."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path, PurePosixPath

from PIL import Image

from pubhub.pictures.clean import has_alpha, is_turned
from pubhub.pictures.picture import FORMATS, Picture
from pubhub.pictures.whole import is_whole
from pubhub.problems import Problem, problem

MAX_PIXELS = 40_000_000
"""Larger than any screenshot or export; what is decoded whole has to fit into memory beside its neighbour's."""
MAX_JPEG_PIXELS = 60_000_000
"""Larger than most phones take; a JPEG is decoded at an eighth or half of its size."""
MAX_SCANNED = 3_000_000_000
"""Pixels times passes over them: a JPEG of ten passes is a fine one, one of ten thousand holds a machine for minutes."""
MAX_RATIO = 30
"""Longer than any long picture for phones; past it, a line."""
# What phones and offices hand over under a wrong name, by its first bytes.
_OTHER_KINDS = tuple(
    (re.compile(mark, re.DOTALL), name)
    for mark, name in (
        (rb"GIF8[79]a", "GIF"),
        (rb"BM.{4}\0{4}", "BMP"),
        (rb"II\*\0|MM\0\*", "TIFF"),
        (rb".{4}ftyp(?:hei|hev|mif1|msf1)", "HEIC"),
        (rb"%PDF-", "PDF"),
        (rb"(?:\xef\xbb\xbf)?\s{0,99}<(?i:!DOCTYPE html|html|head|body|script)", "HTML"),
        (rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:\?xml|svg|!DOCTYPE|!--)", "SVG"),
        (rb"PK\x03\x04", "ZIP"),
        (rb"8BPS", "PSD"),
    )
)
_SAMPLE = 32
"""Pixels on each side of the grid that is looked at to tell photographs from drawings."""
_MANY = 256
"""Colours among its 1024 points."""


def inspect(data: bytes, uri: str, sha256: str, path: Path) -> tuple[Picture | None, list[Problem]]:
    """Checks the real format, the size and that every pixel can be read."""
    if not data:
        return None, [problem(uri, 1, "picture-empty")]
    suffix = PurePosixPath(uri).suffix.lower()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                # Many phones write a JPEG with a second picture behind the first; only the first is used.
                kind = "JPEG" if image.format == "MPO" else image.format or ""
                if bad := _refused(image, kind, suffix, uri):
                    return None, [bad]
                if kind == "JPEG" and data.count(b"\xff\xda") * image.width * image.height > MAX_SCANNED:
                    return None, [problem(uri, 1, "picture-bomb")]
                turned = is_turned(image)
                width, height = (image.height, image.width) if turned else image.size
                # An eighth of a JPEG's pixels needs all of its bytes, but little memory and half of the time.
                image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
                image.load()
                alpha = has_alpha(image)
                photo = kind == "JPEG" or _is_colourful(image)
                if not is_whole(data, kind):
                    return None, [problem(uri, 1, "picture-part", width=width, height=height)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return None, [problem(uri, 1, "picture-bomb")]
    except Exception as error:  # whatever a decoder stumbles over in a stranger's bytes, the file is no picture for us
        return None, [_broken(data, uri, error)]
    return Picture(path, sha256, width, height, kind, alpha, photo), []


def known_again(known: Picture, uri: str, path: Path) -> tuple[Picture | None, list[Problem]]:
    """A file whose bytes were looked at before, perhaps under another name."""
    suffix = PurePosixPath(uri).suffix.lower()
    if bad := _misnamed(known.kind, suffix, uri):
        return None, [bad]
    return Picture(path, known.sha256, known.width, known.height, known.kind, known.alpha, known.photo), []


def _misnamed(kind: str, suffix: str, uri: str) -> Problem | None:
    if suffix in FORMATS[kind]:
        return None
    return problem(uri, 1, "picture-suffix", kind=kind, suffix=suffix, fitting=FORMATS[kind][0])


def _refused(image: Image.Image, kind: str, suffix: str, uri: str) -> Problem | None:
    """What the head of the file says that we do not take."""
    if bad := _misnamed(kind, suffix, uri):
        return bad
    short, long = sorted(image.size)
    if short < 1:
        return problem(uri, 1, "picture-broken")
    if short * long > (MAX_JPEG_PIXELS if kind == "JPEG" else MAX_PIXELS):
        return problem(uri, 1, "picture-too-large", width=image.width, height=image.height)
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        return problem(uri, 1, "picture-animated")
    if long > MAX_RATIO * short:
        return problem(uri, 1, "picture-shape", width=image.width, height=image.height, limit=MAX_RATIO)
    return None


def _broken(data: bytes, uri: str, error: Exception) -> Problem:
    other = next((name for mark, name in _OTHER_KINDS if mark.match(data)), None)
    if other:
        return problem(uri, 1, "picture-kind", kind=other)
    # Pillow's words for a compressed text or colour profile that unpacks without end.
    return problem(uri, 1, "picture-bomb" if "too large" in str(error).lower() else "picture-broken")


def _is_colourful(image: Image.Image) -> bool:
    grid = image.resize((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST).convert("RGB")
    return len(grid.point(lambda value: value & 0xF8).getcolors(_SAMPLE * _SAMPLE) or ()) > _MANY
