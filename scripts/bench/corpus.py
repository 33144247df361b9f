"""The corpus as data: takes a number of items and a seed, gives the pieces that every generator is fed with. No clock, no files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from scripts.bench import prose

DAY = dt.date(2026, 11, 24)
"""The day that every build is made for."""
SEED = 20261124
_YEARS = 5
_KINDS = (("article", 35), ("alert", 20), ("case", 15), ("news", 15), ("lesson", 10), ("event", 5))
SECTIONS = {
    "article": "articles",
    "alert": "alerts",
    "case": "cases",
    "news": "news",
    "lesson": "lessons",
    "event": "events",
    "issue": "bulletin",
}
TOPICS = (
    "telecom-fraud",
    "impersonation",
    "investment-fraud",
    "romance-fraud",
    "task-fraud",
    "loan",
    "account-security",
    "payment",
    "personal-information",
    "credit",
    "illegal-fundraising",
    "illegal-agents",
    "financial-advertising",
    "suitability",
    "insurance",
    "pension-fraud",
    "campus",
    "card-renting",
    "shopping-fraud",
    "cash",
    "rights-complaints",
)
_AUDIENCES = ("elderly", "youth", "newcomers", "small-business")
_RIGHTS = ("informed", "choice", "fair-trade", "property", "redress", "education", "respect", "information")
_AUTHORS = ("xiaobao-bianji", "fengxian-jiance", "jiaoyu-xuanchuan", "wangdian-tongxun")
_SLUG_A = (
    "fake",
    "quiet",
    "second",
    "early",
    "plain",
    "small",
    "open",
    "late",
    "simple",
    "careful",
    "first",
    "weekly",
    "known",
    "local",
    "paper",
)
_SLUG_B = (
    "refund",
    "loan",
    "card",
    "call",
    "message",
    "contract",
    "broker",
    "deposit",
    "transfer",
    "account",
    "policy",
    "lesson",
    "market",
    "salon",
)
_HOTLINES = (
    "接到可疑来电，可以拨打 96110 核实。",
    "钱已经转出，立即拨打 110，再打银行客服 95588。",
    "协商不成的，可以拨打 12378。",
    "对支付和征信有疑问，可以拨打 12363。",
)
_LAW_URL = "https://www.gov.cn/"

Value = str | int | bool | list[str] | list[dict[str, str]] | dict[str, str] | dict[str, list[str]]


@dataclass(frozen=True)
class Piece:
    """One text, free of any generator's syntax but Markdown and our boxes."""

    kind: str
    id: str
    slug: str
    title: str
    date: dt.date
    summary: str
    topics: tuple[str, ...]
    body: str
    """Markdown with LF ends; links to other pieces as [text](ID), boxes as `!!! scam`."""
    related: tuple[str, ...] = ()
    withdrawn: bool = False
    draft: bool = False
    fields: dict[str, Value] = field(default_factory=dict)
    """What our kind needs beyond that, as front matter."""
    pictures: tuple[str, ...] = ()
    """File names of pictures beside it."""

    @property
    def section(self) -> str:
        """articles, alerts, …"""
        return SECTIONS[self.kind]

    @property
    def place(self) -> str:
        """articles/2026/slug."""
        return f"{self.section}/{self.date.year}/{self.slug}"


def corpus(items: int, pictures: int = 0, seed: int = SEED) -> list[Piece]:
    """`items` pieces from the oldest to the newest, and an issue for each 500 of them."""
    found: list[Piece] = []
    for number in range(items):
        found.append(piece(number, items, found, pictured=number < pictures, seed=seed))
    return found + list(_issues(found, Random(f"{seed}/issues")))


