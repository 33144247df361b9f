"""Addresses that readers knew and that would break: takes items, what became of them, and the ledger, gives problems.

They hold nothing back: a wrong text must be off the site at once. They only see to it that nobody does so unawares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pubhub.content.ledger import Published
from pubhub.content.loader import Loaded
from pubhub.content.model import Item
from pubhub.problems import Problem, problem
from pubhub.review.policy import Decision


def lost_addresses(
    loaded: Iterable[Loaded], decisions: Mapping[str, Decision], ledger: Sequence[Published]
) -> Iterator[Problem]:
    """One problem for each item that was public and is not, unless it says so itself (`retired`).

    Args:
        decisions: by URI.
    """
    alive: set[str] = set()
    hidden: list[Item] = []
    for item in (one.item for one in loaded):
        decision = decisions[item.origin.uri]
        if decision.state == "hidden" or item.visibility == "staff":
            # Signed by both and not yet due: it has still to become public.
            if decision.state != "hidden" or not _is_waiting(item, decision):
                hidden.append(item)
            continue
        alive.update((item.url, *item.aliases))
        if item.retired:
            yield problem(item.origin.uri, item.origin.line("retired"), "retired-public", "retired")
    if not hidden:
        return
    known: dict[str, list[str]] = {}
    for id_, url, staff in ledger:
        if not staff and url not in alive:
            known.setdefault(id_, []).append(url)
    for item in hidden:
        if item.id in known and not item.retired:
            yield _lost(item, decisions[item.origin.uri], "、".join(known[item.id]))


def _is_waiting(item: Item, decision: Decision) -> bool:
    return item.status == "published" and len(decision.approvals) == 2 and not decision.problems


def _lost(item: Item, decision: Decision, where: str) -> Problem:
    origin = item.origin
    if item.visibility == "staff":
        line = origin.line("visibility")
        return problem(origin.uri, line, "address-lost-staff", "visibility", value=item.id, where=where)
    if item.status == "withdrawn":
        return problem(
            origin.uri, origin.line("status"), "address-lost-withdrawn", "status", value=item.id, where=where
        )
    first = decision.problems[0] if decision.problems else None
    line, field = (first.line, first.field) if first else (origin.line("status"), "status")
    why = "审核不完整或已失效" if first else decision.reason
    return problem(origin.uri, line, "address-lost", field, value=item.id, why=why, where=where)
