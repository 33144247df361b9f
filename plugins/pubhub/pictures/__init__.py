"""Pictures beside an item: bytes in, clean copies for every place of a page out, or a reason why a file is none for the web.

What the other parts use is named here; nothing below reads or writes anything but the original.
"""

from __future__ import annotations

from pubhub.pictures.copies import Copy, Shown, ShownSource, planned, shown, single
from pubhub.pictures.encode import copy_key, shown_copy
from pubhub.pictures.inspection import inspect, known_again
from pubhub.pictures.picture import FORMATS, SUFFIXES, Picture

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Copy",
    "Picture",
    "Shown",
    "ShownSource",
    "copy_key",
    "inspect",
    "known_again",
    "planned",
    "shown",
    "shown_copy",
    "single",
]
