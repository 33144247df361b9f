"""The brand page's own parts: takes the collection and the kit, gives a view with every file and its size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pubhub.brand.collection import Collection, colours_of
from pubhub.brand.colour import contrast, rgb
from pubhub.brand.derive import Derived
from pubhub.brand.kit import Kit
from pubhub.brand.recipe import MasterInfo
from pubhub.brand.works import PAPERS, Ico, Print, Sheet, fitted
from pubhub.engine.assets import published
from pubhub.engine.vault import Vault
from pubhub.pages.views import BrandView, Contrast, Download, Figure, FileGrid, FileLink, Swatch

_UNKNOWN = "大小待定"
"""Only in a preview, and only until the files are made."""
_FORMATS = {"png": "PNG", "webp": "WebP", "avif": "AVIF", "pdf": "PDF", "ico": "ICO"}
_GROUNDS = {"paper": "纸色", "white": "白色", "dark": "深色"}


@dataclass(frozen=True)
class Pages:
    """Makes the view; sizes are known once all files are made."""

    collection: Collection
    kit: Kit
    vault: Vault | None
    hurried: bool = False
    """True to say nothing of the size of files that are not made yet, and make none."""

    def view(self) -> BrandView:
        """Everything the page shows."""
        figures = [self._figure(info) for info in self.collection.recipe.masters]
        poses = {info.name for info in self.collection.recipe.masters if info.pose}
        return BrandView(
            kit=self._kit(),
            kit_files=self.kit.count(),
            logos=tuple(figure for figure in figures if figure.id not in poses),
            poses=tuple(figure for figure in figures if figure.id in poses),
            colours=tuple(self._swatches()),
            others=tuple(
                (group.name, group.note, (self._listed(group.id),))
                for group in self.collection.recipe.groups
                if group.id not in {"logo", "mascot", "print"}
            ),
        )

    def _kit(self) -> Download:
        name, url = "品牌素材包", self.kit.address
        if any(self._size(one) is None for one in self.kit.files()):
            return Download(name, url, "zip", 0, _UNKNOWN, "")
        data = self.kit.data()
        return Download(name, url, "zip", len(data), size_text(len(data)), hashlib.sha256(data).hexdigest())

    def _size(self, one: Derived) -> int | None:
        """Bytes; None for a file that is not there when there is no time to make it."""
        if self.hurried:
            data = self.vault.get(one.key) if self.vault is not None else None
            return None if data is None else len(data)
        return len(self.collection.data(one, self.vault))

    def _figure(self, info: MasterInfo) -> Figure:
        master = self.collection.masters[info.name]
        own = [one for one in self.collection.files if one.masters == (info.name,) and one.group != "site"]
        screen = [one for one in own if not isinstance(one.work, Print | Sheet)]
        paper = [one for one in own if isinstance(one.work, Print | Sheet)]
        url = published(f"brand/{info.name}.svg", master)
        vector = FileLink(size_text(len(master)), url, f"{info.title} SVG 矢量母版，{size_text(len(master))}")
        grids = [FileGrid("矢量母版", ("SVG",), (("任意大小", (vector,)),))]
        if screen:
            grids.append(
                self._grid("屏幕", screen, [f"{w} × {h}" for w, h in (one.pixels or (0, 0) for one in screen)])
            )
        if paper:
            grids.append(self._grid("印刷", paper, [_paper_of(one) for one in paper]))
        ground = colours_of(self.collection.tokens)[info.ground or "white"]
        width, height = map(round, info.box)
        least, least_mm = info.least
        return Figure(
            id=info.name,
            title=info.title,
            use=info.use,
            alt=info.alt,
            url=url,
            width=width,
            height=height,
            ground=ground,
            least=least,
            least_height=fitted(info.box, least, float("inf"))[1],
            least_mm=least_mm,
            count=len(own) + 1,
            grids=tuple(grids),
        )

    def _grid(self, title: str, files: Sequence[Derived], rows: Sequence[str]) -> FileGrid:
        """A row for each size, a column for each format."""
        formats = tuple(name for name in _FORMATS if any(one.format == name for one in files))
        table: dict[str, dict[str, FileLink]] = {}
        for one, row in zip(files, rows, strict=True):
            table.setdefault(row, {})[one.format] = self._link(one, row)
        return FileGrid(
            title,
            tuple(_FORMATS[name] for name in formats),
            tuple((row, tuple(cells.get(name) for name in formats)) for row, cells in table.items()),
        )

    def _listed(self, group: str) -> FileGrid:
        """A row for each file."""
        files = [one for one in self.collection.files if one.group == group]
        rows = []
        for one in files:
            link = self._link(one, _pixels(one))
            rows.append((f"{one.title} {_pixels(one)}", (replace(link, text=f"{_FORMATS[one.format]} {link.text}"),)))
        return FileGrid("", ("文件",), tuple(rows))

    def _link(self, one: Derived, size: str) -> FileLink:
        known = self._size(one)
        weight = _UNKNOWN if known is None else size_text(known)
        suffix = _FORMATS[one.format]
        return FileLink(weight, one.url, f"{one.title} {size} {suffix}，{weight}")

    def _swatches(self) -> Iterable[Swatch]:
        tokens = self.collection.tokens
        grounds = colours_of(tokens)
        for id_, colour in tokens.palette.items():
            contrasts = tuple(_contrast(colour, grounds[ground], name) for ground, name in _GROUNDS.items())
            red, green, blue = rgb(colour)
            yield Swatch(id_, tokens.palette_names[id_], colour.upper(), f"{red}, {green}, {blue}", contrasts)


def _contrast(colour: str, ground: str, name: str) -> Contrast:
    # Cut, not rounded: a ratio must not look better than it is.
    ratio = int(contrast(colour, ground) * 10) / 10
    verdict = "正文可用" if ratio >= 4.5 else "大字可用" if ratio >= 3 else "不用于文字"
    return Contrast(name, f"{ratio:.1f}", verdict)


def _pixels(one: Derived) -> str:
    if isinstance(one.work, Ico):
        return f"{one.work.sizes[0]} 到 {one.work.sizes[-1]}"
    return f"{one.pixels[0]} × {one.pixels[1]}" if one.pixels else ""


def _paper_of(one: Derived) -> str:
    if isinstance(one.work, Sheet):
        return one.work.paper.upper()
    return next(paper.upper() for paper in PAPERS if f"-{paper}-" in one.name)


def size_text(size: int) -> str:
    """3.1 MB or 16 KB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
