"""hub approve: signs texts as they stand for one line of the review, and keeps the ledger of what was approved."""

from __future__ import annotations

import argparse
import dataclasses
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pubhub.content.frontmatter import is_link
from pubhub.content.ledger import LEDGER, Published, format_ledger, read_ledger
from pubhub.content.loader import Loaded
from pubhub.content.model import BY_SECTION, LINES, Approval, Item
from pubhub.content.vocabulary import Person, Vocabulary
from pubhub.pictures import SUFFIXES
from pubhub.problems import nearest, ordered
from pubhub.review.policy import CHECKLIST, judge, portrait_problems
from pubhub.review.sign import Unsignable, sign, with_approval
from pubhub.site import examine
from scripts.places import existing, shown
from scripts.progress import Progress
from scripts.subject import content_folder, given_day, item_files, place_in, vocabulary_of
from scripts.words import Refusal, Words
from scripts.writing import write, write_if_changed


@dataclass(frozen=True)
class Signature:
    """One file that may be signed."""

    file: Path
    item: Item
    data: bytes
    """The file with the signature; what it already has if there was nothing to do."""
    done: bool
    """True if this very signature was there before."""


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Judges all, signs what may be signed, reports the rest; 1 if anything was refused."""
    paths = existing(arguments.paths)
    root = content_folder(arguments.content, paths)
    vocabulary = vocabulary_of(root, words)
    person = entitled(vocabulary, arguments.person, arguments.line)
    day = given_day(arguments.date)
    signing = Signing(root, vocabulary, person, arguments.line, words)
    template = Approval(line=arguments.line, by=person.id, on=day, checklist=CHECKLIST, digest="")
    signatures: list[Signature] = []
    refused = 0
    with Progress(words("approving"), words("seconds")) as progress:
        for file, complaint in _files(root, paths, words):
            try:
                if complaint:
                    raise Unsigned(complaint)
                signatures.append(signing.judge(file, template))
            except Unsigned as reason:
                refused += 1
                progress.line(str(reason))
        _write(root, signatures)
    complete = _record(root, signatures, {one.id: one for one in vocabulary.people}, template)
    for one in signatures:
        print(words("approve-again" if one.done else "approve-done", path=one.item.origin.uri, title=one.item.title))
    counts = {
        "signed": len(signatures),
        "refused": refused,
        "complete": complete,
        "waiting": len(signatures) - complete,
    }
    print(words("approve-summary", name=person.name, line=LINES[arguments.line], **counts))
    if complete and not all(one.done for one in signatures):
        print(words("approve-next", ledger=shown(root / LEDGER)))
    return 1 if refused else 0


class Unsigned(Exception):
    """One file is not signed; carries the sentences."""


def entitled(vocabulary: Vocabulary, id_: str, line: str) -> Person:
    """The person of an id or name, if they may sign this line. Raises Refusal."""
    person = next((p for p in vocabulary.people if id_ in {p.id, p.name}), None)
    able = "、".join(f"{p.id}（{p.name}）" for p in vocabulary.people if line in p.lines) or "—"
    if person is None:
        close = nearest(id_, [p.id for p in vocabulary.people])
        raise Refusal("person-near" if close else "person-unknown", code=1, value=id_, close=close, able=able)
    if line not in person.lines:
        raise Refusal("person-line", code=1, name=person.name, line=LINES[line], able=able)
    return person


@dataclass(frozen=True)
class Signing:
    """Everything that is the same for all files of one run."""

    root: Path
    vocabulary: Vocabulary
    person: Person
    line: str
    words: Words

    def judge(self, file: Path, template: Approval) -> Signature:
        """The signature of a file, not yet written. Raises Unsigned."""
        uri = place_in(self.root, file)
        data = file.read_bytes()
        item = self._load(uri, file).item
        if file.read_bytes() != data:
            raise Unsigned(f"{uri}: {self.words('approve-changed')}")
        approval = dataclasses.replace(template, digest=item.origin.digest)
        if reason := self._against(item, approval):
            raise Unsigned(f"{uri}: {self.words(reason, name=self.person.name)}")
        # Mending these changes the text, so a signature now would be for nothing.
        if portraits := [p.text(self.words.lang) for p in portrait_problems(item)]:
            raise Unsigned("\n".join([*portraits, f"{uri}: {self.words('approve-errors')}"]))
        if any(dataclasses.replace(old, on=approval.on) == approval for old in item.approvals):
            return Signature(file, item, data, done=True)
        try:
            signed = sign(data, approval)
        except Unsignable:
            raise Unsigned(f"{uri}: {self.words('approve-odd')}") from None
        return Signature(file, item, signed, done=False)

    def _load(self, uri: str, file: Path) -> Loaded:
        others = (p for p in sorted(file.parent.iterdir()) if p.suffix.lower() in SUFFIXES)
        pictures = tuple(p for p in others if p.is_file() and not is_link(p))
        loaded, problems = examine(uri, file, pictures, self.vocabulary)
        errors = [p.text(self.words.lang) for p in ordered(problems) if p.level == "error"]
        if loaded is None or errors:
            raise Unsigned("\n".join([*errors, f"{uri}: {self.words('approve-errors')}"]))
        return loaded

    def _against(self, item: Item, approval: Approval) -> str | None:
        """Why this person may not sign this text: a key of words.toml."""
        if item.status == "withdrawn":
            return "approve-withdrawn"
        if item.status != "published":
            return "approve-draft" if item.status == "draft" else "approve-in-review"
        if approval.by in item.authors:
            return "approve-author"
        current = (old for old in item.approvals if old.digest == approval.digest and old.by == approval.by)
        return "approve-both" if any(old.line != approval.line for old in current) else None


def _files(root: Path, paths: Iterable[Path], words: Words) -> list[tuple[Path, str]]:
    """Each item file once, in order, or a path and what is wrong with it."""
    found: dict[Path, str] = {}
    for path in paths:
        place = place_in(root, path)
        files = list(item_files(path)) if path.is_dir() else [path] if path.name == "index.md" else []
        for file in files:
            found[file] = (
                "" if _is_place(place_in(root, file)) else f"{place_in(root, file)}: {words('approve-misplaced')}"
            )
        if not files:
            found[path] = f"{place or path.name}: {words('approve-no-item')}"
    return list(found.items())


def _is_place(uri: str) -> bool:
    """True where the loader would look for an item: <section>/<year>/<slug>/index.md or pages/<slug>/index.md."""
    parts = uri.split("/")
    return parts[0] in BY_SECTION and len(parts) == (3 if parts[0] == "pages" else 4)


def _write(root: Path, signatures: Iterable[Signature]) -> None:
    new = [one for one in signatures if not one.done]
    if not new:
        return
    # Beside the texts a temporary file would be a stray one for a build or preview that looks at this moment.
    with tempfile.TemporaryDirectory(prefix=f".hub-{os.getpid()}-", dir=root, ignore_cleanup_errors=True) as workplace:
        for one in new:
            write(one.file, one.data, Path(workplace))


def _record(root: Path, signatures: Iterable[Signature], people: Mapping[str, Person], template: Approval) -> int:
    """Enters what now has both signatures into the ledger; gives how many of these items have both."""
    complete = []
    for one in signatures:
        approvals = with_approval(one.item.approvals, dataclasses.replace(template, digest=one.item.origin.digest))
        if len(judge(dataclasses.replace(one.item, approvals=approvals), people, template.on).approvals) == 2:
            complete.append(one.item)
    # An address that was ever published stays: a text that moved, even twice, keeps the old ones as aliases.
    new = (Published(item.id, item.url, item.visibility == "staff") for item in complete)
    entries = [*read_ledger(root), *new]
    if complete:
        write_if_changed(root / LEDGER, format_ledger(entries))
    return len(complete)
