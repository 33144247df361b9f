"""alerts.json: takes the alerts of a catalog, gives what an app needs to warn people, and to know when to stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert
from pubhub.feeds.cap import replaced_by
from pubhub.feeds.entries import cap_url
from pubhub.feeds.jsons import dumped
from pubhub.feeds.naming import Names
from pubhub.feeds.schemas import ALERTS
from pubhub.feeds.scopes import newest
from pubhub.pages.moments import Ranks, has_changed, updated

URL = "alerts.json"
MOST = 500
"""Alerts no longer in force that are named; all others stand in the parts of items.json."""


def listed_alerts(catalog: Catalog, ranks: Ranks, current: Sequence[Alert]) -> list[Alert]:
    """Those in force (`current`, most severe first), then the others, latest first."""
    known = {alert.id for alert in current}
    others = [alert for alert in catalog.of_kind(Alert) if alert.id not in known]
    return [*current, *newest(ranks, others, filter(has_changed, others), MOST)]


def alerts_json(catalog: Catalog, alerts: Sequence[Alert], names: Names) -> bytes:
    """The file."""
    replaced = replaced_by(catalog)
    total = len(catalog.of_kind(Alert))
    found = {
        **file_head(catalog, names, ALERTS, "风险提示", total, total == len(alerts)),
        "alerts": [_record(catalog, alert, [one.id for one in replaced.get(alert.id, ())], names) for alert in alerts],
    }
    return dumped(found)


def file_head(catalog: Catalog, names: Names, schema: str, title: str, total: int, complete: bool) -> dict[str, Any]:
    """What every data file says of itself."""
    words = catalog.vocabulary.site
    return {
        "$schema": names.page(schema),
        "title": f"{words.name} · {title}",
        "publisher": f"{words.organisation} {words.team}",
        "url": words.url,
        "licence": words.licence,
        "day": catalog.today.isoformat(),
        "total": total,
        "complete": complete,
    }


def withdrawal(item: model.Item) -> dict[str, str]:
    """When and why; the note was signed by nobody and stays with the editors."""
    why = item.withdrawn
    return {"at": why.at.isoformat(), "reason": why.reason} if why else {}


def _record(catalog: Catalog, alert: Alert, supersedes: list[str], names: Names) -> dict[str, Any]:
    state = catalog.alert_state(alert)
    found: dict[str, Any] = {
        "id": alert.id,
        "title": alert.title,
        "url": names.page(alert.url),
        "issued": (alert.issued or alert.date).isoformat(),
        "updated": updated(catalog, alert).isoformat(),
        "state": state,
        "sample": alert.sample,
    }
    if state == "withdrawn":
        found["withdrawn"] = withdrawal(alert)
    else:
        found |= {
            "severity": alert.severity,
            "severity_name": model.SEVERITIES[alert.severity],
            "expires": alert.expires.isoformat(),
            "summary": alert.summary,
            "plain": list(alert.plain),
            "steps": list(alert.steps),
            "topics": list(alert.topics),
        }
    if supersedes:
        found["supersedes"] = supersedes
    if alert.superseded_by and catalog.get(alert.superseded_by):
        found["superseded_by"] = alert.superseded_by
    found["cap"] = names.page(cap_url(alert.url))
    return found
