"""Runs commands and watches their whole process tree: wall time, CPU time, peak memory. Linux, through /proc.

Memory is the sum of the proportional set sizes (PSS), so that pages which forked workers share count once. Reading PSS walks page
tables, which would disturb what is measured; so the resident sum is sampled every 20 ms and PSS read only when it sets a record.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.bench.facts import spent
from scripts.bench.generators import Step

INTERVAL = 0.02
_RECORD = 1.03
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Run:
    """Figures of one run of one or several commands."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of the tree: everything that was waited for."""
    memory: int
    """Bytes: peak of the sum of PSS."""
    resident: int
    """Bytes: peak of the sum of RSS; shared pages count in every process."""
    others: float
    """Processor seconds that the rest of the machine worked meanwhile."""
    code: int
    """Exit code of the first command that failed, else 0."""
    steps: Mapping[str, float]
    """Wall seconds by command."""
    said: str = ""
    """The last of what a failing command said."""


def run(steps: Sequence[Step], log: Path) -> Run:
    """Runs the commands one after another until one fails."""
    walls: dict[str, float] = {}
    before = spent()
    cpu, memory, resident, code, said = 0.0, 0, 0, 0, ""
    log.parent.mkdir(parents=True, exist_ok=True)
    for step in steps:
        started = time.perf_counter()
        with log.open("wb") as output:
            child = start(step, output.fileno())
            watch = _Watch(child.pid)
            try:
                _, status, usage = os.wait4(child.pid, 0)
            except BaseException:
                kill_tree(child.pid)
                raise
            finally:
                peak = watch.stop()
        walls[step.name] = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu += usage.ru_utime + usage.ru_stime
        memory, resident = max(memory, peak.pss), max(resident, peak.rss)
        if child.returncode != 0:
            code, said = child.returncode, log.read_text("utf-8", errors="replace")[-2000:]
            break
    others = max(0.0, spent() - before - cpu)
    return Run(sum(walls.values()), cpu, memory, resident, others, code, walls, said)


def start(step: Step, output: int) -> subprocess.Popen[bytes]:
    """Starts a command in a session of its own."""
    return subprocess.Popen(
        step.command,
        cwd=step.folder,
        env=dict(step.environment) or None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def tree(pid: int) -> Iterator[int]:
    """A process and everything below it that still lives."""
    yield pid
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208  # a thousand times a minute: no objects
            with suppress(OSError):
                for child in _read(f"/proc/{pid}/task/{task}/children").split():
                    yield from tree(int(child))


def kill_tree(pid: int) -> None:
    """SIGKILL to a process of ours and all that it started, at once; by number, never by name."""
    for number in list(tree(pid)):
        with suppress(OSError):
            os.kill(number, signal.SIGKILL)
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


@dataclass
class _Peak:
    pss: int = 0
    rss: int = 0


class _Watch:
    """Samples a tree in a thread until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = _Peak()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> _Peak:
        self._done.set()
        self._thread.join()
        return self._peak

    def _sample(self) -> None:
        record = 0.0
        while not self._done.wait(INTERVAL):
            pids = list(tree(self._pid))
            rss = sum(_each(pids, _rss))
            self._peak.rss = max(self._peak.rss, rss)
            if rss > record * _RECORD:
                record = rss
                self._peak.pss = max(self._peak.pss, sum(_each(pids, _pss)))


def _each(pids: Sequence[int], figure: Callable[[int], int]) -> Iterator[int]:
    for pid in pids:
        with suppress(OSError, IndexError, ValueError):
            yield figure(pid)


def _rss(pid: int) -> int:
    return int(_read(f"/proc/{pid}/statm").split()[1]) * _PAGE


def _pss(pid: int) -> int:
    for line in _read(f"/proc/{pid}/smaps_rollup").split("\n"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: str) -> str:
    with open(path, encoding="ascii", errors="replace") as file:  # noqa: PTH123  # as above
        return file.read()
