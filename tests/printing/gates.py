"""What every PDF of ours must be: takes its bytes and the text it should hold, gives faults as sentences; empty is good."""

from __future__ import annotations

import io
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pdfua import validate

from pubhub.printing.levels import Mark

HEADS = frozenset("，。、；：？！）》」』】’”〉〕％…·")
"""What may not begin a line."""
TAILS = frozenset("（《「『【‘“〈〔")
"""What may not end a line."""
# Words that print adds between two characters of a text: nothing else may stand there.
_UNSEEN = re.compile("[\\s\u200b\u2060\u00ad\ufeff\ufffe\x02]")
_STOPS = re.compile(r"[。！？；：，、\s（）“”‘’《》〔〕［］()…—·•]+")


@dataclass(frozen=True)
class Line:
    """Characters that stand on one line of one column."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Frame:
    """Where text may stand, in points from the edges of the page."""

    side: float
    top: float
    bottom: float


_MM = 72 / 25.4
A4 = Frame(19 * _MM, 25 * _MM, 22 * _MM)
SCREEN = Frame(8 * _MM, 15 * _MM, 14 * _MM)
"""The margins of theme/print/base.typ."""


def structure_faults(data: bytes) -> list[str]:
    """qpdf's own check, fonts that are not embedded or drawn as pictures, and the rules of PDF/UA that pdfua knows."""
    faults = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        faults += [f"qpdf: {fault}" for fault in pdf.check_pdf_syntax()]
        for number, page in enumerate(pdf.pages, 1):
            for name, font in _fonts(page.get("/Resources", pikepdf.Dictionary()), set()):
                if font.get("/Subtype") == "/Type3":
                    faults.append(f"page {number}: {name} is Type 3")
                inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
                files = {"/FontFile", "/FontFile2", "/FontFile3"}
                if not files & set(inner.get("/FontDescriptor", pikepdf.Dictionary()).keys()):
                    faults.append(f"page {number}: {name} is not embedded")
        if pdf.Root.get("/Lang") is None:
            faults.append("no language")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        report = validate(file.name)
    faults += [f"pdfua: {finding}" for finding in report.findings]
    return sorted(set(faults))


