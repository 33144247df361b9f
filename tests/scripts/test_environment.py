"""The .venv: when it is made, updated, made anew or left alone, and what each failure says. venv and pip are played by a fake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scripts import environment as module
from scripts.environment import Environment, cause_of, ensure
from scripts.locks import held
from scripts.words import Refusal, Words, tell, texts

WORDS = Words()


class FakeTools:
    """Stands for `start`: venv makes an interpreter, pip says what it is told to say."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.output = ""
        self.fails_at = ""

    def start(
        self, command: Sequence[str], environment: Mapping[str, str], output: int, folder: Path
    ) -> subprocess.Popen[bytes]:
        step = "venv" if "venv" in command[:3] else "editable" if "-e" in command else Path(command[-1]).name
        self.steps.append(step)
        self.environment = dict(environment)
        if step == "venv":
            python = Environment(Path(command[-1]).parent).python
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)
        code = f"print({self.output!r}); raise SystemExit({int(step == self.fails_at)})"
        return subprocess.Popen([sys.executable, "-S", "-c", code], stdout=output, stderr=subprocess.STDOUT)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> FakeTools:
    fake = FakeTools()
    monkeypatch.setattr(module, "start", fake.start)
    return fake


@pytest.fixture
def project(tmp_path: Path) -> Environment:
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n")
    return Environment(tmp_path)


