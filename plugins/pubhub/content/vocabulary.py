"""The words and facts that editors keep as data: takes `_data/*.yml`, gives typed, closed records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pubhub.content.frontmatter import decode, is_link
from pubhub.content.model import BY_SECTION, ITEM_ID, LINES
from pubhub.content.named import Named, named_in
from pubhub.content.raw import Mapping as RawMapping
from pubhub.content.raw import Scalar, Sequence, parse
from pubhub.content.reading import Reading, Refused
from pubhub.content.schema import (
    Choice,
    Listed,
    Record,
    Ref,
    Text,
    key,
    read_record,
)
from pubhub.content.values import Day, Flag, Integer
from pubhub.problems import Problem, problem

R = TypeVar("R")
_ID = Text(20, ITEM_ID, "编号，如 XB-2026-0007")
_SLUG = Text(40, r"[a-z0-9]+(?:-[a-z0-9]+)*", "小写字母、数字和连字符")
STATION_KINDS = {"post": "工行驿站", "safe-space": "安全空间", "outlet": "网点", "base": "金融教育示范基地"}


@dataclass(frozen=True)
class Site:
    """The organisation, named once."""

    name: str = key(Text(20), "站名", "页眉里的名称。")
    title: str = key(Text(40), "全称", "首页标题。")
    organisation: str = key(Text(40), "机构", "机构全称。")
    team: str = key(Text(40), "团队", "负责团队。")
    programme: str = key(Text(20), "品牌", "项目名称。")
    description: str = key(Text(200), "简介", "搜索引擎里的介绍。")
    url: str = key(Text(200, r"https?://[^\s<>\"']+/", "以 / 结尾的网址"), "网址", "网站的正式网址。")
    id_prefix: str = key(Text(6, r"[A-Z]{2,6}", "2 到 6 个大写字母"), "编号前缀", "新编号的开头。")
    bulletin: str = key(Text(30), "专刊名", "季度专刊的名称。")
    licence: str = key(Text(120), "转载说明", "页脚里的说明。")


@dataclass(frozen=True)
class Term:
    """A topic, an audience or a right."""

    id: str = key(_SLUG, "编号", "用在网址里，不再改变。")
    name: str = key(Text(20), "名称", "显示的名称。")
    intro: str = key(Text(150), "介绍", "一句话。", default="")
    plain: str = key(Text(100), "白话", "一句大白话。", default="")
    related: tuple[str, ...] = key(Listed(Ref("topics", "话题"), most=8), "相关", "相关话题。", default=())


@dataclass(frozen=True)
class Person:
    """A role account or a colleague who may write or review."""

    id: str = key(_SLUG, "编号", "用在 authors 和 approve 里。")
    name: str = key(Text(30), "名称", "岗位或姓名。")
    lines: tuple[str, ...] = key(Listed(Choice(LINES)), "审核线", "可以签哪条审核线。", default=())
    sample: bool = key(Flag(), "示例", "尚未落实到人的岗位账号。", default=False)


@dataclass(frozen=True)
class Hotline:
    """A telephone number with its source."""

    number: str = key(Text(12, r"[0-9]{3,12}", "数字"), "号码", "电话号码。")
    name: str = key(Text(40), "名称", "是什么电话。")
    use: str = key(Text(150), "用途", "什么时候打。")
    source: str = key(Text(80), "来源", "依据。")
    checked: dt.date = key(Day(), "核对日期", "哪天核对过。")
    emergency: bool = key(Flag(), "紧急", "被骗时要打的电话。", default=False)
    sms: bool = key(Flag(), "短信", "只发短信、不能回拨。", default=False)


@dataclass(frozen=True)
class Facts:
    """Hotlines, and further numbers that texts may name."""

    hotlines: tuple[Hotline, ...] = key(Listed(Record(Hotline)), "热线", "可以点击拨打。")
    numbers: tuple[str, ...] = key(Listed(Text(12, r"[0-9]{3,12}", "数字")), "其他号码", "允许出现的号码。", default=())


@dataclass(frozen=True)
class Anniversary:
    """A date that comes back every year."""

    id: str = key(_SLUG, "编号", "不再改变。")
    name: str = key(Text(40), "名称", "节日或活动。")
    month: int = key(Integer(1, 12), "月", "公历月份；农历节日写农历月份。", default=0)
    day: int = key(Integer(1, 31), "日", "公历日期；农历节日写农历日期。", default=0)
    lunar: bool = key(Flag(), "农历", "true 表示 month 和 day 是农历，公历日期由程序推算。", default=False)
    days: tuple[dt.date, ...] = key(Listed(Day()), "历年日期", "没有固定日子的，写每年的公历日期。", default=())
    note: str = key(Text(120), "说明", "一句话。", default="")


FEED_CONTENTS = {"full": "全文", "summary": "摘要"}


@dataclass(frozen=True)
class Feeds:
    """How others follow the hub."""

    content: str = key(Choice(FEED_CONTENTS), "内容", "订阅源里放全文还是摘要。", default="full")
    authority: str = key(
        Text(80, r"[a-z0-9]+(?:[.-][a-z0-9]+)*", "域名，如 hub.example.cn"),
        "域名",
        "订阅编号里的域名，定下后不再改变；不写就用网址里的域名。",
        default="",
    )
    sender: str = key(
        Text(80, r"[A-Za-z0-9._@-]+", "域名或邮箱"), "发送方", "CAP 消息的发送方；不写就用上面的域名。", default=""
    )
    area: str = key(Text(40), "地区", "风险提示适用的地区。", default="全国")


@dataclass(frozen=True)
class SectionInfo:
    """A section's words."""

    id: str = key(Choice({name: kind.name for name, kind in BY_SECTION.items()}), "编号", "栏目文件夹名。")
    title: str = key(Text(20), "标题", "菜单里的名称。")
    intro: str = key(Text(120), "介绍", "一句话。")
    staff: bool = key(Flag(), "内部", "只在内部版出现。", default=False)


