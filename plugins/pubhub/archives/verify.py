#!/usr/bin/env python3
"""Checks a bulletin bundle: takes a zip (or the folder that came out of one), says what is wrong with which file.

Also shipped inside every bundle as verify.py, to the byte: standard library alone, Python 3.8 or later, nothing is unpacked.
Exit codes: 0 all is well, 1 something is wrong, 2 there is nothing to check.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUMS, SIGNATURE, MANIFEST, NAMESPACE = "SHA256SUMS", "SHA256SUMS.sig", "manifest.json", "bulletin"
BOOKS = ("bulletin.pdf", "bulletin-screen.pdf", "bulletin.epub")
NEEDED = (MANIFEST, SUMS, "README.txt", "verify.py", *BOOKS, "site/index.html")
LINES = ("业务条线", "法律事务（独立审核）")
_FORMS = {"quarter": r"20\d\dQ[1-4]", "date": r"\d{4}-\d\d-\d\d", "digest": r"sha256-[0-9a-f]{64}"}
LARGEST = 1 << 30
_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini", "__pycache__", "__MACOSX"}
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?<!\.)")
_LOCAL, _CENTRAL, _END = struct.Struct("<IHHHHHIIIHH"), struct.Struct("<IHHHHHHIIIHHHHHII"), struct.Struct("<IHHHHIIH")
_DAY, _MODE = 0x0021, 0o100644 << 16  # 1980-01-01; a plain file that all may read
WORDS = {
    "no-zip": ("不是 zip 压缩包，或者没有下载完整", "is no zip, or only a part of one"),
    "behind": ("末尾多出 {n} 个字节", "has {n} bytes behind its end"),
    "many": ("条目的数目或位置不合理，不再往下看", "has an unreasonable table of contents"),
    "broken": ("在包里的记录残缺，读不出来", "has a broken record and cannot be read"),
    "names-differ": ("在包里登记了两个不同的名字（另一个是“{other}”）", "goes by two names (the other is “{other}”)"),
    "encrypted": ("加了密，专刊从不加密", "is encrypted"),
    "packed": ("被重新压缩过，不是原来的包（没有展开它）", "was compressed again (it was not inflated)"),
    "link": ("是一个链接，不是文件", "is a link, no file"),
    "folder": ("是多余的文件夹条目", "is a needless folder entry"),
    "unsafe": ("名字不安全：会写到文件夹外面，或含有不允许的字符", "has an unsafe name"),
    "twice": ("出现了不止一次", "is there more than once"),
    "case": ("和“{other}”只差大小写，在 Windows 上会互相覆盖", "differs from “{other}” in case only"),
    "root": ("不在文件夹“{root}”里；全部文件应当在同一个文件夹里", "is outside the folder “{root}”"),
    "crc": ("内容损坏：CRC 校验值不符", "is damaged: wrong CRC"),
    "form": ("在包里的记录被改动过（第 {at} 个字节）", "has a changed record (byte {at})"),
    "order": ("文件的次序不对，不是原来的包", "is out of order: not the original zip"),
    "missing": ("不见了", "is missing"),
    "extra": ("是多出来的文件，SHA256SUMS 里没有它", "is an extra file that SHA256SUMS does not name"),
    "changed": (
        "内容被改动或已损坏：和 SHA256SUMS 里的校验值不符",
        "was changed: its SHA-256 is not that of SHA256SUMS",
    ),
    "sums": ("第 {n} 行看不懂", "line {n} cannot be read"),
    "json": ("读不出来：{why}", "cannot be read: {why}"),
    "record": ("“{field}”不对：{why}", "wrong “{field}”: {why}"),
    "not-listed": ("在 manifest.json 里没有登记", "is not in manifest.json"),
    "differs": ("和 manifest.json 登记的大小或校验值不符", "differs from its record in manifest.json"),
    "no-item": ("在 manifest.json 里没有对应的一篇", "belongs to no item of manifest.json"),
    "unsigned-item": ("{id} 缺少“{line}”的审核记录", "{id} lacks the review of “{line}”"),
    "dead": ("链接“{target}”找不到目标", "has a link to nowhere: “{target}”"),
    "outside": ("会从网上取“{target}”，离线页面不应当这样", "loads “{target}” from the network"),
    "script": ("含有不允许的脚本或样式写法：{target}", "has an inline script or handler: {target}"),
    "pdf": ("不是完整的 PDF 文件", "is no whole PDF"),
    "part": ("是多出来的文件", "is an extra file"),
    "first": ("不在最前面，或内容不对", "is not the first part, or wrong"),
    "book": ("结构不完整，读不出来：{why}", "has a broken structure: {why}"),
    "bare": ("没有正文或目录", "has no text or no contents"),
    "no-signature": ("没有数字签名，无法确认是谁发的", "carries no signature"),
    "bad-signature": (
        "数字签名不对：不是名单里的人签的，或签名以后内容被改过",
        "has a wrong signature, or not by a trusted signer",
    ),
    "no-tool": (
        "没有核对数字签名：这台电脑上没有 ssh-keygen（OpenSSH）",
        "was not checked: there is no ssh-keygen (OpenSSH)",
    ),
    "no-signers": ("可信签名人名单打不开", "cannot be opened"),
}
NOTES = {
    "signed": ("数字签名有效，签名人：{who}", "signed by {who}"),
    "signed-by-some": (
        "数字签名和内容相符；要确认是谁签的，请加 --signers 指定可信签名人名单",
        "the signature fits; name the trusted signers with --signers to know whose it is",
    ),
    "unsigned": (
        "没有数字签名；请和发布网页上的 SHA-256 对一对",
        "not signed; compare its SHA-256 with the one on the site",
    ),
    "draft": ("这是送审用的草稿，不是正式发布的专刊", "this is a draft for review"),
}


class Fault(NamedTuple):
    """One thing that is wrong."""

    name: str
    """The file, as the bundle names it."""
    code: str
    values: tuple[tuple[str, str], ...]

    def text(self, lang: str = "zh") -> str:
        """`file：what is wrong`."""
        what = WORDS[self.code][lang != "zh"].format(**dict(self.values))
        return _seen(self.name) + ("：" if lang == "zh" else ": ") + what


class Report(NamedTuple):
    """What was found."""

    faults: list[Fault]
    notes: list[tuple[str, tuple[tuple[str, str], ...]]]
    """Code and values of remarks that are no faults."""
    files: dict[str, bytes]

    def lines(self, lang: str = "zh") -> list[str]:
        """Sentences for people."""
        notes = [NOTES[code][lang != "zh"].format(**dict(values)) for code, values in self.notes]
        return [fault.text(lang) for fault in self.faults] + notes


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """The one form of our zips: name and bytes of each entry in the order given, stored, fixed time and mode.

    Raises ValueError for a name that is not plain ASCII or leaves the folder, or comes twice.
    """
    body, table = bytearray(), bytearray()
    seen: set[str] = set()
    for name, data in entries:
        if not _is_safe(name) or name.lower() in seen:
            raise ValueError(f"unsafe name {name!r}")
        seen.add(name.lower())
        sums = (zlib.crc32(data), len(data), len(data))
        raw, at = name.encode("ascii"), len(body)
        body += _LOCAL.pack(0x04034B50, 20, 0, 0, 0, _DAY, *sums, len(raw), 0) + raw + data
        table += _CENTRAL.pack(0x02014B50, 0x0314, 20, 0, 0, 0, _DAY, *sums, len(raw), 0, 0, 0, 0, _MODE, at) + raw
    return bytes(body + table + _END.pack(0x06054B50, 0, 0, len(seen), len(seen), len(table), len(body), 0))


def unpack(data: bytes, name: str) -> tuple[dict[str, bytes], list[Fault]]:
    """Entries of a zip (name → bytes, in their order) and what is wrong with its form. Nothing is inflated or written."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + _END.size > len(data):
        return {}, [_fault(name, "no-zip")]
    faults = [_fault(name, "behind", n=len(data) - end - _END.size)] if end + _END.size != len(data) else []
    _, _, _, _, count, listed, at, _ = _END.unpack_from(data, end)
    if faults and at + listed != end:
        # The end of the EPUB inside: what should come behind it was cut off.
        return {}, [_fault(name, "no-zip")]
    entries: dict[str, bytes] = {}
    folded: dict[str, str] = {}
    room = len(data)
    for _ in range(count):
        if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\x01\x02":
            return entries, [*faults, _fault(name, "many")]
        (_, _, _, flags, method, _, _, crc, size, _, length, extra, remark, _, _, mode, offset) = _CENTRAL.unpack_from(
            data, at
        )
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + length]
        at += _CENTRAL.size + length + extra + remark
        entry = raw.decode("utf-8", "backslashreplace")
        problem = _entry_fault(data, entry, raw, flags, method, mode, size, offset)
        if entry in entries:
            problem = problem or _fault(entry, "twice")
        elif entry.lower() in folded:
            problem = problem or _fault(entry, "case", other=_seen(folded[entry.lower()]))
        folded.setdefault(entry.lower(), entry)
        if problem is not None:
            faults.append(problem)
            continue
        start = offset + _LOCAL.size + sum(_LOCAL.unpack_from(data, offset)[9:])
        content = data[start : start + size]
        room -= size
        if room < 0:  # entries that share their bytes: a bomb
            return entries, [*faults, _fault(name, "many")]
        if len(content) != size:
            faults.append(_fault(entry, "broken"))
            continue
        if zlib.crc32(content) != crc:
            faults.append(_fault(entry, "crc"))
        entries[entry] = content
    if not faults:
        again = pack(entries.items())
        if again != data:
            at = next((n for n in range(min(len(again), len(data))) if again[n] != data[n]), min(len(again), len(data)))
            faults.append(_fault(_entry_at(entries, at, name), "form", at=at + 1))
    return entries, faults


