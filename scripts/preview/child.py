"""The builder seen from the server: takes a command line, starts the process, asks it one thing at a time."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from scripts.places import ROOT
from scripts.preview.report import Printed, Report, receive, send
from scripts.processes import stop


class Gone(Exception):
    """The builder ended while it was needed."""


class Busy(Exception):
    """The builder has been at something else for too long."""


class Builder:
    """One builder after another: a dead one is replaced by `restart`."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], ended: Callable[[], None]) -> None:
        """Starts nothing yet.

        Args:
            ended: called from another thread when a builder has ended by itself.
        """
        self._command = [sys.executable, "-m", "scripts.preview.builder", *arguments]
        self._environment = dict(environment)
        self._ended = ended
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def restart(self) -> None:
        """Starts a new one; what is left of the old one goes first."""
        self.stop()
        child = subprocess.Popen(
            self._command,
            env=self._environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C reaches the server alone, which ends us.
            creationflags=0x200 if sys.platform == "win32" else 0,
            start_new_session=sys.platform != "win32",
        )
        self._child = child
        threading.Thread(target=self._watch, args=(child,), daemon=True).start()

    @property
    def pid(self) -> int:
        """Process number; 0 if none runs."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else 0

    def build(self, changed: Iterable[str]) -> Report:
        """Reads the content again. Raises Gone."""
        head, _ = self._ask({"do": "build", "changed": sorted(changed)}, None)
        return Report.from_json(head)

    def page(self, url: str, patience: float) -> Printed:
        """One page.

        Raises:
            Gone: there is no builder.
            Busy: it did not come to it within `patience` seconds.
        """
        head, data = self._ask({"do": "page", "url": url}, patience)
        return Printed(head["state"], data, head["reason"], tuple(head["findings"]))

    def stop(self) -> None:
        """Ends the builder and its workers."""
        child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(ProcessLookupError):
                stop(child)
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _ask(self, command: Mapping[str, Any], patience: float | None) -> tuple[dict[str, Any], bytes]:
        if not self._lock.acquire(timeout=-1 if patience is None else patience):
            raise Busy
        try:
            child = self._child
            if child is None or child.stdin is None or child.stdout is None:
                raise Gone
            send(child.stdin, command)
            return receive(child.stdout)
        except (OSError, EOFError, ValueError) as error:
            raise Gone from error
        finally:
            self._lock.release()

    def _watch(self, child: subprocess.Popen[bytes]) -> None:
        child.wait()
        if child is self._child:
            self._ended()
