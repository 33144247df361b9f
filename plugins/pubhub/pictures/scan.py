"""The first coded part (scan) of a JPEG: takes the file, tells whether it has as many blocks as the head promises.

A progressive file holds every block in its first scan, a plain one has only that. Blocks are counted, not turned into pixels.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SLACK = 200
"""One byte in so many, and two, may stand behind the last block: some cameras fill up."""
_WIDTH = 16
"""Bits of the longest code."""
Table = list[tuple[int, int]]
"""By the next 16 bits: length of the code, its value. Length 0: no such code."""


@dataclass
class Scan:
    """What the head says, and the coded bytes."""

    width: int = 0
    height: int = 0
    progressive: bool = False
    interval: int = 0
    """Groups of blocks between two restart marks; 0 for none."""
    sampling: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Blocks across and down in a group, by component."""
    tables: dict[int, Table] = field(default_factory=dict)
    """By class (0 first values, 16 the rest) and number."""
    parts: list[tuple[int, int]] = field(default_factory=list)
    """Of each component in this scan: its name, its two tables."""
    start: int = 0
    end: int = 0

    def groups(self) -> int:
        """Groups of blocks in this scan."""
        across = max(a for a, _ in self.sampling.values())
        down = max(d for _, d in self.sampling.values())
        if len(self.parts) > 1:
            return -(-self.width // (8 * across)) * -(-self.height // (8 * down))
        own_across, own_down = self.sampling[self.parts[0][0]]
        columns, rows = -(-self.width * own_across // across), -(-self.height * own_down // down)
        return -(-columns // 8) * -(-rows // 8)

    def blocks(self) -> list[tuple[Table, Table]]:
        """The tables of each block of a group, in order."""
        found = []
        for name, numbers in self.parts:
            tables = self.tables[numbers >> 4], self.tables.get(16 | numbers & 15, [])
            across, down = self.sampling[name] if len(self.parts) > 1 else (1, 1)
            found += [tables] * (across * down)
        return found


def first_scan(data: bytes) -> Scan | None:
    """None where the head is of a kind that is not counted here (arithmetic, lossless)."""
    scan = Scan()
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + size]
        if marker == 0xFF:  # fill
            at += 1
            continue
        at += 2 + size
        if marker in {0xC0, 0xC1, 0xC2}:
            scan.progressive = marker == 0xC2
            scan.height, scan.width, count = struct.unpack(">xHHB", body[:6])
            scan.sampling = {body[n]: (body[n + 1] >> 4, body[n + 1] & 15) for n in range(6, 6 + 3 * count, 3)}
        elif 0xC3 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return None
        elif marker == 0xC4:
            _read_tables(body, scan.tables)
        elif marker == 0xDD:
            scan.interval = int.from_bytes(body[:2], "big")
        elif marker == 0xDA:
            scan.parts = [(body[1 + 2 * n], body[2 + 2 * n]) for n in range(body[0])]
            scan.start, scan.end = at, _end(data, at)
            return scan
    return None


def has_every_block(data: bytes, scan: Scan) -> bool:
    """False if blocks are missing, are left over, or are no blocks. Takes half a microsecond for each number in them."""
    coded = data[scan.start : scan.end]
    groups = scan.groups()
    if scan.interval:
        marks = sum(coded.count(bytes((0xFF, mark))) for mark in range(0xD0, 0xD8))
        return marks == -(-groups // scan.interval) - 1
    coded = coded.replace(b"\xff\0", b"\xff")
    used = _count(coded, scan.blocks(), groups, scan.progressive)
    return used is not None and len(coded) - used <= 2 + len(coded) // _SLACK


def _read_tables(body: bytes, tables: dict[int, Table]) -> None:
    while len(body) > 17:
        counts, values = body[1:17], body[17:]
        table: Table = [(0, 0)] * (1 << _WIDTH)
        at = code = 0
        for length, count in enumerate(counts, 1):
            room = 1 << (_WIDTH - length)
            for value in values[at : at + count]:
                table[code * room : (code + 1) * room] = [(length, value)] * room
                code += 1
            at += count
            code <<= 1
        tables[body[0]] = table[: 1 << _WIDTH]
        body = values[at:]


def _end(data: bytes, at: int) -> int:
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)


def _count(coded: bytes, blocks: list[tuple[Table, Table]], groups: int, first_only: bool) -> int | None:
    """Bytes that so many groups take, or None if there are not so many."""
    size = len(coded)
    coded += b"\xff" * 16
    at = bits = held = 0
    for _ in range(groups):
        for first, rest in blocks:
            number = 0
            table = first
            while number < 64:
                if bits < 32:
                    held = (held & ((1 << bits) - 1)) << 64 | int.from_bytes(coded[at : at + 8], "big")
                    at += 8
                    bits += 64
                    if at > size + 16:
                        return None
                length, value = table[held >> (bits - _WIDTH) & 0xFFFF]
                if not length:
                    return None
                bits -= length + (value & 15)
                if table is first:
                    # Of the first value, the code tells the length alone.
                    bits -= value & 0xF0
                    number = 64 if first_only else 1
                    table = rest
                elif value & 15 or value == 0xF0:
                    number += (value >> 4) + 1
                else:
                    break
    used = at - bits // 8
    return used if used <= size else None