def _entry_fault(
    data: bytes, entry: str, raw: bytes, flags: int, method: int, mode: int, size: int, offset: int
) -> Fault | None:
    """Why an entry may not even be looked at."""
    if flags & 0x41:
        return _fault(entry, "encrypted")
    if mode >> 16 & 0o170000 == 0o120000:
        return _fault(entry, "link")
    if entry.endswith("/") and _is_safe(entry[:-1]):
        return _fault(entry, "folder")
    if not _is_safe(entry):
        return _fault(entry, "unsafe")
    if offset + _LOCAL.size > len(data) or data[offset : offset + 4] != b"PK\x03\x04":
        return _fault(entry, "broken")
    local = _LOCAL.unpack_from(data, offset)
    other = data[offset + _LOCAL.size : offset + _LOCAL.size + local[9]]
    if other != raw:
        return _fault(entry, "names-differ", other=_seen(other.decode("utf-8", "backslashreplace")))
    if method or local[3] or local[7] != size:
        return _fault(entry, "packed")
    return None


def verify_path(path: Path, signers: Path | None = None) -> Report:
    """A zip, or the folder that came out of one. Raises OSError for what cannot be opened."""
    if path.is_dir():
        return verify_folder(path, signers)
    if path.stat().st_size > LARGEST:
        return Report([_fault(path.name, "many")], [], {})
    return verify(path.read_bytes(), path.name, signers)


