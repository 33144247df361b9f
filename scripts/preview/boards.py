"""The preview's own pages: takes what is known, gives HTML. Their words are Chinese, as the site's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.preview.report import Report, Trouble

HERE = Path(__file__).parent
_PAGES = Environment(
    loader=FileSystemLoader(HERE / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def board(report: Report) -> bytes:
    """Problems, what is not published, advice."""
    # What holds an item back stands with the item.
    errors = [one for one in report.troubles if one.level == "error"]
    advice = [one for one in report.troubles if one.level == "advice"]
    return _page("board.html", report=report, errors=errors, advice=advice)


def waiting() -> bytes:
    """Before the first build."""
    return _page(
        "message.html", title="正在准备预览", text="稿件很多时，第一次要等一会儿。好了这里会自己打开。", troubles=()
    )


def refused(troubles: Sequence[Trouble]) -> bytes:
    """The page of an item that has errors."""
    return _page("message.html", title="这一篇有错误，暂时看不到", text="改好保存，这里会自己更新。", troubles=troubles)


def failed(reason: str) -> bytes:
    """A page that cannot be printed."""
    return _page("message.html", title="这一页暂时看不到", text=reason, troubles=())


def _page(name: str, **values: object) -> bytes:
    return _PAGES.get_template(name).render(**values).encode("utf-8")
