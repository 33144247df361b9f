"""Where the files are: takes a content folder, gives item folders with the stamps of their files, and whatever is out of place.

Nothing is opened here, so that a large tree can be looked over in a moment. Links are never followed.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import unicodedata
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pubhub.content.frontmatter import is_link
from pubhub.content.model import BY_SECTION
from pubhub.pictures import SUFFIXES
from pubhub.problems import Problem, nearest, problem
from pubhub.urls import OWN_PAGES, is_slug

_SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".gitattributes"})
_TOOL_FOLDERS = frozenset({".git", ".github", ".idea", ".obsidian", ".vscode"})
_OWN_FOLDERS = frozenset({"_data", "_ledger"})
# Half characters, line ends, and what Windows or an address cannot have.
_ODD_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:\"|?*\\#%]|[. ]$")

Stamp = tuple[str, int, int, int, int]
"""Name, size, mtime and ctime in nanoseconds, inode: as long as it stays, so do the bytes."""


class Folder(NamedTuple):
    """One item's folder."""

    uri: str
    """articles/2026/slug/index.md."""
    stamps: tuple[Stamp, ...]
    """Of the Markdown file first, then of the pictures by name."""

    def pictures(self, root: Path) -> tuple[Path, ...]:
        """The pictures beside the text."""
        here = (root / self.uri).parent
        return tuple(here / stamp[0] for stamp in self.stamps[1:])

    def newest(self) -> int:
        """When anything here last changed, in nanoseconds."""
        return max(max(stamp[2], stamp[3]) for stamp in self.stamps)


class _Survey:
    def __init__(self, root: Path) -> None:
        self.root = os.fspath(root)
        self.folders: list[Folder] = []
        self.problems: list[Problem] = []
        self._lower: dict[str, str] = {}

    def walk(self) -> None:
        """All folders from the root down, in order of name; no recursion, which a hostile depth would exhaust."""
        waiting = [""]
        while waiting:
            waiting += reversed(self._folder(waiting.pop()))

    def _folder(self, prefix: str) -> list[str]:
        """One folder: notes its files, gives the folders in it."""
        try:
            with os.scandir(f"{self.root}/{prefix}") as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            self._note(prefix.rstrip("/"), "unreadable")
            return []
        folders = []
        files: list[Stamp] = []
        for entry in entries:
            if _is_link(entry):
                if entry.name not in _SYSTEM_FILES:
                    self._note(prefix + entry.name, "symlink")
            elif entry.is_dir(follow_symlinks=False):
                if entry.name.startswith("."):
                    if entry.name not in _TOOL_FOLDERS:
                        self._note(prefix + entry.name, "hidden-folder")
                elif prefix or entry.name not in _OWN_FOLDERS:
                    folders.append(f"{prefix}{entry.name}/")
            elif entry.name not in _SYSTEM_FILES:
                files += self._file(prefix, entry)
        if files:
            self._item(prefix, files)
        return folders

    def _file(self, prefix: str, entry: os.DirEntry[str]) -> list[Stamp]:
        uri = prefix + entry.name
        try:
            # On Windows a directory entry knows no inode and no time of change.
            found = Path(entry.path).lstat() if sys.platform == "win32" else entry.stat(follow_symlinks=False)
        except OSError:
            self._note(uri, "unreadable")
            return []
        folded = uri.lower() if uri.isascii() else unicodedata.normalize("NFC", uri).casefold()
        if _ODD_NAME.search(entry.name):
            self._note(uri, "bad-name")
        elif not stat.S_ISREG(found.st_mode):
            self._note(uri, "not-a-file")
        elif folded in self._lower:
            self._note(uri, "same-name", other=self._lower[folded])
        else:
            self._lower[folded] = uri
            return [(entry.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)]
        return []

    def _item(self, prefix: str, files: list[Stamp]) -> None:
        markdown: Stamp | None = None
        pictures = []
        for stamp in files:
            suffix = PurePosixPath(stamp[0]).suffix
            if stamp[0] == "index.md":
                markdown = stamp
            elif suffix.lower() in SUFFIXES:
                pictures.append(stamp)
            elif suffix.lower() == ".svg":
                self._note(prefix + stamp[0], "svg-refused")
            elif suffix.lower() in {".md", ".markdown", ".txt", ".mdx"}:
                self._note(prefix + stamp[0], "not-index")
            else:
                self._note(prefix + stamp[0], "file-kind", kind=suffix or stamp[0])
        if markdown is None:
            for stamp in pictures:
                self._note(prefix + stamp[0], "picture-alone")
        elif (place := _misplaced(prefix)) is not None:
            self._note(prefix + "index.md", place[0], **place[1])
        else:
            self.folders.append(Folder(prefix + "index.md", (markdown, *pictures)))

    def _note(self, uri: str, code: str, **params: str) -> None:
        self.problems.append(problem(uri, 1, code, **params))


def survey(root: Path) -> tuple[list[Folder], list[Problem]]:
    """Item folders in order, and every file that is not where an item can be."""
    found = _Survey(root)
    found.walk()
    return found.folders, found.problems


def _is_link(entry: os.DirEntry[str]) -> bool:
    # Windows has junctions as well, which only a longer look tells from folders.
    return entry.is_symlink() or (sys.platform == "win32" and is_link(Path(entry.path)))


def _misplaced(prefix: str) -> tuple[str, dict[str, str]] | None:
    """Why a folder cannot hold an item, or None: <section>/<year>/<slug>/ or pages/<slug>/."""
    parts = prefix.rstrip("/").split("/") if prefix else []
    if not parts:
        return "misplaced", {"section": "栏目"}
    if parts[0] not in BY_SECTION:
        close = nearest(parts[0], BY_SECTION)
        known = "、".join(f"{section}（{kind.name}）" for section, kind in BY_SECTION.items())
        return "unknown-section", {
            "value": parts[0],
            "known": known,
            "close": f"您是不是想写“{close}”？" if close else "",
        }
    shape = r"[^/]+/[^/]+" if parts[0] == "pages" else r"[^/]+/(?:19|20)[0-9]{2}/[^/]+"
    if not re.fullmatch(shape, "/".join(parts)):
        return "misplaced", {"section": parts[0]}
    if not is_slug(parts[-1]) or (parts[0] == "pages" and parts[-1] in {*BY_SECTION, *OWN_PAGES}):
        return "bad-slug", {"value": parts[-1]}
    return None