def verify(data: bytes, name: str, signers: Path | None = None) -> Report:
    """Everything about the bytes of a zip."""
    entries, faults = unpack(data, name)
    root = _root_of(entries, name)
    files = {}
    for entry, content in entries.items():
        if entry.startswith(f"{root}/"):
            files[entry[len(root) + 1 :]] = content
        else:
            faults.append(_fault(entry, "root", root=root))
    if not faults and list(entries) != sorted(entries):
        faults.append(_fault(name, "order"))
    if not files:
        return Report(faults or [_fault(name, "no-zip")], [], {})
    return _judge(files, faults, signers, root)


def verify_folder(folder: Path, signers: Path | None = None) -> Report:
    """Everything about an unpacked bundle."""
    faults: list[Fault] = []
    files: dict[str, bytes] = {}
    for here, names, found in os.walk(folder):
        names[:] = sorted(n for n in names if n not in _LEFT_BY_SYSTEMS)
        for one in sorted(set(found) - _LEFT_BY_SYSTEMS) + [n for n in names if (Path(here) / n).is_symlink()]:
            path = Path(here) / one
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file():
                faults.append(_fault(name, "link"))
            elif not _is_safe(name):
                faults.append(_fault(name, "unsafe"))
            else:
                files[name] = path.read_bytes()
    return _judge(files, faults, signers)


def _judge(files: dict[str, bytes], faults: list[Fault], signers: Path | None, root: str = "") -> Report:
    faults = faults + list(_sums(files))
    manifest: dict[str, Any] = {}
    if MANIFEST in files:
        try:
            manifest = json.loads(files[MANIFEST].decode("utf-8"))
            faults += _record(files, manifest, root)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            faults.append(_fault(MANIFEST, "json", why=f"{type(error).__name__} {error}"))
    faults += _links(files)
    for name in sorted(name for name in files if name.endswith(".pdf")):
        if not files[name].startswith(b"%PDF-") or not files[name].rstrip().endswith(b"%%EOF"):
            faults.append(_fault(name, "pdf"))
    if "bulletin.epub" in files:
        faults += _epub(files["bulletin.epub"], "bulletin.epub")
    signed, notes = _signature(files, signers)
    if isinstance(manifest, dict) and manifest.get("draft"):
        notes.append(("draft", ()))
    unique = list(dict.fromkeys(faults + signed))
    return Report(unique, notes, files)


