"""From a camera's file to plain pixels: upright, 8 bits, sRGB, no larger than asked for, and nothing beside the pixels."""

from __future__ import annotations

import hashlib
import io
import warnings
from functools import lru_cache

from PIL import Image, ImageChops, ImageCms

from pubhub.pictures.picture import FORMATS, Picture
from pubhub.problems import ContentRefused, problem

MAX_PROFILE = 4_000_000
"""Bytes: more than any printer's colour profile has."""
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def is_turned(image: Image.Image) -> bool:
    """True if the camera lay on its side."""
    return _orientation(image) in {5, 6, 7, 8}


def has_alpha(image: Image.Image) -> bool:
    """True if a pixel of a decoded picture lets the page shine through."""
    if image.mode not in {"RGBA", "LA", "PA", "La", "RGBa"} and "transparency" not in image.info:
        return False
    seen = image if image.mode in {"RGBA", "LA"} else image.convert("RGBA")
    least, _ = seen.getchannel("A").getextrema()
    return isinstance(least, (int, float)) and least < 255


# One at a time: all copies of a picture are made one after another, and the next picture needs the memory.
@lru_cache(maxsize=1)
def clean_pixels(picture: Picture, most: int) -> Image.Image:
    """The picture at most `most` pixels wide, RGB or RGBA, with no information beside its pixels.

    Raises ContentRefused if the file is not the one that was looked at.
    """
    data = picture.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != picture.sha256:
        raise ContentRefused([problem(picture.path.name, 1, "changed-meanwhile")])
    width = min(most, picture.width)
    size = width, scaled(picture, width)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as opened:
            turn = _TURNS.get(_orientation(opened))
            stored = size[::-1] if is_turned(opened) else size
            opened.draft(None, stored)
            profile = opened.info.get("icc_profile")
            image: Image.Image = _eight_bits(opened)
        if image.size != stored:
            image = image.resize(stored, Image.Resampling.LANCZOS, reducing_gap=3.0)
        if turn is not None:
            image = image.transpose(turn)
        image = _srgb(image, profile, picture.alpha)
    # Built anew from the pixels: whatever a decoder hung onto the picture stays behind.
    return Image.frombytes(image.mode, image.size, image.tobytes())


def scaled(picture: Picture, width: int) -> int:
    """The height that goes with a width."""
    return max(1, round(picture.height * width / picture.width))


def _orientation(image: Image.Image) -> int:
    """1 to 8; whatever else a camera wrote means upright."""
    if image.format == "PNG":
        # Its EXIF may stand behind the pixels, so these are read first; their damage is not to be taken for that of EXIF.
        image.load()
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # EXIF comes from strangers, too, and a picture does not need it
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _eight_bits(image: Image.Image) -> Image.Image:
    """RGB, RGBA, L, LA or CMYK: modes that can be resized and whose profiles mean something."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if "transparency" in image.info or image.mode == "PA":
        return image.convert("RGBA")
    if image.mode in {"RGB", "RGBA", "L", "LA", "CMYK"}:
        image.load()
        # Pillow takes every CMYK picture for one of Adobe's, which count ink backwards and say so.
        return ImageChops.invert(image) if image.mode == "CMYK" and "adobe" not in image.info else image
    return image.convert("L" if image.mode == "1" else "RGB")


def _srgb(image: Image.Image, profile: object, alpha: bool) -> Image.Image:
    """RGB or RGBA as every screen understands it; a profile that is damaged or does not fit is left out."""
    veil = image.getchannel("A") if alpha and image.mode in {"RGBA", "LA"} else None
    plain = {"RGBA": "RGB", "LA": "L"}.get(image.mode, image.mode)
    image = image.convert(plain)
    if isinstance(profile, bytes) and 0 < len(profile) <= MAX_PROFILE:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted or image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    image = image.convert("RGB")
    if veil is not None:
        image.putalpha(veil)
    return image
