"""JSON Schemas (2020-12) of the open data: takes the site's address, gives what our files promise. Closed: an unknown key is a bug of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pubhub.content import model
from pubhub.content.model import BY_KIND
from pubhub.feeds.naming import Names

ALERTS, ITEMS = "schemas/alerts.schema.json", "schemas/items.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string", "minLength": 1}
_DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_MOMENT = {"type": "string", "format": "date-time"}
_URL = {"type": "string", "format": "uri", "pattern": "^https?://"}
_ID = {"type": "string", "pattern": f"^{model.ITEM_ID}$"}
_IDS = {"type": "array", "items": _ID, "uniqueItems": True}
_TERMS = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "uniqueItems": True}
_LINES = {"type": "array", "items": _TEXT}
_COUNT = {"type": "integer", "minimum": 0}
STATES = ("current", "expired", "superseded", "withdrawn")


def _record(required: Mapping[str, Any], optional: Mapping[str, Any] = {}) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {**required, **optional},
    }


_WITHDRAWN = _record({"at": _DAY, "reason": {"enum": list(model.WITHDRAWN_REASONS)}})
_HEAD = {
    "$schema": _URL,
    "title": _TEXT,
    "publisher": _TEXT,
    "url": _URL,
    "licence": _TEXT,
    "total": {**_COUNT, "description": "How many there are altogether, samples included."},
    "complete": {"type": "boolean", "description": "False if only the latest are here."},
}
_TODAY = {**_DAY, "description": "The day for which all states were worked out."}


def alerts_schema(names: Names) -> dict[str, Any]:
    """Of alerts.json."""
    alert = _record(
        {
            "id": _ID,
            "title": _TEXT,
            "url": _URL,
            "issued": _DAY,
            "updated": _MOMENT,
            "state": {
                "enum": list(STATES),
                "description": "On `day`. A later day can be worked out: current turns into expired after `expires`.",
            },
            "sample": {"type": "boolean", "description": "True for an example, which warns of nothing real."},
        },
        {
            "severity": {"enum": list(model.SEVERITIES)},
            "severity_name": {"enum": list(model.SEVERITIES.values())},
            "expires": {**_DAY, "description": "The last day on which the alert is in force."},
            "summary": _TEXT,
            "plain": _LINES,
            "steps": _LINES,
            "topics": _TERMS,
            "supersedes": _IDS,
            "superseded_by": _ID,
            "withdrawn": {**_WITHDRAWN, "description": "Why it was taken back; then its words are gone."},
            "cap": _URL,
        },
    )
    standing = ["severity", "severity_name", "expires", "summary", "plain", "steps", "topics"]
    # What was taken back says so and keeps no words; what stands has all of them.
    alert["if"] = {"properties": {"state": {"const": "withdrawn"}}}
    alert["then"] = {"required": ["withdrawn"], "properties": dict.fromkeys(standing, False)}
    alert["else"] = {"required": standing}
    return _schema(
        names, ALERTS, "风险提示", _record({**_HEAD, "day": _TODAY, "alerts": {"type": "array", "items": alert}})
    )


def items_schema(names: Names) -> dict[str, Any]:
    """Of items.json and of each part."""
    item = _record(
        {
            "id": _ID,
            "kind": {"enum": list(BY_KIND)},
            "title": _TEXT,
            "url": _URL,
            "date": _DAY,
            "updated": _MOMENT,
            "state": {
                "type": "string",
                "description": "On `day`: current, expired, past, …; in a part, which has no `day`: superseded, withdrawn or empty.",
            },
            "summary": {"type": "string"},
            "topics": _TERMS,
            "audience": _TERMS,
            "rights": _TERMS,
            "sample": {"type": "boolean"},
        },
        {
            "severity": {"enum": list(model.SEVERITIES)},
            "expires": _DAY,
            "starts": _DAY,
            "ends": _DAY,
            "place": _TEXT,
            "quarter": _TEXT,
            "superseded_by": _ID,
            "withdrawn": _WITHDRAWN,
        },
    )
    parts = {"type": "array", "items": _record({"quarter": _TEXT, "count": _COUNT, "json": _URL, "csv": _URL})}
    whole = _record({**_HEAD, "items": {"type": "array", "items": item}}, {"day": _TODAY, "parts": parts, "csv": _URL})
    return _schema(names, ITEMS, "全部内容", whole)


def _schema(names: Names, url: str, title: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": names.page(url), "title": title, **body}
