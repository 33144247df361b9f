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
    """Code points that our faces have: the serif and the sans of body and headings."""
    serif = next(
        folder / "NotoSerifSC-Regular.otf" for folder in folders() if (folder / "NotoSerifSC-Regular.otf").exists()
    )
    sans = next(path for folder in folders() for path in folder.glob("NotoSansCJK*.ttc"))
    return frozenset(code_points(serif) | code_points(sans))


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
