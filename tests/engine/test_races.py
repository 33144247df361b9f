"""What changes while a site is being built: never printed unreviewed, never forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pubhub.content.loader import read_body
from pubhub.problems import ContentRefused
from tests.engine.test_incremental import Place


def test_a_body_that_changed_after_it_was_judged_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path)
    workshop = place.workshop()
    workshop.read()
    item = workshop.press.tree.loaded[0].item
    assert read_body(place.content, item)
    file = place.content / item.origin.uri
    file.write_text(file.read_text("utf-8") + "没有审核的一句。\n", "utf-8")
    with pytest.raises(ContentRefused) as refused:
        read_body(place.content, item)
    assert [p.code for p in refused.value.problems] == ["changed-meanwhile"]


def test_a_bundle_never_holds_a_text_that_nobody_signed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    workshop = place.workshop()
    workshop.read()
    file = place.content / "alerts" / "2026" / "fake-refund-service" / "index.md"
    file.write_text(file.read_text("utf-8") + "\n没有审核的一句。\n", "utf-8")
    (tmp_path / "next").mkdir()
    try:
        workshop.print(tmp_path / "next")
    except ContentRefused:
        return
    # Nothing had to be read again: an earlier build had put the bundle of the signed text into the vault.
    bundles = list((tmp_path / "next").rglob("*.zip"))
    assert bundles
    assert not [path for path in bundles if "没有审核的一句".encode() in path.read_bytes()]


@pytest.mark.parametrize("what", ["data", "item", "theme"])
def test_a_change_during_a_build_is_seen_by_the_next(tmp_path: Path, what: str) -> None:
    place = Place(tmp_path)
    workshop = place.workshop()
    workshop.read()
    staging = tmp_path / "next"
    staging.mkdir()
    emitted = workshop.print(staging)
    if what == "data":
        place.change(place.content / "_data" / "site.yml", r"^licence: .*$", "licence: 新的说明")
    elif what == "item":
        place.change(place.content / "news" / "2026" / "silver-class" / "index.md", r"^status: .*$", "status: draft")
    else:
        with (place.theme / "parts" / "footer.html").open("a", encoding="utf-8") as footer:
            footer.write("{# changed #}<!-- changed -->")
    staging.rename(place.out)
    workshop.remember(emitted)
    assert place.workshop().unchanged() is None
    place.print()
    clean = place.clean()
    assert {url: data for url, data in clean.items() if (place.out / url).read_bytes() != data} == {}


# In a process of its own: a test process that once drove a browser has more than one thread, and then nothing is forked.
WORKERS = """
import os, signal, sys
from pubhub.engine.workers import WorkerFailed, can_fork, spread

def die(items): os.kill(os.getpid(), signal.SIGKILL)
def fail(items): raise ValueError("so")
def work(numbers): return [bytes(number % 251 for _ in range(3000)) for number in numbers]

assert can_fork()
try:
    list(spread(die, list(range(200)), 10, workers=2))
except WorkerFailed:
    print("killed")
try:
    list(spread(fail, list(range(200)), 10, workers=2))
except ValueError as error:
    print(error)
parts = list(spread(work, list(range(500)), 7, workers=3))
print(sorted(len(data) for part in parts for data in part) == [3000] * 500)
results = spread(work, list(range(5000)), 1, workers=2)
next(results)
results.close()
try:
    os.waitpid(-1, os.WNOHANG)
    print("left behind")
except ChildProcessError:
    print("no child left")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where there is fork")
def test_workers_that_die_fail_or_are_not_needed_any_more() -> None:
    done = subprocess.run([sys.executable, "-c", WORKERS], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split("\n") == ["killed", "so", "True", "no child left", ""], done.stderr


AHEAD = """
import os, signal, time
from pubhub.engine.workers import Ahead, WorkerFailed

ahead = Ahead(lambda: [os.getpid()])
print(ahead.result() != [os.getpid()])
def fail(): raise ValueError("so")
for work in (fail, lambda: os.kill(os.getpid(), signal.SIGKILL)):
    try:
        Ahead(work).result()
    except (ValueError, WorkerFailed) as error:
        print(type(error).__name__)
slow = Ahead(lambda: time.sleep(60))
print(slow.is_ready())
slow.close()
slow.close()
try:
    os.waitpid(-1, os.WNOHANG)
    print("left behind")
except ChildProcessError:
    print("no child left")
os.environ["HUB_WORKERS"] = "1"
alone = Ahead(os.getpid)
print(alone.is_ready(), alone.result() == os.getpid())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where there is fork")
def test_work_that_goes_ahead() -> None:
    variables = {**os.environ, "HUB_WORKERS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", AHEAD], capture_output=True, text=True, timeout=60, check=False, env=variables
    )
    wanted = ["True", "ValueError", "WorkerFailed", "False", "no child left", "True True", ""]
    assert done.stdout.split("\n") == wanted, done.stderr