def _fonts(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[tuple[str, pikepdf.Object]]:
    for font in resources.get("/Font", pikepdf.Dictionary()).values():
        yield str(font.get("/BaseFont", "?")), font
    for form in resources.get("/XObject", pikepdf.Dictionary()).values():
        if form.objgen not in seen and "/Resources" in form:
            seen.add(form.objgen)
            yield from _fonts(form["/Resources"], seen)


def lines_of(data: bytes) -> list[Line]:
    """Lines of all pages, from the boxes of their characters."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage()
            # Characters in the order of the text, cut where the next one does not stand right behind.
            run: list[tuple[str, float, float, float, float]] = []
            for index in range(text.count_chars()):
                character = chr(pdfium.FPDFText_GetUnicode(text, index))
                if _UNSEEN.match(character) or pdfium.FPDFText_IsGenerated(text, index):
                    continue
                # A squeezed quotation mark keeps the wide box of its font: what is seen counts to the sides.
                _, bottom, _, top = text.get_charbox(index, loose=True)
                left, _, right, _ = text.get_charbox(index)
                if run and not _follows(run[-1], (left, right, bottom, top)):
                    found.append(_line(number + 1, run))
                    run = []
                run.append((character, left, right, bottom, top))
            if run:
                found.append(_line(number + 1, run))
    return found


def _follows(last: tuple[str, float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    _, _, right, bottom, top = last
    height = max(1.0, top - bottom)
    # Two dashes are one sign, whose width is told for the first of them.
    middle = (box[2] + box[3]) / 2
    return bottom - height * 0.4 <= middle <= top + height * 0.4 and -2.2 * height < box[0] - right < 1.3 * height


def _line(page: int, run: list[tuple[str, float, float, float, float]]) -> Line:
    return Line(
        page,
        "".join(one[0] for one in run),
        min(one[1] for one in run),
        max(one[2] for one in run),
        min(one[3] for one in run),
        max(one[4] for one in run),
    )


def line_break_faults(lines: Iterable[Line]) -> list[str]:
    """避头尾: lines that begin or end with a sign that may not stand there."""
    faults = []
    for line in lines:
        if len(line.text) > 1 and line.text[0] in HEADS:
            faults.append(f"page {line.page}: begins with {line.text[:12]}")
        if len(line.text) > 3 and line.text[-1] in TAILS:
            faults.append(f"page {line.page}: ends with {line.text[-12:]}")
    return faults


def frame_faults(data: bytes, frame: Frame, free: Iterable[int] = ()) -> list[str]:
    """Lines that leave the frame of their page.

    free: pages such as the cover, whose text may stand anywhere on the sheet.
    """
    with pypdfium2.PdfDocument(data) as pdf:
        sizes = [pdf[n].get_size() for n in range(len(pdf))]
    loose = set(free)
    faults = []
    for line in lines_of(data):
        width, height = sizes[line.page - 1]
        edge = Frame(4, 4, 4) if line.page in loose else frame
        is_folio = line.top > height - frame.top or line.bottom < frame.bottom
        # Strokes of some characters reach a little over their own square.
        out = line.left < edge.side - 1 or line.right > width - edge.side + 1
        if (
            out
            or (line.top > height or line.bottom < 0)
            or (is_folio and line.page not in loose and _is_body(line, frame, height))
        ):
            faults.append(
                f"page {line.page}: outside the frame: {line.text[:20]} ({line.left:.0f}–{line.right:.0f}, {line.bottom:.0f})"
            )
    return faults


def _is_body(line: Line, frame: Frame, height: float) -> bool:
    """Text that runs over the foot or the head of the frame: running heads and folios stand well clear of it."""
    return (frame.bottom - 14 < line.bottom < frame.bottom - 4) or (
        height - frame.top + 4 < line.top < height - frame.top + 14
    )


def overlaps(lines: Iterable[Line]) -> list[str]:
    """Lines that are printed over each other."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if len(line.text) > 1:
            pages.setdefault(line.page, []).append(line)
    faults = []
    for page, found in pages.items():
        ordered = sorted(found, key=lambda one: one.bottom)
        for index, one in enumerate(ordered):
            height = one.top - one.bottom
            for other in ordered[index + 1 :]:
                if other.bottom > one.bottom + height * 0.55:
                    break
                across = min(one.right, other.right) - max(one.left, other.left)
                if across > height * 0.6:
                    faults.append(f"page {page}: {one.text[:16]} over {other.text[:16]}")
    return faults


def empty_pages(data: bytes) -> list[int]:
    """Pages with next to nothing on them but a running head: neither text nor a picture."""
    count: dict[int, int] = {}
    for line in lines_of(data):
        count[line.page] = count.get(line.page, 0) + len(line.text)
    shown = {page for page, _ in resolutions(data)}
    with pypdfium2.PdfDocument(data) as pdf:
        return [n + 1 for n in range(len(pdf)) if count.get(n + 1, 0) < 60 and n + 1 not in shown]


def lonely_ends(lines: Iterable[Line]) -> list[str]:
    """Last lines of one character below a full line of the same paragraph; a stop behind it does not count."""
    faults = []
    above: Line | None = None
    for line in lines:
        letters = [c for c in line.text if unicodedata.category(c)[0] == "L"]
        if above is not None and len(letters) == 1 and letters[0] >= "\u3400" and len(line.text) <= 2:
            height = above.top - above.bottom
            below = above.page == line.page and 0 < above.bottom - line.bottom < 2.4 * height
            if below and line.left < above.left + height and above.right - above.left > 9 * height:
                faults.append(f"page {line.page}: {above.text[-8:]} / {line.text}")
        above = line
    return faults


def text_of(data: bytes, frame: Frame) -> str:
    """All text without white space; of pages inside, what stands in the frame, so that a sentence may run on to the next."""
    parts = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            width, height = pdf[number].get_size()
            text = pdf[number].get_textpage()
            if number in {0, len(pdf) - 1}:
                parts.append(text.get_text_bounded())
            else:
                parts.append(text.get_text_bounded(0, frame.bottom - 6, width, height - frame.top + 6))
    return _squeezed("".join(parts))


def phrases(texts: Iterable[str]) -> list[str]:
    """Pieces of six and more characters between stops."""
    return [p for text in texts for p in map(_squeezed, _STOPS.split(text)) if len(p) >= 6]


_ABOVE = 10
"""Points: Typst leads to a little above the place that is meant."""


@dataclass(frozen=True)
class Jump:
    """A link from one place of the document to another."""

    page: int
    left: float
    bottom: float
    top: float
    to: int
    """The page it leads to."""
    y: float
    """Where it leads on that page, in points from the foot."""


def jumps(data: bytes) -> list[Jump]:
    """Links to places without a name: those of notes and of headings."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        for number, page in enumerate(pdf.pages, 1):
            for link in page.get("/Annots", ()):
                goal = link.get("/Dest")
                if isinstance(goal, pikepdf.Array):
                    left, bottom, _, top = (float(value) for value in link["/Rect"])
                    found.append(Jump(number, left, bottom, top, numbers[goal[0].objgen], float(goal[3])))
    return found


def note_faults(data: bytes, notes: Iterable[tuple[str, int, int]]) -> list[str]:
    """Notes that stand before their reference or outside their article, not behind their number, or not linked both ways.

    notes: the number of each with its first characters, and the first and the last page of its article.
    """
    lines, links = lines_of(data), jumps(data)
    faults = []
    for start, first, last in notes:
        found = [line for line in lines if first <= line.page <= last and line.text.startswith(start)]
        if not found:
            faults.append(f"pages {first}–{last}: no line that begins with {start}")
            continue
        line = found[-1]
        there = [link.page for link in links if link.to == line.page and line.bottom < link.y - _ABOVE < line.top + 3]
        back = [
            link.to
            for link in links
            if link.page == line.page
            and link.left < line.left + 2
            and link.bottom < line.top
            and link.top > line.bottom
        ]
        if not there:
            faults.append(f"page {line.page}: nothing leads to {start}")
        faults += [f"page {line.page}: {start} stands before page {page}" for page in there if page > line.page]
        if not set(back) & set(there):
            faults.append(f"page {line.page}: {start} does not lead back")
    return faults


def lost(data: bytes, frame: Frame, texts: Iterable[str]) -> tuple[list[str], int]:
    """Phrases that the PDF does not hold, and how many there are in all."""
    whole = text_of(data, frame)
    wanted = phrases(texts)
    return [phrase for phrase in wanted if phrase not in whole], len(wanted)


def phrase(text: str) -> str:
    """Text without white space, as phrases are compared."""
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return _UNSEEN.sub("", text)


@dataclass(frozen=True)
class Area:
    """A block of two columns, or the part of one that stands on one page; points from the head of the page."""

    name: str
    page: int
    top: float
    foot: float
    is_last: bool
    """Whether the block ends here, and not at the foot of the page."""


def areas(marks: Iterable[Mark], height: float, frame: Frame) -> list[Area]:
    """What the marks of one pass tell of its blocks."""
    places: dict[str, dict[str, Mark]] = {}
    for mark in marks:
        places.setdefault(mark.name, {})[mark.kind] = mark
    found = []
    for name, seen in sorted(places.items()):
        if {"top", "bottom"} <= seen.keys():
            top, foot = seen["top"], seen["bottom"]
            for page in range(top.page, foot.page + 1):
                start = top.y if page == top.page else frame.top
                end = foot.y if page == foot.page else height - frame.bottom
                found.append(Area(name, page, start, end, page == foot.page))
    return found


def column_ends(data: bytes, found: Iterable[Area], pitch: float) -> list[tuple[Area, float]]:
    """How much lower the left column of each area ends than the right one, in lines: from the boxes of text and pictures."""
    with pypdfium2.PdfDocument(data) as pdf:
        width, height = pdf[0].get_size()
        boxes = [(line.page, line.left, height - line.top, height - line.bottom) for line in lines_of(data)]
        for number in range(len(pdf)):
            for image in pdf[number].get_objects((pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=5):
                left, bottom, _, top = image.get_bounds()
                boxes.append((number + 1, left, height - top, height - bottom))
    ends = []
    for area in found:
        inside = [b for b in boxes if b[0] == area.page and area.top - 2 < (b[2] + b[3]) / 2 < area.foot + 6]
        left, right = (
            max((b[3] for b in inside if (b[1] < width / 2 - 10) == is_left), default=area.top)
            for is_left in (True, False)
        )
        ends.append((area, (left - right) / pitch))
    return ends


def resolutions(data: bytes) -> list[tuple[int, float]]:
    """Page and dots an inch of every picture that is no line drawing, as it is printed."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            for image in pdf[number].get_objects((pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=5):
                left, _, right, _ = image.get_bounds()
                found.append((number + 1, image.get_px_size()[0] / ((right - left) / 72)))
    return found
