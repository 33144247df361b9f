"""hub bench: measures our build beside other generators, and proves that its shortcuts change nothing."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts import writing
from scripts.bench import facts
from scripts.bench.compare import ALL
from scripts.bench.growth import STEPS
from scripts.bench.peers import GROUPS, installed
from scripts.bench.session import Session
from scripts.bench.tools import Tools
from scripts.places import CACHE, shown
from scripts.words import Refusal, Words, tell

_MARK = ".hub-bench"
_BUSY = 0.1


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Runs the proofs that were named, else the comparison; 1 if a proof failed."""
    if not sys.platform.startswith("linux"):
        raise Refusal("bench-linux", code=3)
    work = Path.cwd() / arguments.work if arguments.work else CACHE / "bench"
    if arguments.clean:
        return clean(work, words)
    for name in ("items", "repeats"):
        if getattr(arguments, name) < 1:
            raise Refusal("bench-number", code=2, name=name)
    scenarios = chosen(arguments.only, ALL) or ALL
    named = chosen(arguments.peers, (*GROUPS, "none"))
    occupy(work)
    tools = Tools(work / "venv")
    if arguments.install:
        tell(words("bench-installing", path=shown(tools.venv)))
        tools.install()
    groups = [one for one in named if one != "none"] or [one for one in GROUPS if not named and installed(one, tools)]
    if facts.busy() > _BUSY:
        tell(words("bench-busy", share=f"{facts.busy():.0%}"))
    peers = [name for group in groups for name in GROUPS[group]]
    session = Session(words, work, peers, arguments.items, arguments.repeats, arguments.pictures)
    good = perform(session, arguments, scenarios)
    if arguments.json:
        text = json.dumps(session.report, ensure_ascii=False, indent=2) + "\n"
        writing.write(Path.cwd() / arguments.json, text.encode())
        tell(words("bench-json", path=arguments.json))
    return 0 if good else 1


def perform(session: Session, arguments: argparse.Namespace, scenarios: Iterable[str]) -> bool:
    """Everything that was asked for, one after another; True if all of it is well."""
    results = []
    if arguments.growth:
        results.append(session.growth(STEPS))
    if arguments.walk:
        results.append(session.walk(arguments.walk))
    if arguments.kills:
        results.append(session.kills(arguments.kills))
    if arguments.serve:
        results.append(session.serve(arguments.repeats))
    if arguments.search:
        results.append(session.search(searched(arguments.search), "hugo+pagefind" in session.peers))
    if not results:
        results.append(session.compare(list(scenarios), arguments.gzip))
    return all(results)


def searched(given: str) -> Path:
    """The folder of texts. Raises Refusal if it is none."""
    folder = Path.cwd() / given
    if not folder.is_dir():
        raise Refusal("bench-no-texts", code=2, path=given)
    return folder


def chosen(given: str | None, known: Iterable[str]) -> list[str]:
    """Names of a comma-separated option. Raises Refusal for one that is not known."""
    names = [name.strip() for name in (given or "").split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise Refusal("bench-unknown", code=2, value=name, known="、".join(known))
    return names


def occupy(work: Path) -> None:
    """Marks the working folder as ours. Raises Refusal if it holds something else."""
    if work.is_dir() and any(work.iterdir()) and not (work / _MARK).is_file():
        raise Refusal("bench-foreign", code=2, path=work)
    work.mkdir(parents=True, exist_ok=True)
    (work / _MARK).touch()


def clean(work: Path, words: Words) -> int:
    """Removes what earlier runs left, if it is theirs."""
    if work.is_dir():
        occupy(work)
        shutil.rmtree(work)
    tell(words("bench-cleaned", path=shown(work)))
    return 0
