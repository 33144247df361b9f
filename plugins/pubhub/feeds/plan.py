"""All feeds, calendars and data files: takes the desk, gives planned outputs, each with a key of exactly what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version

from pubhub.content.model import Alert, Item
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File, Output, Page
from pubhub.engine.version import digest
from pubhub.feeds import alerts_json, atom, cap_index, ics, json_feed, open_data, rss, schemas
from pubhub.feeds.cap import cap, replaced_by
from pubhub.feeds.entries import Entries, Entry, Feed, cap_url
from pubhub.feeds.follow import URL, codes, follow_page
from pubhub.feeds.jsons import dumped
from pubhub.feeds.keys import Keys
from pubhub.feeds.naming import Names
from pubhub.feeds.qr import qr_svg
from pubhub.feeds.scopes import Scope, scopes
from pubhub.feeds.texts import Texts
from pubhub.pages.items import calendar_url
from pubhub.pages.moments import Ranks

Writer = Callable[[Feed, Sequence[Entry], Names], bytes]
_FORMATS: tuple[tuple[str, Writer], ...] = (
    (atom.NAME, atom.atom),
    (rss.NAME, rss.rss),
    (json_feed.NAME, json_feed.json_feed),
)


def feeds_files(desk: Desk) -> Iterator[Output]:
    """Everything by which others follow the hub."""
    catalog = desk.catalog
    names, keys = Names(catalog.vocabulary), Keys(catalog)
    ranks = Ranks(catalog)
    found = list(scopes(catalog, ranks))
    yield from _feeds(desk, found, names, keys)
    yield from _alerts(desk, ranks, names, keys)
    yield from _calendars(desk, names, keys)
    parts = open_data.by_quarter(catalog)
    yield from _data(desk, parts, names, keys)
    for url, schema in ((schemas.ALERTS, schemas.alerts_schema), (schemas.ITEMS, schemas.items_schema)):
        yield File(url, partial(_schema, schema, names), url.encode())
    for code in codes(names, any(scope.folder == "alerts/" for scope in found)):
        yield File(code.image, partial(qr_svg, code.target), digest(code.target, version("segno")))
    make = partial(follow_page, catalog, names, found, list(parts))
    yield Page(URL, "follow.html", "follow", make, partial(keys.of, "follow", (), list(parts)))


def _feeds(desk: Desk, found: Sequence[Scope], names: Names, keys: Keys) -> Iterator[File]:
    catalog = desk.catalog
    entries = Entries(catalog, names, Texts(desk, names), keys)
    words = catalog.vocabulary.site
    for scope in found:
        feed = Feed(
            title=f"{words.name} · {scope.title}" if scope.title else words.title,
            subtitle=scope.intro,
            home=names.page(scope.home),
            folder=scope.folder,
            language="zh-CN",
            author=f"{words.organisation} {words.team}",
            author_url=words.url,
            rights=words.licence,
            following=scope.following,
            number=scope.number,
        )
        told = "\n".join(entries.key(item) for item in scope.items)
        key = keys.of("feed", (), feed, told)
        for name, write in _FORMATS:
            url = scope.folder + atom.file_name(name, scope.number)
            yield File(url, partial(_feed, write, feed, scope, entries, names), key)


def _feed(write: Writer, feed: Feed, scope: Scope, entries: Entries, names: Names) -> bytes:
    return write(feed, [entries.entry(item) for item in scope.items], names)


def _alerts(desk: Desk, ranks: Ranks, names: Names, keys: Keys) -> Iterator[File]:
    catalog = desk.catalog
    replaced = replaced_by(catalog)
    for alert in catalog.of_kind(Alert):
        others = replaced.get(alert.id, [])
        key = keys.one("cap", alert, "\n".join(map(keys.facts, others)))
        make = partial(cap, catalog, alert, others, names)
        # Also at the addresses that the alert had before: a receiver follows no page that leads on.
        for page in (alert.url, *alert.aliases):
            yield File(cap_url(page), make, key)
    current = catalog.current_alerts()
    indexed = cap_index.indexed(catalog, ranks, current)
    yield File(cap_index.URL, partial(cap_index.cap_index, catalog, indexed, names), keys.of("cap", indexed))
    listed = alerts_json.listed_alerts(catalog, ranks, current)
    states = [(alert.id, catalog.alert_state(alert)) for alert in listed]
    supersedes = [(id_, [one.id for one in others]) for id_, others in sorted(replaced.items())]
    total = len(catalog.of_kind(Alert))
    key = keys.of("alerts", listed, catalog.today, states, supersedes, total)
    yield File(alerts_json.URL, partial(alerts_json.alerts_json, catalog, listed, names), key)


def _calendars(desk: Desk, names: Names, keys: Keys) -> Iterator[File]:
    catalog = desk.catalog
    items = ics.dated_items(catalog)
    for item in items:
        make, key = partial(ics.one_calendar, catalog, item, names), keys.one("ics", item)
        for page in (item.url, *item.aliases):
            yield File(calendar_url(page), make, key)
    shown = items[: ics.MOST]
    key = keys.of("calendar", shown, catalog.vocabulary.calendar, catalog.today.year)
    yield File(ics.URL, partial(ics.whole_calendar, catalog, shown, names), key)


def _data(desk: Desk, parts: dict[str, list[Item]], names: Names, keys: Keys) -> Iterator[File]:
    catalog = desk.catalog
    for quarter, items in parts.items():
        key = keys.of(quarter, items)
        yield File(
            open_data.part_url(quarter, "json"), partial(open_data.part_json, catalog, quarter, items, names), key
        )
        yield File(
            open_data.part_url(quarter, "csv"), partial(open_data.items_csv, catalog, items, names, dated=False), key
        )
    latest = [entry.item for entry in catalog.entries[: open_data.LATEST]]
    counts = {quarter: len(items) for quarter, items in parts.items()}
    key = keys.of("items", latest, catalog.today, counts)
    yield File(open_data.JSON_URL, partial(open_data.items_json, catalog, latest, counts, names), key)
    yield File(open_data.CSV_URL, partial(open_data.items_csv, catalog, latest, names), key)


def _schema(schema: Callable[[Names], Mapping[str, object]], names: Names) -> bytes:
    return dumped(schema(names))
