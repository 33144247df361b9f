"""hub build and hub serve, run as a user runs them, against the real plugins."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.commands.build import clear_cache, closing
from scripts.commands.serve import refuse_taken
from scripts.places import ROOT
from scripts.publish import MARK, Report
from scripts.words import Refusal, Words

Hub = Callable[..., tuple[int, str, str]]
HUB = str(ROOT / "scripts" / "hub.py")


def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, inside this environment."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from scripts.cli import main; sys.exit(main(sys.argv[1:]))",
            *map(str, words),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
    )


@pytest.fixture
def signed(tree: Path, hub: Hub) -> Path:
    """A content folder with one published text."""
    for person, line in (("yewu-shenhe", "business"), ("falv-shenhe", "independent")):
        assert hub("approve", tree / "news/2026/ready", "--as", person, "--line", line)[0] == 0
    return tree


def test_a_build_ends_with_where_and_how_to_look(signed: Path, tmp_path: Path) -> None:
    out = tmp_path / "www" / "网站"
    with (signed / "_ledger/published.tsv").open("a", encoding="utf-8") as ledger:
        ledger.write("XB-2026-0902\tnews/2026/draft.html\n")
    done = run("build", "--content", signed, "--out", out, "--date", "2026-12-01")
    assert done.returncode == 0, done.stderr
    assert "XB-2026-0902 公开过，现在不公开（草稿" in done.stderr
    assert "网站已生成：公开版，2026-12-01" in done.stdout
    assert f"用浏览器打开 {out / 'index.html'}" in done.stdout
    assert "另有 1 篇没有发布" in done.stdout
    assert (out / "news/2026/ready.html").is_file()
    assert not (out / "news/2026/draft.html").exists()
    assert [path.name for path in out.parent.iterdir()] == ["网站"]

    # The next one fails and changes nothing.
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (signed / "news/2026/draft/index.md").write_text("---\ntitle: [\n---\nx\n", "utf-8")
    done = run("build", "--content", signed, "--out", out, "--date", "2026-12-01")
    assert done.returncode == 1
    assert "news/2026/draft/index.md:" in done.stderr
    assert "原来的网站没有动" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in out.parent.iterdir()] == ["网站"]


def test_quiet_says_nothing(signed: Path, tmp_path: Path) -> None:
    done = run("build", "-q", "--content", signed, "--out", tmp_path / "site", "--date", "2026-12-01")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert (tmp_path / "site" / MARK).is_file()


@pytest.mark.parametrize("place", [".", "内容", "内容/site", "full"])
def test_a_place_of_value_is_refused_before_anything_runs(tree: Path, tmp_path: Path, hub: Hub, place: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.doc").touch()
    code, out, err = hub("build", "--content", tree, "--out", tmp_path / place)
    assert code == 2
    assert "--out" in err or "没有动它" in err
    assert out == ""


def test_the_cache_goes_but_for_what_the_installation_wrote(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/x").touch()
    (tmp_path / "y").touch()
    (tmp_path / "install.log").touch()
    clear_cache(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["install.log"]
    clear_cache(tmp_path / "none")


def test_the_closing_lines_name_the_bundle() -> None:
    report = Report(10, 8, 0, "staff", "2026-12-01", "bulletin/2026q3.zip")
    text = closing(report, Path("site"), 1.25, Words())
    assert "内部版" in text
    assert str(Path("site/bulletin/2026q3.zip")) in text
    assert "没有发布" not in text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_preview_answers_and_ends_with_ctrl_c(signed: Path) -> None:
    port = free_port()
    command = [sys.executable, "-c", "import sys; from scripts.cli import main; sys.exit(main(sys.argv[1:]))"]
    with subprocess.Popen(
        [*command, "serve", "--content", str(signed), "--port", str(port), "--date", "2026-12-01"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as preview:
        try:
            assert _answers(f"http://127.0.0.1:{port}/index.html")
        finally:
            preview.send_signal(signal.SIGINT)
            _, err = preview.communicate(timeout=20)
    text = err.decode()
    assert preview.returncode == 0, text
    assert "预览已结束" in text
    assert "Traceback" not in text
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _answers(address: str) -> bool:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def test_a_taken_port_has_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match="port-taken") as refused:
            refuse_taken(port)
    assert f"--port {port + 1}" in refused.value.sentence(Words())


def test_no_such_port() -> None:
    with pytest.raises(Refusal, match="port-number"):
        refuse_taken(70000)