def piece(number: int, items: int, earlier: Sequence[Piece], *, pictured: bool = False, seed: int = SEED) -> Piece:
    """One piece; the same for the same arguments. `earlier` are those that it may name."""
    random = Random(f"{seed}/{number}")
    kind = random.choices([name for name, _ in _KINDS], [share for _, share in _KINDS])[0]
    days = _YEARS * 365
    age = days - 1 - int((number + random.random()) * (days - 1) / items) if items else 0
    date = DAY - dt.timedelta(days=max(1, age))
    # 5 % are withdrawn; a quarter of the alerts, another 5 %, have expired.
    withdrawn = random.random() < 0.05
    near = earlier[-400:]
    related = _named(near, random, random.randint(0, 4))
    links = _named(near, random, random.randint(1, 2)) if random.random() < 0.3 else ()
    name = f"{random.choice(_SLUG_A)}-{random.choice(_SLUG_B)}-{number:05d}"
    shots = ("picture.jpg",) if pictured and kind != "event" else ()
    fields: dict[str, Value] = {
        "plain": prose.several(random, prose.PLAIN, random.randint(0, 3)),
        "audience": random.sample(_AUDIENCES, 1) if random.random() < 0.4 else [],
        "rights": random.sample(_RIGHTS, random.randint(1, 3)),
        "authors": [random.choice(_AUTHORS)],
        "sources": [
            {"text": f"《中华人民共和国{law}》第{random.randint(2, 60)}条", "url": _LAW_URL}
            for law in random.sample(prose.LISTS["law"][:6], random.randint(1, 3))
        ],
        **_own(kind, date, random),
    }
    return Piece(
        kind=kind,
        id=f"XB-{date.year}-{100000 + number}",
        slug=name,
        title=prose.shortened(prose.say(random, prose.TITLES), 48) + f"（{number + 1}）",
        date=date,
        summary=prose.say(random, prose.SUMMARIES),
        topics=tuple(random.sample(TOPICS, random.randint(2, 4))),
        body=body(random, [(one.title, one.id) for one in near if one.id in links], shots),
        related=related,
        withdrawn=withdrawn,
        fields=fields,
        pictures=shots,
    )


def _named(near: Sequence[Piece], random: Random, count: int) -> tuple[str, ...]:
    return tuple(one.id for one in random.sample(list(near), min(count, len(near))))


def _own(kind: str, date: dt.date, random: Random) -> dict[str, Value]:
    """What a kind has of its own."""
    if kind == "alert":
        gone = random.random() < 0.25
        expires = min(date + dt.timedelta(days=60), DAY - dt.timedelta(days=1)) if gone else dt.date(2027, 12, 31)
        steps = prose.several(random, prose.STEPS, random.randint(2, 5))
        severity = random.choice(("critical", "high", "moderate", "notice"))
        return {"severity": severity, "expires": max(date, expires).isoformat(), "steps": steps}
    if kind == "case":
        return {
            "basis": random.choice(("composite", "anonymised")),
            "method": prose.shortened(prose.say(random, ("先用{way}接近，再要求{ask}，最后转走{lost}。",)), 140),
            "lesson": prose.say(random, ("凡是要您{ask}的，先{do}。",)),
        }
    if kind == "news":
        scope = random.choice(("branch", "outlet"))
        return {"unit": "某支行（示例）" if scope == "outlet" else "消费者权益保护团队", "scope": scope}
    if kind == "lesson":
        return {"minutes": random.randint(3, 12), "steps": prose.several(random, prose.STEPS, 3)}
    if kind == "event":
        return {
            "format": random.choice(("enterprise", "campus", "community", "salon")),
            "place": random.choice(prose.LISTS["place"]),
            "starts": (date + dt.timedelta(days=14)).isoformat(),
        }
    return {}


