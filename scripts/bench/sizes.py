"""What a reader downloads: gzipped pages, and the first view of a page with all that it loads at once."""

from __future__ import annotations

import gzip
import posixpath
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

_TEXT = {".html", ".css", ".js", ".svg", ".json", ".xml", ".txt"}
_LOADED = {"stylesheet", "preload", "modulepreload", "icon"}


@dataclass(frozen=True)
class Sizes:
    """Bytes as they go over the line: text gzipped, pictures as they are."""

    pages: int
    median_article: int
    largest_article: int
    largest: str
    """Its place."""
    first_home: int
    first_article: int
    """Home and the median article with style sheets, scripts, icons and pictures that are not lazy."""


def sizes(site: Path, articles: str = "articles/*/*.html") -> Sizes:
    """Figures of one site."""
    pages = sorted((weight(page), page.relative_to(site).as_posix()) for page in site.glob(articles))
    pages = [(size, place) for size, place in pages if not place.endswith(("index.html", ".xml"))]
    middle = pages[len(pages) // 2][1] if pages else "index.html"
    return Sizes(
        pages=len(pages),
        median_article=int(statistics.median(size for size, _ in pages)) if pages else 0,
        largest_article=pages[-1][0] if pages else 0,
        largest=pages[-1][1] if pages else "",
        first_home=first_view(site, "index.html"),
        first_article=first_view(site, middle),
    )


def weight(path: Path) -> int:
    """Bytes of a file on the line; gzip level 6, as servers do it."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6, mtime=0)) if path.suffix in _TEXT else len(data)


def first_view(site: Path, place: str) -> int:
    """A page and everything of the site that it loads without being asked."""
    return weight(site / place) + sum(weight(path) for path in sorted(set(loaded(site, place))))


def loaded(site: Path, place: str) -> Iterator[Path]:
    """Files of the site that a page loads at once, and what its style sheets import."""
    parser = _Loads()
    parser.feed((site / place).read_text("utf-8"))
    for target in parser.found:
        path = _inside(site, place, target)
        if path is not None:
            yield path
            if path.suffix == ".css":
                for inner in re.findall(r"url\([\"']?([^\"')]+)", path.read_text("utf-8")):
                    font = _inside(site, path.relative_to(site).as_posix(), inner)
                    if font is not None:
                        yield font


def _inside(site: Path, place: str, target: str) -> Path | None:
    target = target.partition("#")[0].partition("?")[0]
    target = re.sub(r"^https://hub\.example\.cn/", "/", target)
    if not target or re.match(r"[a-z]+:|//", target):
        return None
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(place), target)
    path = site / posixpath.normpath(joined)
    return path if path.is_file() else None


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and _LOADED & set(values.get("rel", "").split()):
            self.found.append(values.get("href", ""))
        elif (tag == "script" and "src" in values) or (tag == "img" and values.get("loading") != "lazy"):
            self.found.append(values.get("src", ""))
