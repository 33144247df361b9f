"""The preview: how long from saving a file to the page that shows it.

The seam is `Channel`: whatever the preview tells its pages by. Until that is settled, `Poll` asks for the page until it has changed.
"""

from __future__ import annotations

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
from typing import Protocol

from scripts.bench import edits, layout
from scripts.bench.corpus import DAY, SEED, corpus
from scripts.bench.generators import Step
from scripts.bench.measure import kill_tree, start
from scripts.bench.ours import Ours
from scripts.words import Refusal

PATIENCE = 120.0
"""Seconds until a preview that does not answer is given up."""


class Channel(Protocol):
    """How a page learns that it has to reload."""

    def open(self, page: str) -> None:
        """Listens for changes of the page at this address, before the file is saved."""

    def wait(self, mark: str, deadline: float) -> None:
        """Returns when the page is to be reloaded. `mark` is what it will show; `deadline` is on the monotonic clock."""


class Poll:
    """No channel at all: asks for the page every ten milliseconds."""

    def __init__(self) -> None:
        self._page = ""

    def open(self, page: str) -> None:
        self._page = page

    def wait(self, mark: str, deadline: float) -> None:
        while time.monotonic() < deadline and mark not in fetch(self._page):
            time.sleep(0.01)


@dataclass(frozen=True)
class Save:
    """One save and what it took, in seconds."""

    told: float
    """Until the channel spoke."""
    shown: float
    """Until the reloaded page had arrived with the new text."""


def live(folder: Path, items: int, saves: int, log: Path, channel: Channel | None = None) -> Iterator[Save]:
    """Starts `hub serve` on a corpus, saves `saves` times, stops it."""
    channel = channel or Poll()
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
            page = f"http://127.0.0.1:{port}/{layout.address(edit.piece)}"
            channel.open(page)
            layout.write_piece(ours.content, edit.piece)
            saved = time.monotonic()
            channel.wait(edit.shows, saved + PATIENCE)
            told = time.monotonic() - saved
            if edit.shows not in fetch(page):
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
