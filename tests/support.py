"""What tests build content folders from: valid items of every kind, files that editors' tools spoil, approvals that fit."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import shutil
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from pubhub.content.digest import text_digest
from pubhub.content.frontmatter import read

CASES = Path(__file__).parent / "cases"
PLACE = "alerts/2026/a/index.md"
_COMMON = {
    "id": "XB-2026-0101",
    "title": "假客服来电",
    "date": "2026-09-12",
    "summary": "说清这是怎么回事。",
    "status": "draft",
    "authors": "[editor]",
}
_OWN: dict[str, dict[str, str]] = {
    "article": {},
    "case": {"basis": "composite", "method": "冒充客服。", "lesson": "先挂断再核实。"},
    "alert": {"severity": "high", "expires": "2027-03-31", "steps": "[先挂断]"},
    "news": {"unit": "某支行", "scope": "branch"},
    "star": {"person": "小李", "unit": "某支行", "consent": "{form: written, date: 2026-09-01}"},
    "lesson": {},
    "event": {"format": "salon", "place": "某支行", "starts": "2026-10-01"},
    "issue": {"quarter": "2026Q3", "columns": "{}"},
    "course": {"visibility": "staff", "level": "newcomer"},
    "campaign": {"starts": "2026-09-01", "ends": "2026-09-30"},
    "entry": {
        "visibility": "staff",
        "register": "review",
        "raised": "2026-09-01",
        "owner": "某部门",
        "due": "2026-10-01",
        "state": "open",
    },
    "page": {},
}
BODY = "接到自称客服的电话，先挂断。\n"


def valid(kind: str = "alert", body: str = BODY, **lines: str | None) -> str:
    """A file that passes, one front matter key a line; `lines` replaces, adds or (None) drops keys."""
    keys: dict[str, str | None] = {**_COMMON, **_OWN[kind], **lines}
    front = "".join(f"{name}: {value}\n" for name, value in keys.items() if value is not None)
    return f"---\n{front}---\n\n{body}"


def approved(text: str, *signatures: str, pictures: Mapping[str, bytes] | None = None) -> str:
    """The text with approvals over its digest. A signature is `line person day`, e.g. `business law 2026-09-10`."""
    document, problems = read(text.encode(), "")
    assert document is not None, problems
    assets = [(name, hashlib.sha256(data).hexdigest()) for name, data in (pictures or {}).items()]
    digest = text_digest(document.front.plain(), document.body, assets)
    entries = []
    for signature in signatures:
        line, by, day = signature.split()
        entries.append(f"  - {{line: {line}, by: {by}, on: {day}, checklist: '2026.1', digest: {digest}}}\n")
    opening, front, body = text.split("---\n", 2)
    return f"{opening}---\n{front}approvals:\n{''.join(entries)}---\n{body}"


BOTH = ("business biz 2026-09-10", "independent law 2026-09-11")
"""Two signatures that count."""


def write(root: Path, files: Mapping[str, str | bytes], data: bool = True) -> Path:
    """Writes a content folder; `data` brings the small vocabulary of the tests."""
    root.mkdir(parents=True, exist_ok=True)
    if data:
        shutil.copytree(CASES / "_data", root / "_data")
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def picture(kind: str = "PNG", width: int = 8, height: int = 6, frames: int = 1) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    images = [Image.new("RGB", (width, height), (40 * n, 90, 120)) for n in range(frames)]
    images[0].save(out, kind, **({"save_all": True, "append_images": images[1:]} if frames > 1 else {}))
    return out.getvalue()


def build_case(root: Path, case: Mapping[str, Any]) -> Path:
    """Writes the folder of a golden case (tests/cases/README.md tells its forms)."""
    files = dict(case.get("files") or {})
    short = {name: case[name] for name in case.keys() - {"name", "files", "expect", "today", "root"}}
    if short:
        files[PLACE] = short
    write(root, {})
    pictures = {name: data for name, form in files.items() if (data := _picture_of(form)) is not None}
    for name, form in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if form is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif isinstance(form, dict) and "symlink" in form:
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            path.symlink_to(form["symlink"].replace("{outside}", str(_outside(root))))
        elif isinstance(form, dict) and "folder" in form:
            path.mkdir()
        else:
            beside = {
                p.rpartition("/")[2]: d for p, d in pictures.items() if p.rpartition("/")[0] == name.rpartition("/")[0]
            }
            path.write_bytes(pictures.get(name) or _content(form, beside))
    return root


def _outside(root: Path) -> Path:
    """A folder beside the content, where no link may lead."""
    folder = root.parent / "outside"
    folder.mkdir(exist_ok=True)
    (folder / "secret.md").write_text(valid(), "utf-8")
    (folder / "secret.yml").write_text("[]\n", "utf-8")
    return folder


def _picture_of(form: object) -> bytes | None:
    if not isinstance(form, dict) or "picture" not in form:
        return None
    width, height = form.get("size", (8, 6))
    data = picture(form["picture"], width, height, form.get("frames", 1))
    return data[: form["cut"]] if "cut" in form else data


def _content(form: Any, beside: Mapping[str, bytes]) -> bytes:
    if isinstance(form, str):
        return form.encode()
    if "bytes" in form:
        return base64.b64decode(form["bytes"])
    if "header" in form:
        return _png_header(*form["header"])
    if "repeat" in form:
        return f"{form.get('before', '')}{form['repeat'] * form['times']}{form.get('after', '')}".encode()
    text: str = (
        form["text"]
        if "text" in form
        else valid(form.get("like", "alert"), _body(form.get("body", BODY)), **form.get("keys", {}))
    )
    if "approve" in form:
        signatures: Iterable[str] = BOTH if form["approve"] is True else form["approve"]
        text = approved(text, *signatures, pictures=beside)
    for old, new in (form.get("change") or {}).items():
        assert old in text, f"nothing to change: {old}"
        text = text.replace(old, str(new), 1)
    if form.get("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    return text.encode(str(form.get("encoding", "utf-8")))


def _body(form: Any) -> str:
    return form if isinstance(form, str) else str(form["repeat"]) * int(form["times"])


def _png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def seeded(name: str) -> random.Random:
    """The same numbers on every run."""
    return random.Random(hashlib.sha256(name.encode()).digest())
