"""Our own build as one of the generators: a copy of the project, so that its cache and its theme are the benchmark's alone."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from scripts.bench import layout
from scripts.bench.corpus import DAY, Piece
from scripts.bench.generators import Generator, Step
from scripts.places import ROOT

_COPIED = ("plugins", "scripts", "theme", "mkdocs.yml", "pyproject.toml", "requirements.txt", "requirements-dev.txt")
# Print, pictures and brand files are what the others do not make; the vault keeps them, and pages are compared.
_KEPT = frozenset({"install.log", "install.lock", "vault"})


class Ours(Generator):
    """`hub build`, as a black box.

    The copy takes part in the comparison as it was when `prepare` was called: an edit of the project half way changes nothing.
    """

    name = "pubhub"
    template = "theme/item.html"

    def __init__(self, root: Path, content: Path | None = None) -> None:
        super().__init__(root)
        self.content = content or root / "content"

    def prepare(self, pieces: Sequence[Piece]) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.install()
        layout.write_tree(self.content, pieces)

    def install(self) -> None:
        """Copies the project; its .venv is shared."""
        self.source.mkdir(parents=True)
        for name in _COPIED:
            path = ROOT / name
            if path.is_dir():
                shutil.copytree(path, self.source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
            else:
                shutil.copy(path, self.source / name)
        (self.source / ".venv").symlink_to(Path(sys.prefix), target_is_directory=True)

    def put(self, piece: Piece, pieces: Mapping[str, Piece]) -> None:
        layout.write_piece(self.content, piece)
        if not piece.draft:
            layout.enter(self.content, piece)

    def environment(self) -> dict[str, str]:
        """Ours, with the copy before the project that the .venv knows."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        return {**kept, "PYTHONPATH": str(self.source / "plugins")}

    def door(self, *words: str) -> tuple[str, ...]:
        """A command line of the copy."""
        return (sys.executable, str(self.source / "scripts" / "hub.py"), *words)

    def steps(self) -> Sequence[Step]:
        words = ("build", "--content", str(self.content), "--out", str(self.out), "--date", DAY.isoformat(), "--quiet")
        return [Step("hub build", self.door(*words), self.source, self.environment())]

    def page(self, piece: Piece) -> Path:
        return self.out / layout.address(piece)

    def forget(self) -> None:
        super().forget()
        self.forget_cache()

    def forget_cache(self) -> None:
        """Deletes what earlier builds remembered, and leaves the site."""
        cache = self.source / ".cache"
        for entry in cache.iterdir() if cache.is_dir() else ():
            if entry.name not in _KEPT:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def marked(self, text: str, mark: str) -> str:
        at = text.rindex("</article>")
        return text[:at] + mark + text[at:]

    def versions(self) -> dict[str, str]:
        return {name: version(name) for name in ("pubhub", "mkdocs", "Markdown")}
