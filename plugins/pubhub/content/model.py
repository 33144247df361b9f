"""The kinds of items: one closed record each. The record is the schema, the reference and the manual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from pubhub.content.raw import Mapping as RawMapping
from pubhub.content.raw import Raw
from pubhub.content.reading import Lines, PackedLines, Reading, Refused, Type
from pubhub.content.schema import (
    Choice,
    Listed,
    Record,
    Ref,
    Text,
    key,
)
from pubhub.content.values import Day, Flag, Free, Integer
from pubhub.problems import nearest

ITEM_ID = r"[A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}"
_ID = Text(20, ITEM_ID, "编号，如 XB-2026-0007")
_SENTENCE = Text(60)
_FILE = Text(120, r"[^/\\<>\"']+", "旁边图片的文件名，如 photo.jpg")
STATUS = {"draft": "草稿", "in_review": "审核中", "published": "发布", "withdrawn": "撤回"}
VISIBILITY = {"public": "公开", "staff": "内部"}
LINES = {"business": "业务条线", "independent": "法律事务（独立审核）"}
CHANGE_LEVELS = {"major": "重要更新", "minor": "小修改", "correction": "更正"}
SEVERITIES = {"critical": "高危", "high": "较高", "moderate": "一般", "notice": "提示"}
WITHDRAWN_REASONS = {"outdated": "内容过时", "wrong": "内容有误", "superseded": "已有新版", "other": "其他原因"}
PEOPLE = {"none": "无", "adults": "有", "minors": "有未成年人"}
"""Whether somebody can be recognised in a picture."""
CONSENT_FORMS = {"written": "书面", "guardian": "监护人书面"}
BASES = {
    "composite": "由多起同类案例综合改写",
    "anonymised": "真实案例，已匿名",
    "consented": "真实案例，当事人书面同意",
}
MEDIA = {"text": "文章", "video": "视频", "long_picture": "长图"}
SCOPES = {"branch": "工作动态", "outlet": "支行荟萃"}
FORMATS = {
    "enterprise": "进企业",
    "campus": "进校园",
    "community": "进社区",
    "salon": "厅堂微沙龙",
    "online": "线上活动",
    "other": "其他活动",
}
CALL_KINDS = {"logo": "标志", "mascot": "吉祥物"}
COURSE_LEVELS = {"newcomer": "消保第一课", "outlet": "网点进阶", "advanced": "骨干研修"}
REGISTERS = {"review": "审查意见", "meeting": "运营沟通会", "suggestion": "我为消保献一策", "idea": "优秀金点子"}
REGISTER_STATES = {"open": "待办", "doing": "办理中", "done": "已办结", "dropped": "未采纳"}
COLUMNS = ("工作动态", "支行荟萃", "消保之星", "消保微讲堂", "风险瞭望台")
"""The columns of the bulletin, in the printed order."""


@dataclass(frozen=True)
class Approval:
    """One signature of the two-line review; written by `hub approve`."""

    line: str = key(Choice(LINES), "条线", "哪一条审核线。")
    by: str = key(Ref("people", "人员"), "审核人", "谁审核的。")
    on: dt.date = key(Day(), "日期", "哪天审核的。")
    checklist: str = key(Text(20), "审核表版本", "按哪一版审核表。")
    digest: str = key(Text(80, r"sha256-[0-9a-f]{64}", "由 approve 命令生成"), "指纹", "审核时正文的指纹。")


@dataclass(frozen=True)
class Change:
    """One change worth telling readers."""

    date: dt.date = key(Day(), "日期", "哪天改的。")
    level: str = key(Choice(CHANGE_LEVELS), "程度", "major 会显示在页面上方。")
    note: str = key(Text(100), "说明", "改了什么。")


@dataclass(frozen=True)
class Source:
    """Where a statement comes from."""

    text: str = key(Text(120), "名称", "法律、通知或网站的名称。")
    url: str = key(Text(300, r"https://[^\s<>\"']+", "https:// 开头的网址"), "网址", "官方网址。", default="")


@dataclass(frozen=True)
class Withdrawal:
    """Why something was taken back."""

    at: dt.date = key(Day(), "日期", "哪天撤回的。")
    reason: str = key(Choice(WITHDRAWN_REASONS), "原因", "撤回的原因。")
    note: str = key(Text(120), "说明", "给读者的一句说明。", default="")


@dataclass(frozen=True)
class Consent:
    """Written consent of the person shown, or of a child's guardian."""

    form: str = key(Choice(CONSENT_FORMS), "形式", "书面同意；未成年人由监护人书面同意。")
    date: dt.date = key(Day(), "日期", "哪天取得。")
    note: str = key(Text(100), "说明", "同意的范围。", default="")