@dataclass(frozen=True)
class Station:
    """A place the public can visit."""

    id: str = key(_SLUG, "编号", "不再改变。")
    name: str = key(Text(40), "名称", "站点名称。")
    kind: str = key(Choice(STATION_KINDS), "类型", "哪一类站点。")
    district: str = key(Text(30), "区域", "所在区。")
    address: str = key(Text(100), "地址", "怎么找到。")
    hours: str = key(Text(60), "时间", "开放时间。")
    services: tuple[str, ...] = key(Listed(Text(40)), "服务", "提供什么。")
    sample: bool = key(Flag(), "示例", "示例数据。", default=False)


@dataclass(frozen=True)
class Wording:
    """A word worth a second look before it is printed."""

    find: str = key(Text(60), "词语", "要留意的词。")
    why: str = key(Text(120), "原因", "为什么留意。")
    unless: tuple[str, ...] = key(Listed(Text(60)), "例外", "这些写法没有问题。", default=())


@dataclass(frozen=True)
class Synonyms:
    """Words for one thing, as readers and callers say them."""

    words: tuple[str, ...] = key(Listed(Text(20), least=1, most=40), "说法", "同一件事的各种说法，最正式的放第一个。")
    pages: tuple[str, ...] = key(Listed(_ID, most=6), "首选", "最该看到的内容的编号。", default=())


@dataclass(frozen=True)
class Finding:
    """What search says where words alone do not find the way."""

    ignore: tuple[str, ...] = key(Listed(Text(20), most=300), "虚词", "问句里不用来查找的词。", default=())
    nothing: tuple[str, ...] = key(Listed(_ID, most=6), "没有结果", "什么也没找到时给出的内容。", default=())
    numbers: tuple[str, ...] = key(Listed(_ID, most=6), "号码", "查一个不认识的号码时给出的内容。", default=())
    links: tuple[str, ...] = key(Listed(_ID, most=6), "链接", "查一个不认识的链接时给出的内容。", default=())
    examples: tuple[str, ...] = key(
        Listed(Text(30), most=12), "例子", "搜索页和首页举的例子，首页用前两个。", default=()
    )


