"""Behind the door: help and wrong usage need nothing installed; everything else runs inside the project's .venv."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from scripts.environment import EXIT_ENVIRONMENT, Environment, ensure, enter
from scripts.parser import parse
from scripts.places import ROOT
from scripts.words import Refusal, Words, tell, use_utf8

_INSIDE = "HUB_INSIDE"
"""Tells our own second start that it is inside, so that a system with odd links cannot make us start for ever."""


def main(argv: Sequence[str]) -> int:
    """Runs one command line; gives the exit code."""
    use_utf8()
    words = Words()
    try:
        request = parse(argv)
        if isinstance(request, int):
            return request
        words = request.words
        environment = Environment(ROOT)
        if os.environ.pop(_INSIDE, "") == str(os.getpid()) or environment.is_current():
            from scripts.cli import run

            return run(request)
        return _outside(environment, words, [str(ROOT / "scripts" / "hub.py"), *argv], dev=request.command == "test")
    except Refusal as refusal:
        tell(refusal.sentence(words))
        return refusal.code
    except KeyboardInterrupt:
        tell("\n" + words("interrupted"))
        return 130


def leave(code: int) -> NoReturn:
    """Ends the process at once: taking ten thousand items apart, one object after another, is work for nothing."""
    for stream in (sys.stdout, sys.stderr):
        # Nobody reads it any more, or the disk behind it is full: Python says the same with exit code 120.
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or 120
    os._exit(code)


def _outside(environment: Environment, words: Words, command: list[str], dev: bool) -> int:
    ensure(environment, words, dev)
    if sys.platform != "win32":
        os.environ[_INSIDE] = str(os.getpid())  # exec keeps the number
    try:
        return enter(environment, command)
    except OSError:
        # An interpreter that exists but does not start: copied from another machine.
        environment.stamp.unlink(missing_ok=True)
        ensure(environment, words, dev)
    try:
        return enter(environment, command)
    except OSError as error:
        raise Refusal("install-other", EXIT_ENVIRONMENT, log=environment.log, reason=error.strerror) from None
