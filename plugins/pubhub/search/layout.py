"""Where what stands: takes the ids there are, gives numbers and addresses, and files for groups of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pubhub.search import records
from pubhub.search.numbers import number_of, places
from pubhub.search.postings import Shard, names_in, script, unscript, write_shard

FOLDER = "search"
BLOCK = 24
"""Numbers that stay together when work is cut: no window, no group is parted."""


@dataclass(frozen=True)
class Shape:
    """How an index is cut, by how much there is."""

    shards: int
    """Of terms; a power of two."""
    records: int
    """How many numbers share a file of records."""
    bodies: int
    """And a file of bodies."""

    @staticmethod
    def of(count: int) -> Shape:
        """For a number of items."""
        if count <= 500:
            return Shape(256, 8, 1)
        return Shape(1024, 4, 2) if count <= 4000 else Shape(2048, 8, 12)


class Layout:
    """The numbers and addresses of one index."""

    def __init__(self, ids: Collection[str], home: str) -> None:
        """home: the site's own prefix of ids."""
        self.shape = Shape.of(len(ids))
        self.places = places((id_.partition("-")[0] for id_ in ids), home)
        self._numbers: dict[str, int] = {}

    def number(self, id_: str) -> int:
        """Of an item."""
        number = self._numbers.get(id_)
        if number is None:
            number = self._numbers[id_] = number_of(id_, self.places)
        return number

    def groups(self, id_: str) -> tuple[str, str]:
        """Addresses of an item's record and of its body."""
        number = self.number(id_)
        return f"{FOLDER}/d/{number // self.shape.records:x}.js", f"{FOLDER}/b/{number // self.shape.bodies:x}.js"

    def apart(self, name: str) -> str:
        """Address of a text that stands apart."""
        return f"{FOLDER}/o/{name}.js"

    def shard(self, number: int) -> str:
        """Address of a shard of terms."""
        return f"{FOLDER}/t{self.shape.shards}/{number:x}.js"


def sharded(layout: Layout, number: int, shard: Shard) -> tuple[dict[str, bytes], Iterator[str]]:
    """The files of a shard: its own, and those of what stands apart; and the names of the latter, once for each use."""
    flat, apart = write_shard(shard)
    files = {layout.shard(number): script("t", f"{number:x}", flat)}
    files |= {layout.apart(name): script("o", name, text) for name, text in apart.items()}
    return files, names_in(flat)


def packed(url: str, lines: Mapping[int, str], words: bytes) -> bytes:
    """A group: numbers and compressed lines."""
    numbers = sorted(lines)
    _, kind, name = url.removesuffix(".js").rsplit("/", 2)
    return script(kind, name, [numbers, records.pack([lines[number] for number in numbers], words)])


def is_group(url: str) -> bool:
    """True for the address of a group."""
    return url.startswith((f"{FOLDER}/d/", f"{FOLDER}/b/"))


def lines_in(data: bytes, words: bytes) -> dict[int, str]:
    """The lines of a group, by number. Raises ValueError if it is none."""
    found = unscript(data)
    if not isinstance(found, list):
        raise ValueError("not a group")
    return dict(zip(found[0], records.unpack(found[1], words), strict=True))
