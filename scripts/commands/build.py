"""hub build: prints what has changed into a staging folder and puts the finished site in place."""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pubhub.engine.scout import Scout, spare_of
from scripts.locks import held
from scripts.places import CACHE, ROOT, shown
from scripts.processes import stoppable
from scripts.progress import Steps
from scripts.publish import Report, Spare, read_report, refuse_unsafe, staging
from scripts.subject import content_folder, given_day
from scripts.words import Refusal, Words, tell

if TYPE_CHECKING:
    from pubhub.problems import Problem
    from pubhub.workshop import Workshop

_STEPS = {
    "survey": "profile-survey",
    "remember": "profile-remember",
    "read": "profile-read",
    "keep": "profile-keep",
    "judge": "profile-judge",
    "catalog": "profile-catalog",
    "plan": "profile-plan",
    "prepare": "profile-prepare",
    "compare": "profile-compare",
    "print": "profile-print",
    "audit": "profile-audit",
    "swap": "profile-swap",
}
_held: list[Workshop] = []
_KEPT = frozenset({"bench", "build.lock", "install.lock", "install.log"})


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Builds one edition; 0 if it stands, else the exit code of what failed."""
    started = time.monotonic()
    content = content_folder(arguments.content)
    # The staff edition never lands by default where the public one is taken from.
    name = arguments.out or ROOT / ("site" if arguments.edition == "public" else "site.staff")
    out = Path(os.path.realpath(name))
    refuse_unsafe(out, ROOT, content)
    day = given_day(arguments.date)
    CACHE.mkdir(exist_ok=True)
    with stoppable(), held(CACHE / "build.lock", lambda: tell(words("build-wait"))):
        if arguments.clean:
            clear_cache(CACHE)
        # A build makes much and throws away little; the collector would walk all of it again and again for nothing.
        gc.disable()
        scout = Scout(content, spare_of(CACHE, out))
        try:
            # Imported late: wrong usage should not wait for the press, and the scout should not either.
            from pubhub.theme import theme_folders
            from pubhub.workshop import Workshop

            steps = Steps(words) if sys.stderr.isatty() and not arguments.quiet else None
            workshop = Workshop(CACHE, content, theme_folders(), arguments.edition, day, out, steps, scout)
            # Held until the process ends: to free ten thousand items, one object after another, is work for nothing.
            _held[:] = [workshop]
            last = workshop.unchanged()
            if last is not None:
                _tell_problems(last.problems, words)
            else:
                _print(workshop, out, words)
        finally:
            scout.close()
    if arguments.profile and last is None:
        print(profile(workshop.press.timing.seconds, words))
    if not arguments.quiet:
        print(closing(read_report(out), out, time.monotonic() - started, words, unchanged=last is not None))
    return 0


def _print(workshop: Workshop, out: Path, words: Words) -> None:
    """Prints beside the last good site and swaps.

    Raises:
        Refusal: the content has errors, the result did not pass the audit, or the disk gave up.
    """
    from pubhub.engine.workers import WorkerFailed
    from pubhub.press import AuditFailed
    from pubhub.problems import ContentRefused, summary

    try:
        tree = workshop.read()
    except WorkerFailed:
        raise Refusal("build-worker", code=1, out=shown(out)) from None
    _tell_problems(tree.problems, words)
    if tree.errors:
        raise Refusal("build-refused", code=1, summary=summary(tree.problems, words.lang), out=shown(out))
    spare = Spare(workshop.spare)
    try:
        with workshop.press.timing.step("swap"), staging(out, spare) as folder:
            folder.mkdir(exist_ok=True)
            before = sum(workshop.press.timing.seconds.values())
            emitted = workshop.print(folder)
            spare.worth = 2 * emitted.made < len(emitted.files)
            printing = sum(workshop.press.timing.seconds.values()) - before
        workshop.press.timing.seconds["swap"] -= printing
    except ContentRefused as refused:
        # A file changed while it was being read.
        _tell_problems(refused.problems, words)
        raise Refusal("build-refused", code=1, summary=summary(refused.problems, words.lang), out=shown(out)) from None
    except AuditFailed as failed:
        for finding in failed.findings[:50]:
            tell(f"{finding.url}: {finding.what}")
        raise Refusal("build-audit", code=1, out=shown(out)) from None
    except WorkerFailed:
        raise Refusal("build-worker", code=1, out=shown(out)) from None
    except OSError as error:
        raise Refusal("build-disk", code=1, reason=error.strerror or "", out=shown(out)) from None
    workshop.remember(emitted)


def _tell_problems(problems: Iterable[Problem], words: Words) -> None:
    for problem in problems:
        if problem.level != "advice":
            tell(problem.text(words.lang))


def profile(seconds: Mapping[str, float], words: Words) -> str:
    """Where the time went, a line for each step."""
    total = sum(seconds.values()) or 1.0
    rows = [
        words("profile-row", seconds=f"{spent:7.2f}", share=f"{spent / total:4.0%}", step=words(_STEPS[step]))
        for step, spent in seconds.items()
    ]
    return "\n".join(rows)


def clear_cache(cache: Path) -> None:
    """Forgets what earlier builds remembered; what the installation wrote stays."""
    if not cache.is_dir():
        return
    for entry in cache.iterdir():
        if entry.name in _KEPT:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def closing(report: Report, out: Path, seconds: float, words: Words, unchanged: bool = False) -> str:
    """The lines after a good build: how many pages, where, how to look at them."""
    edition = words(f"edition-{report.edition}") if report.edition in {"public", "staff"} else report.edition
    lines = [
        words(
            "build-same" if unchanged else "build-done",
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
