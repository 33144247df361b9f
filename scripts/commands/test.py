"""hub test: everything that CI runs, after what it needs has been installed."""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.places import ROOT
from scripts.words import Refusal, Words, tell

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_PACKAGE = "fonts-noto-cjk"


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Runs all checks, whatever the earlier ones say; the exit code is that of the first one that failed."""
    if any(importlib.util.find_spec(name) is None for name in ("pytest", "ruff", "mypy")):
        raise Refusal("test-no-tools", code=3)
    _install_system_packages(words)
    lonely = _has_no_browser(words)
    variables = variables_for(os.environ, no_browser=lonely)
    failed = 0
    for command in (*lint_commands(), pytest_command(arguments.more, arguments.long)):
        tell(words("test-step", command=" ".join(command[1:])))
        sys.stdout.flush()
        code = _run(command, variables)
        failed = failed or code
    if lonely:
        tell(words("test-no-browser"))
    return failed


def lint_commands() -> list[list[str]]:
    """Style, types and generated files, in the order in which they are run."""
    module = [sys.executable, "-m"]
    return [
        [*module, "ruff", "check", "."],
        [*module, "ruff", "format", "--check", "."],
        [*module, "mypy"],
        [sys.executable, str(ROOT / "scripts" / "hub.py"), "reference", "--check"],
    ]


def pytest_command(given: Sequence[str], long: bool) -> list[str]:
    """pytest from the project root; paths mean what they mean where the user stands."""
    marks = "" if long else "not long"
    return [sys.executable, "-m", "pytest", "-m", marks, *map(_absolute, given)]


def variables_for(environment: Mapping[str, str], no_browser: bool) -> dict[str, str]:
    """The environment without our own settings, so that a preview's variables never reach a test."""
    kept = {name: value for name, value in environment.items() if not name.startswith("HUB_")}
    return kept | ({"HUB_NO_BROWSER": "1"} if no_browser else {})


def missing_packages() -> list[str]:
    """Debian packages that tests of browser, server and signature need and this machine lacks."""
    missing = [] if browser() else ["chromium"]
    if shutil.which("dpkg-query"):
        found = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status}", FONT_PACKAGE], capture_output=True, text=True, check=False
        )
        missing += [] if found.stdout.strip() == "installed" else [FONT_PACKAGE]
    missing += [] if shutil.which("ssh-keygen") else ["openssh-client"]
    return missing + ([] if shutil.which("nginx") or Path("/usr/sbin/nginx").exists() else ["nginx-light"])


def browser() -> str | None:
    """The browser that tests can drive, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _install_system_packages(words: Words) -> None:
    missing = missing_packages()
    if not missing:
        return
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or not shutil.which("apt-get"):
        tell(words("test-missing", packages=" ".join(missing)))
        return
    tell(words("test-installing", packages=" ".join(missing)))
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qqy", "--no-install-recommends", *missing]):
        code = subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, stdout=2, check=False).returncode
        if code != 0:
            tell(words("test-install-failed", command=" ".join(command)))
            return


def _has_no_browser(words: Words) -> bool:
    """True where browser tests are left out: no browser, and not CI, where they may never be."""
    if browser():
        return False
    if os.environ.get("CI"):
        tell(words("test-ci-browser"))
        return False
    tell(words("test-no-browser"))
    return True


def _absolute(argument: str) -> str:
    name, colons, rest = argument.partition("::")
    inside = Path.cwd() / name
    return f"{inside}{colons}{rest}" if name and not name.startswith("-") and inside.exists() else argument


def _run(command: Sequence[str], variables: Mapping[str, str]) -> int:
    child = subprocess.Popen(command, env=dict(variables), cwd=ROOT)
    try:
        return child.wait()
    except BaseException:
        # Ctrl-C reached it as well: pytest still prints its summary.
        child.wait()
        raise
