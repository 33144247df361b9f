"""The tree of files: takes a content folder, gives typed items and every problem of every file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pubhub.content.body import Scan, scan
from pubhub.content.digest import text_digest
from pubhub.content.frontmatter import MAX_BYTES, Document, read
from pubhub.content.model import BY_SECTION, Campaign, Item, Origin
from pubhub.content.reading import Reading, Refused
from pubhub.content.schema import read_record
from pubhub.pictures import Picture, inspect, known_again
from pubhub.problems import ContentRefused, Problem, nearest, problem

MAX_PICTURE_BYTES = 30_000_000
_OWN_KEYS = frozenset({"approvals", "authors", "changes", "cover_alt", "extra", "people", "pictures", "sources"})
"""What only an item's own page shows."""


@dataclass(frozen=True)
class Loaded:
    """An item that could be read, and what its body points at."""

    item: Item
    scan: Scan
    pictures: dict[str, Picture]
    """By file name."""
    body: str
    """Markdown; empty once it has been rendered and looked over."""


def load_item(
    uri: str,
    markdown: Path,
    others: tuple[Path, ...],
    known: Mapping[str, Iterable[str]],
    seen: Mapping[str, Picture] | None = None,
) -> tuple[Loaded | None, list[Problem]]:
    """One item folder → its item (None if unreadable) and problems.

    seen: pictures that were looked at before, by SHA-256; they are not decoded again.
    """
    pictures: dict[str, Picture] = {}
    digests: list[tuple[str, str]] = []
    problems: list[Problem] = []
    base = uri.rpartition("/")[0]
    for other in others:
        picture, bad = _read_picture(other, f"{base}/{other.name}", seen or {})
        problems += bad
        if picture is not None:
            pictures[other.name] = picture
            digests.append((other.name, picture.sha256))
    data, bad = _bytes(markdown, uri, MAX_BYTES, "1 MB")
    problems += bad
    if data is None:
        return None, problems
    document, bad = read(data, uri)
    problems += bad
    if document is None:
        return None, problems
    found = scan(document.body, uri, document.body_line)
    problems += found.problems
    problems += _check_pictures(uri, found, [other.name for other in others])
    file = hashlib.sha256(data).hexdigest()
    source = hashlib.sha256(f"{file} {digests}".encode()).hexdigest()
    item, bad = _typed(uri, document, pictures, digests, known, file, source)
    said = {(p.line, p.code) for p in problems}
    problems += (p for p in bad if (p.line, p.code) not in said)
    if item is not None:
        beside = [other.name for other in others]
        for field, name in named_pictures(item):
            problems += _missing(uri, item.origin.line(field), field, name, beside)
    if item is None or any(p.level == "error" for p in problems):
        return None, problems
    return Loaded(item, found, pictures, document.body), problems


def read_body(root: Path, item: Item) -> str:
    """The Markdown of an item that was loaded before. Raises ContentRefused if its file has changed since."""
    uri = item.origin.uri
    try:
        data = (root / uri).read_bytes()
    except OSError:
        data = b""
    document, _ = read(data, uri)
    if document is None or hashlib.sha256(data).hexdigest() != item.origin.file:
        raise ContentRefused([problem(uri, 1, "changed-meanwhile")])
    return document.body


def _typed(
    uri: str,
    document: Document,
    pictures: dict[str, Picture],
    digests: list[tuple[str, str]],
    known: Mapping[str, Iterable[str]],
    file: str,
    source: str,
) -> tuple[Item | None, list[Problem]]:
    section, *_, slug, _ = uri.split("/")
    reading = Reading(uri, known)
    front = document.front.plain()
    origin = Origin(
        uri=uri,
        section=section,
        slug=slug,
        body_line=document.body_line,
        lines=reading.lines,
        assets=tuple(sorted(pictures)),
        photos=tuple(sorted(name for name, picture in pictures.items() if picture.may_show_people)),
        digest=text_digest(front, document.body, digests),
        front=hashlib.sha256(repr([(k, v) for k, v in front.items() if k not in _OWN_KEYS]).encode()).hexdigest(),
        file=file,
        source=source,
    )
    try:
        item = read_record(BY_SECTION[section], document.front, reading, origin=origin)
    except Refused:
        return None, reading.problems
    return item, reading.problems


def _bytes(path: Path, uri: str, most: int, limit: str) -> tuple[bytes | None, list[Problem]]:
    try:
        if (size := path.stat().st_size) > most:
            return None, [problem(uri, 1, "file-too-large", size=f"{size / 1e6:.1f} MB", limit=limit)]
        return path.read_bytes(), []
    except OSError:
        return None, [problem(uri, 1, "unreadable")]


def _read_picture(path: Path, uri: str, seen: Mapping[str, Picture]) -> tuple[Picture | None, list[Problem]]:
    data, problems = _bytes(path, uri, MAX_PICTURE_BYTES, "30 MB")
    if data is None:
        return None, problems
    sha256 = hashlib.sha256(data).hexdigest()
    return known_again(seen[sha256], uri, path) if sha256 in seen else inspect(data, uri, sha256, path)


def named_pictures(item: Item) -> Iterator[tuple[str, str]]:
    """Every picture that front matter names, with its field."""
    if item.cover:
        yield "cover", item.cover
    yield from ((f"pictures[{n}].file", note.file) for n, note in enumerate(item.pictures, 1))
    if isinstance(item, Campaign):
        yield from ((f"entries[{n}].picture", e.picture) for n, e in enumerate(item.entries, 1) if e.picture)


def _check_pictures(uri: str, found: Scan, beside: list[str]) -> Iterator[Problem]:
    for pointer in found.pointers:
        if pointer.image and not re.match(r"[a-zA-Z][\w+.-]*:|//", pointer.target):
            yield from _missing(uri, pointer.line, "", pointer.target, beside)


def _missing(uri: str, line: int, field: str, name: str, beside: list[str]) -> Iterator[Problem]:
    """A picture that is there but cannot be read has a problem of its own already."""
    if name not in beside:
        close = nearest(name, beside)
        hint = f"旁边有“{close}”，请核对文件名和大小写。" if close else ""
        yield problem(uri, line, "missing-picture", field, value=name, close=hint)
