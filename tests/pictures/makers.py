"""Pictures as phones, offices and strangers hand them over, made in code."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterable

from PIL import Image, ImageCms, ImageDraw, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

RED, GREEN, BLUE, WHITE = (200, 30, 40), (30, 160, 60), (30, 60, 190), (240, 240, 240)
SECRETS = (
    b"Exif",
    b"GPS",
    b"ICC_PROFILE",
    b"SecretMaker",
    b"SecretPlace",
    b"SecretComment",
    b"xmpmeta",
    b"iCCP",
    b"tEXt",
)
"""What no derived file may hold."""


def corners(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Red at the top left, green at the top right, blue at the bottom left, white at the bottom right."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    w, h = width // 2, height // 2
    for place, colour in (((0, 0), RED), ((w, 0), GREEN), ((0, h), BLUE), ((w, h), WHITE)):
        draw.rectangle((*place, place[0] + w, place[1] + h), fill=colour)
    return image if mode == "RGB" else image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """A file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned(orientation: object) -> bytes:
    """A JPEG that a camera noted as turned so that `corners` comes out upright, with a place, a maker and a comment."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = corners()
    if orientation in back:
        image = image.transpose(back[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 32.0, 41.5), 3: "E", 4: (114.0, 3.0, 10.0), 29: "SecretPlace"})
    return saved(
        image, "JPEG", quality=92, exif=exif, comment=b"SecretComment", xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>"
    )


def with_exif(exif: bytes) -> bytes:
    """A JPEG with any bytes for EXIF."""
    return saved(corners(), "JPEG", quality=92, exif=exif)


def profile(name: str = "sRGB") -> bytes:
    """A colour profile of Pillow's own making."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]


def matrix_profile(
    red: tuple[float, float, float], green: tuple[float, float, float], blue: tuple[float, float, float]
) -> bytes:
    """An RGB profile with given primaries (XYZ, D50) and the curve 2.2."""

    def xyz(values: Iterable[float]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + b"\0" * 78 + b"\0"
    parts = {
        b"desc": text,
        b"wtpt": xyz((0.9642, 1.0, 0.8249)),
        b"rXYZ": xyz(red),
        b"gXYZ": xyz(green),
        b"bXYZ": xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _profile(b"mntrRGB XYZ ", parts)


def press_profile() -> bytes:
    """A CMYK profile of a press whose every ink is another than its name: yellow over magenta prints green."""
    ramp = bytes(range(256))
    nodes = bytearray()
    for number in range(16):
        cyan, magenta, yellow, black = (number >> 3 & 1, number >> 2 & 1, number >> 1 & 1, number & 1)
        green = magenta and yellow and not (cyan or black)
        nodes += bytes((120, 128 - 50, 128 + 40) if green else (240 - 50 * (cyan + magenta + yellow + black), 128, 128))
    identity = b"".join(struct.pack(">i", 65536 * (n in {0, 4, 8})) for n in range(9))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity + 4 * ramp + bytes(nodes) + 3 * ramp
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + b"\0" * 79
    white = b"XYZ \0\0\0\0" + struct.pack(">iii", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    return _profile(b"prtrCMYKLab ", {b"desc": text, b"wtpt": white, b"A2B0": lut})


def _profile(kind: bytes, parts: dict[bytes, bytes]) -> bytes:
    """Head, table of tags and tags."""
    table, body, offset = b"", b"", 128 + 4 + 12 * len(parts)
    for tag, data in parts.items():
        data += b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", offset + len(body), len(data))
        body += data
    head = bytearray(128)
    struct.pack_into(">I", head, 0, offset + len(body))
    struct.pack_into(">I", head, 8, 0x02400000)
    head[12:24] = kind
    head[36:40] = b"acsp"
    struct.pack_into(">iii", head, 68, round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    return bytes(head) + struct.pack(">I", len(parts)) + table + body


DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))
ADOBE_RGB = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    """A PNG put together by hand. `more`: chunks before the pixels."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + pixels + chunk(b"IEND", b"")


def deep_grey() -> bytes:
    """16 bits, grey: dark at the left, light at the right."""
    row = b"\0" + b"".join(struct.pack(">H", 65535 * x // 99) for x in range(100))
    return png(100, 50, 16, 0, row * 50)


def deep_colour() -> bytes:
    """16 bits, colour."""
    left, right = (struct.pack(">HHH", *(c * 257 for c in colour)) for colour in (RED, BLUE))
    return png(100, 50, 16, 2, (b"\0" + left * 50 + right * 50) * 50)


def deep_alpha() -> bytes:
    """16 bits, grey and alpha: the right half cannot be seen."""
    left, right = struct.pack(">HH", 30000, 65535), struct.pack(">HH", 30000, 0)
    return png(100, 50, 16, 4, (b"\0" + left * 50 + right * 50) * 50)


def photograph(width: int = 400, height: int = 300) -> Image.Image:
    """As many colours as a photograph has."""
    noise = random.Random(1).randbytes(40 * 30 * 3)
    return Image.frombytes("RGB", (40, 30), noise).resize((width, height), Image.Resampling.BICUBIC)


def animated(kind: str) -> bytes:
    """Three frames."""
    frames = [corners(), corners().transpose(Image.Transpose.ROTATE_180), corners(mode="L").convert("RGB")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def secret_png() -> bytes:
    """A PNG with texts, a profile and EXIF."""
    info = PngInfo()
    info.add_text("Comment", "SecretComment")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SecretPlace</x:xmpmeta>")
    exif = Image.Exif()
    exif[0x0110] = "SecretMaker"
    return saved(corners(), "PNG", pnginfo=info, exif=exif, icc_profile=profile(), dpi=(300, 300))


def tiff() -> bytes:
    """A TIFF, with its own kind of metadata."""
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[271] = "SecretMaker"
    return saved(corners(), "TIFF", tiffinfo=info)
