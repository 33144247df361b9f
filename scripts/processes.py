"""Other processes: run one to its end, stop it and its children when we are stopped, ask whether one still lives."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

GRACE_SECONDS = 5.0


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
    """SIGTERM and a closed terminal become SystemExit, so that `finally` tidies up; restores the handlers afterwards."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP") if sys.platform != "win32" else ("SIGTERM", "SIGBREAK")
    before = {number: signal.signal(number, stop) for name in names if (number := getattr(signal, name, None))}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start(
    command: Sequence[str], environment: Mapping[str, str], output: IO[bytes] | int | None = None, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Starts a command in a group of its own: Ctrl-C reaches us alone, and we end it without its traceback.

    Args:
        output: where its stdout and stderr go together; ours by default.
    """
    group = {"creationflags": 0x200} if sys.platform == "win32" else {"start_new_session": True}  # NEW_PROCESS_GROUP
    return subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=folder,
        **group,  # type: ignore[call-overload]  # the keyword differs by platform
    )


def finish(child: subprocess.Popen[bytes]) -> int:
    """Waits for the exit code; whatever interrupts the wait ends the child and its children first."""
    try:
        return child.wait()
    except BaseException:
        stop(child)
        raise


def follow(child: subprocess.Popen[bytes], take: Callable[[str], None]) -> int:
    """Hands on each line of a child started with `output=PIPE` as it comes; waits like `finish`."""
    assert child.stdout is not None
    with child.stdout:
        try:
            for line in child.stdout:
                take(line.decode("utf-8", "replace").rstrip("\r\n"))
        except BaseException:
            stop(child)
            raise
    return finish(child)


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
