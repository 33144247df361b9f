"""The door: readable by old Pythons, helpful before anything is installed, never a traceback."""

from __future__ import annotations

import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import door
from scripts.environment import Environment
from scripts.places import ROOT
from scripts.words import Refusal

HUB = ROOT / "scripts" / "hub.py"


def run(*words: str, folder: Path | None = None, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs the door as a user does, with an interpreter that has no packages of ours."""
    return subprocess.run(
        [sys.executable, str(root / "scripts" / "hub.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "LANG": "C", "PYTHONUTF8": "0"},
    )


def test_hub_has_only_syntax_that_every_python_reads() -> None:
    nodes = list(ast.walk(ast.parse(HUB.read_text("utf-8"), feature_version=(3, 7))))
    modern = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Match, ast.FunctionDef)
    assert not [node for node in nodes if isinstance(node, modern)]


@pytest.mark.parametrize(("words", "said"), [([], "太旧：找到的是 3.8.10"), (["--lang", "en"], "found 3.8.10")])
def test_old_python_is_told_what_is_needed(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 10, "final", 0))
    monkeypatch.setattr(sys, "argv", ["hub.py", *words])
    with pytest.raises(SystemExit) as exit_:
        runpy.run_path(str(HUB), run_name="__main__")
    sys.stderr.flush()
    text = capfdbinary.readouterr().err.decode()
    assert exit_.value.code == 3
    assert said in text
    assert "3.11" in text
    assert "python.org" in text


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The scripts alone: no lock file, no .venv, nothing to install from."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize("words", [[], ["--help"], ["help"], ["build", "--help"], ["help", "check"], ["--lang", "en"]])
def test_help_needs_no_installation(bare: Path, words: list[str]) -> None:
    done = run(*words, root=bare)
    assert done.returncode == 0, done.stderr
    assert ("用法：" in done.stdout) != ("en" in words)
    assert not (bare / ".venv").exists()


def test_wrong_usage_needs_no_installation(bare: Path) -> None:
    done = run("biuld", root=bare, folder=bare)
    assert done.returncode == 2
    assert "您是不是想写“build”" in done.stderr
    assert not (bare / ".venv").exists()


def test_incomplete_project_is_named(bare: Path) -> None:
    done = run("check", root=bare)
    assert done.returncode == 3
    assert "requirements.txt" in done.stderr or "pyproject.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_runs_from_any_folder_with_an_ascii_console(tmp_path: Path) -> None:
    if not Environment(ROOT).is_current():
        pytest.skip("needs the project's own .venv")
    done = run("version", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "项目：" in done.stdout


def test_outside_installs_then_starts_itself_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def enter(environment: Environment, command: list[str]) -> int:
        seen.append(command)
        return 7

    monkeypatch.setattr(Environment, "is_current", lambda self: False)
    monkeypatch.setattr(door, "ensure", lambda environment, words, dev: seen.append(dev))
    monkeypatch.setattr(door, "enter", enter)
    monkeypatch.delenv("HUB_INSIDE", raising=False)
    assert door.main(["test", "-k", "x"]) == 7
    assert seen == [True, [str(HUB), "test", "-k", "x"]]
    monkeypatch.delenv("HUB_INSIDE", raising=False)


def test_an_interpreter_that_does_not_start_is_made_anew_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[str] = []

    def enter(environment: Environment, command: list[str]) -> int:
        calls.append("enter")
        raise OSError(8, "Exec format error")

    monkeypatch.setattr(door, "ROOT", tmp_path)
    monkeypatch.setattr(door, "ensure", lambda *a: calls.append("ensure"))
    monkeypatch.setattr(door, "enter", enter)
    monkeypatch.delenv("HUB_INSIDE", raising=False)
    assert door.main(["version"]) == 3
    assert calls == ["ensure", "enter", "ensure", "enter"]
    assert "install.log" in capsys.readouterr().err
    monkeypatch.delenv("HUB_INSIDE", raising=False)


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (Refusal("install-other", 3, log="x"), 3)])
def test_interruption_and_refusal_end_without_traceback(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail(*given: object) -> None:
        raise error

    monkeypatch.setattr(Environment, "is_current", lambda self: False)
    monkeypatch.setattr(door, "ensure", fail)
    monkeypatch.delenv("HUB_INSIDE", raising=False)
    assert door.main(["version"]) == code
