"""hub build: runs MkDocs into a staging folder and puts the finished site in place."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pubhub.clock import build_date
from scripts.places import CACHE, ROOT, content_folder, shown
from scripts.processes import finish, follow, start, stoppable
from scripts.progress import Progress
from scripts.publish import Report, read_report, refuse_unsafe, staging
from scripts.words import Refusal, Words


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Builds one edition; 0 if it stands, else the exit code of what failed."""
    started = time.monotonic()
    content = content_folder(arguments.content)
    # The staff edition never lands by default where the public one is taken from.
    name = arguments.out or ROOT / ("site" if arguments.edition == "public" else "site.staff")
    out = Path(os.path.realpath(name))
    refuse_unsafe(out, ROOT, content)
    if arguments.clean:
        clear_cache(CACHE)
    variables = variables_for(arguments.edition, content, given_day(arguments.date))
    with stoppable(), staging(out) as folder:
        code = _mkdocs(folder, variables, words, quiet=arguments.quiet)
        if code != 0:
            raise Refusal("build-failed", code=code if code > 0 else 1, out=shown(out))
    if not arguments.quiet:
        print(closing(read_report(out), out, time.monotonic() - started, words))
    return 0


def given_day(day: dt.date | None) -> dt.date:
    """The day of an option, else of the environment, else today; fixed once, so that midnight cannot fall into a build.

    Raises:
        Refusal: the environment holds no date.
    """
    try:
        return day or build_date(os.environ)
    except (ValueError, OverflowError, OSError):
        raise Refusal("bad-environment-date", code=2) from None


def variables_for(edition: str, content: Path, day: dt.date) -> dict[str, str]:
    """The environment in which mkdocs.yml finds edition, content and day."""
    ours = {"HUB_EDITION": edition, "HUB_CONTENT": str(content), "HUB_DATE": day.isoformat(), "HUB_DOOR": "1"}
    return {**os.environ, **ours}


def clear_cache(cache: Path) -> None:
    """Forgets what earlier builds remembered; what the installation wrote stays."""
    if not cache.is_dir():
        return
    for entry in cache.iterdir():
        if entry.name in {"install.log", "install.lock"}:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def closing(report: Report, out: Path, seconds: float, words: Words) -> str:
    """The lines after a good build: how many pages, where, how to look at them."""
    edition = words(f"edition-{report.edition}") if report.edition in {"public", "staff"} else report.edition
    lines = [
        words("build-done", edition=edition, date=report.date, pages=report.pages, items=report.items, seconds=f"{seconds:.1f}"),
        words("build-where", path=shown(out)),
        words("build-look", path=out / "index.html"),
    ]
    if report.hidden:
        lines.append(words("build-hidden", hidden=report.hidden))
    if report.bundle:
        lines.append(words("build-bundle", path=shown(out / report.bundle)))
    return "\n".join(lines)


def _mkdocs(folder: Path, variables: dict[str, str], words: Words, quiet: bool) -> int:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml"), "-d", str(folder)]
    if quiet or not sys.stderr.isatty():
        return finish(start(command, variables))
    with Progress(words("building"), words("seconds")) as progress:
        return follow(start(command, variables, output=subprocess.PIPE), progress.line)
