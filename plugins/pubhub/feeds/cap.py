"""Alerts as messages of the Common Alerting Protocol (CAP 1.2): takes an alert, gives the message that stands now.

An alert is a chain of messages: Alert when it was published, Update for each major change or correction, Cancel when it was
withdrawn. Each names all before it. An alert that replaces another is an Update of that one as well; the replaced one's own last
message is an Update that ends when its successor begins. What merely expires sends nothing: every message says until when it holds.

| level | severity | urgency | certainty |
|---|---|---|---|
| critical 高危 | Extreme | Immediate | Observed |
| high 较高 | Severe | Expected | Observed |
| moderate 一般 | Moderate | Future | Observed |
| notice 提示 | Minor | Future | Likely |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert
from pubhub.feeds.naming import Names
from pubhub.feeds.xml import DECLARATION, element, raw_element
from pubhub.pages.items import life
from pubhub.pages.moments import moments, start_of

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_LEVELS = {
    "critical": ("Immediate", "Extreme", "Observed"),
    "high": ("Expected", "Severe", "Observed"),
    "moderate": ("Future", "Moderate", "Observed"),
    "notice": ("Future", "Minor", "Likely"),
}
SAMPLE = "示例信息，不是真实的风险提示，请勿转发。"


def replaced_by(catalog: Catalog) -> dict[str, list[Alert]]:
    """Id of an alert → the alerts that it replaces, by id."""
    found: dict[str, list[Alert]] = {}
    for alert in sorted(catalog.of_kind(Alert), key=lambda one: one.id):
        if alert.superseded_by and not catalog.is_withdrawn(alert) and catalog.get(alert.superseded_by):
            found.setdefault(alert.superseded_by, []).append(alert)
    return found


def references(catalog: Catalog, alert: Alert, replaced: Sequence[Alert], names: Names) -> list[str]:
    """`sender,identifier,sent` of every earlier message: the alert's own, then those of the alerts it replaces."""
    own = list(enumerate(moments(catalog, alert)))[:-1]
    found = [_reference(alert, number, sent, names) for number, sent in own]
    for other in replaced:
        # Not its last one, which says that it was replaced: that follows this message.
        found += [_reference(other, number, sent, names) for number, sent in enumerate(moments(catalog, other)[:-1])]
    return found


def _reference(alert: Alert, number: int, sent: dt.datetime, names: Names) -> str:
    return f"{names.sender},{alert.id}.{number},{sent.isoformat()}"


def cap(catalog: Catalog, alert: Alert, replaced: Sequence[Alert], names: Names) -> bytes:
    """The CAP message of an alert as it stands. `replaced`: the alerts that this one replaces."""
    told = moments(catalog, alert)
    earlier = references(catalog, alert, replaced, names)
    withdrawn = catalog.is_withdrawn(alert)
    head = [
        element("identifier", f"{alert.id}.{len(told) - 1}"),
        element("sender", names.sender),
        element("sent", told[-1].isoformat()),
        # Test tells receivers to disregard a message: right for an example.
        element("status", "Test" if alert.sample else "Actual"),
        element("msgType", "Cancel" if withdrawn else "Update" if earlier else "Alert"),
        element("scope", "Public"),
        element("note", SAMPLE) if alert.sample else "",
        element("references", " ".join(earlier)) if earlier else "",
    ]
    info = _withdrawn(catalog, alert, names) if withdrawn else _standing(catalog, alert, names)
    area = raw_element("area", element("areaDesc", names.vocabulary.feeds.area))
    whole = "\n" + "".join(head) + raw_element("info", "\n" + "".join(info) + area)
    return (DECLARATION + raw_element("alert", whole, xmlns=NAMESPACE)).encode("utf-8")


def _standing(catalog: Catalog, alert: Alert, names: Names) -> list[str]:
    urgency, severity, certainty = _LEVELS[alert.severity]
    successor = catalog.get(alert.superseded_by) if alert.superseded_by else None
    until = start_of(alert.expires) + dt.timedelta(hours=23, minutes=59, seconds=59)
    if successor is not None:
        until = min(until, moments(catalog, alert)[-1])
    mark = ("【示例】" if alert.sample else "") + ("【已有新版】" if successor else "")
    words = names.vocabulary.site
    return [
        element("language", "zh-CN"),
        element("category", "Security"),
        element("event", model.Alert.name),
        element("responseType", "Avoid"),
        element("urgency", urgency),
        element("severity", severity),
        element("certainty", certainty),
        element("effective", start_of(alert.issued or alert.date).isoformat()),
        element("expires", until.isoformat()),
        element("senderName", f"{words.organisation} {words.team}"),
        element("headline", mark + alert.title),
        element("description", "\n".join([alert.summary, *alert.plain])),
        element("instruction", "\n".join(f"{n}. {step}" for n, step in enumerate(alert.steps, 1))),
        element("web", names.page(successor.url if successor else alert.url)),
        raw_element("parameter", element("valueName", "level") + element("value", model.SEVERITIES[alert.severity])),
    ]


def _withdrawn(catalog: Catalog, alert: Alert, names: Names) -> list[str]:
    """No word of what was taken back but its title."""
    notice = life(catalog, alert, None)
    words = names.vocabulary.site
    return [
        element("language", "zh-CN"),
        element("category", "Security"),
        element("event", model.Alert.name),
        element("responseType", "None"),
        element("urgency", "Past"),
        element("severity", "Unknown"),
        element("certainty", "Unknown"),
        element("expires", moments(catalog, alert)[-1].isoformat()),
        element("senderName", f"{words.organisation} {words.team}"),
        element("headline", ("【示例】" if alert.sample else "") + "【已撤回】" + alert.title),
        element("description", notice.text if notice else "已撤回。"),
        element("web", names.page(alert.url)),
    ]
