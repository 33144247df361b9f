"""What the builder tells the server: plain records that go through a pipe, each message a line of JSON and then its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any


@dataclass(frozen=True)
class Trouble:
    """A problem of the content folder, ready to be shown."""

    path: str
    line: int
    level: str
    sentence: str
    """For the page: the key, what happened, what to do."""
    text: str
    """For the terminal, in the language of the run."""
    url: str
    """Of the item's page; empty where no page is meant."""


@dataclass(frozen=True)
class Unpublished:
    """An item that no reader sees yet."""

    path: str
    url: str
    title: str
    kind: str
    reason: str

    @property
    def short(self) -> str:
        """The first of the reasons."""
        return self.reason.partition("。")[0]


@dataclass(frozen=True)
class Report:
    """What a build found."""

    stopped: str = ""
    """Why the pages stay as they were; empty after a good build."""
    troubles: tuple[Trouble, ...] = ()
    unpublished: tuple[Unpublished, ...] = ()
    staff_only: int = 0
    """Items that only the staff edition shows; 0 there."""
    pages: int = 0
    root: str = "/"
    """Path of the site on its host: links of the 404 page start with it."""
    seconds: float = 0.0
    urls: Mapping[str, str] = field(default_factory=dict)
    """Pages of the files that were said to have changed."""

    def as_json(self) -> dict[str, Any]:
        """For the pipe."""
        return asdict(self)

    @staticmethod
    def from_json(found: Mapping[str, Any]) -> Report:
        """From the pipe."""
        troubles = tuple(Trouble(**one) for one in found["troubles"])
        unpublished = tuple(Unpublished(**one) for one in found["unpublished"])
        return Report(**{**found, "troubles": troubles, "unpublished": unpublished})


@dataclass(frozen=True)
class Printed:
    """One address, as the builder knows it."""

    state: str
    """good, missing (no such address), failed (it cannot be printed) or nothing (there has been no good build)."""
    data: bytes = b""
    reason: str = ""
    """Why it failed."""
    findings: tuple[str, ...] = ()
    """What the audit of `hub build` would say."""


def send(pipe: IO[bytes], head: Mapping[str, Any], data: bytes = b"") -> None:
    """One message."""
    line = json.dumps({**head, "size": len(data)}, ensure_ascii=True)
    pipe.write(line.encode("ascii") + b"\n" + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The next message.

    Raises:
        EOFError: the other side is gone.
        ValueError: what came is no message.
    """
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    head = json.loads(line)
    size = head.pop("size")
    data = pipe.read(size) if size else b""
    if len(data) != size:
        raise EOFError
    return head, data
