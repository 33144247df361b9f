"""What templates may read: plain frozen records, made by pages/, sections/, topics/ and bulletin/.

Every `url` is site-relative without a leading slash ("alerts/2026/fake-refund.html"); templates print it with `url(...)`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from pubhub.pictures import Shown


@dataclass(frozen=True)
class Link:
    """A word and where it leads."""

    title: str
    url: str
    count: int = 0
    """Published items behind it, samples left out; 0 where no count applies."""
    intro: str = ""
    current: bool = False
    """True where the link stands for the page it is printed on."""


@dataclass(frozen=True)
class Severity:
    """A level of an alert. The icon and the word always go together."""

    id: str
    """critical, high, moderate or notice."""
    name: str
    """高危, 较高, 一般 or 提示."""


@dataclass(frozen=True)
class Card:
    """One line of a list."""

    id: str
    kind: str
    """article, case, alert, news, star, lesson, event, issue, course, campaign, entry or page."""
    kind_name: str
    url: str
    title: str
    summary: str
    plain: str
    """The first plain sentence, else the summary."""
    date: dt.date
    date_text: str
    """2026年9月12日."""
    state: str = ""
    """Alerts: current, expired, superseded; any kind: withdrawn; events and campaigns: upcoming, running, past."""
    state_name: str = ""
    severity: Severity | None = None
    expires: dt.date | None = None
    sample: bool = False
    staff: bool = False
    note: str = ""
    """A short remark for the list: 5 分钟 · 3 题, 进社区, 2026年第三季度 …"""
    cover: Shown | None = None
    """As a thumbnail; decorative, since the title stands beside it."""


@dataclass(frozen=True)
class Heading:
    """A line of the contents list."""

    id: str
    title: str
    level: int
    """2 or 3."""


@dataclass(frozen=True)
class Review:
    """One line of the two-line approval, as readers see it: the role, never a private name."""

    line: str
    """业务条线 or 法律事务（独立审核）."""
    by: str
    on: str
    sample: bool
    """True for a role account that the branch has not yet filled."""


@dataclass(frozen=True)
class Change:
    """One published change."""

    date_text: str
    level: str
    """重要更新, 小修改 or 更正."""
    note: str


@dataclass(frozen=True)
class Life:
    """The banner of an item that is not simply current."""

    state: str
    """expired, withdrawn or superseded."""
    title: str
    """已过期, 已撤回, 已更新为新版."""
    text: str
    successor: Card | None = None


@dataclass(frozen=True)
class Question:
    """One quiz question."""

    number: int
    text: str
    options: tuple[str, ...]
    answer: int
    """1-based."""
    explain: str


@dataclass(frozen=True)
class Source:
    """Where the facts come from."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Right:
    """One of the eight rights."""

    id: str
    name: str
    plain: str


