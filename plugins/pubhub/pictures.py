"""Pictures beside an item: takes bytes, gives size and a clean copy, or says why a file is no picture for the web."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PIL import Image, ImageCms, ImageOps

from pubhub.problems import ContentRefused, Problem, problem

FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "AVIF": (".avif",)}
SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
# What phones and offices hand over under a wrong name, by its first bytes.
_OTHER_KINDS = tuple(
    (re.compile(mark, re.DOTALL), name)
    for mark, name in (
        (rb"GIF8[79]a", "GIF"),
        (rb"BM.{4}\0{4}", "BMP"),
        (rb"II\*\0|MM\0\*", "TIFF"),
        (rb".{4}ftyp(?:hei|hev|mif1|msf1)", "HEIC"),
        (rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:\?xml|svg|!DOCTYPE|html)", "SVG"),
        (rb"%PDF-", "PDF"),
    )
)
MAX_PIXELS = 60_000_000
"""A 60-megapixel picture is larger than any phone takes; past it, a bomb."""
WIDTH = 1280
"""Pixels: the text column at twice its widest."""


@dataclass(frozen=True)
class Picture:
    """A picture that can be shown."""

    path: Path
    """The original; read again when its copy is made, so that a thousand photos need no memory."""
    sha256: str
    width: int
    """Pixels, after the rotation that the camera noted."""
    height: int

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height of the published copy."""
        if self.width <= WIDTH:
            return self.width, self.height
        return WIDTH, max(1, round(self.height * WIDTH / self.width))

    def address(self, name: str) -> str:
        """assets/media/<stem>-<hash>.webp: the name changes with the picture."""
        words = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(name).stem[:40].lower()).strip("-")
        return f"assets/media/{words or 'picture'}-{self.sha256[:12]}.webp"


def inspect(data: bytes, uri: str, sha256: str, path: Path) -> tuple[Picture | None, list[Problem]]:
    """Checks the real format, the size and that every pixel can be read."""
    suffix = PurePosixPath(uri).suffix.lower()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                # Many phones write a JPEG with a second picture behind the first; only the first is used.
                kind = "JPEG" if image.format == "MPO" else image.format or ""
                if suffix not in FORMATS[kind]:
                    fitting = FORMATS[kind][0]
                    return None, [problem(uri, 1, "picture-suffix", kind=kind, suffix=suffix, fitting=fitting)]
                if image.width * image.height > MAX_PIXELS:
                    return None, [problem(uri, 1, "picture-too-large", width=image.width, height=image.height)]
                if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                    return None, [problem(uri, 1, "picture-animated")]
                turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
                width, height = (image.height, image.width) if turned else image.size
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None, [problem(uri, 1, "picture-bomb")]
    except Exception:  # whatever a decoder stumbles over in a stranger's bytes, the file is no picture for us
        other = next((name for mark, name in _OTHER_KINDS if mark.match(data)), None)
        return None, [problem(uri, 1, "picture-kind", kind=other) if other else problem(uri, 1, "picture-broken")]
    return Picture(path, sha256, width, height), []


def clean_copy(picture: Picture) -> bytes:
    """WebP, upright, sRGB, without EXIF, GPS, comments or profile; the same bytes on every run."""
    data = picture.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != picture.sha256:
        raise ContentRefused([problem(picture.path.name, 1, "changed-meanwhile")])
    with Image.open(io.BytesIO(data)) as opened:
        image: Image.Image = ImageOps.exif_transpose(opened)
        profile = image.info.get("icc_profile")
        if profile and image.mode in {"RGB", "RGBA", "L", "CMYK"}:
            try:
                converted = ImageCms.profileToProfile(
                    image,
                    ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                    ImageCms.createProfile("sRGB"),
                    outputMode="RGBA" if image.mode == "RGBA" else "RGB",
                )
                image = converted or image
            except (ImageCms.PyCMSError, OSError, ValueError):
                image = image.convert("RGB")
        alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
        image = image.convert("RGBA" if alpha else "RGB")
        if image.size != picture.shown:
            image = image.resize(picture.shown, Image.Resampling.LANCZOS)
        image.info = {}
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80, method=4)
        return out.getvalue()
