"""The project's own .venv: makes it, fills it from the lock file, knows when it is stale. Standard library only."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scripts.locks import held
from scripts.processes import finish, start, stoppable
from scripts.progress import Progress
from scripts.words import Refusal, Words, tell

State = Literal["ready", "outdated", "absent", "broken"]
EXIT_ENVIRONMENT = 3
_ALWAYS = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONUTF8": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}
# Settings of a user's other projects that would send our packages elsewhere.
_MISLEADING = (
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_REQUIRE_HASHES",
    "PIP_CONSTRAINT",
    "PYTHONHOME",
    "PYTHONPATH",
)
# The first match names the cause: pip's closing words ("No matching distribution") are the same for most of them.
_CAUSES = (
    ("hash", r"DO NOT MATCH THE HASHES|Hashes are required"),
    ("disk", r"No space left on device|Errno 28\b|WinError 112\b|Disk quota exceeded"),
    ("no-venv", r"ensurepip is not available|No module named '?(?:venv|ensurepip)|ensurepip.*returned non-zero"),
    ("permission", r"Permission denied|Errno 13\b|WinError 5\b|WinError 32\b|Access is denied|Read-only file system"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|SSLError"),
    (
        "network",
        r"NewConnectionError|ConnectTimeoutError|ReadTimeout|ProxyError|Failed to establish|getaddrinfo failed"
        r"|Name or service not known|Connection refused|Connection reset|ConnectionError|Retrying \(",
    ),
    ("no-wheel", r"No matching distribution found|Could not find a version|requires a different Python"),
)


@dataclass(frozen=True)
class Environment:
    """Where everything of the installation is, below one project root."""

    root: Path

    @property
    def folder(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def stamp(self) -> Path:
        """Written last: what is installed."""
        return self.folder / "hub-installed.json"

    @property
    def log(self) -> Path:
        """What venv and pip said."""
        return self.root / ".cache" / "install.log"

    @property
    def lock(self) -> Path:
        """Held by the one process that installs."""
        return self.root / ".cache" / "install.lock"

    def requirements(self, dev: bool) -> Path:
        """The lock file to install from."""
        return self.root / ("requirements-dev.txt" if dev else "requirements.txt")

    def fingerprint(self, dev: bool) -> str:
        """Changes when the same installation would come out differently."""
        return _digest(self.requirements(dev).read_bytes(), (self.root / "pyproject.toml").read_bytes())

    def place(self) -> str:
        """Changes when the folder was moved or another Python is in use: scripts inside hold absolute paths."""
        return _digest(
            str(self.root).encode(), str(sys.implementation.cache_tag).encode(), sysconfig.get_platform().encode()
        )

    def state(self, dev: bool) -> State:
        """What has to be done before a command can run."""
        if not os.path.lexists(self.folder):
            return "absent"
        installed = self._installed()
        if installed.get("place") != self.place() or not self.python.exists():
            return "broken"
        kinds = ("dev",) if dev else ("run", "dev")
        fits = any(installed.get(kind) == self.fingerprint(kind == "dev") for kind in kinds if kind in installed)
        return "ready" if fits else "outdated"

    def is_current(self) -> bool:
        """True if this very process runs inside it."""
        try:
            return self.folder.samefile(sys.prefix)
        except OSError:
            return False

    def _installed(self) -> dict[str, str]:
        try:
            found = json.loads(self.stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def ensure(environment: Environment, words: Words, dev: bool = False) -> None:
    """Makes the environment ready; does nothing if it is. Two at once: the second waits.

    Raises:
        Refusal: with exit code 3, a cause and a way out.
    """
    try:
        if environment.state(dev) == "ready":
            return
        environment.lock.parent.mkdir(exist_ok=True)
        with stoppable(), held(environment.lock, lambda: tell(words("install-wait"))):
            state = environment.state(dev)
            if state != "ready":
                _install(environment, state, words, dev)
    except FileNotFoundError as error:
        raise Refusal("install-incomplete", EXIT_ENVIRONMENT, path=error.filename) from None
    except OSError as error:
        cause = "disk" if error.errno == 28 else "permission"
        path = error.filename or environment.root
        raise Refusal(f"install-{cause}", EXIT_ENVIRONMENT, path=path, log=environment.log) from None


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables every process of ours gets."""
    return {**environment, **_ALWAYS}


def cause_of(output: str) -> str:
    """What pip's or venv's output says went wrong: a name of _CAUSES, or `other`."""
    return next((cause for cause, pattern in _CAUSES if re.search(pattern, output)), "other")


def _install(environment: Environment, state: State, words: Words, dev: bool) -> None:
    lock = environment.requirements(dev)
    # Read first: a lock file that changes while pip works must count as not installed.
    stamp = {"place": environment.place(), "dev" if dev else "run": environment.fingerprint(dev)}
    if state == "broken":
        tell(words("install-broken"))
        _remove(environment.folder)
    environment.stamp.unlink(missing_ok=True)
    text = words("install-update" if state == "outdated" else "install-first")
    if not sys.stderr.isatty():
        tell(text)
    with environment.log.open("wb") as log, Progress(text, words("seconds")) as progress:
        steps: list[list[str]] = []
        if state != "outdated":
            steps.append([sys.executable, "-m", "venv", str(environment.folder)])
        pip = [str(environment.python), "-m", "pip", "install", "--no-input", "--retries", "3"]
        steps.append([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
        steps.append([*pip, "--no-deps", "--no-build-isolation", "-e", str(environment.root)])
        for step in steps:
            _run(step, environment, log.fileno())
        tell_done = words("install-done", seconds=round(progress.elapsed))
    temporary = environment.stamp.with_suffix(".new")
    temporary.write_text(json.dumps(stamp), "utf-8")
    temporary.replace(environment.stamp)
    if sys.stderr.isatty():
        tell(tell_done)


def _run(command: list[str], environment: Environment, log: int) -> None:
    clean = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    at = environment.log.stat().st_size
    try:
        child = start(command, child_environment({**clean, "PIP_USER": "0"}), log, environment.root)
    except OSError:
        code = -1
    else:
        code = finish(child)
    if code != 0:
        output = environment.log.read_bytes()[at:].decode("utf-8", "replace")
        version = ".".join(map(str, sys.version_info[:2]))
        raise Refusal(
            f"install-{cause_of(output)}",
            EXIT_ENVIRONMENT,
            log=environment.log,
            path=environment.root,
            version=version,
            platform=sysconfig.get_platform(),
        )


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\x00".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def enter(environment: Environment, command: list[str]) -> int:
    """Runs a command with the environment's Python in place of this process; on Windows, as its child.

    Raises:
        OSError: the interpreter cannot be started.
    """
    line = [str(environment.python), *command]
    variables = child_environment(os.environ)
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform != "win32":
        os.execve(line[0], line, variables)
    child = subprocess.Popen(line, env=variables)
    while True:
        # Ctrl-C reaches the child as well: it tidies up and gives the exit code.
        with contextlib.suppress(KeyboardInterrupt):
            return child.wait()
