"""The list of CAP messages as an Atom feed: takes the alerts, gives bytes. Whoever relays alerts polls this one address."""

from __future__ import annotations

from collections.abc import Sequence

from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert
from pubhub.feeds.atom import NAMESPACE, NEVER, TYPE
from pubhub.feeds.entries import cap_url
from pubhub.feeds.naming import Names
from pubhub.feeds.scopes import newest
from pubhub.feeds.xml import DECLARATION, element, raw_element
from pubhub.pages.moments import Ranks, has_changed, moments, updated

URL = "alerts/cap.xml"
RECENT = 50


def indexed(catalog: Catalog, ranks: Ranks, current: Sequence[Alert]) -> list[Alert]:
    """All alerts in force (`current`), and those of which something was last told; latest first."""
    alerts = catalog.of_kind(Alert)
    changed = filter(has_changed, alerts)
    latest = newest(ranks, alerts, changed, RECENT)
    pool = {alert.id: alert for alert in (*latest, *current)}
    return sorted(pool.values(), key=ranks, reverse=True)


def cap_index(catalog: Catalog, alerts: Sequence[Alert], names: Names) -> bytes:
    """An Atom document whose entries lead to messages."""
    words = catalog.vocabulary.site
    changed = max((updated(catalog, alert) for alert in alerts), default=NEVER)
    head = [
        element("title", f"{words.name} · 风险提示（CAP 1.2）"),
        element("id", names.page(URL)),
        element("link", rel="self", type=TYPE, href=names.page(URL)),
        element("link", rel="alternate", type="text/html", href=names.page("alerts/index.html")),
        element("updated", changed.isoformat()),
        raw_element("author", element("name", f"{words.organisation} {words.team}") + element("uri", words.url)),
        element("rights", words.licence),
    ]
    body = "".join(_entry(catalog, alert, names) for alert in alerts)
    inner = "\n" + "".join(head) + body
    return (DECLARATION + raw_element("feed", inner, xmlns=NAMESPACE, xml_lang="zh-CN")).encode("utf-8")


def _entry(catalog: Catalog, alert: Alert, names: Names) -> str:
    told = moments(catalog, alert)
    withdrawn = catalog.is_withdrawn(alert)
    mark = ("【示例】" if alert.sample else "") + ("【已撤回】" if withdrawn else "")
    lines = [
        element("title", mark + alert.title),
        element("id", f"{names.tag(alert)}.{len(told) - 1}"),
        element("link", rel="alternate", type="application/cap+xml", href=names.page(cap_url(alert.url))),
        element("published", told[0].isoformat()),
        element("updated", told[-1].isoformat()),
        element("category", term=alert.severity) if not withdrawn else element("category", term="withdrawn"),
        element("summary", "已撤回。" if withdrawn else alert.summary),
    ]
    return raw_element("entry", "\n" + "".join(lines))
