"""The preview's web server: takes a desk, answers one browser on this machine and nobody else."""

from __future__ import annotations

import contextlib
import mimetypes
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from scripts.preview.boards import HERE
from scripts.preview.desk import Answer, Desk

HOST = "127.0.0.1"
OWN = "/_hub/"
_SCRIPT = '<script src="/_hub/preview.js" defer data-version="{version}" data-page="{page}"></script>'
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".zip": "application/zip",
}


class Server(ThreadingHTTPServer):
    """Listens as soon as it is made."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, desk: Desk) -> None:
        self.desk = desk
        super().__init__((HOST, port), Handler)
        self.names = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Called by the base class."""
        # A page of another site could have its name point at this machine and read drafts.
        if self.headers.get("Host", "") not in self.server.names:
            self._send(403, b"", ".txt")
            return
        address = urlsplit(self.path)
        path = unquote(address.path, errors="replace")
        if path.startswith(OWN):
            self._own(path.removeprefix(OWN), parse_qs(address.query))
            return
        url = self._url(path)
        if url is None:
            self._redirect(path + "/")
            return
        self._answer(self.server.desk.answer(url), url)

    def do_HEAD(self) -> None:
        """Called by the base class."""
        self.do_GET()

    def _own(self, name: str, query: dict[str, list[str]]) -> None:
        desk = self.server.desk
        if name == "":
            self._answer(desk.board(), "_hub/index.html", own=True)
        elif name == "events":
            self._events(desk.events())
        elif name == "status":
            page = query.get("page", [""])[0]
            self._send(200, desk.status(None if page == "_hub/index.html" else page), ".json")
        elif name in {"preview.js", "preview.css"}:
            self._send(200, (HERE / name).read_bytes(), name[name.rindex(".") :])
        else:
            self._send(404, b"", ".txt")

    def _url(self, path: str) -> str | None:
        """Site-relative address; None for a folder named without its slash."""
        root = self.server.desk.report.root
        # The 404 page links from the root of the host, where the preview is not.
        url = path.removeprefix(root if path.startswith(root) else "/")
        if url.endswith("/") or not url:
            return url + "index.html"
        if "." not in url.rpartition("/")[2] and self.server.desk.answer(f"{url}/index.html").status == 200:
            return None
        return url

    def _answer(self, answer: Answer, url: str, own: bool = False) -> None:
        suffix = "." + url.rpartition(".")[2].lower()
        data, status = answer.data, answer.status
        # A missing page is a page; a missing picture is nothing.
        if status != 200 and data:
            suffix = ".html"
        if suffix == ".html":
            page = url if url.isprintable() and not set(url) & set('"<>&') else ""
            script = _SCRIPT.format(version=answer.version, page=page).encode("utf-8")
            before, end, after = data.rpartition(b"</body>")
            data = before + script + end + after if end else data + script
        self._send(status, data, suffix, own or (status != 200 and suffix == ".html"))

    def _send(self, status: int, data: bytes, suffix: str, own: bool = False) -> None:
        kind = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        if own and suffix == ".html" and b"/_hub/preview.css" in data:
            self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _redirect(self, path: str) -> None:
        self.send_response(302)
        # Two slashes at the front would name another host.
        self.send_header("Location", "/" + path.lstrip("/").encode("ascii", "ignore").decode())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _events(self, marks: Iterator[str]) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        with contextlib.suppress(OSError):
            for mark in marks:
                self.wfile.write(f"data: {mark}\nretry: 500\n\n".encode() if mark else b": \n\n")
                self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for the editor."""
