"""hub build: runs MkDocs into a staging folder and puts the finished site in place."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

from scripts.host import mkdocs, variables
from scripts.places import CACHE, ROOT, shown
from scripts.processes import finish, start, stoppable
from scripts.publish import Report, read_report, refuse_unsafe, staging
from scripts.subject import content_folder, given_day
from scripts.words import Refusal, Words, tell


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
    environment = variables(arguments.edition, content, given_day(arguments.date))
    if sys.stderr.isatty() and not arguments.quiet:
        tell(words("building"))
    with stoppable(), staging(out) as folder:
        code = finish(start(mkdocs("build", "-q", "-d", str(folder)), environment))
        if code != 0:
            raise Refusal("build-failed", code=code if code > 0 else 1, out=shown(out))
    if not arguments.quiet:
        print(closing(read_report(out), out, time.monotonic() - started, words))
    return 0


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
        words(
            "build-done",
            edition=edition,
            date=report.date,
            pages=report.pages,
            items=report.items,
            seconds=f"{seconds:.1f}",
        ),
        words("build-where", path=shown(out)),
        words("build-look", path=out / "index.html"),
    ]
    if report.hidden:
        lines.append(words("build-hidden", hidden=report.hidden))
    if report.bundle:
        lines.append(words("build-bundle", path=shown(out / report.bundle)))
    return "\n".join(lines)