@dataclass(frozen=True)
class Column:
    """One column of a bulletin issue, in the printed order."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Download:
    """A file readers can take home."""

    name: str
    url: str
    format: str
    """整期下载包 (zip) …"""
    size: int
    """Bytes."""
    size_text: str
    sha256: str
    note: str = ""
    """What it is good for."""
    pages: int = 0
    """Of a PDF."""


@dataclass(frozen=True)
class CoverPicture:
    """The cover of an issue, as printed."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Shelved:
    """One issue on the shelf of all issues."""

    card: Card
    quarter: str
    lead: str
    cover: CoverPicture | None
    columns: tuple[Column, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class Work:
    """An entry of a public call (the logo and mascot call)."""

    number: int
    kind: str
    """标志 or 吉祥物."""
    title: str
    by: str
    note: str
    reason: str
    """Why it was chosen; empty for the others."""
    votes: int | None
    rank: int
    """By votes among its kind, equal for equal votes; 0 without votes."""
    share: str
    """15.2%, of the votes for its kind; empty without votes."""
    length: str
    """Of its bar, 0 to 100; the first of its kind has 100."""
    chosen: bool
    picture: Shown | None
    large: Shown | None
    """The picture where the work stands alone."""
    alt: str
    previous: int
    """Number of the work before it in its kind, or 0."""
    next: int


@dataclass(frozen=True)
class WorkGroup:
    """The works of one kind."""

    id: str
    """logo or mascot."""
    name: str
    works: tuple[Work, ...]
    """By number."""
    ranking: tuple[Work, ...]
    """By votes; empty without votes."""
    votes: int
    """All votes of the kind."""


@dataclass(frozen=True)
class Call:
    """A public call: its works, the votes, and what was chosen."""

    groups: tuple[WorkGroup, ...]
    chosen: tuple[Work, ...]
    """In the order of the groups; empty while it is open."""
    total: int


@dataclass(frozen=True)
class Contrast:
    """How a colour reads on a ground (WCAG 2.2)."""

    ground: str
    """纸色, 白 or 深色."""
    ratio: str
    """6.8."""
    verdict: str
    """正文可用, 大字可用 or 不用于文字."""


@dataclass(frozen=True)
class Swatch:
    """A colour of the brand."""

    id: str
    """Its name in tokens.toml, for the class of its field."""
    name: str
    hex: str
    rgb: str
    """180, 22, 27."""
    contrasts: tuple[Contrast, ...]


@dataclass(frozen=True)
class FileLink:
    """One file to take home."""

    text: str
    """16 KB, or PNG 16 KB where no column says the format."""
    url: str
    label: str
    """For screen readers: 问好 240×280 PNG，16 KB."""


@dataclass(frozen=True)
class FileGrid:
    """Files of one drawing, by size and format."""

    title: str
    """屏幕 or 印刷."""
    formats: tuple[str, ...]
    rows: tuple[tuple[str, tuple[FileLink | None, ...]], ...]
    """Size and a file for each format, or None."""


@dataclass(frozen=True)
class Figure:
    """A drawing of the brand with all its files."""

    id: str
    """logo-mark, mascot-greeting …"""
    title: str
    use: str
    alt: str
    url: str
    """The vector master."""
    width: int
    """Of the drawing's canvas; with the height it says the proportion."""
    height: int
    ground: str
    """Hexadecimal, of the field it is made for."""
    least: int
    """Smallest width on screens, in pixels."""
    least_height: int
    least_mm: int
    """Smallest width on paper; 0 for never."""
    count: int
    """Files."""
    grids: tuple[FileGrid, ...]


@dataclass(frozen=True)
class BrandView:
    """The brand page's own parts."""

    kit: Download
    kit_files: int
    logos: tuple[Figure, ...]
    poses: tuple[Figure, ...]
    colours: tuple[Swatch, ...]
    others: tuple[tuple[str, str, tuple[FileGrid, ...]], ...]
    """Further groups of files: name, note, grids."""


@dataclass(frozen=True)
class ItemView:
    """One item page. `card` has the title, the date, the state and the severity."""

    card: Card
    html: Markup
    """The sanitised body."""
    headings: tuple[Heading, ...]
    """Empty unless the page is long enough to need a contents list."""
    plain: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Rows of label and value particular to the kind (案例依据, 地点, 时间, 责任部门 …)."""
    steps: tuple[str, ...]
    """Alerts: 遇到了怎么办; lessons: 照着做."""
    steps_title: str
    quiz: tuple[Question, ...]
    topics: tuple[Link, ...]
    rights: tuple[Right, ...]
    audience: tuple[Link, ...]
    authors: tuple[str, ...]
    reviews: tuple[Review, ...]
    changes: tuple[Change, ...]
    """Newest first."""
    major: Change | None
    """The last major change."""
    sources: tuple[Source, ...]
    related: tuple[Card, ...]
    materials: tuple[Card, ...]
    """Lessons of a course, materials of an event."""
    materials_title: str
    columns: tuple[Column, ...]
    """Bulletin issues only."""
    downloads: tuple[Download, ...]
    """Bulletin issues only."""
    call: Call | None
    """Campaigns with entries only."""
    issue: Link | None
    """The bulletin issue in which the item appeared."""
    previous: Card | None
    """The older neighbour in the section."""
    next: Card | None
    """The newer neighbour."""
    life: Life | None
    quarter: str = ""
    """2026年第三季度, bulletin issues only."""
    lead: str = ""
    """The cover line of a bulletin issue."""
    calendar: str = ""
    """Events and campaigns: the file that adds them to a phone's calendar."""
    cover: Shown | None = None
    """Above the text; None where the text shows the same picture itself."""
    cover_alt: str = ""
    """Empty for a cover that is decorative."""
    printed_cover: CoverPicture | None = None
    """Of a bulletin issue that can be printed."""
    held: bool = False
    """True for a bulletin issue that waits for one of its articles."""
    brand: BrandView | None = None
    """The brand page only."""


@dataclass(frozen=True)
class Pager:
    """Pages of a long list."""

    number: int
    pages: tuple[Link, ...]
    """Page links in order, the current one marked; empty for a single page."""
    previous: str
    """URL or empty."""
    next: str


@dataclass(frozen=True)
class ListView:
    """A section, a year of a section, a topic or an audience path."""

    kind: str
    """section, year, topic or audience."""
    title: str
    intro: str
    url: str
    urgent: tuple[Card, ...]
    """On the first page only: alerts in force by severity; in the list of events, those to come, soonest first."""
    urgent_title: str
    cards: tuple[Card, ...]
    """This page's items, newest first (alerts in `urgent` are not repeated)."""
    cards_title: str
    """往期风险提示, 全部内容 …"""
    total: int
    """Items in the whole list, samples left out."""
    samples: int
    years: tuple[Link, ...]
    related: tuple[Link, ...]
    """Related topics."""
    pager: Pager
    empty: str
    """The kind sentence for a list without items."""
    totals: tuple[tuple[str, str], ...] = ()
    """Figures of the ledger (staff edition): label and value."""
    shelf: tuple[Shelved, ...] = ()
    """The issues among `cards`, with what can be taken home."""


@dataclass(frozen=True)
class Day:
    """The next campaign or date worth knowing."""

    title: str
    date_text: str
    note: str
    url: str


@dataclass(frozen=True)
class HomeView:
    """The first page."""

    updated: str
    """2026年11月24日, the day of the build."""
    alerts: tuple[Card, ...]
    """Alerts in force, most severe first, at most five."""
    alerts_total: int
    learn: tuple[Card, ...]
    """Newest articles, lessons and cases, mixed, at most six."""
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    """Upcoming events, soonest first."""
    issue: ItemView | None
    """The current bulletin issue."""
    day: Day | None
    topics: tuple[Link, ...]
    """Topics with most items."""
    examples: tuple[str, ...]
    """Questions to try in the search."""


@dataclass(frozen=True)
class Station:
    """A service point the public can visit."""

    id: str
    name: str
    kind_name: str
    district: str
    address: str
    hours: str
    services: tuple[str, ...]
    sample: bool


@dataclass(frozen=True)
class Hotline:
    """A number readers can tap."""

    number: str
    name: str
    use: str
    emergency: bool
    sms: bool
    """True for a number that only sends messages: never a call link."""


@dataclass(frozen=True)
class Face:
    """The site's icons and its picture for links that are passed on."""

    root: str
    """Full address of the site, with its slash."""
    ico: str
    touch_icon: str
    manifest: str
    card: str
    """Full address."""
    card_width: int
    card_height: int
    card_alt: str


@dataclass(frozen=True)
class SiteView:
    """What every page may read, as `site`."""

    name: str
    title: str
    organisation: str
    team: str
    description: str
    licence: str
    edition: str
    """public or staff."""
    menu: tuple[Link, ...]
    """Sections of this edition, in order."""
    audiences: tuple[Link, ...]
    hotlines: tuple[Hotline, ...]
    help_url: str
    """我可能被骗了."""
    pages: tuple[Link, ...]
    """Plain pages for the footer (about, rights, hotlines, accessibility …)."""
    stations_url: str
    """Empty without stations."""
    follow_url: str = ""
    """订阅; empty without feeds, and then no page names one."""
    face: Face | None = None
    """None in a site without a brand page."""


@dataclass(frozen=True)
class PageView:
    """The page being printed, as `page`."""

    url: str
    """Site-relative address of this page."""
    title: str
    """For <title>, without the site's name; empty on the home page."""
    description: str
    canonical: str
    """Full address, for <link rel=canonical>."""
    crumbs: tuple[Link, ...]
    """From the home page down to the parent; empty on the home page."""
    section: str = ""
    """Section id for the menu's current mark (alerts, cases, …, topics, stations, or the id of a plain page)."""
    previous: str = ""
    """Site-relative address for <link rel=prev>, or empty."""
    next: str = ""
    noindex: bool = False
    feed: Link | None = None
    """The Atom feed of the page's own section or topic."""
    structured: Markup = Markup()
    """Schema.org data as JSON that is safe inside a script element, or empty."""
    published: str = ""
    """Items: ISO 8601."""
    modified: str = ""
    subject: str = ""
    """Items: the name of the section."""


@dataclass(frozen=True)
class TopicsView:
    """All topics."""

    topics: tuple[Link, ...]
    """In the order of the vocabulary, with counts and intros."""


@dataclass(frozen=True)
class StationsView:
    """The station directory, by district."""

    groups: tuple[tuple[str, tuple[Station, ...]], ...]


@dataclass(frozen=True)
class SearchView:
    """The page of search results, which the browser fills."""

    examples: tuple[str, ...]
    """Questions to try."""
    topics: tuple[Link, ...]


@dataclass(frozen=True)
class RedirectView:
    """The page left behind at an old address."""

    target: str
    title: str


@dataclass(frozen=True)
class FeedLinks:
    """One feed in its three formats, and the page with the same list."""

    title: str
    url: str
    atom: str
    rss: str
    json: str


@dataclass(frozen=True)
class Code:
    """A QR code."""

    title: str
    note: str
    image: str
    """Site-relative address of the picture."""
    target: str
    """What it says: a full address."""


@dataclass(frozen=True)
class FollowView:
    """How to be told of what is new."""

    whole: FeedLinks
    alerts: FeedLinks | None
    sections: tuple[FeedLinks, ...]
    topics: tuple[FeedLinks, ...]
    codes: tuple[Code, ...]
    calendar: str
    """Site-relative; its full address stands in `calendar_address`."""
    calendar_address: str
    webcal: str
    """The same for programs that subscribe."""
    data: tuple[Link, ...]
    """Files for programs: title, address, intro."""
    parts: tuple[Link, ...]
    """Quarters of the open data, newest first."""
    newest: int
    full: bool
    """Whole texts, or summaries only."""
