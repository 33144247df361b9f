"""The engines, in a real browser: takes documents and strings, gives for each string what was found and what it cost."""

from __future__ import annotations

import gzip
import http.server
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from shutil import which
from typing import Any

from pubhub.engine.assets import read_assets
from scripts.bench.finding.documents import Document, Subject
from scripts.bench.tools import Tools
from scripts.places import ROOT
from scripts.words import Refusal

_OURS = """<!doctype html><meta charset="utf-8"><title>x</title><script src="core.js"></script>"""
_PAGEFIND = """<!doctype html><meta charset="utf-8"><title>x</title>"""
_ASK_OURS = """async ([text, limit]) => {
  const from = performance.now(), answer = await hubSearch.query(text, {limit, exact: true, today: "2026-11-24"});
  return [performance.now() - from, answer.hits.filter(hit => hit.via === "phrase").map(hit => hit.id), answer.total];
}"""
_ASK_PAGEFIND = """async ([text, limit]) => {
  const from = performance.now(), answer = await window.pagefind.search(text), took = performance.now() - from;
  const data = await Promise.all(answer.results.slice(0, limit).map(one => one.data()));
  return [took, data.map(one => one.meta.number), answer.results.length];
}"""
_OPEN_PAGEFIND = """async () => {
  window.pagefind = await import(new URL("pagefind/pagefind.js", location.href).href);
  await window.pagefind.init();
}"""


@dataclass(frozen=True)
class Answer:
    """What an engine said to one string."""

    found: frozenset[str]
    total: int
    seconds: float
    bytes: int
    """Gzipped, of files that were not there yet."""


@dataclass(frozen=True)
class Opened:
    """An engine that is ready."""

    name: str
    ready: int
    """Gzipped bytes to get there."""
    size: int
    """Of the whole index, gzipped file by file."""
    files: int


class Engine:
    """One of them, over a folder."""

    name = ""
    opener = "() => 0"
    ask = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def index(self, subject: Subject) -> None:
        """Fills the folder."""
        raise NotImplementedError

    def parts(self) -> Iterator[Path]:
        """Files that are the index."""
        raise NotImplementedError

    def opened(self, sent: int) -> Opened:
        """What it is, once it is ready."""
        files = list(self.parts())
        return Opened(self.name, sent, sum(_packed(path) for path in files), len(files))


class Ours(Engine):
    """This project's."""

    name = "pubhub"
    opener = "() => hubSearch.open('').then(() => 0)"
    ask = _ASK_OURS

    def index(self, subject: Subject) -> None:
        for file in subject.index():
            path = self.folder / file.url
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.make())
        (self.folder / "index.html").write_text(_OURS, "utf-8")
        assets = read_assets(ROOT / "theme" / "assets")
        (self.folder / "core.js").write_bytes(assets.contents[assets.names["search/core.js"]])

    def parts(self) -> Iterator[Path]:
        yield from (path for path in (self.folder / "search").rglob("*") if path.is_file())


class Pagefind(Engine):
    """Pagefind, extended, over a page for each document."""

    name = "pagefind"
    opener = _OPEN_PAGEFIND
    ask = _ASK_PAGEFIND

    def __init__(self, folder: Path, tools: Tools) -> None:
        super().__init__(folder)
        self._tools = tools

    def index(self, subject: Subject) -> None:
        for document in subject.documents:
            (self.folder / f"{document.id}.html").write_text(_page(document), "utf-8")
        command = [self._tools.need("pagefind"), "--site", str(self.folder), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Refusal("bench-failed", generator=self.name, number=done.returncode, said=done.stderr[-400:])
        (self.folder / "index.html").write_text(_PAGEFIND, "utf-8")

    def parts(self) -> Iterator[Path]:
        yield from (path for path in (self.folder / "pagefind").rglob("*") if path.suffix.startswith((".pf", ".wasm")))


def _page(document: Document) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in document.body.split("\n") if line)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(document.title)}</title></head>'
        f'<body data-pagefind-body><h1 data-pagefind-meta="title">{escape(document.title)}</h1>'
        f'<span hidden data-pagefind-meta="number">{document.id}</span>{lines}</body></html>'
    )


def _packed(path: Path) -> int:
    data = path.read_bytes()
    # What is compressed already does not get smaller.
    return len(data) if path.suffix.startswith(".pf") else len(gzip.compress(data, 6))


class _Counting(http.server.SimpleHTTPRequestHandler):
    """Counts what it would send over a line that compresses."""

    sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.is_file():
            type(self).sent += _packed(path)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def asking(engine: Engine) -> Iterator[tuple[Opened, Any]]:
    """The engine in a browser of its own, and a function that asks it: (texts, limit, fresh) → answers.

    With `fresh` every string is asked on a page that has just been opened, so that nothing is there from before.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Refusal("bench-missing", code=3, value="playwright") from None
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        raise Refusal("bench-missing", code=3, value="chromium")

    class Handler(_Counting):
        sent = 0

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(engine.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )

        def open_page() -> Any:
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/index.html")
            page.evaluate(engine.opener)
            return page

        def ask(texts: Sequence[str], limit: int, fresh: bool = False) -> list[Answer]:
            page = None if fresh else open_page()
            answers = []
            for text in texts:
                own = page or open_page()
                before = Handler.sent
                took, found, total = own.evaluate(engine.ask, [text, limit])
                answers.append(Answer(frozenset(found), total, took / 1000, Handler.sent - before))
                if fresh:
                    own.context.close()
            return answers

        open_page()
        try:
            yield engine.opened(Handler.sent), ask
        finally:
            browser.close()
            server.shutdown()
            server.server_close()
