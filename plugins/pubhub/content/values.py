"""Values that need no vocabulary: a day, a whole number, yes or no, anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pubhub.content.raw import Mapping as RawMapping
from pubhub.content.raw import Raw
from pubhub.content.reading import Reading, Type

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(Type[dt.date]):
    """A calendar day, YYYY-MM-DD, that exists."""

    def read(self, raw: Raw, reading: Reading, field: str) -> dt.date:
        text = reading.text(raw, field)
        if _DAY.fullmatch(text):
            with suppress(ValueError):
                return dt.date.fromisoformat(text)
        loose = re.fullmatch(r"(\d{4})\s*[-/.年－—]\s*(\d{1,2})\s*[-/.月－—]\s*(\d{1,2})\s*日?", text)
        try:
            day = dt.date(*(int(part) for part in loose.groups())) if loose else None
        except ValueError:
            raise reading.refuse("no-such-date", raw.line, field, value=text) from None
        if day is None or text != day.isoformat():
            raise reading.refuse("bad-date-form", raw.line, field, value=text, hint=day or "2026-09-12")
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def words(self) -> str:
        return "日期，如 2026-09-12"


class Integer(Type[int]):
    """A whole number within bounds."""

    def __init__(self, least: int = 0, most: int = 10_000_000) -> None:
        self.least, self.most = least, most

    def read(self, raw: Raw, reading: Reading, field: str) -> int:
        text = reading.text(raw, field)
        if not re.fullmatch(r"-?\d{1,9}", text) or not self.least <= int(text) <= self.most:
            raise reading.refuse("bad-number", raw.line, field, value=text, least=self.least, most=self.most)
        return int(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def words(self) -> str:
        return f"整数，{self.least} 到 {self.most}"


class Flag(Type[bool]):
    """true or false."""

    def read(self, raw: Raw, reading: Reading, field: str) -> bool:
        text = reading.text(raw, field)
        if text not in {"true", "false"}:
            raise reading.refuse("bad-flag", raw.line, field, value=text)
        return text == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def words(self) -> str:
        return "true（是）或 false（否）"


class Free(Type[Mapping[str, Any]]):
    """Anything: only under `extra`, never shown."""

    def read(self, raw: Raw, reading: Reading, field: str) -> Mapping[str, Any]:
        if not isinstance(raw, RawMapping):
            raise reading.refuse("not-keys", raw.line, field)
        return raw.plain()

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}

    def words(self) -> str:
        return "自由内容，不会显示在网站上"