@dataclass(frozen=True)
class PictureNote:
    """What is known of a picture besides what it shows."""

    file: str = key(_FILE, "图片", "旁边图片的文件名。")
    people: str = key(Choice(PEOPLE), "图中人物", "这张图里有没有能认出来的人；不写就按整篇的 people。", default="")
    credit: str = key(Text(40), "作者", "谁拍的、谁画的，印在图下面。", default="")
    source: str = key(Text(60), "出处", "图片从哪里来，印在图下面。", default="")
    consent: Consent | None = key(Record(Consent), "同意", "图中有人时必填；不会公开。", default=None)

    @property
    def credit_line(self) -> str:
        """What stands under the picture: 图：…；来源：…"""
        parts = (("图", self.credit), ("来源", self.source))
        return "；".join(f"{label}：{text}" for label, text in parts if text)


@dataclass(frozen=True)
class Adoption:
    """Who took the work over."""

    by: str = key(Text(60), "采用单位", "哪个单位采用或转发。")
    where: str = key(Text(80), "位置", "刊登在哪里。", default="")
    date: dt.date | None = key(Day(), "日期", "哪天。", default=None)


@dataclass(frozen=True)
class Quiz:
    """One question."""

    question: str = key(Text(120), "题目", "一句话。")
    options: tuple[str, ...] = key(Listed(Text(80), least=2, most=6), "选项", "2 到 6 个。")
    answer: int = key(Integer(1, 6), "答案", "正确选项的序号，从 1 开始。")
    explain: str = key(Text(200), "解析", "为什么。")


@dataclass(frozen=True)
class CallEntry:
    """An entry of a public call."""

    no: int = key(Integer(1, 9999), "序号", "作品编号。")
    kind: str = key(Choice(CALL_KINDS), "类别", "标志或吉祥物。")
    title: str = key(Text(40), "名称", "作品名称。")
    by: str = key(Text(40), "作者", "作者或单位。", default="")
    note: str = key(Text(150), "说明", "设计说明。", default="")
    picture: str = key(_FILE, "图稿", "旁边图片的文件名。", default="")
    alt: str = key(Text(120), "图稿画了什么", "给看不见图的读者；有图稿就要写。", default="")
    votes: int | None = key(Integer(), "得票", "票数；一件写了，件件都要写。", default=None)
    chosen: bool = key(Flag(), "入选", "是否入选；每类只能有一件。", default=False)
    reason: str = key(Text(150), "入选理由", "为什么选它；入选的作品必填。", default="")


class ColumnLists(Type[tuple[tuple[str, ...], ...]]):
    """The five columns of an issue under their Chinese names; gives five tuples of ids in the printed order."""

    def read(self, raw: Raw, reading: Reading, field: str) -> tuple[tuple[str, ...], ...]:
        if not isinstance(raw, RawMapping):
            raise reading.refuse("not-keys", raw.line, field)
        lists: dict[str, tuple[str, ...]] = dict.fromkeys(COLUMNS, ())
        failed = False
        for name, value in raw.entries.items():
            place = f"{field}.{name}"
            reading.lines[place] = raw.key_lines[name]
            try:
                if name not in COLUMNS:
                    close = nearest(name, COLUMNS)
                    hint = f"您是不是想写“{close}”？" if close else ""
                    raise reading.refuse("unknown-column", raw.key_lines[name], field, value=name, close=hint)
                lists[name] = Listed(_ID, most=60).read(value, reading, place)
            except Refused:
                failed = True
        if failed:
            raise Refused
        return tuple(lists[name] for name in COLUMNS)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": "array", "items": _ID.schema()} for name in COLUMNS},
        }

    def words(self) -> str:
        return "按栏目列出编号，栏目名：" + "、".join(COLUMNS)