def _sums(files: dict[str, bytes]) -> Iterator[Fault]:
    """The files against SHA256SUMS."""
    listed = {}
    for number, line in enumerate(files.get(SUMS, b"").decode("utf-8", "replace").splitlines(), 1):
        match = re.fullmatch(r"([0-9a-f]{64})  (\S+)", line)
        if match is None or match[2] in listed:
            yield _fault(SUMS, "sums", n=number)
        else:
            listed[match[2]] = match[1]
    for name in sorted({*NEEDED, *listed} - set(files)):
        yield _fault(name, "missing")
    if SUMS in files:
        for name in sorted(set(files) - {SUMS, SIGNATURE}):
            if name not in listed:
                yield _fault(name, "extra")
            elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
                yield _fault(name, "changed")


def _record(files: dict[str, bytes], manifest: dict[str, Any], root: str) -> Iterator[Fault]:
    """The manifest against itself and the files, and the items against their texts."""

    def wrong(field: str, why: object) -> Fault:
        return _fault(MANIFEST, "record", field=field, why=why)

    for field in ("title", "id", "publisher", "licence"):
        if not isinstance(manifest[field], str) or not manifest[field]:
            yield wrong(field, "空")
    for field, form in _FORMS.items():
        if not isinstance(manifest[field], str) or not re.fullmatch(form, manifest[field]):
            yield wrong(field, manifest[field])
    if not isinstance(manifest["draft"], bool):
        yield wrong("draft", manifest["draft"])
    name = f"bulletin-{manifest['quarter']}" + ("-draft" if manifest["draft"] else "")
    for other in {name, root or name} - {manifest["name"]}:
        yield wrong("name", f"{manifest['name']} ≠ {other}")
    head = files.get("README.txt", b"").decode("utf-8-sig", "replace").splitlines()
    if head and re.sub("[《》 ]", "", str(manifest["title"])) != re.sub("[《》 ]", "", head[0]):
        yield wrong("title", f"{manifest['title']} ≠ {head[0]}")
    yield from _rows(files, manifest["files"])
    if not manifest["draft"]:
        yield from _reviews(manifest["id"], manifest["approvals"])
    texts: set[str] = set()
    for item in manifest["items"]:
        text = str(item["text"])
        if text in texts:
            yield wrong(f"{item['id']} text", text)
        texts.add(text)
        for one in (text, str(item["page"])):
            if one not in files:
                yield _fault(one, "missing")
        lines = files.get(text, b"").decode("utf-8", "replace").splitlines()
        if lines and lines[0] != f"# {item['title']}":
            yield wrong(f"{item['id']} title", item["title"])
        if text != f"articles/{item['id']}.md":
            yield wrong(f"{item['id']} text", text)
        if not re.fullmatch(_FORMS["digest"], item["digest"]):
            yield wrong(f"{item['id']} digest", item["digest"])
        if not manifest["draft"]:
            yield from _reviews(item["id"], item["approvals"])
    for one in sorted(n for n in files if n.startswith("articles/") and n not in texts):
        yield _fault(one, "no-item")


def _rows(files: dict[str, bytes], rows: Any) -> Iterator[Fault]:
    """The manifest's list of files against the files."""
    listed = {str(row["path"]): row for row in rows}
    if len(listed) != len(rows):
        yield _fault(MANIFEST, "record", field="files", why="重复")
    for name in sorted(set(files) - {MANIFEST, SUMS, SIGNATURE}):
        row = listed.get(name)
        if row is None:
            yield _fault(name, "not-listed")
        elif row["size"] != len(files[name]) or row["sha256"] != hashlib.sha256(files[name]).hexdigest():
            yield _fault(name, "differs")
    for name in sorted(set(listed) - set(files)):
        yield _fault(name, "missing")


def _reviews(id_: Any, approvals: Any) -> Iterator[Fault]:
    """Both lines have signed."""
    for line in LINES:
        if line not in [approval["line"] for approval in approvals]:
            yield _fault(MANIFEST, "unsigned-item", id=id_, line=line)


