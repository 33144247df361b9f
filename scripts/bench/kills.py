"""kill -9 at random moments: the last good site must stand, and the next build must be right."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.bench import walk
from scripts.bench.measure import kill_tree, start, tree
from scripts.bench.ours import Ours
from scripts.bench.trees import digest


@dataclass(frozen=True)
class Kill:
    """One murder and what was found afterwards."""

    number: int
    after: float
    """Seconds after the start; the build needs about `whole`."""
    whole: float
    found: str
    """`old` or `new` site, `missing`, `broken`, or `ended`: the build was faster, and the site is the new one."""
    next_right: bool
    """The next build is the clean one, byte for byte."""
    left_over: tuple[str, ...]
    """Staging folders that the next build did not clear."""

    @property
    def good(self) -> bool:
        """Nothing was lost."""
        return self.found in {"old", "new", "ended"} and self.next_right and not self.left_over


def kills(folder: Path, items: int, count: int, log: Path) -> Iterator[Kill]:
    """Kills `count` builds, each of another edit."""
    ground = walk.prepare(folder, items)
    warm, cold = ground.warm, ground.cold
    walk.build(warm, log)
    whole = walk.build(warm, log)
    for number in range(count):
        ground.number = number
        last = digest(warm.out)
        walk.EDITS[ground.random.choice(("text", "title", "new", "template"))](ground)
        # Every third one loses its cache as well: a cold build has other moments to die in.
        if number % 3 == 2:
            warm.forget_cache()
        after = ground.random.uniform(0, whole * 1.05)
        ended = _murder(warm, after, log)
        found = digest(warm.out) if warm.out.is_dir() else ""
        whole = max(whole, walk.build(warm, log))
        cold.forget()
        walk.build(cold, log)
        right = digest(cold.out)
        name = "missing" if not found else "old" if found == last else "new" if found == right else "broken"
        yield Kill(
            number,
            after,
            whole,
            "ended" if ended and name == "new" else name,
            digest(warm.out) == right,
            tuple(sorted(path.name for path in warm.out.parent.glob(".site-*"))),
        )


def _murder(ours: Ours, after: float, log: Path) -> bool:
    """Starts a build and kills all of it; True if it had ended by itself."""
    with log.open("wb") as output:
        child = start(ours.steps()[0], output.fileno())
    with suppress(subprocess.TimeoutExpired):
        child.wait(after)
        return True
    # Stopped first, so that no process forks another one between the look and the blow.
    seen: set[int] = set()
    while (now := set(tree(child.pid))) - seen:
        for pid in now - seen:
            with suppress(OSError):
                os.kill(pid, signal.SIGSTOP)
        seen |= now
    for pid in seen:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    kill_tree(child.pid)
    child.wait()
    return False
