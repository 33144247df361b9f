"""Whole issues in print: the shipped ones and one of everything that is hard to set, through every gate."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
import zxingcpp
from PIL import Image, ImageOps

from pubhub.bulletin.columns import printed
from pubhub.bulletin.magazine import Printed, print_issue, print_key
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.engine.vault import Vault
from pubhub.press import Press
from pubhub.printing.fonts import printable
from pubhub.printing.literal import shown
from pubhub.printing.notes import notes_of
from pubhub.printing.tree import Node, parse
from pubhub.printing.typeset import Sheet, Typesetter
from pubhub.problems import ContentRefused
from pubhub.theme import theme_folders
from pubhub.urls import absolute
from tests.printing import gates, stress
from tests.printing.gates import A4, SCREEN, Frame
from tests.support import BOTH, approved, valid, write

ROOT = Path(__file__).parents[2]
HEIGHT, PITCH = 297 / 25.4 * 72, 17.5
"""Points: an A4 page, and two baselines of theme/print."""
DAY = dt.date(2026, 11, 24)


def desk_of(content: Path) -> Desk:
    press = Press(content, theme_folders(), "public", DAY)
    tree = press.read()
    assert not tree.errors, [problem.text() for problem in tree.errors]
    return press.desk()


def issue_of(desk: Desk, quarter: str) -> Issue:
    return next(issue for issue in desk.catalog.of_kind(Issue) if issue.quarter == quarter)


def texts(desk: Desk, issue: Issue) -> list[str]:
    """Every piece of text of the issue that stands in one element, as print shows it."""

    def pieces(node: Node) -> Iterator[str]:
        for child in node.children:
            yield from [child] if isinstance(child, str) else pieces(child)

    found = []
    for item in (issue, *(item for _, column in printed(desk.catalog, issue) for item in column)):
        found += [item.title, item.summary, *item.plain] if item is not issue else []
        found += pieces(parse(desk.bodies.neutral(item)))
    return [shown(text, printable) for text in found]


@dataclass(frozen=True)
class Case:
    desk: Desk
    issue: Issue
    done: Printed
    frame: Frame
    passes: list[Sheet]


@pytest.fixture(scope="module")
def own() -> Desk:
    return desk_of(ROOT / "content")


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(stress.hard_issue(tmp_path_factory.mktemp("hard") / "content"))


@pytest.fixture(scope="module", params=["2026Q2", "2026Q3", "2026Q3 screen", "hard", "hard screen"])
def case(request: pytest.FixtureRequest, own: Desk, hard: Desk) -> Case:
    name, _, how = request.param.partition(" ")
    desk = hard if name == "hard" else own
    issue = issue_of(desk, stress.QUARTER if name == "hard" else name)
    screen = how == "screen"
    passes: list[Sheet] = []
    real = Typesetter.set

    def noted(self: Typesetter, demand: str) -> Sheet:
        passes.append(real(self, demand))
        return passes[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Typesetter, "set", noted)
        done = print_issue(desk, issue, screen=screen)
    return Case(desk, issue, done, SCREEN if screen else A4, passes)


def test_the_file_is_sound(case: Case) -> None:
    assert gates.structure_faults(case.done.pdf) == []


def test_pages_are_set_well(case: Case) -> None:
    lines = gates.lines_of(case.done.pdf)
    assert len(lines) > 100
    assert gates.line_break_faults(lines) == []
    assert gates.lonely_ends(lines) == []
    assert gates.overlaps(lines) == []
    assert gates.frame_faults(case.done.pdf, case.frame, free=(1, case.done.pages)) == []
    assert gates.empty_pages(case.done.pdf) == []


def test_columns_end_level(case: Case) -> None:
    if case.frame is SCREEN:
        assert gates.areas(case.passes[-1].marks, HEIGHT, A4) == []
        return
    places = gates.areas(case.passes[-1].marks, HEIGHT, A4)
    ends = gates.column_ends(case.done.pdf, places, PITCH)
    assert len(ends) >= 12
    # At the foot of a page a heading or a box may leave room; where a block ends, only what cannot be broken does.
    lines = [abs(difference) for area, difference in ends if area.is_last]
    level = sum(difference <= 1.05 for difference in lines)
    assert level >= len(lines) * (0.6 if case.issue.title == "难排的一期专刊" else 0.8), ends
    # Heights are found while pages settle, not by setting the issue over and over.
    assert len(case.passes) <= 4


def test_pictures_are_fine_enough_for_paper(case: Case) -> None:
    found = gates.resolutions(case.done.pdf)
    assert found
    assert [place for place in found if place[1] < 149] == []
    if case.frame is A4 and case.issue.title == "难排的一期专刊":
        # 1700 and 900 pixels in two columns, and across the text: only the small one has fewer than 200 dots an inch.
        assert len(found) == 6
        assert [round(dots) for _, dots in found if dots < 200] == [179]


def test_no_text_is_lost(case: Case) -> None:
    missing, wanted = gates.lost(case.done.pdf, case.frame, texts(case.desk, case.issue))
    assert wanted > 150
    assert len(missing) <= wanted * 0.005, missing


def notes_in(case: Case) -> list[tuple[str, int, int]]:
    """Each note as gates.note_faults reads it."""
    flat = [item for _, column in printed(case.desk.catalog, case.issue) for item in column]
    pages = [*(case.done.page_of[item.id] for item in flat), case.done.pages]
    found = []
    for number, item in enumerate(flat):
        bodies = notes_of(parse(case.desk.bodies.neutral(item))).bodies.values()
        for place, body in enumerate(bodies, 1):
            words = gates.phrase("".join(c if isinstance(c, str) else c.text() for c in body))
            found.append((f"{place}{words[:8]}", pages[number], pages[number + 1]))
    return found


def test_notes_stand_behind_their_references(case: Case) -> None:
    notes = notes_in(case)
    if case.issue.title == "难排的一期专刊":
        assert len(notes) == 80
    assert gates.note_faults(case.done.pdf, notes) == []


def test_what_the_pdf_tells_of_itself(case: Case) -> None:
    site = case.desk.catalog.vocabulary.site
    with pikepdf.open(io.BytesIO(case.done.pdf)) as pdf, pdf.open_metadata() as data:
        assert len(pdf.pages) == case.done.pages
        assert site.bulletin in str(data["dc:title"])
        assert site.organisation in str(data["dc:creator"])
        assert data["pdfaid:part"] == "2"
        assert data["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang).startswith("zh")
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    names = [name for name, _ in printed(case.desk.catalog, case.issue)]
    assert [title for title in titles if title in names] == names


def test_titles_stand_on_the_pages_that_are_named(case: Case) -> None:
    flat = [item for _, column in printed(case.desk.catalog, case.issue) for item in column]
    assert list(case.done.page_of) == sorted(item.id for item in flat)
    pages = [case.done.page_of[item.id] for item in flat]
    assert pages == sorted(pages)
    with pypdfium2.PdfDocument(case.done.pdf) as pdf:
        for item in flat:
            text = pdf[case.done.page_of[item.id] - 1].get_textpage().get_text_bounded()
            assert gates.phrase(item.title)[:6] in gates.phrase(text)


def test_codes_lead_to_the_articles(own: Desk) -> None:
    issue = issue_of(own, "2026Q3")
    done = print_issue(own, issue)
    first = next(item for _, column in printed(own.catalog, issue) for item in column)
    with pypdfium2.PdfDocument(done.pdf) as pdf:
        page = pdf[done.page_of[first.id] - 1].render(scale=2).to_pil()
    read = list(zxingcpp.read_barcodes(page))
    assert absolute(own.catalog.vocabulary.site.url, first.url) in [code.text for code in read]
    corners = [(c.position.top_left, c.position.top_right) for c in read]
    # Without its quiet zone a code of 21 mm is 17 mm or wider.
    assert all(right.x - left.x > 15 / 25.4 * 144 for left, right in corners)


def test_samples_are_marked(own: Desk) -> None:
    issue = issue_of(own, "2026Q3")
    done = print_issue(own, issue)
    samples = [i for _, column in printed(own.catalog, issue) for i in column if i.sample]
    assert samples
    with pypdfium2.PdfDocument(done.pdf) as pdf:
        for item in samples:
            assert "示例" in pdf[done.page_of[item.id] - 1].get_textpage().get_text_bounded()


@pytest.mark.parametrize("quarter", ["2026Q2", "2026Q3"])
def test_a_stapled_issue_has_whole_sheets_and_no_empty_page(own: Desk, quarter: str) -> None:
    issue = issue_of(own, quarter)
    plain, marked = print_issue(own, issue), print_issue(own, issue, marks=True)
    assert marked.pages % 4 == 0
    assert 0 <= marked.pages - plain.pages < 4
    assert marked.page_of == plain.page_of
    numbers = [hotline.number for hotline in own.catalog.vocabulary.facts.hotlines]
    assert gates.empty_pages(marked.pdf) == []
    with pypdfium2.PdfDocument(marked.pdf) as pdf:
        for number in range(plain.pages - 1, marked.pages - 1):
            text = pdf[number].get_textpage().get_text_bounded()
            assert "笔记" in text
            assert all(number in text for number in numbers)


def test_a_phone_can_dial_and_go_back_to_the_contents(own: Desk) -> None:
    done = print_issue(own, issue_of(own, "2026Q3"), screen=True)
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        width, height = [float(v) / 72 * 25.4 for v in pdf.pages[0].MediaBox[2:]]
        links = [link for page in pdf.pages for link in page.get("/Annots", ()) if "/A" in link and "/URI" in link.A]
        dialled = {address for link in links if (address := str(link.A.URI)).startswith("tel:")}
    assert (round(width), round(height)) == (100, 160)
    assert dialled == {f"tel:{hotline.number}" for hotline in own.catalog.vocabulary.facts.hotlines}
    lines = gates.lines_of(done.pdf)
    # What is read is as large as a large-type page of a phone shows it.
    sizes = sorted(line.top - line.bottom for line in lines if len(line.text) > 12)
    assert sizes[len(sizes) // 2] > 12
    assert sum(line.text == "回到目录" for line in lines) == len(done.page_of)


def mark_of(picture: Image.Image) -> float:
    """Millimetres from the head of the sheet, drawn at 576 dots an inch, at which a line stands at its left edge."""
    millimetre = 576 / 25.4
    strip = picture.crop((0, 0, int(1.5 * millimetre), int(8 * millimetre))).resize((1, int(8 * millimetre)))
    shades = list(strip.tobytes())
    assert min(shades) < 128
    return shades.index(min(shades)) / millimetre


def test_bleed_marks_and_drafts(own: Desk) -> None:
    issue = issue_of(own, "2026Q2")
    done = print_issue(own, issue, marks=True, draft=True)
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        for page in pdf.pages:
            media, trim = [float(v) for v in page.MediaBox], [float(v) for v in page.TrimBox]
            assert [round((a - b) / 72 * 25.4) for a, b in zip(media, trim, strict=True)] == [-3, -3, 3, 3]
    with pypdfium2.PdfDocument(done.pdf) as pdf:
        # Two marks at each corner, outside of what is cut, on every kind of page.
        for number in (0, 3, done.pages - 1):
            picture = pdf[number].render(scale=8).to_pil().convert("L")
            for corner in (picture, ImageOps.flip(picture), ImageOps.mirror(picture), picture.rotate(180)):
                for one in (corner, corner.transpose(Image.Transpose.TRANSPOSE)):
                    assert mark_of(one) == pytest.approx(3, abs=0.1)
        inside = [pdf[n].get_textpage().get_text_bounded() for n in range(done.pages - 1)]
    assert all("草稿" in text for text in inside)
    assert gates.structure_faults(done.pdf) == []


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    program = (
        "import sys, hashlib; from pathlib import Path; from tests.printing.test_issue import desk_of, issue_of;"
        "from pubhub.bulletin.magazine import print_issue; d = desk_of(Path(sys.argv[1])); p = print_issue(d, issue_of(d, '2026Q3'));"
        "print(hashlib.sha256(p.pdf + p.cover).hexdigest())"
    )
    found = set()
    for number, cores in enumerate(({0}, os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0})):
        content = stress.long_issue(tmp_path / f"folder-{number}" / "content", 4)
        done = subprocess.run(
            [sys.executable, "-c", program, str(content)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": str(number), "TMPDIR": str(tmp_path)},
            preexec_fn=(lambda cores=cores: os.sched_setaffinity(0, cores))
            if hasattr(os, "sched_setaffinity")
            else None,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_a_second_time_comes_from_the_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of(stress.long_issue(tmp_path / "content", 2))
    desk.vault = Vault(tmp_path / "vault")
    issue = issue_of(desk, "2026Q3")
    first = print_issue(desk, issue)

    def refuse(*_: object) -> None:
        raise AssertionError("set again")

    monkeypatch.setattr("pubhub.printing.typeset.Typesetter.set", refuse)
    assert print_issue(desk, issue) == first
    with pytest.raises(AssertionError, match="set again"):
        print_issue(desk, issue, screen=True)


def test_the_key_covers_text_words_and_form(tmp_path: Path) -> None:
    def key(content: Path, **how: bool) -> bytes:
        desk = desk_of(content)
        return print_key(desk, issue_of(desk, "2026Q3"), **how)

    one = stress.long_issue(tmp_path / "one", 2)
    assert key(one) == key(stress.long_issue(tmp_path / "two", 2))
    assert len({key(one), key(one, screen=True), key(one, marks=True), key(one, draft=True)}) == 4
    assert key(one) != key(stress.long_issue(tmp_path / "three", 3))
    words = one / "_data" / "site.yml"
    before = key(one)
    words.write_text(words.read_text("utf-8").replace("bulletin: ", "bulletin: 新"), "utf-8")
    assert key(one) != before


def test_a_character_without_a_glyph_is_printed_by_its_number_and_told(tmp_path: Path) -> None:
    body = "古文字𓀀没有字形，但不会变成空框。\n"
    text = approved(valid("news", body, id="XB-2026-0301", status="published"), *BOTH)
    issue = approved(
        valid(
            "issue", "卷首语写在这里。\n", id="XB-2026-0900", status="published", columns="{工作动态: [XB-2026-0301]}"
        ),
        *BOTH,
    )
    content = write(tmp_path / "c", {"news/2026/a/index.md": text, "bulletin/2026/2026q3/index.md": issue})
    desk = desk_of(content)
    done = print_issue(desk, issue_of(desk, "2026Q3"))
    assert "古文字［U+13000］没有字形" in gates.text_of(done.pdf, A4)
    assert [(p.path, p.code) for p in done.problems] == [("news/2026/a/index.md", "print-character")]
    assert "U+13000" in done.problems[0].text()


def test_an_unknown_element_is_refused_by_name(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = issue_of(own, "2026Q2")
    monkeypatch.setattr(own.bodies, "neutral", lambda item: "<p>文字<video>内容</video></p>")
    with pytest.raises(ContentRefused) as refused:
        print_issue(own, issue)
    told = refused.value.problems[0].text()
    assert "video" in told
    assert told.startswith("bulletin/2026/")


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("#link(<a>)[x]#metadata(1)<b> #pagebreak() #link(<b>)[1]#metadata(1)<a> note", []),
        ("#link(<b>)[1]#metadata(1)<a> note #pagebreak() #link(<a>)[x]#metadata(1)<b>", ["before page 2"]),
        ("#link(<a>)[x] #pagebreak() 1#metadata(1)<a> note", ["does not lead back"]),
        ("#link(<b>)[1] note #pagebreak() #metadata(1)<b> x", ["nothing leads", "does not lead back"]),
        ("#link(<a>)[x]#metadata(1)<b> #pagebreak() #link(<b>)[1]#metadata(1)<a>\n\nnote", ["no line"]),
        ("#pagebreak() #pagebreak() #link(<b>)[1]#metadata(1)<a> note #link(<a>)[x]#metadata(1)<b>", ["no line"]),
    ],
)
def test_the_gate_of_notes_finds_what_it_looks_for(source: str, faults: list[str]) -> None:
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    found = gates.note_faults(made, [("1note", 1, 2)])
    assert len(found) == len(faults), found
    assert all(fault in told for fault, told in zip(faults, found, strict=True)), found


def test_gates_find_what_they_look_for() -> None:
    lines = [gates.Line(1, "，坏的开头", 0, 50, 100, 110), gates.Line(1, "坏的结尾（", 0, 50, 80, 90)]
    assert len(gates.line_break_faults(lines)) == 2
    over = [gates.Line(1, "上面的一行字", 0, 60, 100, 110), gates.Line(1, "压住的一行字", 10, 70, 102, 112)]
    assert len(gates.overlaps(over)) == 1
    lonely = [gates.Line(1, "这是很长很长很长的一行文字", 0, 130, 100, 110), gates.Line(1, "字。", 0, 12, 84, 94)]
    assert len(gates.lonely_ends(lonely)) == 1
