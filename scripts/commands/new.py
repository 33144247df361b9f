"""hub new: starts a text in the right place, with an unused number and everything its kind needs."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pubhub.content.ledger import read_ledger
from pubhub.content.loader import load_item
from pubhub.content.model import BY_KIND, BY_SECTION, Item
from pubhub.content.rules import check_item
from pubhub.content.schema import Listed, keys_of
from pubhub.content.skeleton import (
    Value,
    address,
    asked,
    compose,
    defaults,
    filled,
    free_id,
    ids_in,
    kind_of,
    slug_for,
)
from pubhub.content.vocabulary import Vocabulary
from pubhub.problems import Problem, nearest
from pubhub.urls import OWN_PAGES, is_slug
from scripts.places import shown
from scripts.subject import content_folder, given_day, item_files, vocabulary_of
from scripts.words import Refusal, Words, tell

Asker = Callable[[str, str], str]
"""Takes a question and a proposal, gives the answer."""


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Writes one draft; asks for what is missing on a terminal, takes defaults elsewhere."""
    root = content_folder(arguments.content)
    kind = _kind(arguments.kind)
    vocabulary = vocabulary_of(root, words)
    day = given_day(arguments.date)
    ask = _asker(words) if sys.stdin is not None and sys.stdin.isatty() else None
    title = arguments.title or (ask(words("ask-title"), "") if ask else "") or words("new-title", kind=kind.name)
    slug = _slug(arguments.slug, kind, title, day, root, words, ask)
    values = defaults(kind, day) | {"title": title, "authors": [_author(arguments.author, vocabulary)]}
    values = _given(kind, values, arguments.values)
    if kind.kind == "issue" and not any(given.startswith("quarter=") for given in arguments.values):
        values["quarter"] = slug.upper()
    if ask:
        given = {text.partition("=")[0].strip() for text in arguments.values}
        values = _answered(kind, values, given, vocabulary, ask, words)
    values["id"] = free_id(vocabulary.site.id_prefix, day.year, taken_ids(root))
    uri = address(kind, day, slug)
    text = compose(kind, values)
    if errors := errors_of(uri, text, vocabulary):
        for problem in errors:
            tell(problem.text(words.lang))
        raise Refusal("new-refused", code=2)
    _create(root / uri, text)
    print(words("new-done", path=shown(root / uri), id=values["id"]))
    print(words("new-next", path=shown(root / uri)))
    return 0


def taken_ids(root: Path) -> set[str]:
    """Every id in the tree, readable or not, and every id that was ever published."""
    texts = (file.read_text("utf-8", errors="replace") for file in item_files(root))
    return {id_ for text in texts for id_ in ids_in(text)} | {one.id for one in read_ledger(root)}


def errors_of(uri: str, text: str, vocabulary: Vocabulary) -> list[Problem]:
    """What the loader would refuse in this text, before it is written into the tree."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index.md"
        file.write_bytes(text.encode())
        loaded, problems = load_item(uri, file, (), vocabulary.known())
    if loaded is not None:
        problems = [*problems, *check_item(loaded.item)]
    return [p for p in problems if p.level == "error"]


def _kind(word: str) -> type[Item]:
    kind = kind_of(word)
    if kind is None:
        close = nearest(word, BY_KIND)
        known = "、".join(f"{one.kind}（{one.name}）" for one in BY_KIND.values())
        raise Refusal("kind-near" if close else "kind-unknown", code=2, value=word, close=close, known=known)
    return kind


def _author(given: str | None, vocabulary: Vocabulary) -> str:
    ids = [person.id for person in vocabulary.people]
    if given is None:
        if not ids:
            raise Refusal("no-people", code=1)
        return ids[0]
    if given not in ids:
        able = "、".join(f"{p.id}（{p.name}）" for p in vocabulary.people)
        close = nearest(given, ids)
        raise Refusal("person-near" if close else "person-unknown", code=2, value=given, close=close, able=able)
    return given


def _slug(
    given: str | None, kind: type[Item], title: str, day: dt.date, root: Path, words: Words, ask: Asker | None
) -> str:
    published = {one.url for one in read_ledger(root)}

    def complaint(slug: str) -> str:
        uri = address(kind, day, slug)
        if not is_slug(slug) or (kind.section == "pages" and slug in OWN_PAGES | set(BY_SECTION)):
            return words("slug-form", value=slug)
        if (root / uri).parent.exists():
            return words("slug-taken", path=uri)
        url = uri.removeprefix("pages/").removesuffix("/index.md") + ".html"
        return words("slug-published", url=url) if url in published else ""

    folder = (root / address(kind, day, "x")).parent.parent
    proposal = slug_for(kind, title, day, (p.name for p in folder.iterdir()) if folder.is_dir() else ())
    if given is None and ask:
        while True:
            slug = ask(words("ask-slug"), proposal).strip()
            if not (wrong := complaint(slug)):
                return slug
            tell(wrong)
    slug = given or proposal
    if wrong := complaint(slug):
        raise Refusal("as-said", code=2, text=wrong)
    return slug


def _given(kind: type[Item], values: dict[str, Value], pairs: list[str]) -> dict[str, Value]:
    """The values with every --set in them; a repeated key of a list adds to it."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise Refusal("set-form", code=2, value=pair)
        found.setdefault(name.strip(), []).append(text)
    for name, texts in found.items():
        if name in {"id", "status", "approvals"}:
            raise Refusal("set-own", code=2, key=name)
        try:
            values = filled(kind, values, name, texts)
        except KeyError:
            keys = [key for key, _ in keys_of(kind)]
            close = nearest(name, keys)
            known = "、".join(keys)
            raise Refusal("set-near" if close else "set-unknown", code=2, key=name, close=close, known=known) from None
        except ValueError:
            raise Refusal("set-group", code=2, key=name) from None
    return values


def _asker(words: Words) -> Asker:
    def ask(question: str, proposal: str) -> str:
        hint = f" [{proposal}]" if proposal else ""
        try:
            return input(f"{question}{hint}{words('colon')}").strip() or proposal
        except EOFError:
            raise KeyboardInterrupt from None

    return ask


def _answered(
    kind: type[Item], values: dict[str, Value], given: set[str], vocabulary: Vocabulary, ask: Asker, words: Words
) -> dict[str, Value]:
    """Asks for each required key of the kind that was not given; a bad answer is told and asked again."""
    for name, key in asked(kind):
        if name in given or (kind.kind == "issue" and name == "quarter"):
            continue
        old = values[name]
        proposal = old if isinstance(old, str) else ""
        while True:
            many = isinstance(key.type, Listed)
            print(words("ask-hint-list" if many else "ask-hint", doc=key.doc, words=key.type.words()))
            answer = ask(f"{key.label} ({name})", proposal)
            if not answer:
                break
            tried = filled(kind, values, name, re.split("[;；]", answer) if many else [answer])
            probe = compose(kind, tried | {"id": f"{vocabulary.site.id_prefix}-2000-0001"})
            wrong = [
                p
                for p in errors_of(f"{kind.section}/2000/probe/index.md", probe, vocabulary)
                if p.field.startswith(name)
            ]
            wrong = [p for p in wrong if p.code not in {"year-folder", "quarter-slug"}]
            if not wrong:
                values = tried
                break
            for problem in wrong:
                tell(problem.sentence(words.lang))
    return values


def _create(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("xb") as handle:
            handle.write(text.encode())
    except FileExistsError:
        raise Refusal("slug-taken", code=1, path=file) from None
