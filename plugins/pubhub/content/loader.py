"""The tree of files: takes a content folder, gives typed items and every problem of every file."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pubhub.content.body import Scan, scan
from pubhub.content.digest import text_digest
from pubhub.content.frontmatter import Document, read
from pubhub.content.model import BY_SECTION, Item, Origin
from pubhub.content.schema import Reading, Refused, read_record
from pubhub.content.vocabulary import Vocabulary
from pubhub.pictures import SUFFIXES, Picture, inspect
from pubhub.problems import Problem, nearest, problem
from pubhub.urls import OWN_PAGES, is_slug

_SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".gitattributes"})
_OWN_FOLDERS = frozenset({"_data", "_ledger"})
MAX_PICTURE_BYTES = 30_000_000


@dataclass(frozen=True)
class Loaded:
    """An item that could be read, and what its body points at."""

    item: Item
    scan: Scan
    pictures: dict[str, Picture]
    """By file name."""


@dataclass(frozen=True)
class _Files:
    """One item's folder."""

    uri: str
    markdown: Path
    others: tuple[Path, ...]


def load(root: Path, vocabulary: Vocabulary) -> tuple[list[Loaded], list[Problem]]:
    """Reads everything below `root` once. A bad file never hides the problems of another."""
    folders, problems = _survey(root)
    loaded = []
    known = vocabulary.known()
    for folder in folders:
        found, more = load_item(folder.uri, folder.markdown, folder.others, known)
        problems += more
        if found is not None:
            loaded.append(found)
    return loaded, problems


def load_item(
    uri: str, markdown: Path, others: tuple[Path, ...], known: dict[str, list[str]]
) -> tuple[Loaded | None, list[Problem]]:
    """One item folder → its item (None if unreadable) and problems."""
    pictures: dict[str, Picture] = {}
    digests: list[tuple[str, str]] = []
    problems: list[Problem] = []
    base = uri.rpartition("/")[0]
    for other in others:
        picture, bad = _read_picture(other, f"{base}/{other.name}")
        problems += bad
        if picture is not None:
            pictures[other.name] = picture
            digests.append((other.name, picture.sha256))
    try:
        data = markdown.read_bytes()
    except OSError:
        return None, [*problems, problem(uri, 1, "unreadable")]
    document, bad = read(data, uri)
    problems += bad
    if document is None:
        return None, problems
    found = scan(document.body, uri, document.body_line)
    problems += found.problems
    problems += _check_pictures(uri, found, pictures)
    item, bad = _typed(uri, document, pictures, digests, known)
    problems += bad
    if item is None or any(p.level == "error" for p in problems):
        return None, problems
    return Loaded(item, found, pictures), problems


def _typed(
    uri: str,
    document: Document,
    pictures: dict[str, Picture],
    digests: list[tuple[str, str]],
    known: dict[str, list[str]],
) -> tuple[Item | None, list[Problem]]:
    section, *_, slug, _ = uri.split("/")
    reading = Reading(uri, known)
    origin = Origin(
        uri=uri,
        section=section,
        slug=slug,
        body=document.body,
        body_line=document.body_line,
        lines=reading.lines,
        assets=tuple(sorted(pictures)),
        digest=text_digest(document.front.plain(), document.body, digests),
    )
    try:
        item = read_record(BY_SECTION[section], document.front, reading, origin=origin)
    except Refused:
        return None, reading.problems
    if item.cover and item.cover not in pictures:
        reading.refuse("missing-picture", origin.line("cover"), "cover", value=item.cover)
    return item, reading.problems


def _read_picture(path: Path, uri: str) -> tuple[Picture | None, list[Problem]]:
    try:
        if path.stat().st_size > MAX_PICTURE_BYTES:
            return None, [problem(uri, 1, "file-too-large", size=f"{path.stat().st_size / 1e6:.0f} MB", limit="30 MB")]
        data = path.read_bytes()
    except OSError:
        return None, [problem(uri, 1, "unreadable")]
    return inspect(data, uri, hashlib.sha256(data).hexdigest())


