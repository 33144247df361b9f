"""Our content folder: takes pieces, gives signed Markdown files, the ledger and the vocabulary, as `hub check` wants them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from pubhub.content.digest import text_digest
from pubhub.content.frontmatter import read
from pubhub.content.ledger import LEDGER, Published, format_ledger, read_ledger
from pubhub.content.model import ITEM_ID
from pubhub.review.policy import CHECKLIST
from scripts.bench.corpus import DAY, Piece, Value
from scripts.places import CONTENT

_SIGNERS = (("business", "yewu-shenhe"), ("independent", "falv-shenhe"))
# Whatever YAML could read as something else than this text is written in quotes.
_BARE = re.compile(r"(?!\d+\.\d+$)[\w\u4e00-\u9fff“《][^:#\"'\n]*(?<!\s)")
_BRAND = "brand"
"""This page brings icons and kits that no peer makes."""
_NAMED = re.compile(r"^ *(?:pages|nothing|numbers|links): \[.*\]\n", re.MULTILINE)
"""Lines of data that name items of the project."""
_PLAIN_URL = re.compile(r"https://[\w./-]+")


def write_tree(root: Path, pieces: Sequence[Piece]) -> None:
    """Makes a content folder with all pieces, the project's own `_data` and its plain pages."""
    shutil.copytree(CONTENT / "_data", root / "_data")
    for piece in pieces:
        write_piece(root, piece)
    ledger = {piece.id: address(piece) for piece in pieces if not piece.draft}
    ids = [piece.id for piece in pieces]
    plain = (source for source in sorted((CONTENT / "pages").glob("*/index.md")) if source.parent.name != _BRAND)
    pages = {source: source.read_text("utf-8") for source in plain}
    own = set(re.findall(r"^id: (\S+)$", "\n".join(pages.values()), re.MULTILINE))
    for name in ("synonyms.yml", "finding.yml"):
        words = root / "_data" / name
        words.write_text(_NAMED.sub("", words.read_text("utf-8")), "utf-8", newline="\n")
    for source, page in pages.items():
        text = _with_known_ids(page, own, ids)
        target = root / "pages" / source.parent.name / "index.md"
        target.parent.mkdir(parents=True)
        shutil.copytree(source.parent, target.parent, dirs_exist_ok=True)
        target.write_text(resigned(text), "utf-8", newline="\n")
        found = re.search(rf"^id: ({ITEM_ID})$", text, re.MULTILINE)
        if found:
            ledger[found[1]] = f"{source.parent.name}.html"
    _write_ledger(root, (Published(*one) for one in ledger.items()))


def write_piece(root: Path, piece: Piece, aliases: Sequence[str] = ()) -> Path:
    """Writes one piece, signed unless it is a draft; gives its file."""
    file = root / piece.place / "index.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    pictures = []
    for name in piece.pictures:
        data = picture(piece.id + name)
        (file.parent / name).write_bytes(data)
        pictures.append((name, hashlib.sha256(data).hexdigest()))
    file.write_text(markdown(piece, aliases, pictures), "utf-8", newline="\n")
    return file


def enter(root: Path, piece: Piece) -> None:
    """Puts a piece that is new into the ledger, as signing does; one that is there keeps its first address."""
    ledger = read_ledger(root)
    if piece.id not in {one.id for one in ledger}:
        _write_ledger(root, [*ledger, Published(piece.id, address(piece))])


def remove_piece(root: Path, piece: Piece) -> None:
    """Deletes the folder of a piece."""
    shutil.rmtree(root / piece.place)


def address(piece: Piece) -> str:
    """Site-relative page of a piece."""
    return f"{piece.place}.html"


def markdown(piece: Piece, aliases: Sequence[str] = (), pictures: Sequence[tuple[str, str]] = ()) -> str:
    """The file of a piece. `pictures` are names and SHA-256 sums."""
    front: dict[str, Value] = {
        "id": piece.id,
        "title": piece.title,
        "date": piece.date.isoformat(),
        "summary": piece.summary,
        "topics": list(piece.topics),
        "status": "draft" if piece.draft else "withdrawn" if piece.withdrawn else "published",
        "related": list(piece.related),
        "aliases": list(aliases),
        **piece.fields,
    }
    if piece.pictures:
        front |= {"cover": piece.pictures[0], "people": "none"}
    if piece.withdrawn:
        at = max(piece.date, DAY.replace(day=1))
        front["withdrawn"] = {"at": at.isoformat(), "reason": "outdated", "note": "内容已经过时。"}
    kept = {name: _as_read(value) for name, value in front.items() if value not in ([], {}, "")}
    digest = text_digest(kept, piece.body, pictures)
    if not piece.draft:
        on = min(piece.date, DAY).isoformat()
        kept["approvals"] = [
            {"line": line, "by": by, "on": on, "checklist": CHECKLIST, "digest": digest} for line, by in _SIGNERS
        ]
    return f"---\n{yaml(kept)}---\n{piece.body}"


def resigned(text: str) -> str:
    """A file as text, with the digest of its approvals made right; without pictures."""
    document, _ = read(text.encode(), "")
    if document is None:
        return text
    digest = text_digest(document.front.plain(), document.body, ())
    return re.sub(r"sha256-[0-9a-f]{64}", digest, text)


def picture(name: str) -> bytes:
    """A JPEG of its own, 800 by 450 pixels, about as big as a small photograph."""
    random = Random(name)
    small = Image.frombytes("RGB", (32, 18), random.randbytes(32 * 18 * 3))
    data = BytesIO()
    small.resize((800, 450), Image.Resampling.BICUBIC).save(data, "JPEG", quality=80)
    return data.getvalue()


def yaml(values: Mapping[str, object], indent: str = "") -> str:
    """Block YAML of strings, lists of strings or of maps, and maps; everything else the model has no need of."""
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines.append(f"{indent}{name}:\n{yaml(value, indent + '  ')}")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines.append(f"{indent}{name}:\n")
            for entry in value:
                block = yaml(entry, indent + "    ")
                lines.append(f"{indent}  - {block.lstrip()}")
        elif isinstance(value, list) and all(re.fullmatch(r"[\w-]+", str(one)) for one in value):
            lines.append(f"{indent}{name}: [{', '.join(map(str, value))}]\n")
        elif isinstance(value, list):
            lines.append(f"{indent}{name}:\n" + "".join(f"{indent}  - {_scalar(str(one))}\n" for one in value))
        else:
            lines.append(f"{indent}{name}: {_scalar(str(value))}\n")
    return "".join(lines)


def _scalar(text: str) -> str:
    return text if _BARE.fullmatch(text) or _PLAIN_URL.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _as_read(value: Value) -> Value:
    """Numbers become the strings that the reader of front matter sees."""
    return str(value) if isinstance(value, int) else value


def _with_known_ids(text: str, known: Collection[str], ids: Sequence[str]) -> str:
    """The project's pages name items that the corpus lacks: the n-th of them becomes its n-th, while there are enough."""
    strange = [id_ for id_ in dict.fromkeys(re.findall(ITEM_ID, text)) if id_ not in known]
    for number, id_ in enumerate(strange):
        text = text.replace(id_, ids[number % len(ids)])
    return text


def _write_ledger(root: Path, entries: Iterable[Published]) -> None:
    file = root / LEDGER
    file.parent.mkdir(exist_ok=True)
    file.write_text(format_ledger(entries), "utf-8", newline="\n")
