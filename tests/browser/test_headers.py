"""The shipped header snippet in a real nginx: the policy is on every answer, errors and assets included."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.site.builds import Built

CONFIGURATION = """
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; application/zip zip; }}
    server {{
        listen 127.0.0.1:{port};
        root {site};
        include {site}/_nginx.conf;
    }}
}}
"""


@pytest.fixture(scope="module")
def nginx(public: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        if os.environ.get("CI"):
            pytest.fail("nginx is missing: `hub test` installs it")
        pytest.skip("no nginx on this machine")
    work = tmp_path_factory.mktemp("nginx")
    site = work / "site"
    shutil.copytree(public.folder, site)
    # nginx gives up root for its workers, which must still be able to read.
    for folder in (work, *work.parents):
        if folder.owner() == "root" and folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (work / "nginx.conf").write_text(CONFIGURATION.format(work=work, port=port, site=site), "utf-8")
    process = subprocess.Popen([program, "-c", str(work / "nginx.conf")], stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(timeout=10)


def fetch(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_policy_is_on_every_answer(nginx: str, public: Built) -> None:
    style = next(url for url in public.files() if url.startswith("assets/hub.") and url.endswith(".css"))
    for url in ("index.html", "alerts/index.html", style, "no/such/page.html", "bulletin/2026/bulletin-2026Q3.zip"):
        _, headers, _ = fetch(nginx + url)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, url
        assert "frame-ancestors 'none'" in policy, url
        assert headers["X-Content-Type-Options"] == "nosniff", url
        assert headers["Referrer-Policy"] == "no-referrer", url


def test_header_and_meta_agree(nginx: str) -> None:
    _, headers, body = fetch(nginx)
    policy = headers["Content-Security-Policy"].removesuffix("; frame-ancestors 'none'")
    assert f'content="{policy}"'.replace("'", "&#39;") in body.decode("utf-8")


def test_assets_are_kept_and_pages_are_not(nginx: str, public: Built) -> None:
    style = next(url for url in public.files() if url.startswith("assets/hub.") and url.endswith(".css"))
    assert "immutable" in fetch(nginx + style)[1]["Cache-Control"]
    assert fetch(nginx)[1]["Cache-Control"] is None


def test_a_missing_page_is_ours_at_any_depth(nginx: str) -> None:
    status, _, body = fetch(nginx + "a/b/c.html")
    assert status == 404
    assert 'href="/assets/hub.' in body.decode("utf-8")


@pytest.mark.parametrize("url", [".hub-site", "_headers", "_nginx.conf", "_redirects"])
def test_what_the_server_reads_is_not_served(nginx: str, url: str) -> None:
    assert fetch(nginx + url)[0] == 404


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("topics/loan/rss.xml", "application/rss+xml; charset=utf-8"),
        ("alerts/feed.json", "application/feed+json; charset=utf-8"),
        ("alerts/2026/screen-share-meeting-fraud.cap.xml", "application/cap+xml; charset=utf-8"),
        ("alerts/cap.xml", "application/atom+xml; charset=utf-8"),
        ("calendar.ics", "text/calendar; charset=utf-8"),
        ("items.csv", "text/csv; charset=utf-8"),
        ("alerts.json", "application/json; charset=utf-8"),
        ("schemas/alerts.schema.json", "application/schema+json; charset=utf-8"),
    ],
)
def test_data_may_be_read_by_other_sites(nginx: str, url: str, kind: str) -> None:
    status, headers, _ = fetch(nginx + url)
    assert status == 200
    assert headers["Content-Type"] == kind
    assert headers.get_all("Access-Control-Allow-Origin") == ["*"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_pages_may_not_be_read_by_other_sites(nginx: str) -> None:
    assert fetch(nginx + "index.html")[1]["Access-Control-Allow-Origin"] is None
