"""The tree of files: takes a content folder, gives typed items and every problem of every file."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pubhub.content.body import Scan, scan
from pubhub.content.digest import text_digest
from pubhub.content.frontmatter import MAX_BYTES, Document, is_link, read
from pubhub.content.model import BY_SECTION, Item, Origin
from pubhub.content.reading import Reading, Refused
from pubhub.content.schema import read_record
from pubhub.content.vocabulary import Vocabulary
from pubhub.pictures import SUFFIXES, Picture, inspect
from pubhub.problems import Problem, nearest, problem
from pubhub.urls import OWN_PAGES, is_slug

_SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".gitattributes"})
_OWN_FOLDERS = frozenset({"_data", "_ledger"})
MAX_PICTURE_BYTES = 30_000_000
# Half characters, line ends, and what Windows or an address cannot have.
_ODD_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:\"|?*\\#%]|[. ]$")


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
    beside = _names(markdown.parent)
    for other in others:
        picture, bad = _read_picture(other, f"{base}/{other.name}")
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
    problems += _check_pictures(uri, found, beside)
    item, bad = _typed(uri, document, pictures, digests, known)
    problems += bad
    if item is not None and item.cover and item.cover not in pictures:
        problems += _missing(uri, item.origin.line("cover"), "cover", item.cover, beside)
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
    return item, reading.problems


def _bytes(path: Path, uri: str, most: int, limit: str) -> tuple[bytes | None, list[Problem]]:
    try:
        if (size := path.stat().st_size) > most:
            return None, [problem(uri, 1, "file-too-large", size=f"{size / 1e6:.1f} MB", limit=limit)]
        return path.read_bytes(), []
    except OSError:
        return None, [problem(uri, 1, "unreadable")]


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _read_picture(path: Path, uri: str) -> tuple[Picture | None, list[Problem]]:
    data, problems = _bytes(path, uri, MAX_PICTURE_BYTES, "30 MB")
    return (None, problems) if data is None else inspect(data, uri, hashlib.sha256(data).hexdigest())


def _check_pictures(uri: str, found: Scan, beside: list[str]) -> Iterator[Problem]:
    for pointer in found.pointers:
        if pointer.image and not re.match(r"[a-zA-Z][\w+.-]*:|//", pointer.target):
            yield from _missing(uri, pointer.line, "", pointer.target, beside)


def _missing(uri: str, line: int, field: str, name: str, beside: list[str]) -> Iterator[Problem]:
    """A file that is there but no picture has a problem of its own already."""
    if name not in beside or name.lower().endswith(".md"):
        close = nearest(name, [n for n in beside if not n.lower().endswith(".md")])
        hint = f"旁边有“{close}”，请核对文件名和大小写。" if close else ""
        yield problem(uri, line, "missing-picture", field, value=name, close=hint)


def _survey(root: Path) -> tuple[list[_Files], list[Problem]]:
    """Item folders in order, and every file that is not where an item can be. Links are never followed."""
    problems: list[Problem] = []
    folders: list[_Files] = []
    lower: dict[str, str] = {}

    def unreadable(error: OSError) -> None:
        problems.append(problem(Path(error.filename).relative_to(root).as_posix(), 1, "unreadable"))

    for here, names, files in os.walk(root, onerror=unreadable, followlinks=False):
        names.sort()
        place = Path(here).relative_to(root).as_posix()
        prefix = "" if place == "." else f"{place}/"
        if not prefix:
            names[:] = [n for n in names if n not in _OWN_FOLDERS]
        for name in list(names):
            if is_link(Path(here) / name):
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
            folded = unicodedata.normalize("NFC", uri).casefold()
            if (code := _bad_file(path)) is not None:
                problems.append(problem(uri, 1, code))
            elif folded in lower:
                problems.append(problem(uri, 1, "same-name", other=lower[folded]))
            else:
                lower[folded] = uri
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
    if _ODD_NAME.search(path.name):
        return "bad-name"
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
    if not parts:
        return "misplaced", {"section": "栏目"}
    if parts[0] not in BY_SECTION:
        close = nearest(parts[0], BY_SECTION)
        return "unknown-section", {"value": parts[0], "close": f"您是不是想写“{close}”？" if close else ""}
    shape = r"[^/]+/[^/]+" if parts[0] == "pages" else r"[^/]+/(?:19|20)[0-9]{2}/[^/]+"
    if not re.fullmatch(shape, "/".join(parts)):
        return "misplaced", {"section": parts[0]}
    if not is_slug(parts[-1]) or (parts[0] == "pages" and parts[-1] in {*BY_SECTION, *OWN_PAGES}):
        return "bad-slug", {"value": parts[-1]}
    return None
