"""Pixels to files for readers: recipes as data, the same bytes on every run."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from functools import cache, lru_cache

import PIL
from PIL import Image, features

from pubhub.pictures.clean import clean_pixels, scaled
from pubhub.pictures.picture import Picture

MIME = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
SUFFIX = {"avif": ".avif", "webp": ".webp", "jpeg": ".jpg", "png": ".png"}
MAX_SIDE = 16_000
"""Pixels; WebP counts to 16383."""
_SHARED = 1280
"""Pixels: the width from which all smaller copies are made, so that the original is decoded once."""
# Speeds by measurement: AVIF at 6 is five times as slow as at 8 for files 6 % smaller. One thread, or the bytes differ.
_PHOTO: Mapping[str, Mapping[str, object]] = {
    "avif": {"quality": 58, "speed": 8, "max_threads": 1, "subsampling": "4:2:0"},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
# Letters and lines on flat colours: full colour resolution, or red words get a fringe.
_DRAWING: Mapping[str, Mapping[str, object]] = {
    "avif": {"quality": 68, "speed": 8, "max_threads": 1, "subsampling": "4:4:4"},
    "webp": {"quality": 90, "method": 5, "use_sharp_yuv": True},
    "jpeg": {"quality": 88, "optimize": True, "progressive": True, "subsampling": "4:4:4"},
    "png": {"optimize": True},
}
RECIPE = hashlib.sha256(repr(("2", _SHARED, _PHOTO, _DRAWING)).encode()).hexdigest()
"""Changes with how copies are made, and their addresses with it; count the first word up when clean.py changes pixels."""


def shown_copy(picture: Picture, width: int, format_: str) -> bytes:
    """The picture as a file of `format_` (avif, webp, jpeg or png), `width` pixels wide, never wider than it is.

    Upright, sRGB, without EXIF, GPS, comments or profile. JPEG and WebP of a see-through picture: JPEG stands on white.
    """
    image = _resized(picture, min(width, picture.width))
    if format_ == "jpeg" and image.mode == "RGBA":
        ground = Image.new("RGB", image.size, (255, 255, 255))
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    out = io.BytesIO()
    image.save(out, format_.upper(), **(_PHOTO if picture.photo else _DRAWING)[format_])
    return out.getvalue()


def copy_key(picture: Picture, width: int, format_: str) -> bytes:
    """Of everything that the bytes of a copy depend on."""
    seen = (picture.sha256, picture.alpha, picture.photo, picture.width, picture.height)
    return hashlib.blake2b(repr((seen, width, format_, RECIPE, _tools())).encode(), digest_size=16).digest()


# The copies of one width stand together, so its pixels are asked for three times in a row.
@lru_cache(maxsize=1)
def _resized(picture: Picture, width: int) -> Image.Image:
    pixels = clean_pixels(picture, max(width, _SHARED))
    if pixels.width == width:
        return pixels
    return pixels.resize((width, scaled(picture, width)), Image.Resampling.LANCZOS)


@cache
def _tools() -> str:
    names = ("avif", "webp", "libjpeg_turbo", "zlib", "littlecms2")
    return " ".join([PIL.__version__, *(f"{name} {features.version(name)}" for name in names)])
