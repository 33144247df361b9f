"""Which copies of a picture a page needs: places as data, widths, addresses, and the records that HTML is made from. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pubhub.pictures.clean import scaled
from pubhub.pictures.encode import MAX_SIDE, MIME, RECIPE, SUFFIX
from pubhub.pictures.picture import Picture


@dataclass(frozen=True)
class Slot:
    """A place of the design where pictures stand."""

    widths: tuple[int, ...]
    """Pixels, rising."""
    sizes: str
    """How wide the picture is set, for `sizes=`; has to say what hub.css does."""
    fallback: int
    """The one width for readers that know neither AVIF nor WebP."""


PLACES = {
    # The text column: 36 em of 19 px on wide screens, else the screen without its margins.
    "body": Slot((480, 800, 1280), "(min-width: 48em) 43rem, calc(100vw - 2rem)", 800),
    "cover": Slot((480, 800, 1280), "(min-width: 48em) 43rem, calc(100vw - 2rem)", 800),
    # Square pictures and those made for a phone, in the text column.
    "tall": Slot((480, 960), "(min-width: 48em) 30rem, calc(100vw - 2rem)", 960),
    # Wider than it is set, since wide pictures are cut to 4:3.
    "card": Slot((160, 320, 480), "(min-width: 48em) 12rem, 8rem", 320),
    # Works of a call: in the grid, and alone. The same files, so that looking closer loads little.
    "entry": Slot((480, 960), "(min-width: 68.75em) 16rem, (min-width: 48em) 30vw, 46vw", 480),
    "work": Slot((480, 960), "(min-width: 48em) 21rem, calc(100vw - 2rem)", 480),
}
LARGEST = max(width for slot in PLACES.values() for width in slot.widths)
_TALL = 0.9
_NEAR = 1.15
"""A picture this little wider than a copy needs none of its own width."""


@dataclass(frozen=True)
class Copy:
    """One file made from a picture."""

    url: str
    width: int
    """Pixels."""
    height: int
    format: str
    """avif, webp, jpeg or png."""


@dataclass(frozen=True)
class ShownSource:
    """The copies of one format."""

    type: str
    """image/avif …"""
    files: tuple[tuple[str, int], ...]
    """Address and width in pixels, rising."""


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: what `<picture>` needs. Addresses are site-relative."""

    url: str
    """Of the fallback."""
    width: int
    """Pixels of the largest copy; with `height` the exact shape."""
    height: int
    sources: tuple[ShownSource, ...] = ()
    sizes: str = ""
    credit: str = ""
    """Who made it, where it comes from; for the caption."""
    url_width: int = 0
    """Pixels of the fallback."""
    url_height: int = 0

    @property
    def is_tall(self) -> bool:
        """True for what would fill a wide screen if it were set as wide as the text."""
        return self.height > _TALL * self.width


def _slot(picture: Picture, place: str) -> Slot:
    tall = place == "body" and picture.height > _TALL * picture.width
    return PLACES["tall" if tall else place]


def widths_of(picture: Picture, place: str) -> tuple[int, ...]:
    """Pixels, rising; never more than the picture has, and no two that nobody could tell apart."""
    wanted = _slot(picture, place).widths
    found = [width for width in wanted if width <= picture.width]
    if not found or (picture.width < wanted[-1] and picture.width > _NEAR * found[-1]):
        found.append(picture.width)
    # A long picture has more lines than WebP can count.
    return tuple(width for width in found if scaled(picture, width) <= MAX_SIDE) or (
        max(1, picture.width * MAX_SIDE // picture.height),
    )


def copies(picture: Picture, name: str, place: str) -> tuple[Copy, ...]:
    """All files that a place needs: AVIF and WebP in each width, then the fallback."""
    widths = widths_of(picture, place)
    modern = (_copy(picture, name, width, format_) for format_ in ("avif", "webp") for width in widths)
    return (*modern, single(picture, name, place))


def single(picture: Picture, name: str, place: str = "body") -> Copy:
    """One good copy that every reader can show: JPEG, or PNG for what shines through."""
    widths = widths_of(picture, place)
    width = max((w for w in widths if w <= _slot(picture, place).fallback), default=widths[0])
    return _copy(picture, name, width, "png" if picture.alpha else "jpeg")


def shown(picture: Picture, name: str, place: str, credit: str = "") -> Shown:
    """The picture as it stands in a place."""
    *modern, fallback = copies(picture, name, place)
    widest = max(modern, key=lambda copy: copy.width)
    sources = tuple(
        ShownSource(MIME[format_], tuple((c.url, c.width) for c in modern if c.format == format_))
        for format_ in ("avif", "webp")
    )
    return Shown(
        fallback.url,
        widest.width,
        widest.height,
        sources,
        _slot(picture, place).sizes,
        credit,
        fallback.width,
        fallback.height,
    )


def planned(pictures: Iterable[tuple[str, Picture, str]]) -> dict[str, tuple[Picture, Copy]]:
    """Name, picture and place of everything that is shown → what to make, by address."""
    return {copy.url: (picture, copy) for name, picture, place in pictures for copy in copies(picture, name, place)}


def _copy(picture: Picture, name: str, width: int, format_: str) -> Copy:
    words = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(name).stem[:40].lower()).strip("-")
    mark = hashlib.sha256(f"{picture.sha256} {RECIPE}".encode()).hexdigest()[:12]
    url = f"assets/media/{words or 'picture'}-{mark}-{width}{SUFFIX[format_]}"
    return Copy(url, width, scaled(picture, width), format_)
