"""What a hit shows, in small files: takes sheets, gives compressed groups of them and the dictionary that they are compressed with.

Texts of one site are much alike: with a few of them as a dictionary, the others take a third to a sixth of their space.
The browser unpacks them itself (theme/assets/search/core.js), since not every browser can.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Collection, Sequence
from functools import lru_cache

from pubhub.search.texts import Sheet

WINDOW = 28_000
_SENTENCE = re.compile(r"[^。！？；\\]+(?:[。！？；]|\\n|\\)?")
_SAMPLES = 24
_FEW = 8


def lines_of(sheet: Sheet) -> tuple[str, str]:
    """A sheet as two lines of JSON: what every hit shows, and the body."""
    fields = [
        sheet.id,
        sheet.url,
        sheet.title,
        sheet.kind,
        sheet.kind_name,
        sheet.date,
        sheet.starts,
        sheet.ends,
        sheet.state,
        sheet.flags,
        " ".join(sheet.topics),
        sheet.summary,
        "\n".join(sheet.plain),
    ]
    return _json(fields), _json(sheet.body)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def samples(ids: Collection[str]) -> list[str]:
    """Ids of the items that make the dictionary: those with the smallest hashes, so that hardly any edit changes it."""
    ordered = sorted(ids, key=lambda id_: (hashlib.blake2b(id_.encode(), digest_size=8).digest(), id_))
    return ordered[: min(_SAMPLES, -(-len(ids) // _FEW))]


def dictionary(sheets: Sequence[tuple[str, str]]) -> bytes:
    """What groups are compressed with: the lines of some sheets, each sentence once, as much as deflate looks back on."""
    seen: set[str] = set()
    parts = []
    room = WINDOW
    for line in (line for lines in sheets for line in lines):
        for sentence in _SENTENCE.findall(line):
            size = len(sentence.encode("utf-8"))
            if sentence not in seen and size <= room:
                seen.add(sentence)
                parts.append(sentence)
                room -= size
    return "".join(reversed(parts)).encode("utf-8")


def pack(lines: Sequence[str], words: bytes) -> str:
    """A group of lines as base64 of a raw deflate stream."""
    packer = _packer(words).copy()
    data = packer.compress("\n".join(lines).encode("utf-8")) + packer.flush()
    return base64.b64encode(data).decode("ascii")


@lru_cache(1)
def _packer(words: bytes) -> zlib._Compress:
    """One that has looked at the dictionary, for copies."""
    if not words:
        return zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, words)


def unpack(packed: str, words: bytes) -> list[str]:
    """What `pack` was given."""
    opener = zlib.decompressobj(-15, words) if words else zlib.decompressobj(-15)
    return (opener.decompress(base64.b64decode(packed)) + opener.flush()).decode("utf-8").split("\n")


def sheet_from(lines: tuple[str, str]) -> Sheet:
    """What `lines_of` was given."""
    id_, url, title, kind, kind_name, date, starts, ends, state, flags, topics, summary, plain = json.loads(lines[0])
    return Sheet(
        id=id_,
        url=url,
        title=title,
        kind=kind,
        kind_name=kind_name,
        date=date,
        starts=starts,
        ends=ends,
        state=state,
        flags=flags,
        topics=tuple(topics.split()),
        summary=summary,
        plain=tuple(plain.split("\n")) if plain else (),
        body=json.loads(lines[1]),
    )
