"""What is known of a picture once it has been looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "AVIF": (".avif",)}
"""The formats that are read, with the endings of their file names."""
SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
_FACE = 64
"""Pixels on the shorter side: nobody can be recognised in an icon."""
_LARGE = 640 * 480
"""Pixels from which a drawing or a screenshot may hold somebody's portrait."""


@dataclass(frozen=True)
class Picture:
    """A picture that can be shown."""

    path: Path
    """The original; read again when copies are made, so that a thousand photos need no memory."""
    sha256: str
    width: int
    """Pixels, after the rotation that the camera noted."""
    height: int
    kind: str = "PNG"
    """Its real format, a key of FORMATS."""
    alpha: bool = False
    """True if something shines through."""
    photo: bool = False
    """True for a JPEG and for what has as many colours as a photograph."""

    @property
    def may_show_people(self) -> bool:
        """True for what needs a word on whether somebody can be recognised in it."""
        return min(self.width, self.height) >= _FACE and (self.photo or self.width * self.height >= _LARGE)
