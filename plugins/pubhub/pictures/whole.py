"""Does a file hold every row that its head promises? Decoders fill what is missing and say nothing; readers would see a grey half."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from pubhub.pictures.scan import first_scan, has_every_block

_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column, first row, step of columns, step of rows of each pass."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_BLOCK = 1 << 16
_END = b"\xff\xd9"
_TAIL = 1024
"""Bytes: no group of blocks of a JPEG takes so many."""
_NOISE = bytes((37 * n * n + 11 * n) % 251 for n in range(251))
"""Bytes that no encoder writes for the rest of a picture; none of them starts a marker."""
_SMALL = 400_000
"""Pixels up to which blocks are counted at once; larger pictures are compared first, at an eighth of their size."""


def is_whole(data: bytes, kind: str) -> bool:
    """False if rows are missing, or there is more picture than the head says. `kind` is a key of FORMATS; the file decodes."""
    if kind == "PNG":
        return _png_is_whole(data)
    return _jpeg_is_whole(data) if kind == "JPEG" else True


def _png_is_whole(data: bytes) -> bool:
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    bits = depth * _CHANNELS[colour]
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    wanted = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            wanted += rows * (1 + (columns * bits + 7) // 8)
    unpacked = zlib.decompressobj()
    for part in _chunks(data, b"IDAT"):
        rest = part
        while rest and wanted > 0:
            wanted -= len(unpacked.decompress(rest, _BLOCK))
            rest = unpacked.unconsumed_tail
    return wanted - len(unpacked.flush()) <= 0


def _chunks(data: bytes, name: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == name:
            yield data[at + 8 : at + 8 + size]
        at += size + 12


def _jpeg_is_whole(data: bytes) -> bool:
    """Counting takes long for a large photograph, so that first two changed copies tell whether there is reason to count.

    Where blocks are missing, more bytes behind the last one change the picture; where all are there, other last bytes do.
    """
    scan = first_scan(data)
    if scan is None:
        return True
    plain = not scan.progressive and not scan.interval and scan.width * scan.height > _SMALL
    return bool(plain and _seems_whole(data[: scan.start], data[scan.start : scan.end])) or has_every_block(data, scan)


def _seems_whole(head: bytes, coded: bytes) -> bool:
    as_it_is = _decoded(head + coded + _END)
    if as_it_is is None or _decoded(head + coded + _NOISE * 8 + _END) != as_it_is:
        return False
    tail = min(max(len(coded) // 50, _TAIL), len(coded) // 2)
    kept = coded[: len(coded) - tail].rstrip(b"\xff")
    return _decoded(head + kept + _NOISE * (1 + 2 * tail // len(_NOISE)) + _END) != as_it_is


def _decoded(data: bytes) -> bytes | None:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
            return image.tobytes()
    except Exception:  # whatever a decoder stumbles over: what can be said of the file was said before
        return None
