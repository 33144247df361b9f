"""One issue to take home: takes the catalog and an issue, gives a zip with an offline page, the texts, pictures and checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from markupsafe import Markup

from pubhub.bulletin.archive import make_archive
from pubhub.clock import chinese_date, quarter_name
from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.loader import read_body
from pubhub.content.model import Issue, Item
from pubhub.engine.desk import Desk
from pubhub.markup.resolve import one_size, resolve
from pubhub.pages.cards import card
from pubhub.pages.digests import digest_of
from pubhub.pages.views import Download
from pubhub.pictures import shown_copy, single
from pubhub.tokens import style_sheet
from pubhub.urls import absolute


class Bundles:
    """Bundles of one build, each made once."""

    def __init__(self, desk: Desk) -> None:
        self._root, self._catalog, self._bodies = desk.root, desk.catalog, desk.bodies
        self._old = desk.old
        self._environment, self._fingerprints = desk.environment, desk.fingerprints
        self._style = style_sheet(desk.theme)
        self._made: dict[str, bytes] = {}

    def data(self, issue: Issue) -> bytes:
        """The zip of an issue."""
        if issue.id not in self._made:
            old = self._old(address(issue), self.key(issue))
            self._made[issue.id] = old or make_archive(root_of(issue), dict(self._files(issue)))
        return self._made[issue.id]

    def key(self, issue: Issue) -> bytes:
        """Of everything that goes into the zip, words of the vocabulary and templates apart."""
        items = [issue, *(item for _, column in printed(self._catalog, issue) for item in column)]
        entries = [self._catalog.entry(item.id) for item in items]
        return digest_of(f"{e.item.origin.source} {e.approvals} {self._fingerprints.card(e.item)}" for e in entries)

    def downloads(self, issue: Issue) -> tuple[Download, ...]:
        """What the issue's page offers; nothing for an issue that was taken back."""
        if self._catalog.is_withdrawn(issue):
            return ()
        data = self.data(issue)
        digest = hashlib.sha256(data).hexdigest()
        return (Download("整期下载包", address(issue), "zip", len(data), _size(len(data)), digest),)

    def _files(self, issue: Issue) -> Iterator[tuple[str, bytes]]:
        items = printed(self._catalog, issue)
        flat = [item for _, column in items for item in column]
        anchors = {item.id: f"#{item.id}" for item in flat}
        bodies = {}
        for item in [issue, *flat]:
            for name, picture in self._catalog.entry(item.id).used_pictures().items():
                copy = single(picture, name)
                yield _image(copy.url), shown_copy(picture, copy.width, copy.format)
            # Headings of an article stand below its title, which stands below its column.
            lowered = _lowered(one_size(self._bodies.neutral(item)), item.id)
            bodies[item.id] = Markup(resolve(lowered, lambda id_: anchors.get(id_, ""), _image))
        site = self._catalog.vocabulary.site
        page = self._environment.get_template("bundle/offline.html").render(
            site=site,
            issue=issue,
            quarter=quarter_name(issue.quarter),
            date_text=chinese_date(issue.date),
            columns=[(name, [card(self._catalog, item) for item in column]) for name, column in items],
            items={item.id: item for item in flat},
            bodies=bodies,
            online=absolute(site.url, issue.url),
        )
        yield "index.html", page.encode("utf-8")
        yield "style.css", self._style
        for item in flat:
            yield f"articles/{item.id}.md", _text(item, read_body(self._root, item)).encode("utf-8")
        yield "manifest.json", _manifest(self._catalog, issue, items).encode("utf-8")
        yield (
            "README.txt",
            _readme(site.organisation, site.bulletin, issue, absolute(site.url, issue.url)).encode("utf-8"),
        )


def root_of(issue: Issue) -> str:
    """bulletin-2026Q3."""
    return f"bulletin-{issue.quarter}"


def address(issue: Issue) -> str:
    """bulletin/2026/bulletin-2026Q3.zip."""
    return f"{issue.url.rpartition('/')[0]}/{root_of(issue)}.zip"


def printed(catalog: Catalog, issue: Issue) -> list[tuple[str, list[Item]]]:
    """Columns in the printed order with the items that this edition shows; an empty column is left out."""
    columns = []
    for name, ids in zip(model.COLUMNS, issue.columns, strict=True):
        found = [i for id_ in ids if (i := catalog.get(id_)) is not None and not catalog.is_withdrawn(i)]
        if found:
            columns.append((name, found))
    return columns


def _image(url: str) -> str:
    return url.replace("assets/media/", "images/")


def _lowered(html: str, prefix: str) -> str:
    """Headings two levels down, and ids made unique among the articles of one page."""
    for level in (4, 3, 2):
        html = html.replace(f"<h{level}", f"<h{level + 2}").replace(f"</h{level}>", f"</h{level + 2}>")
    return html.replace(' id="', f' id="{prefix}-').replace(' href="#', f' href="#{prefix}-')


def _text(item: Item, body: str) -> str:
    """The approved text with its title and source, as plain Markdown."""
    plain = "".join(f"- {line}\n" for line in item.plain)
    mark = "（示例内容）\n\n" if item.sample else ""
    sources = "".join(f"- {s.text} {s.url}".rstrip() + "\n" for s in item.sources)
    ending = f"\n\n来源：\n\n{sources}" if sources else "\n"
    return f"# {item.title}\n\n{mark}{item.name} · {item.id} · {chinese_date(item.date)}\n\n{plain}\n{body.strip()}{ending}"


def _manifest(catalog: Catalog, issue: Issue, columns: list[tuple[str, list[Item]]]) -> str:
    people = {person.id: person.name for person in catalog.vocabulary.people}

    def row(column: str, item: Item) -> dict[str, object]:
        signed = catalog.entry(item.id).approvals
        return {
            "column": column,
            "id": item.id,
            "kind": item.kind,
            "title": item.title,
            "date": item.date.isoformat(),
            "digest": item.origin.digest,
            "sample": item.sample,
            "approvals": [
                {"line": model.LINES[a.line], "by": people.get(a.by, a.by), "on": a.on.isoformat()} for a in signed
            ],
        }

    site = catalog.vocabulary.site
    record = {
        "title": f"{site.bulletin} {quarter_name(issue.quarter)}",
        "quarter": issue.quarter,
        "id": issue.id,
        "date": issue.date.isoformat(),
        "publisher": site.organisation,
        "licence": site.licence,
        "items": [row(name, item) for name, column in columns for item in column],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _readme(organisation: str, bulletin: str, issue: Issue, online: str) -> str:
    return (
        f"《{bulletin}》{quarter_name(issue.quarter)}\n{organisation}\n\n"
        "打开 index.html 就能阅读，不需要联网。\n"
        "articles 文件夹是各篇文稿，images 文件夹是图片。\n"
        "manifest.json 列出每篇的编号、审核和指纹；SHA256SUMS 是每个文件的校验值，\n"
        "可用 sha256sum -c SHA256SUMS 核对（Windows 可用 certutil -hashfile 文件名 SHA256）。\n\n"
        f"在线版：{online}\n"
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
