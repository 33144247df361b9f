"""All issues for machines: takes the desk and the bundles, gives bulletin.json (docs/schema/bulletin.schema.json)."""

from __future__ import annotations

import json
from typing import Any

from pubhub.bulletin.bundle import Bundles
from pubhub.bulletin.columns import is_printable, printed
from pubhub.clock import quarter_name
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.urls import absolute

SHELF = "bulletin/bulletin.json"


def shelf_json(desk: Desk, bundles: Bundles) -> bytes:
    """Newest quarter first. An issue that waits for an article stands there without files."""
    site = desk.catalog.vocabulary.site
    issues = [issue for issue in desk.catalog.of_kind(Issue) if not desk.catalog.is_withdrawn(issue)]
    record = {
        "title": site.bulletin,
        "publisher": site.organisation,
        "licence": site.licence,
        "language": "zh-CN",
        "url": absolute(site.url, "bulletin/index.html"),
        "issues": [_issue(desk, bundles, issue) for issue in sorted(issues, key=lambda i: i.quarter, reverse=True)],
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _issue(desk: Desk, bundles: Bundles, issue: Issue) -> dict[str, Any]:
    catalog, url = desk.catalog, desk.catalog.vocabulary.site.url
    cover = bundles.cover(issue)
    row: dict[str, Any] = {
        "id": issue.id,
        "quarter": issue.quarter,
        "title": issue.title,
        "name": quarter_name(issue.quarter),
        "date": issue.date.isoformat(),
        "lead": issue.lead,
        "summary": issue.summary,
        "sample": issue.sample,
        "url": absolute(url, issue.url),
        "columns": [
            {
                "name": name,
                "items": [
                    {"id": i.id, "kind": i.kind, "title": i.title, "url": absolute(url, i.url), "sample": i.sample}
                    for i in items
                ],
            }
            for name, items in printed(catalog, issue)
        ],
        "available": is_printable(catalog, issue),
        "files": [
            {"format": d.format, "url": absolute(url, d.url), "size": d.size, "sha256": d.sha256}
            | ({"pages": d.pages} if d.pages else {})
            for d in bundles.downloads(issue)
        ],
    }
    if cover is not None:
        row["cover"] = {"url": absolute(url, cover.url), "width": cover.width, "height": cover.height}
    return row