def body(random: Random, links: Sequence[tuple[str, str]], pictures: Sequence[str] = ()) -> str:
    """About 660 to 900 Han characters: three chapters, a list, a table, a quotation, a box, a hotline, now and then a footnote.

    Args:
        links: title and id of the pieces it names.
        pictures: file names.
    """
    note = random.random() < 0.3
    opening = prose.paragraph(random, 2) + ("[^1]" if note else "")
    headings = random.sample(prose.HEADINGS, 3)
    heads = [f"## {prose.say(random, (heading,))}" for heading in headings]
    steps = prose.several(random, prose.STEPS, random.randint(3, 5))
    listed = "\n".join(f"{n}. {step}" for n, step in enumerate(steps, 1))
    rows = [" | ".join(prose.say(random, prose.CELLS) for _ in range(3)) for _ in range(random.randint(3, 4))]
    table = "\n".join(["| 看什么 | 常见说法 | 应当怎样 |", "|---|---|---|", *(f"| {row} |" for row in rows)])
    quote = f"> {prose.say(random, prose.SENTENCES)}"
    box = f"!!! scam\n    “{prose.say(random, ('您别紧张，先{ask}，我看着您操作。', '名额只剩一个，{ask}就能保留。'))}”"
    ending = [random.choice(_HOTLINES) + "".join(f"可以再看[{title}]({id_})。" for title, id_ in links)]
    shown = [f"![{prose.say(random, ('{place}里的展板',))}]({name})" for name in pictures]
    foot = ["[^1]: " + prose.say(random, ("见{law}的有关规定，以公布的文本为准。",))] if note else []
    fixed = [opening, *heads, listed, table, quote, box, *ending, *foot]
    room = random.randint(690, 850) - prose.han("".join(fixed))
    texts = list(_paragraphs(random, room))
    parts = [texts[n::3] for n in range(3)]
    blocks = [opening, *shown, heads[0], *parts[0], listed, heads[1], *parts[1], table, box, heads[2], *parts[2], quote]
    return "\n\n".join([*blocks, *ending, *foot]) + "\n"


def _paragraphs(random: Random, room: int) -> Iterator[str]:
    """At least three paragraphs, together about `room` Han characters."""
    for number in range(12):
        if number >= 3 and room <= 0:
            return
        text = prose.paragraph(random, random.randint(2, 3) if room > 120 else 1)
        room -= prose.han(text)
        yield text


def _issues(pieces: Sequence[Piece], random: Random) -> Iterator[Piece]:
    """One issue per 500 items, from the newest quarter back; no item is printed twice."""
    count = max(1, len(pieces) // 500)
    for number in range(count):
        ordinal = 2026 * 4 + 2 - number  # 2026Q3 is the newest
        year, quarter = divmod(ordinal, 4)
        span = pieces[max(0, len(pieces) - 500 * (number + 1)) : len(pieces) - 500 * number]
        date = dt.date(year, 3 * quarter + 3, 28)
        yield Piece(
            kind="issue",
            id=f"XB-{year}-{900000 + number}",
            slug=f"{year}q{quarter + 1}",
            title=f"{year} 年第{'一二三四'[quarter]}季度《消费者权益保护专刊》",
            date=date,
            summary=prose.say(random, prose.SUMMARIES),
            topics=tuple(random.sample(TOPICS, 3)),
            body=prose.paragraph(random, 4) + "\n\n" + prose.paragraph(random, 4) + "\n",
            fields={
                "rights": ["education", "property"],
                "authors": ["xiaobao-bianji"],
                "quarter": f"{year}Q{quarter + 1}",
                "lead": "钱转出去以前，您还有一次机会",
                "columns": _columns(span),
            },
        )


def _columns(span: Sequence[Piece]) -> dict[str, list[str]]:
    def some(kind: str, scope: str = "") -> list[str]:
        fits = (p for p in span if p.kind == kind and not p.withdrawn and p.fields.get("scope", "") == scope)
        return [one.id for one, _ in zip(fits, range(5), strict=False)]

    columns = {
        "工作动态": some("news", "branch"),
        "支行荟萃": some("news", "outlet"),
        "消保微讲堂": some("lesson"),
        "风险瞭望台": some("alert") + some("case"),
    }
    return {name: ids for name, ids in columns.items() if ids}
