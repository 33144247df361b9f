"""All items as data, JSON and CSV: takes items of a catalog, gives bytes. No whole texts: those are on the pages.

Cut by quarter, so that an edit rewrites one part; the first file names the parts and holds the latest items itself.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from pubhub.clock import quarter_days, quarter_of
from pubhub.content.catalog import Catalog
from pubhub.content.model import BY_KIND, REGISTER_STATES, SEVERITIES, Alert, Campaign, Event, Issue, Item
from pubhub.feeds.alerts_json import file_head, withdrawal
from pubhub.feeds.jsons import dumped
from pubhub.feeds.naming import Names
from pubhub.feeds.schemas import ITEMS
from pubhub.pages.cards import STATES, state_of
from pubhub.pages.moments import updated

JSON_URL, CSV_URL = "items.json", "items.csv"
LATEST = 1000
"""Items of the first file."""
_COLUMNS = {
    "id": "编号",
    "kind": "类型",
    "title": "标题",
    "date": "发布日期",
    "updated": "更新时间",
    "state": "状态",
    "severity": "等级",
    "expires": "有效期至",
    "starts": "开始",
    "ends": "结束",
    "place": "地点",
    "topics": "话题",
    "audience": "人群",
    "sample": "示例",
    "summary": "摘要",
    "url": "网址",
}
_FORMULA = frozenset("=+-@\t\r")
"""How a cell begins that a spreadsheet would run."""


def part_url(quarter: str, suffix: str) -> str:
    """data/items-2026q3.json."""
    return f"data/items-{quarter.lower()}.{suffix}"


def by_quarter(catalog: Catalog) -> dict[str, list[Item]]:
    """2026Q3 → its items, newest first; the newest quarter first."""
    entries = catalog.entries
    found: dict[str, list[Item]] = {}
    start = 0
    while start < len(entries):
        quarter = quarter_of(entries[start].item.date)
        first = quarter_days(quarter)[0]
        # Entries fall by date, so their distance from a later day rises.
        end = bisect_right(entries, -first.toordinal(), lo=start, key=lambda entry: -entry.item.date.toordinal())
        found[quarter] = [entry.item for entry in entries[start:end]]
        start = end
    return found


def items_json(catalog: Catalog, items: Sequence[Item], counts: Mapping[str, int], names: Names) -> bytes:
    """The first file: the latest items, and where all are."""
    found = file_head(catalog, names, ITEMS, "全部内容", len(catalog.entries), len(items) == len(catalog.entries))
    found["csv"] = names.page(CSV_URL)
    found["parts"] = [
        {
            "quarter": quarter,
            "count": count,
            "json": names.page(part_url(quarter, "json")),
            "csv": names.page(part_url(quarter, "csv")),
        }
        for quarter, count in counts.items()
    ]
    return dumped({**found, "items": [_record(catalog, item, names) for item in items]})


def part_json(catalog: Catalog, quarter: str, items: Sequence[Item], names: Names) -> bytes:
    """The items of one quarter."""
    found = file_head(catalog, names, ITEMS, f"全部内容（{quarter}）", len(items), True)
    # A part stays as it is while days go by.
    del found["day"]
    return dumped({**found, "items": [_record(catalog, item, names, dated=False) for item in items]})


def items_csv(catalog: Catalog, items: Sequence[Item], names: Names, dated: bool = True) -> bytes:
    """A table for Excel: with a byte order mark, Chinese words for ids, and no cell that could be a formula.

    dated: with states that change with the day.
    """
    topics = {term.id: term.name for term in catalog.vocabulary.topics}
    audiences = {term.id: term.name for term in catalog.vocabulary.audiences}
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS.values())
    for item in items:
        found = _record(catalog, item, names, dated)
        found["kind"] = BY_KIND[item.kind].name
        found["state"] = STATES.get(found["state"], REGISTER_STATES.get(found["state"], ""))
        found["severity"] = SEVERITIES.get(found.get("severity", ""), "")
        found["topics"] = "、".join(topics.get(id_, id_) for id_ in item.topics)
        found["audience"] = "、".join(audiences.get(id_, id_) for id_ in item.audience)
        found["sample"] = "是" if item.sample else ""
        rows.writerow([_cell(str(found.get(name, ""))) for name in _COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    first = text[:1]
    return "'" + text if first in _FORMULA or (first.isspace() and text.lstrip()[:1] in _FORMULA) else text


def _record(catalog: Catalog, item: Item, names: Names, dated: bool = True) -> dict[str, Any]:
    withdrawn = catalog.is_withdrawn(item)
    state = state_of(catalog, item)
    found: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "url": names.page(item.url),
        "date": item.date.isoformat(),
        "updated": updated(catalog, item).isoformat(),
        "state": state if dated or state in {"superseded", "withdrawn"} else "",
        "summary": "" if withdrawn else item.summary,
        "topics": list(item.topics),
        "audience": list(item.audience),
        "rights": list(item.rights),
        "sample": item.sample,
    }
    if withdrawn:
        found["withdrawn"] = withdrawal(item)
    elif isinstance(item, Alert):
        found |= {"severity": item.severity, "expires": item.expires.isoformat()}
    elif isinstance(item, (Event, Campaign)):
        found |= {"starts": item.starts.isoformat(), "ends": (item.ends or item.starts).isoformat()}
        if isinstance(item, Event):
            found["place"] = item.place
    elif isinstance(item, Issue):
        found["quarter"] = item.quarter
    if item.superseded_by and catalog.get(item.superseded_by):
        found["superseded_by"] = item.superseded_by
    return found
