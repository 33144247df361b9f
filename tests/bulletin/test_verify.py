"""Whatever is done to a bundle is named: flipped bytes, files gone, added or renamed, bombs, links, signatures."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest

from pubhub.archives import verify as verifier
from pubhub.archives.verify import SIGNATURE, SUMS, Fault, pack, unpack, verify, verify_path
from pubhub.archives.writer import checksums, make_archive
from scripts.bundle import signed
from tests.bulletin.conftest import entries_of, unpack_to
from tests.support import seeded

ROOT = "bulletin-2026Q3"
TEXT = f"{ROOT}/articles/XB-2026-0404.md"
PAGE = "site/xb-2026-0404.html"


def faults(data: bytes) -> list[Fault]:
    return verify(data, "a.zip").faults


def found(data: bytes) -> set[tuple[str, str]]:
    return {(fault.name, fault.code) for fault in faults(data)}


def zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """What another program would pack: names are not looked at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def listed(files: dict[str, bytes]) -> bytes:
    """A bundle whose checksums were made to fit."""
    return make_archive(ROOT, {name: data for name, data in files.items() if name != SUMS})


def relisted(files: dict[str, bytes]) -> bytes:
    """A bundle whose manifest and checksums were made to fit."""
    record = json.loads(files["manifest.json"])
    for row in record["files"]:
        data = files[row["path"]]
        row.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    return listed({**files, "manifest.json": json.dumps(record, ensure_ascii=False).encode()})


def test_a_bundle_as_it_is(shipped: bytes, hard: bytes) -> None:
    assert faults(shipped) == []
    assert faults(hard) == []
    with zipfile.ZipFile(io.BytesIO(shipped)) as archive:
        assert archive.testzip() is None
        assert {info.filename.split("/")[0] for info in archive.infolist()} == {ROOT}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())


def test_a_flipped_byte_anywhere(shipped: bytes) -> None:
    entries = unpack(shipped, "a.zip")[0]
    random = seeded("flips")
    table = len(shipped) - 22 - sum(46 + len(name) for name in entries)
    places = [random.randrange(len(shipped)) for _ in range(30)]
    # Headers are a small part of it, so they get some of their own.
    places += [random.randrange(table, len(shipped)) for _ in range(30)] + list(range(30))
    for place in places:
        changed = bytearray(shipped)
        changed[place] ^= 1 << random.randrange(8)
        assert faults(bytes(changed)), f"byte {place}"


@pytest.mark.parametrize(
    "name", ["bulletin.pdf", "bulletin-screen.pdf", "bulletin.epub", PAGE, "articles/XB-2026-0404.md", "manifest.json"]
)
def test_a_flipped_byte_names_its_file(shipped: bytes, name: str) -> None:
    start = shipped.index(f"{ROOT}/{name}".encode()) + len(f"{ROOT}/{name}")
    changed = bytearray(shipped)
    changed[start + 5] ^= 1
    assert {(f"{ROOT}/{name}", "crc"), (name, "changed")} <= found(bytes(changed))


def test_files_that_are_gone_or_added(shipped: bytes) -> None:
    entries = unpack(shipped, "a.zip")[0]
    gone = pack((name, data) for name, data in entries.items() if name != TEXT)
    assert ("articles/XB-2026-0404.md", "missing") in found(gone)
    added = pack(sorted({**entries, f"{ROOT}/site/extra.html": b"<p>"}.items()))
    assert ("site/extra.html", "extra") in found(added)
    for name in (SUMS, "manifest.json", "bulletin.pdf", "bulletin-screen.pdf", "verify.py"):
        less = pack((one, data) for one, data in entries.items() if one != f"{ROOT}/{name}")
        assert (name, "missing") in found(less)


@pytest.mark.parametrize(
    "name",
    [
        "../x.md",
        f"{ROOT}/../../x.md",
        "/etc/x",
        f"{ROOT}\\x.md",
        "C:/x.md",
        f"{ROOT}/.x",
        f"{ROOT}/a//b",
        f"{ROOT}/名字.md",
        f"{ROOT}/x\n.md",
        f"{ROOT}/a./b",
    ],
)
def test_names_that_would_leave_the_folder(shipped: bytes, name: str) -> None:
    data = zipped([*unpack(shipped, "a.zip")[0].items(), (name, b"x")])
    named = {fault.code for fault in faults(data) if fault.name == (name if "\n" not in name else fault.name)}
    # zipfile writes a backslash as it is; on Windows as a slash.
    assert named & {"unsafe", "extra", "root"}
    with pytest.raises(ValueError, match="unsafe name"):
        pack([(name, b"x")])


