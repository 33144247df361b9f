"""One issue to take home: takes the desk and an issue, gives PDF, EPUB, cover and the zip with everything and its checksums."""

from __future__ import annotations

import hashlib
import inspect
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.metadata import version

from markupsafe import Markup
from PIL import Image

from pubhub.archives import verify
from pubhub.archives.writer import make_archive
from pubhub.bulletin.book import book_style, make_epub
from pubhub.bulletin.columns import is_printable, missing, printed
from pubhub.bulletin.corrections import since_last
from pubhub.bulletin.magazine import print_both, print_issue, print_key
from pubhub.bulletin.offline import offline_files
from pubhub.bulletin.papers import TOOLS, is_item, manifest, readme, text_of
from pubhub.bulletin.photos import address_of, book_copy
from pubhub.bulletin.pieces import Volume, body_of, root_of, volume
from pubhub.content.loader import read_body
from pubhub.content.model import Issue, Item
from pubhub.engine.desk import Desk
from pubhub.engine.version import code_version, digest, folder_key
from pubhub.engine.workers import spread
from pubhub.pages.views import CoverPicture, Download
from pubhub.search.normal import simplified
from pubhub.urls import absolute

PARTS = ("zip", "screen", "pdf", "epub", "webp")
"""What one issue publishes; the last is its cover for the shelf."""
_ENDINGS = {"screen": "-screen.pdf"}
"""Of file names, where it is more than a suffix."""
_NAMES = {"zip": "整期下载包", "screen": "手机版 PDF", "pdf": "印刷版 PDF", "epub": "电子书 EPUB"}
_NOTES = {
    "zip": "PDF、EPUB、离线网页和原文，一个都不少",
    "screen": "字大，一栏到底，电话点一下就能拨",
    "pdf": "A4 页面，适合打印和张贴",
    "epub": "适合阅读器，字号随意调",
}
THUMBNAIL = 480
"""Width of the cover on the shelf in pixels: twice the widest place for it."""


@dataclass(frozen=True)
class Record:
    """What pages tell of an issue's files."""

    pages: dict[str, int]
    """Of each PDF."""
    cover: tuple[int, int]
    """Pixels of the cover for the shelf."""
    files: dict[str, tuple[int, str]]
    """Size and SHA-256 by suffix."""


