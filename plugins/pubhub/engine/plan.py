"""Which files a site has: features add pages and files, every address once; nothing is made before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pubhub.pages.views import PageView


class Page(NamedTuple):
    """A page: which template prints which view."""

    url: str
    template: str
    name: str
    """The view's name in the template: item, list, home …"""
    make: Callable[[], tuple[object, PageView]]
    """View and page record, made when the page is rendered."""
    key: Callable[[], bytes] | None = None
    """Of everything the page depends on that differs between pages; without one it is printed every time."""
    listed: bool = True
    """Whether the site map names it."""
    steady: bool = False
    """True if the key is known to be that of the last build."""


class File(NamedTuple):
    """Any other file."""

    url: str
    make: Callable[[], bytes]
    key: bytes = b""
    """Of what the file is made from; empty: made every time."""
    keep: bool = False
    """True for what is costly and depends on its key and the toolchain alone: kept in the vault."""
    group: str = ""
    """Costly files of one group share work, so one worker makes them all, in order of their addresses."""


Output = Page | File


@dataclass
class Plan:
    """All outputs by address."""

    outputs: dict[str, Output] = field(default_factory=dict)

    def add(self, outputs: Iterable[Output]) -> None:
        """Raises ValueError for an address that is taken: two pages of ours must never overwrite each other."""
        for output in outputs:
            if output.url in self.outputs:
                raise ValueError(f"two outputs at {output.url}")
            self.outputs[output.url] = output

    def pages(self) -> list[Page]:
        """Pages by address."""
        return [o for _, o in sorted(self.outputs.items()) if isinstance(o, Page)]

    def files(self) -> list[File]:
        """Files by address."""
        return [o for _, o in sorted(self.outputs.items()) if isinstance(o, File)]
