"""Rules of a public call: numbers, pictures, votes and the chosen works fit together. Takes a campaign, gives problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pubhub.content.alt import is_file_name
from pubhub.content.model import CALL_KINDS, CallEntry, Campaign
from pubhub.problems import Problem

_Wrong = Callable[..., Problem]


def check_call(call: Campaign, wrong: _Wrong) -> Iterator[Problem]:
    """What the entries of a call have to agree on.

    Args:
        call: a campaign, with or without entries.
        wrong: code, field and parameters → a problem on the line of that field.
    """
    entries = list(enumerate(call.entries, 1))
    yield from _check_numbers(entries, wrong)
    yield from _check_pictures(entries, wrong)
    yield from _check_votes(entries, wrong)
    yield from _check_choice(entries, wrong)


def _check_numbers(entries: list[tuple[int, CallEntry]], wrong: _Wrong) -> Iterator[Problem]:
    numbers: dict[int, str] = {}
    for place, entry in entries:
        if entry.no in numbers:
            yield wrong("entry-number-twice", f"entries[{place}].no", value=entry.no, other=numbers[entry.no])
        numbers.setdefault(entry.no, entry.title)


def _check_pictures(entries: list[tuple[int, CallEntry]], wrong: _Wrong) -> Iterator[Problem]:
    # A call may be shown before its drawings are scanned; but then none of them stands alone.
    some = any(entry.picture for _, entry in entries)
    shown: dict[str, int] = {}
    for place, entry in entries:
        field = f"entries[{place}]"
        if not entry.picture:
            if some:
                yield wrong("entry-without-picture", f"{field}.no", value=entry.no, title=entry.title)
            if entry.alt:
                yield wrong("entry-alt-alone", f"{field}.alt")
            continue
        if entry.picture in shown:
            other = shown[entry.picture]
            yield wrong("entry-picture-twice", f"{field}.picture", value=entry.picture, other=other)
        shown.setdefault(entry.picture, entry.no)
        if not entry.alt:
            yield wrong("entry-alt-missing", f"{field}.picture", value=entry.picture)
        elif is_file_name(entry.alt, entry.picture):
            yield wrong("alt-file-name", f"{field}.alt", value=entry.picture, alt=entry.alt)


def _check_votes(entries: list[tuple[int, CallEntry]], wrong: _Wrong) -> Iterator[Problem]:
    if all(entry.votes is None for _, entry in entries):
        return
    for place, entry in entries:
        if entry.votes is None:
            yield wrong("entry-votes-missing", f"entries[{place}].no", value=entry.no, title=entry.title)


def _check_choice(entries: list[tuple[int, CallEntry]], wrong: _Wrong) -> Iterator[Problem]:
    decided = any(entry.chosen for _, entry in entries)
    for kind, name in CALL_KINDS.items():
        of_kind = [(place, entry) for place, entry in entries if entry.kind == kind]
        chosen = [(place, entry) for place, entry in of_kind if entry.chosen]
        if of_kind and decided and not chosen:
            yield wrong("entry-none-chosen", "entries", kind=name)
        for place, _ in chosen[1:]:
            yield wrong("entry-chosen-twice", f"entries[{place}].chosen", kind=name, other=chosen[0][1].no)
    if not decided and any(entry.votes is not None for _, entry in entries):
        yield wrong("entry-undecided", "entries")
    for place, entry in entries:
        if entry.chosen and not entry.reason:
            yield wrong("entry-reason-missing", f"entries[{place}].chosen", value=entry.no, title=entry.title)
        elif entry.reason and not entry.chosen:
            yield wrong("entry-reason-alone", f"entries[{place}].reason")