class Bundles:
    """Bundles of one build, each made once and kept in the vault."""

    def __init__(self, desk: Desk, draft: bool = False) -> None:
        self._desk, self._catalog, self._draft = desk, desk.catalog, draft
        self._memory: dict[bytes, bytes] = {}
        self._keys: dict[str, bytes] = {}
        self._records: dict[str, Record] = {}

    def part(self, issue: Issue, suffix: str) -> bytes:
        """Bytes of one of PARTS."""
        found = self._get(self.part_key(issue, suffix))
        return self._make(issue)[suffix] if found is None else found

    def marked(self, issue: Issue) -> bytes:
        """The PDF for the printing house. Raises ContentRefused."""
        return print_issue(self._desk, issue, marks=True, draft=self._draft).pdf

    def record(self, issue: Issue) -> Record:
        """Sizes and checksums; makes the bundle if nobody has yet."""
        if issue.id not in self._records:
            data = self._get(self.part_key(issue, "record"))
            found = json.loads(self._make(issue)["record"] if data is None else data)
            files = {suffix: (size, sha) for suffix, (size, sha) in found["files"].items()}
            self._records[issue.id] = Record(found["pages"], tuple(found["cover"]), files)
        return self._records[issue.id]

    def make_all(self, issues: list[Issue]) -> None:
        """Makes what is not in the vault yet, on all cores; without a vault, in this process."""
        todo = [issue for issue in issues if self._get(self.part_key(issue, "record")) is None]
        workers = 0 if self._desk.vault is not None else 1
        for _ in spread(self._make_some, todo, 1, workers, least=2):
            pass

    def key(self, issue: Issue) -> bytes:
        """Of everything that goes into the files of an issue. The day is not in it: what was printed stays."""
        if issue.id not in self._keys:
            self._keys[issue.id] = self._key(issue)
        return self._keys[issue.id]

    def part_key(self, issue: Issue, suffix: str) -> bytes:
        """Of one of PARTS, or of the record."""
        return digest("bulletin", self.key(issue), suffix)

    def downloads(self, issue: Issue) -> tuple[Download, ...]:
        """What the issue's page offers; nothing for an issue that cannot be printed as it was approved."""
        if not is_printable(self._catalog, issue):
            return ()
        record = self.record(issue)
        return tuple(
            Download(
                _NAMES[suffix],
                address(issue, suffix),
                suffix,
                record.files[suffix][0],
                size_text(record.files[suffix][0]),
                record.files[suffix][1],
                _NOTES[suffix],
                record.pages.get(suffix, 0),
            )
            for suffix in PARTS
            if suffix in _NAMES
        )

    def cover(self, issue: Issue) -> CoverPicture | None:
        """The cover for the shelf."""
        if not is_printable(self._catalog, issue):
            return None
        return CoverPicture(address(issue, "webp"), *self.record(issue).cover)

    def _get(self, key: bytes) -> bytes | None:
        vault = self._desk.vault
        return self._memory.get(key) if vault is None else vault.get(key)

    def _put(self, key: bytes, data: bytes) -> None:
        vault = self._desk.vault
        if vault is None:
            self._memory[key] = data
        else:
            vault.put(key, data)

    def _make_some(self, issues: Sequence[Issue]) -> None:
        for issue in issues:
            self._make(issue)

    def _make(self, issue: Issue) -> dict[str, bytes]:
        files, pages, thumbnail, size = self._everything(issue)
        made = {
            "zip": make_archive(root_of(issue, self._draft), files),
            "screen": files["bulletin-screen.pdf"],
            "pdf": files["bulletin.pdf"],
            "epub": files["bulletin.epub"],
            "webp": thumbnail,
        }
        rows = {suffix: (len(data), hashlib.sha256(data).hexdigest()) for suffix, data in made.items()}
        made["record"] = json.dumps({"pages": pages, "cover": size, "files": rows}).encode()
        # The record last: where it is, the rest is.
        for suffix, data in made.items():
            self._put(self.part_key(issue, suffix), data)
        return made

    def _everything(self, issue: Issue) -> tuple[dict[str, bytes], dict[str, int], bytes, tuple[int, int]]:
        catalog, bodies = self._catalog, self._desk.bodies
        whole = volume(catalog, issue, self._draft)
        paper, screen = print_both(self._desk, issue, self._draft)
        pages = {"pdf": paper.pages, "screen": screen.pages}
        numbers = {piece.id: piece.file for piece in whole.pieces}
        pictures = self._pictures(whole)

        def body(suffix: str, images: str, item: Item) -> Markup:
            def here(id_: str) -> str:
                return numbers[id_].replace(".html", suffix) if id_ in numbers else ""

            return body_of(catalog, bodies, item, here, lambda url: images + url.rpartition("/")[2])

        epub = make_epub(
            self._desk.environment,
            whole,
            partial(body, ".xhtml", "images/"),
            {f"images/{name}": data for name, data in pictures.items()},
            ("images/cover.png", paper.cover),
            paper.page_of,
            book_style(self._desk.theme),
        )
        with Image.open(io.BytesIO(paper.cover)) as opened:
            size = opened.size
            thumbnail, small = _thumbnail(opened)
        site = offline_files(
            self._desk.environment,
            self._desk.theme,
            whole,
            partial(body, ".html", "../images/"),
            ("../images/cover.png", size),
            simplified(),
        )
        files = {
            "bulletin.pdf": paper.pdf,
            "bulletin-screen.pdf": screen.pdf,
            "bulletin.epub": epub,
            "images/cover.png": paper.cover,
            "README.txt": readme(whole),
            "verify.py": inspect.getsource(verify).encode("utf-8"),
            **{f"images/{name}": data for name, data in pictures.items()},
            **{f"site/{name}": data for name, data in site.items()},
            **{f"articles/{piece.id}.md": self._text(whole, piece.item) for piece in whole.pieces},
        }
        files["manifest.json"] = manifest(catalog, whole, files, pages)
        return files, pages, thumbnail, small

    def _pictures(self, whole: Volume) -> dict[str, bytes]:
        found = {}
        for item in (whole.issue, *(piece.item for piece in whole.pieces)):
            for name, picture in self._catalog.entry(item.id).used_pictures().items():
                found[address_of(picture, name).rpartition("/")[2]] = picture
        return {name: book_copy(picture) for name, picture in sorted(found.items())}

    def _text(self, whole: Volume, item: Item) -> bytes:
        piece = next(piece for piece in whole.pieces if piece.id == item.id)
        printed_ids = {one.id for one in whole.pieces}
        pictures = self._catalog.entry(item.id).used_pictures()
        site = self._catalog.vocabulary.site

        def target(old: str) -> str:
            if old in pictures:
                return f"../images/{address_of(pictures[old], old).rpartition('/')[2]}"
            if not is_item(old):
                return old
            id_ = old.partition("#")[0]
            if id_ in printed_ids:
                return f"{id_}.md"
            shown = self._catalog.get(id_)
            return absolute(site.url, shown.url) if shown else site.url

        return text_of(piece, read_body(self._desk.root, item), target).encode("utf-8")

    @cached_property
    def _recipe(self) -> bytes:
        vocabulary = self._catalog.vocabulary
        return digest(
            code_version(),
            folder_key([self._desk.theme / "bundle"]),
            *(f"{name} {version(name)}" for name in TOOLS),
            repr((vocabulary.site, vocabulary.people, vocabulary.facts)),
            self._catalog.edition,
            str(self._draft),
        )

    def _key(self, issue: Issue) -> bytes:
        catalog = self._catalog
        parts = [
            repr(missing(catalog, issue)),
            repr([(c.item.id, c.item.url, c.item.title, c.item.sample, c.change) for c in since_last(catalog, issue)]),
        ]
        for item in (issue, *(item for _, items in printed(catalog, issue) for item in items)):
            entry = catalog.entry(item.id)
            named = sorted({p.target.split("#")[0] for p in entry.scan.pointers if not p.image} | {item.superseded_by})
            targets = [(id_, target.url) for id_ in named if (target := catalog.get(id_))]
            parts.append(f"{item.url} {item.origin.source} {entry.approvals} {targets}")
        return digest(
            self._recipe,
            *(print_key(self._desk, issue, screen=one, draft=self._draft) for one in (False, True)),
            *parts,
        )


def address(issue: Issue, suffix: str = "zip") -> str:
    """bulletin/2026/bulletin-2026Q3.zip."""
    return f"{issue.url.rpartition('/')[0]}/{root_of(issue)}{_ENDINGS.get(suffix, f'.{suffix}')}"


def size_text(size: int) -> str:
    """3.1 MB, 640 KB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _thumbnail(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    size = (THUMBNAIL, round(image.height * THUMBNAIL / image.width))
    small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=4)
    return out.getvalue(), size
