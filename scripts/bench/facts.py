"""The machine and what runs on it, for whoever reads the figures later."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Processor, cores, memory, system, Python, and how busy it was when the benchmark began."""
    return {
        "cpu": _first(r"^model name\s*:\s*(.+)$", "/proc/cpuinfo") or platform.processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_kb": int(_first(r"^MemTotal:\s*(\d+)", "/proc/meminfo") or 0),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": list(os.getloadavg()) if hasattr(os, "getloadavg") else [],
        "started": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


def busy() -> float:
    """Share of the last ten seconds in which some process waited for a processor; above a tenth, figures are not to be trusted."""
    return float(_first(r"^some avg10=([\d.]+)", "/proc/pressure/cpu") or 0) / 100


def spent() -> float:
    """Processor seconds that the whole machine has worked since it was started."""
    with suppress(OSError, ValueError):
        fields = Path("/proc/stat").read_text("ascii").split("\n")[0].split()
        return sum(map(int, fields[1:4])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def settle(patience: float) -> float:
    """Waits, but no longer than `patience` seconds, until hardly anything else runs; gives the seconds waited."""
    started = time.monotonic()
    while (waited := time.monotonic() - started) < patience:
        before = spent()
        time.sleep(0.5)
        if spent() - before < 0.1:
            break
    return waited


def _first(pattern: str, place: str) -> str:
    with suppress(OSError):
        found = re.search(pattern, Path(place).read_text("utf-8", errors="replace"), re.MULTILINE)
        return found[1].strip() if found else ""
    return ""
