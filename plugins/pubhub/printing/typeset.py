"""The press itself: takes files of Typst, gives a PDF and what it marked, the same bytes on every run and in every folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from resvg_py import svg_to_bytes

from pubhub.printing.fonts import folders, font_versions

STANDARDS = ["a-2a", "ua-1"]
RECIPE = 1
"""Raised when pages change for the same files."""


class Refused(RuntimeError):
    """Typst could not set the files: a fault of ours, never of an author."""


@dataclass(frozen=True)
class Mark:
    """A place that the theme marked."""

    kind: str
    name: str
    page: int
    x: float
    """Points from the left edge."""
    y: float
    """Points from the top edge."""


@dataclass(frozen=True)
class Sheet:
    """A finished document."""

    pdf: bytes
    marks: tuple[Mark, ...]


class Typesetter:
    """Compiles a set of files, again and again with small changes: unchanged parts are remembered."""

    def __init__(self, files: Mapping[str, bytes], epoch: int) -> None:
        """epoch: the day of the issue in seconds, for the PDF's dates."""
        self._files, self._epoch = dict(files), epoch

    def change(self, name: str, data: bytes) -> None:
        """Replaces a file."""
        self._files[name] = data

    def set(self, settled: Callable[[tuple[Mark, ...]], bool]) -> Sheet:
        """Lays the pages out; writes the PDF where `settled` says so of the marks, else it stays empty. Raises Refused."""
        with self._compiler() as compiler:
            found: list[list[Any]] = json.loads(compiler.query("<mark>", field="value"))
            marks = tuple(Mark(*one) for one in found)
            pdf = b""
            if settled(marks):
                # The layout is remembered: this only writes it down.
                pdf = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=self._epoch)  # type: ignore[arg-type, assignment]
        return Sheet(pdf, marks)

    def first_page(self, width: int) -> bytes:
        """The first page as a PNG of so many pixels. Raises Refused.

        By way of SVG: of all formats it is the quickest for a document of which one page is wanted.
        """
        with self._compiler() as compiler:
            pages = compiler.compile(format="svg", timestamp=self._epoch)
        first = pages[0] if isinstance(pages, list) else pages
        assert isinstance(first, bytes)
        # Typst measures in points, which resvg knows only where a resolution is given. Text comes as outlines.
        return bytes(svg_to_bytes(svg_string=first.decode("utf-8"), skip_system_fonts=True, dpi=96, width=width))

    @contextmanager
    def _compiler(self) -> Iterator[typst.Compiler]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for path, data in self._files.items():
                (folder / path).write_bytes(data)
            try:
                yield typst.Compiler(folder / "main.typ", root=folder, font_paths=_fonts(), ignore_system_fonts=True)
            except typst.TypstError as error:
                raise Refused(f"{error.message}\n{error.diagnostic}".replace(name, "")) from None


def versions() -> tuple[str, ...]:
    """What the bytes of a PDF depend on besides its files."""
    return (f"recipe {RECIPE}", f"typst {version('typst')}", f"resvg {version('resvg-py')}", *font_versions())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder) for folder in folders()]
    )
