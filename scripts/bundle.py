"""From a content folder and quarters to bulletin bundles; pubhub.bulletin.bundle makes their bytes, ssh-keygen signs them."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pubhub.archives.verify import NAMESPACE, SIGNATURE, SUMS, unpack
from pubhub.archives.writer import checksums, make_archive
from pubhub.bulletin.bundle import Bundles
from pubhub.bulletin.columns import is_printable, missing
from pubhub.bulletin.pieces import root_of
from pubhub.clock import quarter_days
from pubhub.content.catalog import Edition
from pubhub.content.model import Issue
from pubhub.engine.store import Store
from pubhub.engine.vault import vault_of
from pubhub.engine.version import code_version
from pubhub.press import Press
from pubhub.problems import ContentRefused, summary
from pubhub.site import Tree
from pubhub.theme import theme_folders
from pubhub.workshop import memory_of
from scripts.places import CACHE
from scripts.words import Refusal, Words, tell


@dataclass(frozen=True)
class Bundle:
    """One issue, packed."""

    quarter: str
    name: str
    """bulletin-2026Q3.zip."""
    data: bytes
    marked: bytes = b""
    """The PDF for the printing house, if it was asked for."""


class Packing:
    """A content folder on one day, read once."""

    def __init__(self, content: Path, edition: Edition, today: dt.date, draft: bool, words: Words) -> None:
        """draft: for reviewers, also issues and articles that nobody approved yet; marked as such on every page."""
        self._words, self._draft = words, draft
        store = Store(memory_of(CACHE, content), code_version())
        self._press = Press(content, theme_folders(), edition, today, store=store, vault=vault_of(CACHE))
        self._tree = self._press.read()
        if draft:
            self._press.drafts = _listed(self._tree)
        with self._refusing():
            desk = self._press.desk()
        self._bundles = Bundles(desk, draft)
        catalog = desk.catalog
        self._issues = {i.quarter: i for i in catalog.of_kind(Issue) if not catalog.is_withdrawn(i)}

    def quarters(self) -> list[str]:
        """Quarters of the issues that there are to pack, oldest first."""
        return sorted(self._issues)

    def find(self, quarter: str) -> str:
        """The quarter of a published issue (with `draft`, of any) from what the user typed. Raises Refusal."""
        known = "、".join(self.quarters()) or "—"
        try:
            wanted = quarter_of_words(quarter)
        except ValueError:
            raise Refusal("quarter-form", code=2, value=quarter, known=known) from None
        if wanted not in self._issues:
            waiting = next((i for i in _issues(self._tree) if i.quarter == wanted and i.status != "withdrawn"), None)
            if waiting is None:
                raise Refusal("quarter-missing", code=1, value=wanted, known=known)
            reason = self._tree.decisions[waiting.origin.uri].reason.rstrip("。")
            raise Refusal("quarter-waits", code=1, value=wanted, reason=reason or "—")
        return wanted

    def pack(self, quarter: str, key: Path | None = None, marks: bool = False) -> Bundle:
        """The zip of a quarter that `find` or `quarters` gave.

        Args:
            key: private key that signs it.
            marks: with a PDF for the printing house: bleed, trim marks, whole sheets.

        Raises:
            Refusal: an article of it may not be shown; what and why has been told.
        """
        issue = self._issues[quarter]
        catalog = self._press.catalog
        if not is_printable(catalog, issue):
            told = [p for p in self._tree.problems if p.path == issue.origin.uri and p.code == "column-hidden"]
            for problem in told:
                tell(problem.text(self._words.lang))
            raise Refusal("bundle-held", code=1, value=quarter, ids="、".join(missing(catalog, issue)))
        with self._refusing():
            data = self._bundles.part(issue, "zip")
            marked = self._bundles.marked(issue) if marks else b""
        name = root_of(issue, self._draft)
        return Bundle(quarter, f"{name}.zip", signed(data, name, key) if key is not None else data, marked)

    @contextlib.contextmanager
    def _refusing(self) -> Iterator[None]:
        """Tells every problem of content that must not be published."""
        try:
            yield
        except ContentRefused as refused:
            for problem in refused.problems:
                tell(problem.text(self._words.lang))
            raise Refusal("content-refused", code=1, summary=summary(refused.problems, self._words.lang)) from None


def signed(data: bytes, root: str, key: Path) -> bytes:
    """A bundle with the signature over its SHA256SUMS. Raises Refusal."""
    tool = shutil.which("ssh-keygen")
    if tool is None:
        raise Refusal("sign-no-tool", code=1)
    if not key.is_file():
        raise Refusal("sign-no-key", code=2, path=key)
    files = plain_files(data, root)
    command = [tool, "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    done = subprocess.run(command, input=checksums(files), capture_output=True, check=False)
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Refusal("sign-failed", code=1, path=key, reason=said[-1] if said else "—")
    return make_archive(root, files, {SIGNATURE: done.stdout})


def plain_files(data: bytes, root: str) -> dict[str, bytes]:
    """What a bundle carries besides its checksums and its signature."""
    entries, _ = unpack(data, root)
    files = {name.removeprefix(f"{root}/"): content for name, content in entries.items()}
    return {name: content for name, content in files.items() if name not in {SUMS, SIGNATURE}}


def is_current(bundle: Bundle, standing: bytes) -> bool:
    """True if a file is the bundle that would be made now, whoever signed it."""
    root = bundle.name.removesuffix(".zip")
    return standing == bundle.data or plain_files(standing, root) == plain_files(bundle.data, root)


def quarter_of_words(text: str) -> str:
    """`2026Q3` from what people write for it. Raises ValueError for anything else."""
    match = re.fullmatch(r"(20\d\d)\s*[-/年]?\s*(?:[Qq]|第)?\s*([1-4一二三四])\s*(?:季度?)?", text.strip())
    if not match:
        raise ValueError(text)
    number = match[2].translate(str.maketrans("一二三四", "1234"))
    quarter_days(f"{match[1]}Q{number}")
    return f"{match[1]}Q{number}"


def _issues(tree: Tree) -> Iterator[Issue]:
    return (one.item for one in tree.loaded if isinstance(one.item, Issue))


def _listed(tree: Tree) -> set[str]:
    """Ids of all issues and of what they list."""
    ids: set[str] = set()
    for issue in _issues(tree):
        ids |= {issue.id, *(id_ for column in issue.columns for id_ in column)}
    return ids


def beside(file: Path) -> Path:
    """Where the PDF for the printing house goes: bulletin-2026Q3-marks.pdf beside bulletin-2026Q3.zip."""
    return file.with_name(f"{file.stem}-marks.pdf")


def places(bundles: Iterable[Bundle], out: Path, many: bool) -> list[tuple[Bundle, Path]]:
    """Where each file goes: into `out` if that is a folder or takes many, else under that name."""
    return [(bundle, out / bundle.name if many or out.is_dir() else out) for bundle in bundles]