def test_names_that_come_twice(shipped: bytes) -> None:
    entries = list(unpack(shipped, "a.zip")[0].items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped([*entries, (TEXT, b"other")])
    assert (TEXT, "twice") in found(twice)
    assert (TEXT.replace("XB", "xb"), "case") in found(zipped([*entries, (TEXT.replace("XB", "xb"), b"other")]))
    with pytest.raises(ValueError, match="unsafe name"):
        pack([("a", b""), ("A", b"")])


def test_entries_that_are_no_plain_files(shipped: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in unpack(shipped, "a.zip")[0].items():
            archive.writestr(zipfile.ZipInfo(name), data)
        link = zipfile.ZipInfo(f"{ROOT}/link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(zipfile.ZipInfo(f"{ROOT}/folder/"), b"")
        archive.writestr(f"{ROOT}/bomb.txt", bytes(50_000_000), compress_type=zipfile.ZIP_DEFLATED)
    named = found(out.getvalue())
    assert {(f"{ROOT}/link", "link"), (f"{ROOT}/folder/", "folder"), (f"{ROOT}/bomb.txt", "packed")} <= named


def test_an_encrypted_entry(shipped: bytes) -> None:
    changed = bytearray(shipped)
    at = shipped.rindex(TEXT.encode()) - 46
    changed[at + 8] |= 1
    assert (TEXT, "encrypted") in found(bytes(changed))


def test_entries_that_share_their_bytes_are_no_way_to_fill_memory() -> None:
    data = bytearray(pack([("a", bytes(1000))] + [(f"b{n}", b"") for n in range(50)]))
    first = data.index(b"PK\x01\x02")
    for n in range(50):
        at = data.index(b"b%d" % n, first) - 46
        data[at + 20 : at + 28] = (1000).to_bytes(4, "little") * 2
    assert {code for _, code in found(bytes(data))} & {"many", "packed"}


def test_what_stands_around_the_zip(shipped: bytes) -> None:
    assert ("a.zip", "behind") in found(shipped + b"more")
    assert faults(b"before" + shipped)
    # Cut off behind the EPUB, whose own end is no end of ours.
    assert found(shipped[: len(shipped) * 9 // 10]) == {("a.zip", "no-zip")} == found(shipped[:-1])
    assert found(b"") == {("a.zip", "no-zip")} == found(b"PK\x03\x04" + bytes(100))
    assert faults(shipped[:-100])
    assert ("other/x", "root") in found(pack(sorted([*unpack(shipped, "a.zip")[0].items(), ("other/x", b"")])))
    backwards = pack(reversed(unpack(shipped, "a.zip")[0].items()))
    assert ("a.zip", "order") in found(backwards)


def test_a_change_that_was_covered_up(shipped: bytes) -> None:
    files = entries_of(shipped)
    files[PAGE] = files[PAGE].replace("海报".encode(), "诗歌".encode())
    assert (PAGE, "differs") in found(listed(files))
    # Manifest and sums made to fit as well: only the signature, or the sum on the site, can tell.
    assert found(relisted(files)) == set()


def test_the_manifest_fits_the_texts(shipped: bytes) -> None:
    files = entries_of(shipped)
    record = json.loads(files["manifest.json"])
    record["items"][0]["approvals"] = record["items"][0]["approvals"][:1]
    record["items"][1]["digest"] = "sha256-none"
    gone = record["items"].pop()
    named = found(listed({**files, "manifest.json": json.dumps(record).encode()}))
    assert {("manifest.json", "unsigned-item"), ("manifest.json", "record"), (gone["text"], "no-item")} <= named
    for broken in (b"[]", b"{", b"\xff", b'{"name": 1}', b"[" * 100_000):
        assert ("manifest.json", "json") in found(listed({**files, "manifest.json": broken}))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda r: r.update(title="别的专刊"), "title"),
        (lambda r: r.update(quarter="2026Q2"), "name"),
        (lambda r: r.update(quarter="2026Q9"), "quarter"),
        (lambda r: r.update(digest="sha256-1"), "digest"),
        (lambda r: r.update(draft="no"), "draft"),
        (lambda r: r["items"].append(r["items"][0]), "XB-2026-0404 text"),
        (lambda r: r["items"][0].update(title="别的文章"), "XB-2026-0404 title"),
        (lambda r: r["items"][0].update(text=5), "XB-2026-0404 text"),
        (lambda r: r["items"][0].update(text=[1]), "XB-2026-0404 text"),
        (lambda r: r["items"][0].update(text=r["items"][1]["text"]), "XB-2026-0404 text"),
        (lambda r: r["files"].append(r["files"][0]), "files"),
    ],
)
def test_the_manifest_fits_itself(shipped: bytes, change: Callable[[dict[str, Any]], object], field: str) -> None:
    """Sums made to fit; whatever a value is, there is a sentence and no traceback."""
    files = entries_of(shipped)
    record = json.loads(files["manifest.json"])
    change(record)
    named = faults(listed({**files, "manifest.json": json.dumps(record).encode()}))
    assert field in {dict(fault.values).get("field") for fault in named}
    assert all(fault.text() and fault.text("en") for fault in named)


def test_the_issue_itself_needs_both_lines(shipped: bytes) -> None:
    files = entries_of(shipped)
    record = json.loads(files["manifest.json"])
    record["approvals"].pop()
    assert found(listed({**files, "manifest.json": json.dumps(record).encode()})) == {
        ("manifest.json", "unsigned-item")
    }


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ('<a href="gone.html">x</a>', "dead"),
        ('<a href="index.html#gone">x</a>', "dead"),
        ('<a href="../../x">x</a>', "dead"),
        ('<img src="https://example.org/x.png">', "outside"),
        ('<script src="//example.org/x.js"></script>', "outside"),
        ("<script>alert(1)</script>", "script"),
        ('<p onclick="x()">x</p>', "script"),
        ('<p style="color: red">x</p>', "script"),
        ('<a href=" java&#10;script:alert(1)">x</a>', "script"),
        ('<meta http-equiv="Refresh" content="0;url=https://example.org">', "script"),
        ('<form action="https://example.org/x"></form>', "outside"),
    ],
)
def test_links_of_the_offline_pages(shipped: bytes, what: str, code: str) -> None:
    files = entries_of(shipped)
    files[PAGE] = files[PAGE].replace(b"</main>", what.encode() + b"</main>")
    assert found(relisted(files)) == {(PAGE, code)}


