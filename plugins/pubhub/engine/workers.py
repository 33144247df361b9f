"""Work on all cores: takes a list and a function, gives the results; forked processes see what the parent has made so far.

Where there is no fork (Windows), or little to do, the same work runs in this process and gives the same results.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import selectors
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_HEADER = struct.Struct("<Q")


class WorkerFailed(Exception):
    """A worker ended before its work did; carries what it said last."""


def core_count() -> int:
    """Cores this process may use; HUB_WORKERS overrides."""
    given = os.environ.get("HUB_WORKERS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Only where fork exists, and only from a process with one thread: a forked lock stays locked for ever."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1 and not _foreign_threads()


def _foreign_threads() -> bool:
    """Threads that Python does not count: Typst keeps some once it has set a page, and a child without them waits for ever."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) > 1
    except OSError:
        return False


def spread(
    work: Callable[[Sequence[T]], R], items: Sequence[T], chunk: int, workers: int = 0, least: int = 64
) -> Iterator[R]:
    """`work` on chunks of `items`; results come as they are ready, in no order.

    Args:
        chunk: items of one call of `work`.
        workers: processes; as many as there are cores by default.
        least: below this many items, forking costs more than it brings.

    Raises:
        WorkerFailed: a worker was killed.
        Exception: whatever `work` raised.
    """
    chunks = [items[n : n + chunk] for n in range(0, len(items), chunk)]
    count = min(workers or core_count(), len(chunks))
    if count < 2 or len(items) < least or not can_fork():
        yield from map(work, chunks)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    # Objects that exist now are left out of collections: a collection would write to, and so copy, every page of memory.
    gc.freeze()
    children: list[tuple[int, int]] = []
    for n in range(count):
        children.append(_fork(work, chunks[n::count], [pipe for _, pipe in children]))
    try:
        yield from _gather(children)
    finally:
        gc.unfreeze()
        for pid, pipe in children:
            os.close(pipe)
            _reap(pid)


class Ahead(Generic[R]):
    """One piece of work that a forked process does while this one goes on. Where there is no fork, or no second core, it is
    done when it is asked for."""

    def __init__(self, work: Callable[[], R]) -> None:
        self._work = work
        self._child: tuple[int, int] | None = None
        if core_count() > 1 and can_fork():
            sys.stdout.flush()
            sys.stderr.flush()
            self._child = _fork(lambda _: work(), [()], [])

    def is_ready(self) -> bool:
        """True if `result` has nothing to wait for, or nobody to wait for."""
        return self._child is None or bool(select.select([self._child[1]], [], [], 0)[0])

    def result(self) -> R:
        """What the work gives; to be asked once.

        Raises:
            WorkerFailed: the process was killed.
            Exception: whatever the work raised.
        """
        if self._child is None:
            return self._work()
        try:
            answers: list[R] = list(_gather([self._child]))
        finally:
            self.close()
        return answers[0]

    def close(self) -> None:
        """Ends the process if it still runs."""
        if self._child is not None:
            pid, pipe = self._child
            self._child = None
            os.close(pipe)
            _reap(pid)


def _fork(work: Callable[[Sequence[T]], R], chunks: Sequence[Sequence[T]], others: Sequence[int]) -> tuple[int, int]:
    """Starts a child that works through `chunks`; gives its process id and the pipe it answers on.

    others: pipes of children before it, which it must not keep open.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    code = 1
    try:
        for pipe_of_another in (reading, *others):
            os.close(pipe_of_another)
        # The parent tells us to stop by closing the pipe; the terminal's Ctrl-C is the parent's to handle.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Seldom, since little of what is made lives on; but a Markdown tree is full of circles that nothing else frees.
        gc.set_threshold(20_000, 20, 1_000)
        with os.fdopen(writing, "wb", buffering=1 << 16) as pipe:
            try:
                for part in chunks:
                    _send(pipe, (True, work(part)))
                    pipe.flush()
                _send(pipe, (True, _Done))
                code = 0
            except Exception as error:
                _send(pipe, (False, _sendable(error)))
    finally:
        # Neither the parent's `finally` blocks nor its buffers are ours.
        os._exit(code)


class _Done:
    """The last word of a worker."""


def _send(pipe: Any, answer: tuple[bool, object]) -> None:
    data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    pipe.write(_HEADER.pack(len(data)))
    pipe.write(data)


def _sendable(error: Exception) -> Exception:
    """The exception, or its words if it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error, pickle.HIGHEST_PROTOCOL))
    except Exception:
        return WorkerFailed(f"{type(error).__name__}: {error}")
    return error


def _gather(children: Sequence[tuple[int, int]]) -> Iterator[Any]:
    with selectors.DefaultSelector() as selector:
        buffers = {}
        for _, pipe in children:
            selector.register(pipe, selectors.EVENT_READ)
            buffers[pipe] = bytearray()
        running = len(children)
        while running:
            for key, _ in selector.select():
                pipe = key.fd
                data = os.read(pipe, 1 << 20)
                if not data:
                    raise WorkerFailed("a worker ended early")
                buffers[pipe] += data
                for good, answer in _messages(buffers[pipe]):
                    if not good:
                        raise answer
                    if answer is _Done:
                        selector.unregister(pipe)
                        running -= 1
                    else:
                        yield answer


def _messages(buffer: bytearray) -> Iterator[tuple[bool, Any]]:
    """Whole messages at the front of `buffer`, which loses them."""
    while len(buffer) >= _HEADER.size:
        (size,) = _HEADER.unpack_from(buffer)
        if len(buffer) < _HEADER.size + size:
            return
        with memoryview(buffer) as view:
            message = pickle.loads(view[_HEADER.size : _HEADER.size + size])
        del buffer[: _HEADER.size + size]
        yield message


def _reap(pid: int) -> None:
    """A child that has said everything ends by itself; one that has not is ended."""
    ended, _ = os.waitpid(pid, os.WNOHANG)
    if not ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
