"""What the editor saves: takes folders, gives sets of changed paths once the saving is over."""

from __future__ import annotations

import contextlib
import logging
import queue
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET = 0.05
"""Seconds without another change after which a save is over."""
LONGEST = 0.5
"""Seconds after which a change is told even if more of them keep coming."""
_TOLD: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""What the system is asked for. Openings are not: our own reading of 10,000 texts would drown all else."""


class Changes(FileSystemEventHandler):
    """Changes, gathered. Any thread may add one."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[str] = queue.SimpleQueue()

    def add(self, path: str) -> None:
        """A change at this path; an empty one only wakes the reader."""
        self._queue.put(path)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by the observer."""
        # A folder is "modified" by every temporary file of an editor in it, and by nothing else that files do not tell.
        if isinstance(event, DirModifiedEvent):
            return
        for path in (event.src_path, event.dest_path):
            text = path.decode("utf-8", "surrogateescape") if isinstance(path, bytes) else path
            if text and not _is_temporary(text):
                self.add(text)

    def next(self) -> set[str]:
        """Waits for a change and for the quiet after it; paths, without the empty one."""
        while True:
            # A wait without an end would not hear Ctrl-C on Windows.
            with contextlib.suppress(queue.Empty):
                found = {self._queue.get(timeout=1)}
                break
        until = time.monotonic() + LONGEST
        while (left := until - time.monotonic()) > 0:
            try:
                found.add(self._queue.get(timeout=min(QUIET, left)))
            except queue.Empty:
                break
        return found - {""}


def _is_temporary(path: str) -> bool:
    """What editors write beside a file while they save it."""
    name = Path(path).name
    return name.startswith((".", "#", "~")) or name.endswith(("~", ".swp", ".tmp")) or name == "4913"


class _Lost(logging.Handler):
    """Events were lost, which the library only logs: then everything has to be looked at."""

    def __init__(self, folder: str, changes: Changes) -> None:
        super().__init__(logging.WARNING)
        self._folder, self._changes = folder, changes

    def emit(self, record: logging.LogRecord) -> None:
        """Called by the logger."""
        self._changes.add(self._folder)


@contextlib.contextmanager
def watching(folders: Iterable[Path], changes: Changes) -> Iterator[bool]:
    """Tells `changes` of everything below some folders while the block runs; False if that needs polling."""
    wanted = [str(folder) for folder in folders if folder.is_dir()]
    log = logging.getLogger("watchdog")
    lost = _Lost(wanted[0], changes)
    log.addHandler(lost)
    log.propagate = False
    observer: BaseObserver = Observer()
    native = True
    try:
        _start(observer, wanted, changes)
    except OSError:
        # The system's share of watches is used up, or the drive knows none.
        with contextlib.suppress(RuntimeError, OSError):
            observer.stop()
        observer, native = PollingObserver(timeout=1), False
        _start(observer, wanted, changes)
    try:
        yield native
    finally:
        observer.stop()
        observer.join(2)
        log.removeHandler(lost)


def _start(observer: BaseObserver, folders: Iterable[str], changes: Changes) -> None:
    for folder in folders:
        observer.schedule(changes, folder, recursive=True, event_filter=_TOLD)
    observer.start()