def test_first_run_installs_the_lock_then_the_project_and_stamps_last(
    project: Environment, tools: FakeTools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.state(dev=False) == "absent"
    ensure(project, WORDS)
    assert tools.steps == ["venv", "requirements.txt", "editable"]
    assert project.state(dev=False) == "ready"
    assert project.state(dev=True) == "outdated"
    assert capsys.readouterr().err.splitlines() == ["正在安装需要的组件（第一次约需一分钟）…"]


def test_ready_does_nothing(project: Environment, tools: FakeTools) -> None:
    ensure(project, WORDS)
    tools.steps.clear()
    ensure(project, WORDS)
    assert tools.steps == []


def test_what_tests_need_serves_every_command(project: Environment, tools: FakeTools) -> None:
    ensure(project, WORDS, dev=True)
    assert tools.steps == ["venv", "requirements-dev.txt", "editable"]
    assert project.state(dev=False) == "ready"


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed_over(project: Environment, tools: FakeTools, name: str) -> None:
    ensure(project, WORDS)
    (project.root / name).write_text("# changed\n")
    tools.steps.clear()
    ensure(project, WORDS)
    assert tools.steps == ["requirements.txt", "editable"]


def test_a_moved_folder_is_made_anew(project: Environment, tools: FakeTools, tmp_path: Path) -> None:
    ensure(project, WORDS)
    moved = Environment(tmp_path.parent / (tmp_path.name + "-moved"))
    project.root.rename(moved.root)
    assert moved.state(dev=False) == "broken"


@pytest.mark.parametrize("how", ["no stamp", "broken stamp", "other python", "no interpreter", "a file"])
def test_a_half_made_or_foreign_environment_is_made_anew(
    project: Environment, tools: FakeTools, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure(project, WORDS)
    (project.folder / "left-over").touch()
    if how == "no stamp":
        project.stamp.unlink()
    elif how == "broken stamp":
        project.stamp.write_text("{")
    elif how == "other python":
        project.stamp.write_text(json.dumps({**json.loads(project.stamp.read_text()), "place": "elsewhere"}))
    elif how == "no interpreter":
        project.python.unlink()
    else:
        project.folder.rename(project.root / "old")
        project.folder.touch()
    tools.steps.clear()
    ensure(project, WORDS)
    assert tools.steps == ["venv", "requirements.txt", "editable"]
    assert not (project.folder / "left-over").exists()
    assert "从头重装" in capsys.readouterr().err


def test_a_linked_environment_is_unlinked_not_emptied(project: Environment, tools: FakeTools, tmp_path: Path) -> None:
    other = tmp_path / "somebody-elses"
    other.mkdir()
    (other / "precious").touch()
    project.folder.symlink_to(other)
    ensure(project, WORDS)
    assert (other / "precious").exists()
    assert not project.folder.is_symlink()


CAUSES = {
    "hash": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "disk": "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    "no-venv": "The virtual environment was not created successfully because ensurepip is not available.",
    "permission": "ERROR: [Errno 13] Permission denied: '/x'",
    "certificate": "Retrying (Retry(total=4)) after connection broken by 'SSLError(SSLCertVerificationError(1, "
    "'[SSL: CERTIFICATE_VERIFY_FAILED]",
    "network": "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'\n"
    "ERROR: No matching distribution found for babel==2.18.0",
    "no-wheel": "ERROR: No matching distribution found for pillow==13.0.0",
    "other": "something new",
}


@pytest.mark.parametrize(("cause", "output"), CAUSES.items())
def test_each_failure_has_a_cause_a_way_out_and_the_log(
    project: Environment, tools: FakeTools, cause: str, output: str
) -> None:
    assert cause_of(output) == cause
    tools.output, tools.fails_at = output, "requirements.txt"
    with pytest.raises(Refusal) as refused:
        ensure(project, WORDS)
    assert refused.value.code == 3
    assert refused.value.key == f"install-{cause}"
    for lang in ("zh", "en"):
        assert str(project.log) in refused.value.sentence(Words(lang))
    assert output.splitlines()[0] in project.log.read_text()
    assert project.state(dev=False) == "broken"


def test_windows_permission_words() -> None:
    assert cause_of("PermissionError: [WinError 5] 拒绝访问。: 'x'") == "permission"


def test_missing_venv_module_is_found_in_its_own_output(project: Environment, tools: FakeTools) -> None:
    tools.output, tools.fails_at = "/usr/bin/python3: No module named venv", "venv"
    with pytest.raises(Refusal, match="install-no-venv"):
        ensure(project, WORDS)
    assert "python3-venv" in texts()["install-no-venv"]["zh"]


def test_settings_of_other_projects_do_not_reach_pip(
    project: Environment, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    ensure(project, WORDS)
    assert "PIP_TARGET" not in tools.environment
    assert tools.environment["PIP_INDEX_URL"] == "https://mirror.example/simple"
    assert tools.environment["NO_MKDOCS_2_WARNING"] == "1"


@pytest.mark.parametrize(("number", "key"), [(13, "install-permission"), (28, "install-disk")])
def test_a_project_that_cannot_be_written_is_told(
    project: Environment, monkeypatch: pytest.MonkeyPatch, number: int, key: str
) -> None:
    def fail(self: Path, **more: object) -> None:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "mkdir", fail)
    with pytest.raises(Refusal, match=key) as refused:
        ensure(project, WORDS)
    assert refused.value.code == 3


def test_a_file_in_the_way_is_no_traceback(project: Environment) -> None:
    (project.root / ".cache").touch()
    with pytest.raises(Refusal, match="install-permission"):
        ensure(project, WORDS)


_HOLD = """
import sys, time
from pathlib import Path
from scripts.locks import held
with held(Path(sys.argv[1]), print):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def _holder(lock: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that has the lock when this returns."""
    command = [sys.executable, "-c", _HOLD, str(lock), str(seconds)]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=module.__file__.rpartition("scripts")[0])
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_the_second_process_waits_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with _holder(tmp_path / "lock", 0.4) as other:
        started = time.monotonic()
        with held(tmp_path / "lock", _waiting, poll=0.05):
            assert time.monotonic() - started > 0.2
        assert other.wait(10) == 0
    assert capsys.readouterr().err.count("另一个窗口") == 1


def test_a_killed_process_lets_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with _holder(tmp_path / "lock", 60) as other:
        other.kill()
        other.wait(10)
    with held(tmp_path / "lock", _waiting, poll=0.05):
        assert capsys.readouterr().err == ""


def test_waiting_ends_with_what_the_first_one_installed(project: Environment, tools: FakeTools) -> None:
    project.lock.parent.mkdir()
    threads = [threading.Thread(target=_quietly, args=(project,)) for _ in range(2)]
    # Signals belong to the main thread; the lock is what is tried here.
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tools.steps == ["venv", "requirements.txt", "editable"]


def _waiting() -> None:
    tell(WORDS("install-wait"))


def _quietly(project: Environment) -> None:
    with held(project.lock, _waiting, poll=0.02):
        state = project.state(dev=False)
        if state != "ready":
            module._install(project, state, WORDS, dev=False)
