"""The press itself: takes files of Typst, gives a PDF and what it marked, the same bytes on every run and in every folder.

Each pass is a process of its own: Typst remembers every pass it made, and a long issue would cost a gigabyte.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubhub.printing.fonts import folders, font_versions
from pubhub.printing.levels import Mark, too_low, unsettled

if TYPE_CHECKING:
    import typst

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
RECIPE = 3
"""Raised when pages change for the same files."""
LEVEL, STEADY, FITTING = "level", "steady", "fitting"
"""Pages whose columns end as level as they can; whose page numbers are true; whose columns hold their text."""
_MARKS, _PDF, _PNG = "marks.json", "main.pdf", "main.png"
_WIDTH = 210 / 25.4
"""Inches: an A4 page, for the resolution of its picture."""


class Refused(RuntimeError):
    """Typst could not set the files: a fault of ours, never of an author."""


@dataclass(frozen=True)
class Sheet:
    """A finished document."""

    pdf: bytes
    """Empty as long as a block of columns does not hold its text, or the pages are not what was demanded."""
    marks: tuple[Mark, ...]


class Typesetter:
    """Sets a folder of files, again and again with small changes."""

    def __init__(self, folder: Path, files: Mapping[str, bytes], epoch: int) -> None:
        """epoch: the day of the issue in seconds, for the PDF's dates."""
        self._folder, self._epoch = folder, epoch
        for name, data in files.items():
            (folder / name).write_bytes(data)

    def change(self, name: str, data: bytes) -> None:
        """Replaces a file."""
        (self._folder / name).write_bytes(data)

    def set(self, demand: str) -> Sheet:
        """One pass. Raises Refused.

        demand: LEVEL, STEADY or FITTING: what pages must be to be written.
        """
        (self._folder / _PDF).unlink(missing_ok=True)
        self._run("0", demand)
        marks = _marks(json.loads((self._folder / _MARKS).read_text("utf-8")))
        pdf = self._folder / _PDF
        return Sheet(pdf.read_bytes() if pdf.exists() else b"", marks)

    def picture(self, width: int) -> bytes:
        """The first page as a PNG of so many pixels. Raises Refused."""
        self._run(str(width), FITTING)
        return (self._folder / _PNG).read_bytes()

    def _run(self, *options: str) -> None:
        command = [sys.executable, "-X", "utf8", "-m", "pubhub.printing.typeset", str(self._folder), str(self._epoch)]
        done = subprocess.run([*command, *options], capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise Refused(done.stderr.replace(str(self._folder), ""))


def versions() -> tuple[str, ...]:
    """What the bytes of a PDF depend on besides its files."""
    return (f"recipe {RECIPE}", f"typst {version('typst')}", *font_versions())


def _marks(rows: Iterable[list[Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(kind, name, page, x, y, tuple(state)) for kind, name, page, x, y, *state in rows)


def _pass(folder: Path, epoch: int, demand: str, width: int = 0) -> None:
    """Lays the pages out; writes what is marked, and the PDF if every block of columns is as high as its text; or a picture."""
    # Here alone: whoever only plans an issue needs no typesetter.
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(path) for path in folders()]
    )
    compiler = typst.Compiler(folder / "main.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
    if width:
        made = compiler.compile(format="png", ppi=width / _WIDTH)
        first = made[0] if isinstance(made, list) else made
        assert isinstance(first, bytes)
        (folder / _PNG).write_bytes(first)
        return
    told = compiler.query("<mark>", field="value")
    (folder / _MARKS).write_text(told, "utf-8")
    marks = _marks(json.loads(told))
    if too_low(marks) or (demand == LEVEL and unsettled(marks)):
        return
    # The layout is remembered: this only writes it down.
    _, warnings = compiler.compile_with_warnings(
        output=folder / _PDF, format="pdf", pdf_standards=STANDARDS, timestamp=epoch
    )
    if demand != FITTING and any("did not converge" in warning.message for warning in warnings):
        # Marks and page numbers are those of the layout before.
        (folder / _PDF).unlink()


def temporary() -> tempfile.TemporaryDirectory[str]:
    """A folder for a Typesetter."""
    return tempfile.TemporaryDirectory(prefix="pubhub-print-")


if __name__ == "__main__":
    try:
        _pass(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[4], int(sys.argv[3]))
    except RuntimeError as error:
        from typst import TypstError

        # A query tells its errors in a plain one.
        sys.exit(f"{error.message}\n{error.diagnostic}" if isinstance(error, TypstError) else str(error))
