"""Writes a plan into an empty folder: pages, files, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pubhub.engine.plan import Plan
from pubhub.engine.render import Printer


def emit(plan: Plan, printer: Printer, folder: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Renders and writes everything; gives the number of pages."""
    pages, files = plan.pages(), plan.files()
    total = len(pages) + len(files)
    made: set[Path] = set()
    outputs: Iterable[tuple[str, Callable[[], bytes]]] = [
        *((file.url, file.make) for file in files),
        *((page.url, lambda page=page: printer.render(page)) for page in pages),
    ]
    for done, (url, make) in enumerate(outputs, 1):
        target = folder / url
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(make())
        if progress is not None:
            progress(done, total)
    return len(pages)
