"""The faces of print: where they are, which version, and which characters they have."""

from __future__ import annotations

import struct
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

SERIF, SANS, SANS_TRADITIONAL = "Noto Serif SC", "Noto Sans CJK SC", "Noto Sans CJK TC"
_PACKAGES = {"manimgx-fonts-cjk": "manimgx_fonts_cjk", "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn"}
_UNSEEN = frozenset(
    map(chr, (0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x00AD, 0x200B, 0x2060, 0x3000, 0xFEFF, *range(0x2000, 0x2010)))
)


# What the faces inside Typst add: Latin with accents, Greek, Cyrillic. A test sets every one of them.
_EMBEDDED = (
    *[(0x104, 0x10F), (0x114, 0x119), (0x11C, 0x127), (0x12C, 0x142), (0x150, 0x151), (0x154, 0x167), (0x16E, 0x191)],
    *[(0x1B1, 0x1CC), (0x1DD, 0x1F7), (0x1FA, 0x24F), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C)],
    *[(0x38E, 0x390), (0x3AA, 0x3B0), (0x3CA, 0x400), (0x402, 0x40F), (0x450, 0x450), (0x452, 0x4FF), (0x1E00, 0x1E3D)],
    *[(0x1E40, 0x1E9F), (0x1F00, 0x1F15), (0x1F18, 0x1F1D), (0x1F20, 0x1F45), (0x1F48, 0x1F4D), (0x1F50, 0x1F57)],
    *[(0x1F5F, 0x1F7D), (0x1F80, 0x1FB4), (0x1FB6, 0x1FC4), (0x1FD6, 0x1FDB), (0x1FF6, 0x1FFE), (0x2070, 0x2071)],
    *[(0x2075, 0x208E), (0x20A0, 0x20A8), (0x20AA, 0x20AA), (0x20AD, 0x20C0), (0x2153, 0x215F), (0x2194, 0x21B7)],
)


@cache
def folders() -> tuple[Path, ...]:
    """Folders of the font packages. Raises ModuleNotFoundError for a package that is not installed."""
    found = []
    for name in _PACKAGES.values():
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        found.append(Path(spec.origin).parent)
    return tuple(found)


def font_versions() -> tuple[str, ...]:
    """Name and version of each font package."""
    return tuple(f"{name} {version(name)}" for name in _PACKAGES)


@cache
def covered() -> frozenset[int]:
    """Code points that can be printed: by the serif and the sans of body and headings, or by a face inside Typst."""
    serif = next(
        folder / "NotoSerifSC-Regular.otf" for folder in folders() if (folder / "NotoSerifSC-Regular.otf").exists()
    )
    sans = next(path for folder in folders() for path in folder.glob("NotoSansCJK*.ttc"))
    return frozenset(code_points(serif) | code_points(sans)).union(*(range(a, b + 1) for a, b in _EMBEDDED))


def printable(character: str) -> bool:
    """Whether a face of ours has a glyph for the character, or it needs none."""
    return ord(character) in covered() or character in _UNSEEN


def code_points(path: Path) -> set[int]:
    """What the first font of an OpenType file or collection covers, read from its character map (formats 4 and 12)."""
    with path.open("rb") as file:

        def read(at: int, size: int) -> bytes:
            file.seek(at)
            return file.read(size)

        start = struct.unpack(">I", read(12, 4))[0] if read(0, 4) == b"ttcf" else 0
        count = struct.unpack(">H", read(start + 4, 2))[0]
        records = (struct.unpack(">4sIII", read(start + 12 + 16 * n, 16)) for n in range(count))
        table, length = next((offset, size) for tag, _, offset, size in records if tag == b"cmap")
        cmap = read(table, length)
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        at = struct.unpack_from(">HHI", cmap, 4 + 8 * number)[2]
        kind = struct.unpack_from(">H", cmap, at)[0]
        if kind == 12:
            for group in range(struct.unpack_from(">I", cmap, at + 12)[0]):
                first, last, _ = struct.unpack_from(">III", cmap, at + 16 + 12 * group)
                found.update(range(first, last + 1))
        elif kind == 4:
            segments = struct.unpack_from(">H", cmap, at + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", cmap, at + 14)
            starts = struct.unpack_from(f">{segments}H", cmap, at + 16 + 2 * segments)
            for first, last in zip(starts, ends, strict=True):
                found.update(range(first, min(last, 0xFFFE) + 1))
    return found
