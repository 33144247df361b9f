"""The last good site survives whatever happens to the next one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from scripts import publish
from scripts.places import ROOT
from scripts.publish import MARK, Spare, clear_leftovers, read_report, refuse_unsafe, staging, swap
from scripts.words import Refusal

REPORT = {"pages": 3, "items": 2, "hidden": 1, "edition": "public", "date": "2026-03-01", "bundle": ""}


def make_site(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True)
    (folder / MARK).write_text(json.dumps(REPORT))
    (folder / "index.html").write_text(name)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return make_site(tmp_path / "www" / "site", "old")


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def test_a_good_build_replaces_the_site_whole(out: Path) -> None:
    (out / "gone.html").touch()
    with staging(out) as folder:
        assert folder.parent == out.parent
        assert folder.name == f".site-next-{os.getpid()}"
        make_site(folder, "new")
    assert names(out) == [MARK, "index.html"]
    assert (out / "index.html").read_text() == "new"
    assert names(out.parent) == ["site"]


def test_the_first_site_needs_no_folder_before(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    with staging(out) as folder:
        make_site(folder, "new")
    assert read_report(out).pages == 3


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    with staging(out) as folder:
        make_site(folder, "new")
    assert (out / MARK).exists()


def test_the_site_before_the_last_is_used_again(out: Path, tmp_path: Path) -> None:
    spare = tmp_path / "cache" / "spare"
    kept = Spare(spare)
    with staging(out, kept) as folder:
        assert not folder.exists()
        make_site(folder, "second")
    assert (spare / "index.html").read_text() == "old"
    with staging(out, kept) as folder:
        assert (folder / "index.html").read_text() == "old"
        (folder / "index.html").write_text("third")
    assert (out / "index.html").read_text() == "third"
    assert (spare / "index.html").read_text() == "second"
    with staging(out, kept):
        kept.worth = False
    assert (out / "index.html").read_text() == "second"
    assert not spare.exists()
    make_site(spare, "third")
    kept.worth = True
    with pytest.raises(RuntimeError), staging(out, kept):
        raise RuntimeError
    assert (out / "index.html").read_text() == "second"
    assert names(out.parent) == ["site"]
    assert not spare.exists()


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyboardInterrupt(), SystemExit(143)])
def test_a_failed_build_leaves_the_site(out: Path, error: BaseException) -> None:
    def build() -> None:
        with staging(out) as folder:
            make_site(folder, "half")
            raise error

    with pytest.raises(type(error)):
        build()
    assert (out / "index.html").read_text() == "old"
    assert names(out.parent) == ["site"]


@pytest.mark.parametrize("text", [None, "", "{}", "[]", '{"pages": "many"}'])
def test_a_build_without_its_report_is_not_taken(out: Path, text: str | None) -> None:
    def build() -> None:
        with staging(out) as folder:
            folder.mkdir()
            if text is not None:
                (folder / MARK).write_text(text)

    with pytest.raises(Refusal, match="build-no-report"):
        build()
    assert (out / "index.html").read_text() == "old"
    assert names(out.parent) == ["site"]


def test_a_swap_that_fails_half_way_goes_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_site(out.parent / ".site-next-1", "new")
    real = publish._rename

    def rename(source: Path, target: Path, attempts: int = 10) -> None:
        if source == folder:
            raise OSError(16, "Device or resource busy")
        real(source, target, attempts)

    monkeypatch.setattr(publish, "_rename", rename)
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    with pytest.raises(Refusal, match="out-busy"):
        swap(folder, out)
    assert (out / "index.html").read_text() == "old"


def test_a_swap_that_cannot_begin_changes_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(source: Path, target: Path, attempts: int = 10) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(publish, "_rename", rename)
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    with pytest.raises(Refusal, match="out-busy"), staging(out) as folder:
        make_site(folder, "new")
    assert (out / "index.html").read_text() == "old"
    assert names(out.parent) == ["site"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_two_folders_change_places_in_one_step(out: Path) -> None:
    folder = make_site(out.parent / ".site-next-1", "new")
    assert publish.exchange(folder, out)
    assert (out / "index.html").read_text() == "new"
    assert (folder / "index.html").read_text() == "old"
    assert not publish.exchange(folder, out.parent / "nowhere")


def test_leftovers_of_the_dead_go_those_of_the_living_stay(out: Path, dead: int) -> None:
    make_site(out.parent / f".site-next-{dead}", "dead")
    make_site(out.parent / f".site-old-{dead}-site", "dead")
    make_site(out.parent / f".site-next-{os.getppid()}", "alive")
    (out.parent / ".site-next-notes").mkdir()
    clear_leftovers(out)
    assert names(out.parent) == [f".site-next-{os.getppid()}", ".site-next-notes", "site"]
    assert (out / "index.html").read_text() == "old"


def test_a_site_caught_between_two_renames_comes_back(out: Path, dead: int) -> None:
    out.rename(out.parent / f".site-old-{dead}-site")
    clear_leftovers(out)
    assert names(out.parent) == ["site"]
    assert (out / "index.html").read_text() == "old"


def test_another_site_beside_is_not_touched(out: Path, dead: int) -> None:
    staff = make_site(out.parent / "site.staff", "staff")
    staff.rename(out.parent / f".site-old-{dead}-site.staff")
    with staging(out) as folder:
        make_site(folder, "new")
    assert (staff / "index.html").read_text() == "staff"


BUILD = """
    import sys
    from pathlib import Path
    from scripts.processes import finish, start, stoppable
    from scripts.publish import staging
    with stoppable(), staging(Path(sys.argv[1])) as folder:
        folder.mkdir()
        code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
        finish(start([sys.executable, "-S", "-c", code], {}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, -2), (signal.SIGKILL, -9)]
)
def test_a_killed_build_leaves_the_site_and_no_child(out: Path, number: int, code: int) -> None:
    command = [sys.executable, "-c", textwrap.dedent(BUILD), str(out)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=variables) as build:
        assert build.stdout is not None
        child = int(build.stdout.readline())
        build.send_signal(number)
        assert build.wait(10) == code
    assert (out / "index.html").read_text() == "old"
    if number == signal.SIGKILL:
        os.kill(child, signal.SIGKILL)
        assert names(out.parent) == [f".site-next-{build.pid}", "site"]
        with staging(out) as folder:
            make_site(folder, "new")
    else:
        for _ in range(50):
            if not _lives(child):
                break
            time.sleep(0.1)
        assert not _lives(child)
    assert names(out.parent) == ["site"]


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # ended, only nobody has asked for its exit code


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("content/news", "theme/assets", "plugins", ".git"):
        (root / name).mkdir(parents=True)
    return root


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("project", "out-project"),
        (".", "out-project"),
        ("project/content", "out-content"),
        ("project/content/site", "out-inside"),
        ("project/theme/assets/site", "out-inside"),
        ("project/.git/site", "out-inside"),
        ("project/theme", "out-inside"),
        ("file", "out-file"),
        ("full", "out-foreign"),
    ],
)
def test_nothing_of_value_can_be_overwritten(project: Path, place: str, key: str) -> None:
    (project.parent / "file").touch()
    (project.parent / "full").mkdir()
    (project.parent / "full" / "thesis.doc").touch()
    with pytest.raises(Refusal, match=key) as refused:
        refuse_unsafe((project.parent / place).resolve(), project, project / "content")
    assert refused.value.code == 2


def test_content_elsewhere_is_as_safe(project: Path, tmp_path: Path) -> None:
    content = tmp_path / "texts" / "content"
    content.mkdir(parents=True)
    for place, key in (("texts", "out-content"), ("texts/content", "out-content"), ("texts/content/x", "out-inside")):
        with pytest.raises(Refusal, match=key):
            refuse_unsafe(tmp_path / place, project, content)


@pytest.mark.parametrize("place", ["project/site", "www", "empty", "former"])
def test_a_place_of_its_own_is_fine(project: Path, place: str) -> None:
    (project.parent / "empty").mkdir()
    make_site(project.parent / "former", "old")
    refuse_unsafe(project.parent / place, project, project / "content")
