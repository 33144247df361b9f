"""Staging and swap, on the file system alone: a site is built beside the last good one and takes its place in one step.

A failed, interrupted or killed build leaves the last good site as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.processes import is_running
from scripts.words import Refusal

MARK = ".hub-site"
"""The file by which a folder is known as a site of ours."""
_LEFTOVER = re.compile(r"\.site-(next|old)-(\d+)(?:-(.+))?")


@dataclass(frozen=True)
class Report:
    """What the MkDocs plugin wrote about the site it built."""

    pages: int
    items: int
    hidden: int
    edition: str
    date: str
    bundle: str
    """Site-relative path of the bulletin bundle; empty if there is none."""


def read_report(site: Path) -> Report:
    """The report inside a site. Raises Refusal for a folder without one."""
    try:
        found = json.loads((site / MARK).read_text("utf-8"))
        pages, items, hidden = (int(found[name]) for name in ("pages", "items", "hidden"))
        edition, date, bundle = (str(found.get(name, "")) for name in ("edition", "date", "bundle"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Refusal("build-no-report", code=1) from None
    return Report(pages, items, hidden, edition, date, bundle)


def refuse_unsafe(out: Path, project: Path, content: Path, mark: str = MARK, foreign: str = "out-foreign") -> None:
    """Stops before anything that is not a former site of ours could be lost or mixed up.

    Args:
        out: where the site shall be; absolute, links followed.
        mark: the file by which the folder is known as ours.
        foreign: what to say of a folder that holds other things.

    Raises:
        Refusal: with exit code 2.
    """
    for name, folder in (("project", project), ("content", content)):
        folder = folder.resolve()
        if out == folder or out in folder.parents:
            raise Refusal(f"out-{name}", code=2, path=out)
    sources = [
        content,
        *(project / name for name in ("plugins", "theme", "scripts", "tests", "docs", ".git", ".venv", ".cache")),
    ]
    for folder in (source.resolve() for source in sources):
        if out == folder or folder in out.parents:
            raise Refusal("out-inside", code=2, path=out, folder=folder)
    if out.exists() and not out.is_dir():
        raise Refusal("out-file", code=2, path=out)
    if out.is_dir() and any(out.iterdir()) and not (out / mark).is_file():
        raise Refusal(foreign, code=2, path=out)


@dataclass
class Spare:
    """Where the site before the last one is kept, to become the next one: most of its files are right already."""

    folder: Path
    worth: bool = True
    """False once it is known that the site which is being replaced shares too little with the new one to be kept."""


@contextlib.contextmanager
def staging(out: Path, spare: Spare | None = None) -> Iterator[Path]:
    """A path beside `out` to build into; the folder is swapped in if the block ends well and is gone in any case.

    Args:
        spare: the folder starts as this one, and the site that is replaced takes its place.

    Raises:
        Refusal: what was built is no site, or `out` cannot be replaced.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(out)
    folder = out.parent / f".site-next-{os.getpid()}"
    remove(folder)
    if spare is not None:
        # None there yet, or on another disk: then the folder starts empty.
        with contextlib.suppress(OSError):
            spare.folder.rename(folder)
    try:
        yield folder
        read_report(folder)
        swap(folder, out, spare.folder if spare is not None and spare.worth else None)
    finally:
        remove(folder)


def swap(folder: Path, out: Path, spare: Path | None = None) -> None:
    """Puts `folder` where `out` is; what was there goes to `spare`, or for good. If that fails half way, the old site goes back
    to its place.

    Raises:
        Refusal: the system does not let go of `out`.
    """
    old = out.parent / f".site-old-{os.getpid()}-{out.name}"
    remove(old)
    if out.is_dir() and exchange(folder, out):
        _put_away(folder, spare)
        return
    try:
        if out.exists():
            _rename(out, old)
        try:
            _rename(folder, out)
        except BaseException:
            if old.exists() and not out.exists():
                _rename(old, out)
            raise
    except OSError as error:
        raise Refusal("out-busy", code=1, path=out, reason=error.strerror or "") from None
    _put_away(old, spare)


def _put_away(old: Path, spare: Path | None) -> None:
    if spare is not None and (old / MARK).is_file():
        with contextlib.suppress(OSError):
            spare.parent.mkdir(parents=True, exist_ok=True)
            old.rename(spare)
            return
    remove(old)


def exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step, so that not even a kill finds a moment without a site; False where that is not to be had."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    here, swap_them = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(renameat2(here, os.fsencode(one), here, os.fsencode(other), swap_them) == 0)


def clear_leftovers(out: Path) -> None:
    """Removes what dead builds left beside `out`; a site caught between the two renames of a swap goes back first."""
    for folder in _leftovers(out.parent):
        match = _LEFTOVER.fullmatch(folder.name)
        if match is None or (int(match[2]) != os.getpid() and is_running(int(match[2]))):
            continue
        home = out.parent / match[3] if match[3] else None
        if match[1] == "old" and home is not None and not home.exists() and (folder / MARK).is_file():
            folder.rename(home)
        else:
            remove(folder)


def remove(folder: Path) -> None:
    """Deletes a folder of ours if it is there; what cannot be deleted stays for the next build to clear."""
    for attempt in range(5):
        if not os.path.lexists(folder):
            return
        shutil.rmtree(folder, ignore_errors=True)
        if sys.platform != "win32":
            return
        # A virus scanner or a preview window lets go after a moment.
        time.sleep(0.2 * attempt)


def _leftovers(parent: Path) -> Iterable[Path]:
    return sorted(path for path in parent.iterdir() if _LEFTOVER.fullmatch(path.name) and not path.is_symlink())


def _rename(source: Path, target: Path, attempts: int = 10) -> None:
    for attempt in range(attempts):
        try:
            source.rename(target)
            return
        except PermissionError:
            if sys.platform != "win32" or attempt == attempts - 1:
                raise
            time.sleep(0.3)