@dataclass(frozen=True)
class Vocabulary:
    """Everything in `_data`, by file."""

    site: Site
    topics: tuple[Term, ...] = ()
    audiences: tuple[Term, ...] = ()
    rights: tuple[Term, ...] = ()
    people: tuple[Person, ...] = ()
    facts: Facts = field(default_factory=lambda: Facts(()))
    calendar: tuple[Anniversary, ...] = ()
    sections: tuple[SectionInfo, ...] = ()
    stations: tuple[Station, ...] = ()
    wording: tuple[Wording, ...] = ()
    feeds: Feeds = Feeds()
    synonyms: tuple[Synonyms, ...] = ()
    finding: Finding = field(default_factory=Finding)
    named: tuple[Named, ...] = field(default=(), repr=False, compare=False)
    """The items that these files name."""

    def known(self) -> dict[str, dict[str, str]]:
        """The ids that front matter may name, with their Chinese names, by vocabulary."""
        named: dict[str, tuple[Term, ...] | tuple[Person, ...]] = {
            "topics": self.topics,
            "audiences": self.audiences,
            "rights": self.rights,
            "people": self.people,
        }
        return {name: {term.id: term.name for term in terms} for name, terms in named.items()}

    def person(self, id_: str) -> Person:
        """A person by id. Raises KeyError."""
        return {person.id: person for person in self.people}[id_]


_LISTS: Mapping[str, type[Any]] = {
    "topics": Term,
    "audiences": Term,
    "rights": Term,
    "people": Person,
    "calendar": Anniversary,
    "sections": SectionInfo,
    "stations": Station,
    "wording": Wording,
    "synonyms": Synonyms,
}
_RECORDS: Mapping[str, type[Any]] = {"site": Site, "facts": Facts, "feeds": Feeds, "finding": Finding}
_OPTIONAL = frozenset({"stations", "calendar", "wording", "feeds", "synonyms", "finding"})


def read_vocabulary(folder: Path) -> tuple[Vocabulary | None, list[Problem]]:
    """The `_data` folder → vocabulary (None if site.yml or a list is unreadable) and problems with file and line."""
    if is_link(folder):
        return None, [problem("_data", 1, "symlink")]
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    named: list[Named] = []
    for name in (*_RECORDS, *_LISTS):
        path = f"_data/{name}.yml"
        file = folder / f"{name}.yml"
        if not file.is_file() and not is_link(file):
            if name not in _OPTIONAL:
                problems.append(problem(path, 1, "data-missing"))
            continue
        if is_link(file):
            problems.append(problem(path, 1, "symlink"))
            continue
        try:
            text, mended = decode(file.read_bytes(), path)
        except OSError:
            problems.append(problem(path, 1, "unreadable"))
            continue
        problems += [p for p in mended if p.level == "error"]
        raw, bad = parse(text, path, 1) if text is not None else (None, [])
        problems += bad
        if raw is None or bad:
            continue
        reading = Reading(path, {"topics": _ids(raw)} if name == "topics" else None)
        try:
            if name in _LISTS:
                found[name] = Listed(Record(_LISTS[name]), most=500).read(raw, reading, name)
                _unique(found[name], reading, name)
                if name == "calendar":
                    _check_days(found[name], reading)
            elif isinstance(raw, RawMapping):
                found[name] = read_record(_RECORDS[name], raw, reading)
            else:
                raise reading.refuse("not-keys", raw.line, name)
            named += named_in(name, found[name], reading.lines)
        except Refused:
            pass
        problems += reading.problems
    if "site" not in found or problems:
        return None, problems
    return Vocabulary(**found, named=tuple(named)), problems


def _ids(raw: object) -> list[str]:
    items = raw.items if isinstance(raw, Sequence) else ()
    found = (item.entries.get("id") for item in items if isinstance(item, RawMapping))
    return [id_.text for id_ in found if isinstance(id_, Scalar)]


def _unique(terms: tuple[Any, ...], reading: Reading, name: str) -> None:
    seen: set[str] = set()
    for number, term in enumerate(terms):
        id_ = getattr(term, "id", "")
        place = f"{name}[{number + 1}]"
        if id_ and id_ in seen:
            reading.refuse("repeated", reading.lines.get(place, 1), place, value=id_)
        seen.add(id_)


def _check_days(calendar: tuple[Anniversary, ...], reading: Reading) -> None:
    """Refuses 2 月 30 日 and half a date."""
    for number, one in enumerate(calendar, 1):
        place = f"calendar[{number}].day"
        if not (one.month or one.day):
            continue
        longest = 30 if one.lunar else [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][one.month - 1]
        if not one.month or not 1 <= one.day <= longest:
            line = reading.lines.get(place, reading.lines.get(f"calendar[{number}]", 1))
            reading.refuse("no-such-date", line, place, value=f"{one.month} 月 {one.day} 日")
