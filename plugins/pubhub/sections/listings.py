"""What the lists are called and what they say when they are empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pubhub.content.catalog import Catalog
from pubhub.content.model import Entry, Item
from pubhub.content.vocabulary import SectionInfo, Term
from pubhub.pages.cards import counted
from pubhub.pages.lists import Listing
from pubhub.pages.views import Link

_EMPTY = {
    "alerts": "目前没有需要提示的风险。平安无事最好；接到可疑电话，仍可随时拨打96110核实。",
    "events": "近期没有安排活动。有新活动会在这里通知。",
    "bulletin": "第一期专刊还在编辑中，出刊后可以在这里阅读和下载。",
    "registers": "台账还没有登记事项。",
}
_EMPTY_ELSE = "这里还没有内容，编辑正在准备。您可以先看看风险提示和金融知识。"


def years_of(items: Sequence[Item]) -> dict[int, int]:
    """Years with items and how many, newest first."""
    counts = Counter([item.date.year for item in items])
    return {year: counts[year] for year in sorted(counts, reverse=True)}


def year_url(section: str, year: int) -> str:
    """Address of a section's year."""
    return f"{section}/{year}/index.html"


def section_listing(
    info: SectionInfo, items: Sequence[Item], catalog: Catalog, counts: Mapping[int, int], year: int = 0
) -> Listing:
    """A section (year 0) or one year of it; `counts` as from `years_of`."""
    years = tuple(Link(f"{y}年", year_url(info.id, y), count, current=y == year) for y, count in counts.items())
    return Listing(
        kind="year" if year else "section",
        title=f"{info.title} · {year}年" if year else info.title,
        intro=info.intro,
        url=year_url(info.id, year) if year else f"{info.id}/index.html",
        empty=_EMPTY.get(info.id, _EMPTY_ELSE),
        cards_title="各期专刊" if info.id == "bulletin" else "全部内容",
        years=years,
        totals=_register_totals(items, catalog) if info.id == "registers" else (),
    )


def audience_listing(term: Term) -> Listing:
    """A reader path."""
    return Listing(
        kind="audience",
        title=f"{term.name}看这里",
        intro=term.intro,
        url=f"audience/{term.id}.html",
        empty=f"专门写给{term.name}的内容还在准备。通用的风险提示和金融知识同样适用。",
        cards_title="为您挑选",
    )


def _register_totals(items: Sequence[Item], catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Figures of the ledger: samples are no figures."""
    real = [i for i in items if isinstance(i, Entry) and not i.sample]
    done = sum(i.state == "done" for i in real)
    late = sum(i.state in {"open", "doing"} and i.due < catalog.today for i in real)
    rate = f"{done / len(real):.0%}" if real else "—"
    return (("登记", str(counted(items))), ("已办结", str(done)), ("办结率", rate), ("逾期", str(late)))
