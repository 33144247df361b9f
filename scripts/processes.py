"""Other processes: run one to its end, stop it and its children when we are stopped, ask whether one still lives."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 5.0
_started: list[subprocess.Popen[bytes]] = []
"""Children that nobody has waited for yet."""


def is_running(pid: int) -> bool:
    """True while a process of this number exists on this machine."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        # os.kill(pid, 0) would send Ctrl-C on Windows.
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and a closed terminal become SystemExit, so that `finally` tidies up; handlers come back afterwards."""

    def handle(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP") if sys.platform != "win32" else ("SIGTERM", "SIGBREAK")
    before = {number: signal.signal(number, handle) for name in names if (number := getattr(signal, name, None))}
    try:
        yield
    except BaseException:
        # A signal may come between a child's start and the wait for it.
        for child in _started:
            stop(child)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start(
    command: Sequence[str], environment: Mapping[str, str], output: int | None = None, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Starts a command in a group of its own: Ctrl-C reaches us alone, and we end it without its traceback.

    Args:
        output: file descriptor for its stdout and stderr together; ours by default.
    """
    child = subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=folder,
        creationflags=0x200 if sys.platform == "win32" else 0,  # CREATE_NEW_PROCESS_GROUP
        start_new_session=sys.platform != "win32",
    )
    _started.append(child)
    return child


def finish(child: subprocess.Popen[bytes]) -> int:
    """Waits for the exit code; whatever interrupts the wait ends the child and its children first."""
    try:
        return child.wait()
    except BaseException:
        stop(child)
        raise
    finally:
        if child in _started:
            _started.remove(child)


def stop(child: subprocess.Popen[bytes]) -> None:
    """Ends a child made by `start`, and the workers it forked."""
    if sys.platform == "win32":
        child.terminate()
        child.wait()
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_SECONDS)
            break
