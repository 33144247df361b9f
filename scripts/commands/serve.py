"""hub serve: a preview on this machine that follows every change."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
from collections.abc import Iterable
from urllib.parse import quote

from pubhub.theme import OWN
from scripts.places import CACHE
from scripts.preview.child import Builder, Gone
from scripts.preview.desk import Desk
from scripts.preview.report import Report, Trouble
from scripts.preview.server import HOST, Server
from scripts.preview.watch import Changes, watching
from scripts.processes import stoppable
from scripts.subject import content_folder, given_day
from scripts.words import Refusal, Words, tell

_NAMED = 3
"""Changed pages and new problems that the terminal names one by one."""


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Serves until Ctrl-C, which is the normal end."""
    content = content_folder(arguments.content)
    refuse_taken(arguments.port)
    CACHE.mkdir(exist_ok=True)
    changes = Changes()
    day = given_day(arguments.date).isoformat()
    builder = Builder([os.fspath(content), arguments.edition, day, words.lang], os.environ, lambda: changes.add(""))
    desk = Desk(builder, f"{os.getpid()}")
    with stoppable():
        try:
            server = Server(arguments.port, desk)
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            address = f"http://{HOST}:{server.server_port}/"
            tell(words("serve-start", address=address))
            with watching([content, OWN], changes) as native:
                if not native:
                    tell(words("serve-polling"))
                _Follower(builder, desk, words, address).follow(changes)
        except KeyboardInterrupt:
            tell("\n" + words("serve-end"))
        finally:
            builder.stop()
    return 0


class _Follower:
    """Has everything built again when something changes, and says so on the terminal."""

    def __init__(self, builder: Builder, desk: Desk, words: Words, address: str) -> None:
        self._builder, self._desk, self._words, self._address = builder, desk, words, address
        self._told: set[Trouble] = set()
        self._stopped = ""

    def follow(self, changes: Changes) -> None:
        """For ever."""
        self._first()
        while True:
            changed = changes.next()
            gone = not self._builder.pid
            if not changed and not gone:
                continue
            if gone:
                tell(self._words("serve-gone"))
            self._build(changed)

    def _first(self) -> None:
        report = self._build(())
        if report is not None and not report.stopped:
            values = {"pages": report.pages, "seconds": f"{report.seconds:.1f}"}
            tell(self._words("serve-ready", address=self._address, **values))
            if report.unpublished:
                count = len(report.unpublished)
                tell(self._words("serve-unpublished", count=count, address=f"{self._address}_hub/"))

    def _build(self, changed: Iterable[str]) -> Report | None:
        """One build. A builder that dies is replaced once; if the next one dies as well, the next change decides."""
        for _ in range(2):
            try:
                if not self._builder.pid:
                    self._builder.restart()
                report = self._builder.build(changed)
            except Gone:
                self._builder.stop()
                tell(self._words("serve-gone"))
                continue
            self._desk.take(report)
            self._say(report)
            return report
        self._desk.take(Report(stopped=self._words("serve-gone-twice")))
        tell(self._words("serve-gone-twice"))
        return None

    def _say(self, report: Report) -> None:
        """What is new since the last build."""
        if report.stopped:
            if report.stopped != self._stopped:
                tell(report.stopped)
        elif report.urls or self._desk.generation > 1:
            tell(self._words("serve-done", seconds=f"{report.seconds:.1f}"))
            reasons = {one.url: one.short for one in report.unpublished}
            for url in sorted(report.urls.values())[:_NAMED]:
                line = f"  {self._address}{quote(url)}"
                tell(self._words("serve-hidden", page=line, reason=reasons[url]) if url in reasons else line)
        self._stopped = report.stopped
        troubles = {one for one in report.troubles if one.level == "error"}
        new = sorted(troubles - self._told, key=lambda one: (one.path, one.line))
        for one in new[: _NAMED * 3]:
            tell(one.text)
        if len(new) > _NAMED * 3:
            tell(self._words("serve-more", count=len(new) - _NAMED * 3, address=f"{self._address}_hub/"))
        if report.stopped:
            # What was told of the texts holds until they are read again.
            self._told |= troubles
            return
        if self._told and not troubles:
            tell(self._words("serve-mended"))
        self._told = troubles


def refuse_taken(port: int) -> None:
    """Stops early on a port that another program holds.

    Raises:
        Refusal: the port is taken or is no port.
    """
    if not 1 <= port <= 65535:
        raise Refusal("port-number", code=2, port=port)
    with socket.socket() as probe:
        if sys.platform != "win32":
            # A preview that was just closed leaves the port waiting; the server does not mind.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Refusal("port-forbidden", code=3, port=port) from None
        except OSError:
            raise Refusal("port-taken", code=3, port=port, other=port + 1 if port < 65535 else 8000) from None
