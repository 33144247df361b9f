"""The builder's process: reads commands on stdin, answers on stdout; ends when the server is gone.

It has one thread, so that the press may fork. Run as `python -m scripts.preview.builder CONTENT EDITION DAY LANG`.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import select
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pubhub.engine.version import code_version
from pubhub.theme import theme_folders
from pubhub.workshop import memory_of
from scripts.places import CACHE
from scripts.preview.report import receive, send
from scripts.preview.workroom import Memory, Workroom
from scripts.progress import Steps
from scripts.words import Words, use_utf8

_IDLE = 2.0
"""Seconds without a command before rubbish is collected."""


def main(argv: list[str]) -> int:
    """Answers until stdin ends."""
    content, edition, day, lang = argv
    use_utf8()
    # Whatever prints by accident must not get into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    commands = sys.stdin.buffer
    words = Words(lang)
    workroom = Workroom(
        Path(content),
        theme_folders(),
        "staff" if edition == "staff" else "public",
        dt.date.fromisoformat(day),
        Memory(memory_of(CACHE, Path(content)), code_version()),
        words,
        CACHE / "error.log",
        Steps(words) if sys.stderr.isatty() else None,
    )
    # A build makes much and throws away little: the collector waits for a quiet moment.
    gc.disable()
    while True:
        try:
            _rest()
            head, _ = receive(commands)
        except (EOFError, KeyboardInterrupt):
            return 0
        try:
            _obey(workroom, head, answers)
        except BrokenPipeError:
            return 0


def _obey(workroom: Workroom, head: dict[str, Any], answers: Any) -> None:
    if head["do"] == "build":
        send(answers, workroom.build(head["changed"]).as_json())
    else:
        printed = asdict(workroom.page(head["url"]))
        data = printed.pop("data")
        send(answers, printed, data)


def _rest() -> None:
    """Collects rubbish unless a command comes at once."""
    if sys.platform == "win32" or not select.select([0], [], [], _IDLE)[0]:
        gc.collect()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
