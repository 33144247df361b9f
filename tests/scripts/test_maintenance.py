"""hub reference, hub test and hub version."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pubhub.content.model import KINDS
from pubhub.content.reference import BEGIN, END
from scripts.commands import reference, test
from scripts.writing import is_same, write, write_if_changed

Hub = Callable[..., tuple[int, str, str]]


def test_references_are_written_checked_and_mended(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    (tmp_path / "README.zh.md").write_text(f"前\n{BEGIN}\n{END}\n后\n", "utf-8")
    assert hub("reference", "--check")[0] == 1
    assert not (tmp_path / "docs").exists()
    code, out, err = hub("reference")
    assert (code, err) == (0, "")
    assert f"改动 {len(KINDS) + 2} 个文件" in out
    assert hub("reference", "--check") == (0, f"字段说明都是最新的：共 {len(KINDS) + 2} 个文件。\n", "")
    assert "改动 0 个文件" in hub("reference")[1]
    page = tmp_path / "docs/front-matter.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "docs/schema/gone.schema.json").write_text("{}")
    code, _, err = hub("reference", "--check")
    assert code == 1
    assert "gone.schema.json" in err
    assert "front-matter.md" not in err
    hub("reference")
    assert hub("reference", "--check")[0] == 0


def test_a_readme_without_markers_is_left_alone(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    code, _, err = hub("reference")
    assert code == 0
    assert "跳过" in err
    assert not (tmp_path / "README.zh.md").exists()


def test_version(hub: Hub) -> None:
    code, out, _ = hub("version")
    assert code == 0
    assert "mkdocs 1.6.1" in out
    assert "内容：" in out


class FakeRuns:
    """Plays the checks: exit codes by a word of the command."""

    def __init__(self, **codes: int) -> None:
        self.codes = codes
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], variables: dict[str, str]) -> int:
        self.commands.append(command)
        self.variables = variables
        return next((code for name, code in self.codes.items() if name in command), 0)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> FakeRuns:
    fake = FakeRuns(mypy=1, pytest=5)
    monkeypatch.setattr(test, "_run", fake)
    monkeypatch.setattr(test, "missing_packages", list)
    monkeypatch.setattr(test, "browser", lambda: "/usr/bin/chromium")
    return fake


def test_all_checks_run_and_the_first_failure_counts(hub: Hub, runs: FakeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_EDITION", "staff")
    code, out, _ = hub("test", "-k", "sign")
    assert code == 1
    assert out == ""
    assert [next(word for word in command[1:] if word != "-m") for command in runs.commands][:3] == [
        "ruff",
        "ruff",
        "mypy",
    ]
    assert runs.commands[-1][1:] == ["-m", "pytest", "-m", "not long", "-k", "sign"]
    assert not [name for name in runs.variables if name.startswith("HUB_")]


def test_long_tests_are_asked_for(hub: Hub, runs: FakeRuns) -> None:
    hub("test", "--long")
    assert runs.commands[-1][1:] == ["-m", "pytest", "-m", ""]


@pytest.mark.parametrize("ci", ["", "true"])
def test_without_a_browser_only_a_person_may_go_on(
    hub: Hub, runs: FakeRuns, monkeypatch: pytest.MonkeyPatch, ci: str
) -> None:
    monkeypatch.setattr(test, "browser", lambda: None)
    monkeypatch.setenv("CI", ci)
    _, _, err = hub("test")
    assert ("HUB_NO_BROWSER" in runs.variables) is (ci == "")
    assert err.count("浏览器测试没有运行") == (0 if ci else 2)


def test_missing_packages_are_installed_by_root_and_named_to_others(
    hub: Hub, runs: FakeRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def apt(command: list[str], **more: object) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(test, "missing_packages", lambda: ["nginx-light"])
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("subprocess.run", apt)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    hub("test")
    assert [command[:2] for command in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert ran[1][-1] == "nginx-light"
    ran.clear()
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    _, _, err = hub("test")
    assert ran == []
    assert "sudo apt install nginx-light" in err


def test_paths_for_pytest_mean_what_they_mean_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test_a.py").touch()
    command = test.pytest_command(["test_a.py::test_x", "-x", "nowhere.py"], long=False)
    assert command[-3:] == [f"{tmp_path / 'test_a.py'}::test_x", "-x", "nowhere.py"]


def test_files_are_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deep" / "a.txt"
    write(file, b"one")
    if sys.platform != "win32":
        file.chmod(0o640)

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="No space"):
            write(file, b"two")
    assert file.read_bytes() == b"one"
    assert [path.name for path in file.parent.iterdir()] == ["a.txt"]
    write(file, b"three")
    assert file.read_bytes() == b"three"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o640


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert write_if_changed(file, "甲\n")
    assert not write_if_changed(file, "甲\n")
    file.write_bytes("甲\r\n".encode())
    assert is_same(file, "甲\n")
    file.write_bytes(b"\xff")
    assert not is_same(file, "甲\n")


def test_what_signs_is_installed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shutil.which", lambda name: None if name in {"ssh-keygen", "dpkg-query"} else f"/usr/bin/{name}"
    )
    assert test.missing_packages() == ["openssh-client"]
