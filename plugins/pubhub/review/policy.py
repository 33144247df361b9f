"""May this be public? Takes an item, the people and the day, gives a decision; in doubt it is no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, NamedTuple

from pubhub.content.model import LINES, Approval, Event, Item
from pubhub.content.vocabulary import Person
from pubhub.problems import Problem, problem

State = Literal["published", "withdrawn", "hidden"]
CHECKLIST = "2026.1"
"""Version of the review checklist that `hub approve` records."""


class Decision(NamedTuple):
    """What became of one item."""

    state: State
    reason: str = ""
    """Why it is hidden, in Chinese, for the preview."""
    approvals: tuple[Approval, ...] = ()
    """The two signatures that count: business line first."""
    problems: tuple[Problem, ...] = ()


def judge(item: Item, people: Mapping[str, Person], today: dt.date) -> Decision:
    """Published only with two valid signatures: both lines, two different people, neither an author, over today's text.

    A withdrawal needs no new approval, but it shows nothing that was never approved.
    """
    if item.status == "draft":
        return Decision("hidden", "草稿，还没有提交审核")
    if item.status == "in_review":
        return Decision("hidden", "正在审核")
    signatures, problems = _signatures(item, people, today)
    if item.status == "withdrawn":
        if len(signatures) == 2:
            return Decision("withdrawn", approvals=signatures)
        return Decision("hidden", "已撤回；没有生效过的审核，不显示任何内容")
    problems += portrait_problems(item)
    if problems or len(signatures) < 2:
        reason = "；".join(dict.fromkeys(p.sentence().rstrip("。") for p in problems)) + "。"
        return Decision("hidden", reason, problems=tuple(problems))
    if item.date > today:
        return Decision("hidden", f"发布日期 {item.date} 还没到", approvals=signatures)
    return Decision("published", approvals=signatures)


def portrait_problems(item: Item) -> list[Problem]:
    """What is not yet said, or not yet agreed to, about people in the pictures."""
    if isinstance(item, Event) and item.photo_consent:
        return []
    origin = item.origin
    notes = {note.file: (number, note) for number, note in enumerate(item.pictures, 1)}
    problems: list[Problem] = []
    unstated: list[str] = []
    for name in origin.assets:
        number, note = notes.get(name, (0, None))
        people = (note.people if note else "") or item.people
        if not people and name in origin.photos:
            unstated.append(name)
        # The word for the whole item is about its photographs; a drawing among them needs none.
        if people in {"", "none"} or not (name in origin.photos or (note and note.people)):
            continue
        field = f"pictures[{number}]" if note else "people"
        if note is None or note.consent is None:
            problems.append(problem(origin.uri, origin.line(field), "picture-consent", field, value=name))
        elif people == "minors" and note.consent.form != "guardian":
            at = origin.line(f"{field}.consent.form")
            problems.append(problem(origin.uri, at, "picture-guardian", field, value=name))
    if unstated:
        names = "、".join(unstated)
        problems.append(problem(origin.uri, origin.line("status"), "people-unstated", "people", value=names))
    return problems


def _signatures(item: Item, people: Mapping[str, Person], today: dt.date) -> tuple[tuple[Approval, ...], list[Problem]]:
    """The first valid pair of signatures (else what there is of it) and what is wrong with the rest."""
    if len(item.approvals) == 2:
        # Nothing to choose from and nothing to say: nearly every item.
        first, second = item.approvals
        both = first.line != second.line and first.by != second.by
        if both and not _fault(first, item, people, today) and not _fault(second, item, people, today):
            return ((first, second) if first.line == "business" else (second, first)), []
    origin = item.origin
    valid: dict[str, list[Approval]] = {line: [] for line in LINES}
    problems: list[Problem] = []
    for number, approval in enumerate(item.approvals, 1):
        code = _fault(approval, item, people, today)
        if code == "":
            valid[approval.line].append(approval)
            continue
        field = f"approvals[{number}]"
        by = people.get(approval.by)
        name = by.name if by else approval.by
        line = LINES[approval.line]
        problems.append(problem(origin.uri, origin.line(field), code, field, by=name, line=line))
    for business in valid["business"]:
        for independent in valid["independent"]:
            if business.by != independent.by:
                return (business, independent), []
    if valid["business"] and valid["independent"]:
        name = people[valid["business"][0].by].name
        problems.append(problem(origin.uri, origin.line("approvals"), "approval-same-person", "approvals", by=name))
    else:
        at = origin.line("approvals") if item.approvals else origin.line("status")
        # A line whose signature does not count has been spoken of.
        tried = {approval.line for approval in item.approvals}
        missing = "、".join(LINES[line] for line in LINES if line not in tried)
        if missing:
            problems.append(problem(origin.uri, at, "approval-missing", "approvals", lines=missing))
    return tuple(found[0] for found in valid.values() if found)[:1], problems


def _fault(approval: Approval, item: Item, people: Mapping[str, Person], today: dt.date) -> str:
    """Why a signature does not count, as the code of a problem; nothing if it does."""
    by = people.get(approval.by)
    if by is None or approval.line not in by.lines:
        return "approval-not-entitled"
    if approval.by in item.authors:
        return "approval-by-author"
    if approval.on > today:
        return "approval-future"
    return "approval-stale" if approval.digest != item.origin.digest else ""
