"""A sign of life on a terminal: one line on stderr that counts the seconds. Silent in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

from scripts.words import Words

# Spaces, no escape sequence: an old Windows console would print it.
_STEPS = {"read": "step-read", "print": "step-print", "render": "step-render"}
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

    def retitle(self, text: str) -> None:
        """Goes on with another text."""
        self._text = text

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


class Steps:
    """Shows how much of a long step is done and how long it may still take; without a thread, which would forbid forking."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._step = ""
        self._started = self._shown = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """To be called again and again as `done` grows to `total`."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._started = step, now
        if done >= total:
            sys.stderr.write(_CLEAR)
        elif now - self._shown > 0.1:
            self._shown = now
            seconds = round((now - self._started) / max(done, 1) * (total - done))
            left = self._words("step-left", seconds=seconds) if seconds > 1 else ""
            sys.stderr.write(_CLEAR + self._words(_STEPS[step], done=done, total=total, left=left))
        sys.stderr.flush()
