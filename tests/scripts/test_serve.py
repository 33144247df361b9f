"""hub serve as a real process on a copy of the project: what is saved is seen, what is wrong is said, nothing brings it down."""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from watchdog.observers import Observer

from pubhub.content.survey import survey
from scripts.bench.live import Events
from scripts.places import CACHE, ROOT
from scripts.preview.ground import Ground
from scripts.preview.watch import Changes, watching
from scripts.processes import is_running
from tests.site.builds import TODAY, Built
from tests.support import picture

ARTICLE = "articles/2026/screen-sharing"
DRAFT = """\
---
id: XB-2026-0999
title: 还没写完的一篇
date: 2026-11-20
summary: 一句话。
status: draft
authors: [xiaobao-bianji]
---

只有预览里看得到这一段。

![柜台前的一位客户](counter.png)
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Preview:
    """One running preview."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.theme = folder, folder / "content", folder / "theme"
        for name in ("plugins", "scripts", "theme", "content"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "peers"))
        # Pictures, print and brand files take minutes together; the preview takes them from where all builds keep them.
        (folder / ".cache").mkdir()
        (folder / ".cache" / "vault").symlink_to(CACHE / "vault", target_is_directory=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.log = folder / "log"

    def start(self) -> None:
        door = "import sys; from scripts.cli import main; sys.exit(main(sys.argv[1:]))"
        words = ["serve", "--content", str(self.content), "--port", str(self.port), "--date", TODAY]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", door, *words],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": f"{self.folder}{os.pathsep}{self.folder / 'plugins'}"},
                stdout=log,
                stderr=log,
            )
        try:
            self.until(lambda: self.get("index.html")[0] == 200)
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def get(self, path: str, host: str = "", method: str = "GET") -> tuple[int, bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            link.request(method, "/" + path, headers={"Host": host or f"127.0.0.1:{self.port}"})
            answer = link.getresponse()
            return answer.status, answer.read()
        except OSError:
            return 0, b""
        finally:
            link.close()

    def text(self, path: str) -> str:
        return self.get(path)[1].decode()

    def status(self, page: str) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.text(f"_hub/status?page={quote(page)}"))
        return found

    def changed(self, change: Callable[[], object]) -> None:
        """Makes a change and waits until the pages have been told of it."""
        events = Events(self.port)
        change()
        events.wait()
        events.close()
        # The end of a copy may be a change of its own.
        time.sleep(0.1)

    def until(self, true: Callable[[], object], seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.log.read_text("utf-8")
            time.sleep(0.02)

    def builder(self) -> int:
        """Process number of the builder; 0 if there is none."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        pairs = [line.split() for line in listed.splitlines()]
        return next((int(pid) for pid, parent in pairs if int(parent) == self.process.pid), 0)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, public: Built) -> Iterator[Preview]:
    # The public edition was built first, so all costly files are there.
    assert public.code == 0
    preview = Preview(tmp_path_factory.mktemp("serve"))
    preview.start()
    yield preview
    assert preview.process.poll() is None, preview.log.read_text("utf-8")
    assert preview.stop() == 0
    said = preview.log.read_text("utf-8")
    assert "预览已结束" in said
    assert "Traceback" not in said


@pytest.fixture
def preview(running: Preview) -> Iterator[Preview]:
    """The preview; afterwards its content and theme are as they were."""
    yield running
    for name in ("content", "theme"):
        _restore(ROOT / name, running.folder / name)
    running.until(lambda: not running.status("index.html")["text"])


def _restore(source: Path, target: Path) -> None:
    for path in sorted(target.rglob("*"), reverse=True):
        if not (source / path.relative_to(target)).exists():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        if path.is_file() and (not copy.is_file() or copy.read_bytes() != path.read_bytes()):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)


def append(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_what_is_served_is_what_is_built(running: Preview, public: Built) -> None:
    files = [path for path in sorted(public.folder.rglob("*")) if path.is_file() and path.name != ".hub-site"]
    assert len(files) > 100
    for path in files:
        url = path.relative_to(public.folder).as_posix()
        status, data = running.get(quote(url))
        if url.endswith(".html"):
            before, script, after = data.partition(b'<script src="/_hub/')
            data = before + after.partition(b"</script>")[2] if script else b""
        assert (status, data) == (200, path.read_bytes()), url


def test_a_saved_text_is_seen(preview: Preview) -> None:
    page, other = f"{ARTICLE}.html", "stations.html"
    before, same = preview.status(page), preview.status(other)
    preview.changed(append(preview.content / ARTICLE / "index.md", "\n刚刚补上的一句。\n"))
    assert "刚刚补上的一句。" in preview.text(page)
    now = preview.status(page)
    assert now["version"] != before["version"]
    assert now["kind"] == "hidden"
    assert "内容又改过" in now["text"]
    # A page that did not change is not loaded again.
    assert preview.status(other)["version"] == same["version"]
    # Readers would not find the item any more.
    assert page.rpartition("/")[2] not in preview.text("articles/")
    assert f"http://127.0.0.1:{preview.port}/{page} （未发布：" in preview.log.read_text("utf-8")


def test_a_broken_text_is_pointed_at(preview: Preview) -> None:
    page, file = f"{ARTICLE}.html", preview.content / ARTICLE / "index.md"
    good = file.read_text("utf-8")
    preview.changed(lambda: file.write_text(good.replace("\ndate: ", "\ndate: 那天 "), "utf-8"))
    status, data = preview.get(page)
    assert status == 404
    assert f"{ARTICLE}/index.md:4" in data.decode()
    assert preview.get("index.html")[0] == 200
    assert preview.status("index.html")["text"] == "有 1 处要改"
    board = preview.text("_hub/")
    assert f"{ARTICLE}/index.md:4" in board
    assert "要改的地方（1）" in board
    assert f"{ARTICLE}/index.md:4: 错误" in preview.log.read_text("utf-8")
    preview.changed(lambda: file.write_text(good, "utf-8"))
    assert preview.get(page)[0] == 200
    assert "没有要改的地方" in preview.text("_hub/")


def test_a_draft_is_shown_with_its_reason_and_to_nobody_else(preview: Preview) -> None:
    folder = preview.content / "articles" / "2026" / "unfinished"

    def write() -> None:
        folder.mkdir()
        (folder / "counter.png").write_bytes(picture(width=400, height=300))
        (folder / "index.md").write_text(DRAFT, "utf-8")

    lists = {url: preview.text(url) for url in ("index.html", "articles/index.html", "sitemap.xml")}
    preview.changed(write)
    page = "articles/2026/unfinished.html"
    preview.until(lambda: preview.get(page)[0] == 200)
    text = preview.text(page)
    assert "只有预览里看得到这一段。" in text
    source = re.search(r'src="([^"]*counter[^"]*)"', text)
    assert source is not None
    assert preview.get(urljoin(page, source[1]).lstrip("/."))[0] == 200
    assert preview.status(page)["text"] == "未发布：草稿，还没有提交审核"
    board = preview.text("_hub/")
    assert f'<a href="/{page}">还没写完的一篇</a>' in board
    assert "草稿，还没有提交审核" in board
    assert {url: preview.text(url) for url in lists} == lists
    preview.changed(lambda: shutil.rmtree(folder))
    preview.until(lambda: preview.get(page)[0] == 404)


def test_the_theme_is_followed_and_a_slip_in_it_forgiven(preview: Preview) -> None:
    template = preview.theme / "stations.html"
    good = template.read_text("utf-8")
    assert "新的一句" not in preview.text("stations.html")
    preview.changed(lambda: template.write_text(good.replace("</h1>", "新的一句</h1>", 1), "utf-8"))
    assert "新的一句" in preview.text("stations.html")
    for slip in ("{% if %}", "{{ nobody_knows.this }}"):
        preview.changed(lambda slip=slip: template.write_text(good.replace("</h1>", f"\n{slip}</h1>", 1), "utf-8"))  # type: ignore[misc]
        assert "新的一句" in preview.text("stations.html")
        bar = preview.status("index.html")
        assert bar["kind"] == "stopped"
        assert "模板 theme/stations.html 第" in bar["text"]
    style = preview.theme / "assets" / "hub.css"
    preview.changed(lambda: template.write_text(good, "utf-8"))
    preview.changed(append(style, "\n.new { color: red }\n"))
    name = preview.text("index.html").partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert ".new { color: red }" in preview.text(name)
    tokens = preview.theme / "tokens.toml"
    sound = tokens.read_text("utf-8")
    preview.changed(lambda: tokens.write_text(sound.replace('ink = "#1f2328"', 'ink = "black"', 1), "utf-8"))
    assert "theme/tokens.toml 里的颜色或尺寸有错误" in preview.status("index.html")["text"]
    assert "这里要写：#b4161b 这样的六位小写颜色" in preview.text("_hub/")
    preview.changed(lambda: tokens.write_text(sound, "utf-8"))
    assert preview.status("index.html")["text"] == ""


def test_broken_data_leaves_the_pages_as_they_were(preview: Preview) -> None:
    site = preview.content / "_data" / "site.yml"
    good = site.read_text("utf-8")
    home = preview.text("index.html")
    preview.changed(append(site, "\n: [\n"))
    assert preview.text("index.html") == home
    bar = preview.status("index.html")
    assert (bar["kind"], bar["more"]) == ("stopped", "1 处要改")
    assert "content/_data 里的数据有错误" in bar["text"]
    assert "_data/site.yml" in preview.text("_hub/")
    preview.changed(lambda: site.write_text(good.replace("name: ", "name: 新", 1), "utf-8"))
    assert preview.status("index.html")["text"] == ""
    assert preview.text("index.html") != home


def test_a_builder_that_is_killed_comes_back(preview: Preview) -> None:
    home = preview.text("index.html")
    old = preview.builder()
    os.kill(old, signal.SIGKILL)
    assert preview.text("index.html") == home
    preview.until(lambda: preview.builder() not in {0, old})
    preview.until(lambda: preview.get("topics/index.html")[0] == 200)
    assert "意外结束" in preview.log.read_text("utf-8")
    # Also when it dies over a change.
    old = preview.builder()
    events = Events(preview.port)
    os.kill(old, signal.SIGKILL)
    append(preview.content / ARTICLE / "index.md", "\n意外之后的一句。\n")()
    events.wait()
    events.close()
    preview.until(lambda: "意外之后的一句。" in preview.text(f"{ARTICLE}.html"))


def test_only_a_browser_on_this_machine_is_answered(running: Preview) -> None:
    assert running.get("index.html", host="evil.example")[0] == 403
    assert running.get("index.html", host=f"localhost:{running.port}")[0] == 200
    for path in (
        "../mkdocs.yml",
        "%2e%2e/%2e%2e/etc/passwd",
        "_hub/../boards.py",
        "_hub/boards.py",
        "content/_data/site.yml",
    ):
        assert running.get(path)[0] == 404, path
    assert running.get("nothing.html")[0] == 404
    assert "找不到这个页面" in running.text("nothing.html")
    assert running.get("nothing.png") == (404, b"")
    assert running.get("alerts")[0] == 302
    assert running.get("index.html", method="HEAD") == (200, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_end_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    preview = Preview(tmp_path / "project")
    for section in preview.content.iterdir():
        if not section.name.startswith("_"):
            shutil.rmtree(section)
    before = {path for path in preview.folder.rglob("*") if "__pycache__" not in path.parts}
    preview.start()
    events = Events(preview.port)
    builder = preview.builder()
    assert is_running(builder)
    code = preview.stop(number)
    assert code == (0 if number == signal.SIGINT else 128 + number), preview.log.read_text("utf-8")
    preview.until(lambda: not is_running(builder))
    events.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", preview.port)) != 0
    left = {path for path in preview.folder.rglob("*") if "__pycache__" not in path.parts} - before
    assert {path.relative_to(preview.folder).parts[0] for path in left} == {".cache", "log"}
    assert not list((preview.folder / ".cache").glob("*serve*"))


def test_a_save_is_told_once_when_it_is_over() -> None:
    changes = Changes()
    for path in ("/a", "/b", "/a", ""):
        changes.add(path)
    assert changes.next() == {"/a", "/b"}


def test_without_watches_it_looks_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class UsedUp(Observer):  # type: ignore[valid-type,misc]
        def start(self) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("scripts.preview.watch.Observer", UsedUp)
    changes = Changes()
    with watching([tmp_path], changes) as native:
        assert not native
        (tmp_path / "index.md").write_text("一", "utf-8")
        (tmp_path / ".index.md.swp").write_text("一", "utf-8")
        assert str(tmp_path / "index.md") in changes.next()


def test_lost_events_mean_a_look_everywhere(tmp_path: Path) -> None:
    changes = Changes()
    with watching([tmp_path], changes):
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
        assert changes.next() == {str(tmp_path)}


def test_one_save_is_surveyed_as_all_would_be(tmp_path: Path) -> None:
    for name in ("a", "b"):
        folder = tmp_path / "articles" / "2026" / name
        folder.mkdir(parents=True)
        (folder / "index.md").write_text(name, "utf-8")
        (folder / "p.png").write_bytes(b"")
    ground = Ground(tmp_path)
    ground.look([])
    text = tmp_path / "articles/2026/b/index.md"
    text.write_text("other", "utf-8")
    assert ground.look([str(text)]) == survey(tmp_path)
    picture_file = tmp_path / "articles/2026/a/p.png"
    picture_file.unlink()
    assert ground.look([str(picture_file)]) == survey(tmp_path)
    text.rename(text.with_name("index.txt"))
    assert ground.look([str(text)]) == survey(tmp_path)
    shutil.rmtree(text.parent)
    assert ground.look([str(text.parent)]) == survey(tmp_path)
