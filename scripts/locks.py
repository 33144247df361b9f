"""One at a time: a locked file, which the system unlocks when its holder ends, however it ends. Standard library only."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def held(lock: Path, waiting: Callable[[], None], poll: float = 0.2) -> Iterator[None]:
    """Holds `lock`; calls `waiting` once if another process holds it, and waits. The file itself stays."""
    # Never inherited by what we start: a child that outlives us must not keep the lock.
    handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o644)
    told = False
    try:
        while not _try(handle):
            if not told:
                waiting()
                told = True
            time.sleep(poll)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
