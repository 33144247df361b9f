"""What a hit shows, in small files: takes sheets, gives compressed groups of them and the dictionary that they are compressed with.

Texts of one site are much alike: with a few of them as a dictionary, the others take a third to a sixth of their space.
The browser unpacks them itself (theme/assets/search/core.js), since not every browser can.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence

from pubhub.search.texts import Sheet

WINDOW = 32_000
_SAMPLES = 40
_SHARE = 1_600


def line_of(sheet: Sheet) -> str:
    """A sheet as JSON."""
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
        sheet.body,
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def samples(ids: Iterable[str]) -> list[str]:
    """Ids of the items that make the dictionary: those with the smallest hashes, so that hardly any edit changes it."""
    return sorted(ids, key=lambda id_: (hashlib.blake2b(id_.encode(), digest_size=8).digest(), id_))[:_SAMPLES]


def dictionary(lines: Sequence[str]) -> bytes:
    """What groups are compressed with: the starts of some lines, the whole of others, as far as the window goes."""
    parts = []
    room = WINDOW
    for line in lines:
        data = line.encode("utf-8")[: max(_SHARE, WINDOW // max(1, len(lines)))]
        # No half character, which no text could match.
        data = data.decode("utf-8", "ignore").encode("utf-8")[:room]
        parts.append(data)
        room -= len(data)
        if room <= 0:
            break
    return b"".join(reversed(parts)).decode("utf-8", "ignore").encode("utf-8")


def pack(lines: Sequence[str], words: bytes) -> str:
    """A group of lines as base64 of a raw deflate stream."""
    packer = (
        zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, words)
        if words
        else zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    )
    data = packer.compress("\n".join(lines).encode("utf-8")) + packer.flush()
    return base64.b64encode(data).decode("ascii")


def unpack(packed: str, words: bytes) -> list[str]:
    """What `pack` was given."""
    opener = zlib.decompressobj(-15, words) if words else zlib.decompressobj(-15)
    return (opener.decompress(base64.b64decode(packed)) + opener.flush()).decode("utf-8").split("\n")


def sheet_from(line: str) -> Sheet:
    """What `line_of` was given."""
    id_, url, title, kind, kind_name, date, starts, ends, state, flags, topics, summary, plain, body = json.loads(line)
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
        body=body,
    )