def test_the_frame_of_the_book(shipped: bytes) -> None:
    files = entries_of(shipped)
    parts = unpack(files["bulletin.epub"], "b")[0]

    def with_parts(change: Callable[[dict[str, bytes]], object]) -> set[tuple[str, str]]:
        changed = dict(parts)
        change(changed)
        return found(relisted({**files, "bulletin.epub": pack(changed.items())}))

    book = "bulletin.epub"
    gone = with_parts(lambda p: p.pop("EPUB/xb-2026-0404.xhtml"))
    assert (f"{book}/EPUB/xb-2026-0404.xhtml", "missing") in gone
    assert (f"{book}/EPUB/nav.xhtml", "dead") in gone
    assert with_parts(lambda p: p.update({"EPUB/more.txt": b""})) == {(f"{book}/EPUB/more.txt", "part")}
    assert with_parts(lambda p: p.update({"EPUB/note.xhtml": b"<p>"})) == {(book, "book")}
    assert with_parts(lambda p: p.update({"EPUB/note.xhtml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'})) == {
        (book, "book")
    }
    assert with_parts(lambda p: p.pop("META-INF/container.xml")) == {(book, "book")}
    assert with_parts(lambda p: p.pop("mimetype")) == {(f"{book}/mimetype", "first")}
    note = parts["EPUB/note.xhtml"].replace(b"</section>", b'<p><a href="gone.xhtml">x</a></p></section>')
    assert with_parts(lambda p: p.update({"EPUB/note.xhtml": note})) == {(f"{book}/EPUB/note.xhtml", "dead")}
    for what, code in (
        (b"<script>alert(1)</script>", "script"),
        (b'<p onclick="x()">x</p>', "script"),
        (b'<p><a href="javascript:x()">x</a></p>', "script"),
        (b'<p><img src="https://example.org/x.png" alt="x"/></p>', "outside"),
    ):
        bad = parts["EPUB/note.xhtml"].replace(b"</section>", what + b"</section>")
        assert with_parts(methodcaller("update", {"EPUB/note.xhtml": bad})) == {(f"{book}/EPUB/note.xhtml", code)}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two keys and a list that trusts the first."""
    folder = tmp_path_factory.mktemp("keys")
    tool = shutil.which("ssh-keygen")
    if tool is None:
        pytest.skip("no ssh-keygen on this machine")
    for name in ("ours", "theirs"):
        subprocess.run([tool, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)], check=True)
    public = (folder / "ours.pub").read_text()
    (folder / "signers").write_text(f'xiaobao@example.org namespaces="bulletin" {public}')
    return {name: folder / name for name in ("ours", "theirs", "signers")}


def test_signatures(shipped: bytes, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    signers = keys["signers"]
    good = signed(shipped, ROOT, keys["ours"])
    assert good == signed(shipped, ROOT, keys["ours"])
    assert verify(good, "a.zip", signers).faults == []
    assert verify(good, "a.zip", signers).lines() == ["数字签名有效，签名人：xiaobao@example.org"]
    assert "加 --signers" in verify(good, "a.zip").lines()[0]
    wrong = (SIGNATURE, "bad-signature")
    theirs = verify(signed(shipped, ROOT, keys["theirs"]), "a.zip", signers)
    assert [(f.name, f.code) for f in theirs.faults] == [wrong]
    assert [(f.name, f.code) for f in verify(shipped, "a.zip", signers).faults] == [(SIGNATURE, "no-signature")]
    files = entries_of(good)
    signature = files.pop(SIGNATURE)
    files.pop(SUMS)
    files["README.txt"] += b" "
    for signer in (signers, None):
        for data in (signature, b"", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"):
            report = verify(make_archive(ROOT, files, {SIGNATURE: data}), "a.zip", signer)
            assert wrong in {(f.name, f.code) for f in report.faults}
    assert verify(good, "a.zip", signers.parent / "none").faults[0].code == "no-signers"
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert [(f.name, f.code) for f in verify(good, "a.zip", signers).faults] == [(SIGNATURE, "no-tool")]


def test_the_shipped_script_alone(shipped: bytes, tmp_path: Path) -> None:
    root = unpack_to(shipped, tmp_path / "out")
    script = root / "verify.py"
    assert script.read_bytes() == Path(verifier.__file__).read_bytes().replace(b"\r\n", b"\n")

    def run(*arguments: object) -> tuple[int, str]:
        command = [sys.executable, "-I", str(script), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    code, text = run()
    assert (code, text.splitlines()[-1]) == (0, f"✓ {len(entries_of(shipped))} 个文件，全部正确。")
    whole = tmp_path / "a.zip"
    whole.write_bytes(shipped)
    assert run(whole)[0] == 0
    assert run(tmp_path / "none.zip")[0] == 2
    (root / "articles" / "XB-2026-0404.md").write_text("别的话", "utf-8")
    (root / "site" / ".DS_Store").write_bytes(b"")
    (root / "site" / "more.html").write_bytes(b"")
    (root / "README.txt").unlink()
    code, text = run(root)
    assert code == 1
    assert "articles/XB-2026-0404.md：内容被改动或已损坏" in text
    assert "site/more.html：是多出来的文件" in text
    assert "README.txt：不见了" in text
    assert "DS_Store" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_an_unpacked_folder(shipped: bytes, tmp_path: Path) -> None:
    root = unpack_to(shipped, tmp_path)
    (root / "link").symlink_to("/etc")
    (root / "site" / "link.html").symlink_to("/etc/passwd")
    named = {(fault.name, fault.code) for fault in verify_path(root).faults}
    assert {("link", "link"), ("site/link.html", "link")} <= named


def test_the_script_is_for_old_pythons_too() -> None:
    source = Path(verifier.__file__).read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)
    # Of 3.9 and later: they would run here and fail there.
    assert not re.search(
        r"\.(removeprefix|removesuffix|is_relative_to|readlink|bit_count)\(|strict=|dict\[[^]]*\]\(", source
    )


def test_every_sentence_exists_in_both_languages() -> None:
    for code, pair in {**verifier.WORDS, **verifier.NOTES}.items():
        chinese, english = pair
        assert re.search("[一-鿿]", chinese), code
        assert english.isascii() or "“" in english, code
        assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english)), code


def test_a_hostile_name_does_not_reach_the_terminal(shipped: bytes) -> None:
    data = zipped([*unpack(shipped, "a.zip")[0].items(), (f"{ROOT}/\x1b[2Jx", b"x")])
    assert not [line for line in verify(data, "a.zip").lines() if "\x1b" in line]


def test_sums_that_cannot_be_read(shipped: bytes) -> None:
    files = entries_of(shipped)
    sums = checksums({name: data for name, data in files.items() if name != SUMS})
    whole = {**files, SUMS: sums + b"nonsense\n"}
    data = pack(sorted((f"{ROOT}/{name}", content) for name, content in whole.items()))
    assert found(data) == {(SUMS, "sums")}