@dataclass(frozen=True)
class Origin:
    """Where an item came from and what its text hashes to; never shown."""

    uri: str
    """articles/2026/slug/index.md."""
    section: str
    slug: str
    body_line: int
    """Line of the file on which the body starts."""
    lines: Lines | PackedLines
    """Line of each front matter key."""
    assets: tuple[str, ...]
    """File names of the pictures beside it."""
    photos: tuple[str, ...]
    """Those among them in which somebody might be recognised."""
    digest: str
    """sha256-… of what the reviewers approve."""
    front: str
    """Hash of the front matter that lists and other pages may show."""
    file: str
    """SHA-256 of the file."""
    source: str
    """Hash of the file and its pictures: as long as it stays, so does the body."""

    def line(self, name: str) -> int:
        """Line of a key, else of the front matter."""
        return self.lines.get(name, 1)


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every kind has."""

    kind: ClassVar[str] = ""
    section: ClassVar[str] = ""
    name: ClassVar[str] = ""

    id: str = key(_ID, "编号", "由 new 命令生成，永不改变，永不重用。")
    title: str = key(Text(60), "标题", "说清讲什么，40 字以内最好。")
    date: dt.date = key(Day(), "日期", "发布日期；还没到的日期会等到那天再发布。")
    summary: str = key(Text(200), "摘要", "一两句话，显示在列表和搜索结果里。")
    plain: tuple[str, ...] = key(Listed(_SENTENCE, most=3), "三句话", "最多三句大白话，放在页面最前面。", default=())
    topics: tuple[str, ...] = key(Listed(Ref("topics", "话题"), most=6), "话题", "属于哪些话题。", default=())
    audience: tuple[str, ...] = key(
        Listed(Ref("audiences", "人群"), most=6), "人群", "特别写给谁；不写就是写给所有人。", default=()
    )
    rights: tuple[str, ...] = key(Listed(Ref("rights", "权利"), most=8), "权利", "涉及八大权益中的哪几项。", default=())
    visibility: str = key(Choice(VISIBILITY), "可见范围", "staff 只出现在内部版。", default="public")
    status: str = key(Choice(STATUS), "状态", "写好后改为 published，审核通过才会发布。")
    authors: tuple[str, ...] = key(Listed(Ref("people", "人员"), least=1, most=10), "作者", "人员编号。")
    approvals: tuple[Approval, ...] = key(
        Listed(Record(Approval), most=10), "审核", "由 approve 命令写入，不要手工填写。", default=()
    )
    changes: tuple[Change, ...] = key(Listed(Record(Change)), "更新记录", "发布以后的修改。", default=())
    sources: tuple[Source, ...] = key(
        Listed(Record(Source, "text"), most=30), "来源", "依据的法律、通知或网站。", default=()
    )
    related: tuple[str, ...] = key(Listed(_ID, most=12), "相关内容", "其他内容的编号。", default=())
    aliases: tuple[str, ...] = key(
        Listed(Text(120, r"[a-z0-9-]+(?:/[a-z0-9-]+)*\.html", "旧网址，如 alerts/2025/old-name.html"), most=10),
        "旧网址",
        "改过位置时写上旧网址。",
        default=(),
    )
    cover: str = key(
        Text(100, r"[\w.-]+", "旁边图片的文件名，没有空格，如 photo.jpg"), "封面", "旁边图片的文件名。", default=""
    )
    cover_alt: str = key(Text(120), "封面讲了什么", "给看不见图的读者；封面只是装饰、标题已经说清时不写。", default="")
    people: str = key(Choice(PEOPLE), "图中人物", "整篇的图片里有没有能认出来的人；有照片就要写。", default="")
    pictures: tuple[PictureNote, ...] = key(
        Listed(Record(PictureNote), most=60), "图片说明", "图片的作者、出处，以及图中人的书面同意。", default=()
    )
    sample: bool = key(Flag(), "示例", "true 表示示例内容，不计入统计。", default=False)
    withdrawn: Withdrawal | None = key(Record(Withdrawal), "撤回说明", "撤回时必填。", default=None)
    superseded_by: str = key(_ID, "新版编号", "被哪一项取代。", default="")
    retired: str = key(
        Text(120),
        "停用原因",
        "公开过的内容确实不要旧网址了才写；一般用撤回，旧网址会告诉读者原因。不会公开。",
        default="",
    )
    extra: Mapping[str, Any] = key(Free(), "附加数据", "给其他系统用的数据。", factory=dict)
    origin: Origin = field(repr=False)

    @cached_property
    def url(self) -> str:
        """Site-relative address: articles/2026/slug.html."""
        return url_of(self.origin.uri)


@lru_cache(1 << 16)
def url_of(uri: str) -> str:
    """articles/2026/slug/index.md → articles/2026/slug.html; pages/help/index.md → help.html."""
    return uri.removeprefix("pages/").removesuffix("/index.md") + ".html"


@dataclass(frozen=True, kw_only=True)
class Article(Item):
    """宣传文案: what to know."""

    kind, section, name = "article", "articles", "宣传文案"
    medium: str = key(Choice(MEDIA), "形式", "文章、视频或长图。", default="text")
    adopted_by: tuple[Adoption, ...] = key(Listed(Record(Adoption)), "采用", "被谁采用。", default=())


@dataclass(frozen=True, kw_only=True)
class Case(Item):
    """典型案例: how it happened."""

    kind, section, name = "case", "cases", "典型案例"
    basis: str = key(Choice(BASES), "依据", "案例从哪里来。")
    method: str = key(Text(150), "手法", "一句话说清骗子怎么做。")
    lesson: str = key(Text(150), "教训", "一句话说清怎样避免。")
    consent: Consent | None = key(Record(Consent), "同意", "basis 为 consented 时必填。", default=None)


@dataclass(frozen=True, kw_only=True)
class Alert(Item):
    """风险提示: what is dangerous now."""

    kind, section, name = "alert", "alerts", "风险提示"
    severity: str = key(Choice(SEVERITIES), "等级", "四级，从高到低。")
    issued: dt.date | None = key(Day(), "提示日期", "不写就是发布日期。", default=None)
    expires: dt.date = key(Day(), "有效期至", "过了这天显示“已过期”。")
    steps: tuple[str, ...] = key(Listed(Text(80), least=1, most=8), "怎么办", "遇到了怎么办，一步一句。")


@dataclass(frozen=True, kw_only=True)
class News(Item):
    """工作动态 and 支行荟萃."""

    kind, section, name = "news", "news", "工作动态"
    unit: str = key(Text(60), "单位", "哪个部门或网点。")
    scope: str = key(Choice(SCOPES), "范围", "branch 进“工作动态”，outlet 进“支行荟萃”。")


@dataclass(frozen=True, kw_only=True)
class Star(Item):
    """消保之星: a colleague."""

    kind, section, name = "star", "stars", "消保之星"
    person: str = key(Text(30), "姓名", "怎样称呼。")
    unit: str = key(Text(60), "单位", "哪个部门或网点。")
    consent: Consent = key(Record(Consent), "同意", "本人书面同意。")


@dataclass(frozen=True, kw_only=True)
class Lesson(Item):
    """消保微讲堂: what to do."""

    kind, section, name = "lesson", "lessons", "消保微讲堂"
    minutes: int = key(Integer(1, 60), "时长", "大约几分钟。", default=5)
    steps: tuple[str, ...] = key(Listed(Text(100), most=10), "照着做", "一步一句。", default=())
    quiz: tuple[Quiz, ...] = key(Listed(Record(Quiz), most=20), "小测验", "选择题。", default=())


@dataclass(frozen=True, kw_only=True)
class Event(Item):
    """活动: where to meet us."""

    kind, section, name = "event", "events", "活动"
    format: str = key(Choice(FORMATS), "形式", "在哪里办。")
    place: str = key(Text(80), "地点", "到哪里参加。")
    starts: dt.date = key(Day(), "开始", "哪天开始。")
    ends: dt.date | None = key(Day(), "结束", "哪天结束；一天的活动不写。", default=None)
    reach: int | None = key(Integer(), "人次", "参加人次；示例内容不写。", default=None)
    materials: tuple[str, ...] = key(Listed(_ID, most=20), "资料", "用到的内容编号。", default=())
    photo_consent: bool = key(Flag(), "照片同意", "照片中的人是否都已书面同意。", default=False)


@dataclass(frozen=True, kw_only=True)
class Issue(Item):
    """专刊: one quarter."""

    kind, section, name = "issue", "bulletin", "消费者权益保护专刊"
    quarter: str = key(Text(6, r"20[0-9]{2}Q[1-4]", "季度，如 2026Q3"), "季度", "哪个季度。")
    lead: str = key(Text(40), "封面语", "封面上的一句话。", default="")
    columns: tuple[tuple[str, ...], ...] = key(ColumnLists(), "栏目", "五个栏目，各列内容编号。")


@dataclass(frozen=True, kw_only=True)
class Course(Item):
    """培训: for staff."""

    kind, section, name = "course", "courses", "培训课程"
    level: str = key(Choice(COURSE_LEVELS), "层级", "给谁上的课。")
    lessons: tuple[str, ...] = key(Listed(_ID, most=50), "课目", "微讲堂或文章的编号，按顺序。", default=())
    quiz: tuple[Quiz, ...] = key(Listed(Record(Quiz), most=30), "小测验", "选择题。", default=())


@dataclass(frozen=True, kw_only=True)
class Campaign(Item):
    """专题: a campaign or a call."""

    kind, section, name = "campaign", "campaigns", "专题活动"
    starts: dt.date = key(Day(), "开始", "哪天开始。")
    ends: dt.date = key(Day(), "结束", "哪天结束。")
    theme: str = key(Text(60), "主题", "当年公布的主题口号。", default="")
    organiser: str = key(Text(80), "主办", "谁组织的。", default="")
    entries: tuple[CallEntry, ...] = key(Listed(Record(CallEntry)), "作品", "征集活动的作品。", default=())


@dataclass(frozen=True, kw_only=True)
class Entry(Item):
    """台账: one opinion and what became of it."""

    kind, section, name = "entry", "registers", "工作台账"
    register: str = key(Choice(REGISTERS), "台账", "哪一本台账。")
    raised: dt.date = key(Day(), "提出日期", "哪天提出。")
    owner: str = key(Text(60), "责任部门", "谁来办。")
    due: dt.date = key(Day(), "期限", "哪天前办完。")
    state: str = key(Choice(REGISTER_STATES), "进度", "办到哪一步。")
    outcome: str = key(Text(300), "结果", "办结或未采纳时必填。", default="")


@dataclass(frozen=True, kw_only=True)
class Page(Item):
    """Plain pages: help, about, accessibility, hotlines."""

    kind, section, name = "page", "pages", "页面"


KINDS: tuple[type[Item], ...] = (
    Article,
    Case,
    Alert,
    News,
    Star,
    Lesson,
    Event,
    Issue,
    Course,
    Campaign,
    Entry,
    Page,
)
BY_SECTION: dict[str, type[Item]] = {kind.section: kind for kind in KINDS}
BY_KIND: dict[str, type[Item]] = {kind.kind: kind for kind in KINDS}
