"""The preview: how long from saving a file to the page that shows it, as a browser learns of it.

A page listens to the preview's events; on one it asks whether it has changed, and loads itself again. So does this.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from scripts.bench import edits, layout
from scripts.bench.corpus import DAY, SEED, corpus
from scripts.bench.generators import Step
from scripts.bench.measure import kill_tree, start
from scripts.bench.ours import Ours
from scripts.words import Refusal

PATIENCE = 120.0
"""Seconds until a preview that does not answer is given up."""


class Events:
    """The channel by which the preview tells its pages that something was built."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._link.request("GET", "/_hub/events")
        self._answer = self._link.getresponse()
        self._mark = self._next()

    def wait(self) -> None:
        """Returns after the next build."""
        before = self._mark
        while self._mark == before:
            self._mark = self._next()

    def close(self) -> None:
        """Hangs up."""
        self._link.close()

    def _next(self) -> str:
        while True:
            line = self._answer.readline()
            if not line:
                raise Refusal("bench-failed", generator="hub serve", number=0, said="/_hub/events")
            if line.startswith(b"data: "):
                return line.decode("utf-8").strip()


@dataclass(frozen=True)
class Save:
    """One save and what it took, in seconds."""

    told: float
    """Until the event came."""
    shown: float
    """Until the reloaded page had arrived with the new text."""


def live(folder: Path, items: int, saves: int, log: Path) -> Iterator[Save]:
    """Starts `hub serve` on a corpus, saves `saves` times, stops it."""
    ours = Ours(folder)
    pieces = corpus(items)
    ours.prepare(pieces)
    state = {piece.id: piece for piece in pieces}
    random = Random(f"{SEED}/live")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ("serve", "--content", str(ours.content), "--date", DAY.isoformat(), "--port", str(port))
    with log.open("wb") as output:
        child = start(Step("hub serve", ours.door(*words), ours.source, ours.environment()), output.fileno())
    try:
        _answers(child, f"http://127.0.0.1:{port}/index.html", log)
        for number in range(saves):
            edit = edits.text(state, random, number)
            state = edit.state
            assert edit.piece is not None
            address = layout.address(edit.piece)
            page = f"http://127.0.0.1:{port}/{address}"
            events = Events(port)
            layout.write_piece(ours.content, edit.piece)
            saved = time.monotonic()
            events.wait()
            told = time.monotonic() - saved
            fetch(f"http://127.0.0.1:{port}/_hub/status?page={address}")
            shown = fetch(page)
            events.close()
            if edit.shows not in shown:
                raise Refusal("bench-wrong", generator="hub serve", scenario="text", reason=page)
            yield Save(told, time.monotonic() - saved)
    finally:
        _end(child)


def fetch(address: str) -> str:
    """A page as text; empty if there is no answer."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode("utf-8", errors="replace"))
    except (OSError, urllib.error.URLError):
        return ""


def _answers(child: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not fetch(address):
        if child.poll() is not None or time.monotonic() > deadline:
            said = log.read_text("utf-8", errors="replace")[-2000:]
            raise Refusal("bench-failed", generator="hub serve", number=child.returncode, said=said)
        time.sleep(0.1)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Asks it to stop, then makes sure."""
    with suppress(OSError):
        os.kill(child.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        child.wait(5)
    kill_tree(child.pid)
    child.wait()
