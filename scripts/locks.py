"""One at a time: a lock file that a dead process does not hold for ever. Standard library only."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.processes import is_running

STALE_SECONDS = 3600.0


@contextlib.contextmanager
def held(lock: Path, waiting: Callable[[], None], poll: float = 0.2) -> Iterator[None]:
    """Holds a lock file with our process number in it; calls `waiting` once if another living process holds it, and waits."""
    told = False
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            if _is_stale(lock):
                with contextlib.suppress(FileNotFoundError):
                    lock.unlink()
                continue
            if not told:
                waiting()
                told = True
            time.sleep(poll)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(str(os.getpid()))
        yield
    finally:
        lock.unlink(missing_ok=True)


def _is_stale(lock: Path) -> bool:
    try:
        text, age = lock.read_text("utf-8"), time.time() - lock.stat().st_mtime
    except OSError:
        return False
    # An empty file may be one that its owner is about to fill.
    return age > STALE_SECONDS or (not is_running(int(text)) if text.strip().isdigit() else age > 10)