def _check_pictures(uri: str, found: Scan, pictures: dict[str, Picture]) -> Iterator[Problem]:
    for pointer in found.pointers:
        if not pointer.image or re.match(r"[a-zA-Z][\w+.-]*:|//", pointer.target):
            continue
        if pointer.target not in pictures:
            close = nearest(pointer.target, pictures)
            hint = f"旁边有“{close}”，请核对文件名和大小写。" if close else ""
            yield problem(uri, pointer.line, "missing-picture", value=pointer.target, close=hint)


def _survey(root: Path) -> tuple[list[_Files], list[Problem]]:
    """Item folders in order, and every file that is not where an item can be. Links are never followed."""
    problems: list[Problem] = []
    folders: list[_Files] = []
    lower: dict[str, str] = {}
    for here, names, files in os.walk(root, onerror=None, followlinks=False):
        names.sort()
        place = Path(here).relative_to(root).as_posix()
        prefix = "" if place == "." else f"{place}/"
        if not prefix:
            names[:] = [n for n in names if n not in _OWN_FOLDERS]
        for name in list(names):
            if (Path(here) / name).is_symlink():
                problems.append(problem(f"{prefix}{name}", 1, "symlink"))
                names.remove(name)
            elif name.startswith("."):
                names.remove(name)
        regular: list[Path] = []
        for name in sorted(files):
            path = Path(here) / name
            if name in _SYSTEM_FILES:
                continue
            uri = f"{prefix}{name}"
            code = _bad_file(path)
            if code is None and uri.lower() in lower:
                problems.append(problem(uri, 1, "same-name", other=lower[uri.lower()]))
            elif code is not None:
                problems.append(problem(uri, 1, code))
            else:
                lower[uri.lower()] = uri
                regular.append(path)
        if regular:
            folders += _item_folder(prefix, regular, problems)
    return folders, problems


def _bad_file(path: Path) -> str | None:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return "unreadable"
    if stat.S_ISLNK(mode):
        return "symlink"
    return None if stat.S_ISREG(mode) else "not-a-file"


def _item_folder(prefix: str, files: list[Path], problems: list[Problem]) -> list[_Files]:
    place = _misplaced(prefix)
    others = []
    markdown = None
    for path in files:
        uri = prefix + path.name
        if path.name == "index.md":
            markdown = path
        elif path.suffix.lower() in SUFFIXES:
            others.append(path)
        elif path.suffix.lower() == ".svg":
            problems.append(problem(uri, 1, "svg-refused"))
        elif path.suffix.lower() in {".md", ".markdown", ".txt", ".mdx"}:
            problems.append(problem(uri, 1, "not-index"))
        else:
            problems.append(problem(uri, 1, "file-kind", kind=path.suffix or path.name))
    if markdown is None:
        problems += [problem(prefix + path.name, 1, "picture-alone") for path in others]
        return []
    if place is not None:
        code, params = place
        problems.append(problem(prefix + "index.md", 1, code, **params))
        return []
    return [_Files(prefix + "index.md", markdown, tuple(others))]


def _misplaced(prefix: str) -> tuple[str, dict[str, str]] | None:
    """Why a folder cannot hold an item, or None: <section>/<year>/<slug>/ or pages/<slug>/."""
    parts = prefix.rstrip("/").split("/") if prefix else []
    if not parts or parts[0] not in BY_SECTION:
        name = parts[0] if parts else ""
        close = nearest(name, BY_SECTION)
        return "unknown-section", {"value": name, "close": f"您是不是想写“{close}”？" if close else ""}
    if parts[0] == "pages":
        shape = len(parts) == 2
    else:
        shape = len(parts) == 3 and re.fullmatch(r"(19|20)\d\d", parts[1]) is not None
    if not shape:
        return "misplaced", {"section": parts[0]}
    if not is_slug(parts[-1]) or (parts[0] == "pages" and parts[-1] in {*BY_SECTION, *OWN_PAGES}):
        return "bad-slug", {"value": parts[-1]}
    return None
