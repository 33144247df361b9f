"""A sign of life on a terminal: one line on stderr that counts the seconds. Silent in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

# Spaces, no escape sequence: an old Windows console would print it.
_CLEAR = "\r" + " " * 70 + "\r"


class Progress:
    """Shows `text` and the seconds so far while its block runs."""

    def __init__(self, text: str, seconds: str = "{seconds} s", shown: bool = True) -> None:
        self._text, self._seconds = text, seconds
        self._shown = shown and sys.stderr.isatty()
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._started = time.monotonic()

    def __enter__(self) -> Progress:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._shown:
            self._thread.join()
            self._write(_CLEAR)

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def line(self, text: str) -> None:
        """Prints a line above the sign of life."""
        self._write((_CLEAR if self._shown else "") + text + "\n")

    def _tick(self) -> None:
        while True:
            self._write(f"{_CLEAR}{self._text} {self._seconds.format(seconds=int(self.elapsed))}")
            if self._done.wait(0.5):
                return

    def _write(self, text: str) -> None:
        with self._lock:
            sys.stderr.write(text)
            sys.stderr.flush()