class _Page(HTMLParser):
    """Ids and links of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str | None] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id"))
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if (given.get("http-equiv") or "").strip().lower() == "refresh":
            self.inline.append("meta refresh")
        for name in ("href", "src", "poster", "data", "srcset", "action", "formaction"):
            target = given.get(name)
            if target is None:
                continue
            (self.links if tag == "a" else self.loads).append(target)
            if _is_code(target):
                self.inline.append(target)


def _links(files: dict[str, bytes]) -> Iterator[Fault]:
    """Every link of the offline pages and texts leads somewhere, and nothing is loaded from elsewhere."""
    pages = {n: _Page(files[n].decode("utf-8", "replace")) for n in sorted(files) if n.endswith(".html")}
    for name, page in pages.items():
        for what in page.inline:
            yield _fault(name, "script", target=what)
        for target in page.loads:
            if _split(target).scheme or target.startswith("//"):
                yield _fault(name, "outside", target=target)
        for target in page.links + page.loads:
            parts = _split(target)
            if parts.scheme or parts.netloc:
                continue
            place = _resolve(name, unquote(parts.path)) if parts.path else name
            if place not in files or (
                parts.fragment and place in pages and unquote(parts.fragment) not in pages[place].ids
            ):
                yield _fault(name, "dead", target=target)
    for name in (n for n in sorted(files) if n.endswith(".css")):
        for target in re.findall(rb"(?:url\(|@import)\s*[\"']?([^\"')\s;]+)", files[name]):
            if not target.startswith(b"data:"):
                yield _fault(name, "outside", target=target.decode("utf-8", "replace"))


def _epub(data: bytes, name: str) -> Iterator[Fault]:
    """The frame of an EPUB: its zip, its package and that every part and link is there. EPUBCheck looks deeper."""
    parts, faults = unpack(data, name)
    yield from (f if f.name == name else f._replace(name=f"{name}/{f.name}") for f in faults)
    if next(iter(parts.items()), None) != ("mimetype", b"application/epub+zip"):
        yield _fault(f"{name}/mimetype", "first")
    try:
        container = _tree(parts["META-INF/container.xml"])
        opf = next(e.get("full-path", "") for e in container.iter() if e.tag.endswith("}rootfile"))
        package = _tree(parts[opf])
        items = {e.get("id"): e for e in package.iter() if e.tag.endswith("}item")}
        named = {_resolve(opf, e.get("href", "")) for e in items.values()}
        spine = [items[e.get("idref")] for e in package.iter() if e.tag.endswith("}itemref")]
        if not spine or not [e for e in items.values() if "nav" in e.get("properties", "").split()]:
            yield _fault(f"{name}/{opf}", "bare")
        trees = {n: _tree(parts[n]) for n in sorted(named) if n.endswith(".xhtml") and n in parts}
    except (KeyError, StopIteration, ET.ParseError, ValueError) as error:
        yield _fault(name, "book", why=error)
        return
    for part in sorted(named - set(parts)):
        yield _fault(f"{name}/{part}", "missing")
    for part in sorted(set(parts) - named - {"mimetype", "META-INF/container.xml", opf}):
        yield _fault(f"{name}/{part}", "part")
    ids = {n: {e.get("id") for e in tree.iter()} for n, tree in trees.items()}
    for part, tree in trees.items():
        yield from _foreign(f"{name}/{part}", tree)
        for target in [e.get(a, "") for e in tree.iter() for a in ("href", "src") if e.get(a)]:
            url = _split(target)
            place = _resolve(part, unquote(url.path)) if url.path else part
            lost = place not in parts or (url.fragment and unquote(url.fragment) not in ids.get(place, set()))
            if not url.scheme and lost:
                yield _fault(f"{name}/{part}", "dead", target=target)


def _foreign(name: str, tree: ET.Element) -> Iterator[Fault]:
    """Programs in a chapter, and what it would load from elsewhere."""
    for element in tree.iter():
        tag = element.tag.rpartition("}")[2]
        if tag in {"script", "iframe", "object", "embed", "form"}:
            yield _fault(name, "script", target=tag)
        yield from (_fault(name, "script", target=f"{tag} {key}") for key in element.attrib if key.startswith("on"))
        target = element.get("src", "") or ("" if tag == "a" else element.get("href", ""))
        if _split(target).scheme or target.startswith("//"):
            yield _fault(name, "outside", target=target)
        if _is_code(element.get("href", "")):
            yield _fault(name, "script", target=element.get("href"))


def _signature(
    files: dict[str, bytes], signers: Path | None
) -> tuple[list[Fault], list[tuple[str, tuple[tuple[str, str], ...]]]]:
    """Faults and notes about the signature over SHA256SUMS."""
    if SIGNATURE not in files:
        return ([_fault(SIGNATURE, "no-signature")], []) if signers else ([], [("unsigned", ())])
    if signers is not None and not signers.is_file():
        return [_fault(str(signers), "no-signers")], []
    tool = shutil.which("ssh-keygen")
    if tool is None:
        return [_fault(SIGNATURE, "no-tool")], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signature"
        path.write_bytes(files[SIGNATURE])

        def ask(*arguments: str) -> tuple[bool, str]:
            done = subprocess.run(
                [str(tool), "-Y", *arguments, "-s", str(path)],
                input=files.get(SUMS, b""),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            return done.returncode == 0, done.stdout.decode("utf-8", "replace").strip()

        if signers is None:
            good, _ = ask("check-novalidate", "-n", NAMESPACE)
            return ([], [("signed-by-some", ())]) if good else ([_fault(SIGNATURE, "bad-signature")], [])
        known, who = ask("find-principals", "-f", str(signers))
        for one in who.splitlines() if known else []:
            if ask("verify", "-f", str(signers), "-I", one, "-n", NAMESPACE)[0]:
                return [], [("signed", (("who", one),))]
    return [_fault(SIGNATURE, "bad-signature")], []


def _tree(data: bytes) -> ET.Element:
    if b"<!ENTITY" in data or b"\0" in data:
        raise ValueError("含有实体定义")
    return ET.fromstring(data)


def _is_code(target: str) -> bool:
    """True for a link that runs something instead of leading somewhere; browsers skip what is invisible in it."""
    return re.sub(r"[\x00-\x20]", "", target).lower().startswith(("javascript:", "vbscript:", "data:text/html"))


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:
        return SplitResult("", "", target, "", "")


def _resolve(page: str, target: str) -> str:
    """Where a relative link of a page leads; empty if it leaves the bundle."""
    path = page.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            if not path:
                return ""
            path.pop()
        elif part != ".":
            path.append(part)
    return "/".join(path)


def _is_safe(name: str) -> bool:
    return name.isascii() and len(name) < 200 and all(_PART.fullmatch(part) for part in name.split("/"))


def _root_of(entries: dict[str, bytes], name: str) -> str:
    """The folder that most entries are in."""
    tops = [entry.split("/")[0] for entry in entries if "/" in entry]
    return max(sorted(set(tops)), key=tops.count) if tops else name


def _entry_at(entries: dict[str, bytes], at: int, name: str) -> str:
    """Whose record a byte of a zip in our form belongs to."""
    start = 0
    for entry, content in entries.items():
        start += _LOCAL.size + len(entry) + len(content)
        if at < start:
            return entry
    for entry in entries:
        start += _CENTRAL.size + len(entry)
        if at < start:
            return entry
    return name


def _fault(name: str, code: str, **values: object) -> Fault:
    return Fault(name, code, tuple(sorted((key, _seen(str(value))) for key, value in values.items())))


def _seen(text: str) -> str:
    """A stranger's words, safe for a terminal."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= 120 else shown[:119] + "…"


def main(argv: list[str] | None = None) -> int:
    """Checks the zip that was named, else the folder in which this file lies."""
    parser = argparse.ArgumentParser(prog="verify.py", description="核对专刊下载包：完整、没有改动、没有多出来的文件。")
    parser.add_argument("file", nargs="?", help="zip 文件；不写就核对本文件所在的文件夹")
    parser.add_argument("--signers", metavar="FILE", help="可信签名人名单（ssh-keygen 的 allowed_signers 格式）")
    given = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    path = Path(given.file) if given.file else Path(__file__).resolve().parent
    signers = Path(given.signers) if given.signers else None
    try:
        report = verify_path(path, signers)
    except OSError as error:
        print(f"打不开 {path}：{error.strerror}")
        return 2
    print("\n".join(f"  {line}" for line in report.lines()))
    print(
        f"✗ 有 {len(report.faults)} 处不对，请不要使用，重新下载。"
        if report.faults
        else f"✓ {len(report.files)} 个文件，全部正确。"
    )
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
