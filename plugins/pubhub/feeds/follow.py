"""The page that says how to follow the hub: takes the feeds there are, gives its view."""

from __future__ import annotations

from collections.abc import Sequence

from pubhub.content.catalog import Catalog
from pubhub.feeds import alerts_json, atom, cap_index, ics, json_feed, open_data, rss, schemas
from pubhub.feeds.naming import Names
from pubhub.feeds.scopes import NEWEST, Scope
from pubhub.pages.shared import page_view
from pubhub.pages.views import Code, FeedLinks, FollowView, Link, PageView

URL = "follow.html"
SITE_CODE, ALERTS_CODE, CALENDAR_CODE = "qr/site.svg", "qr/alerts.svg", "qr/calendar.svg"


def codes(names: Names, alerts: bool) -> list[Code]:
    """What can be scanned."""
    found = [Code("打开本站", "扫一扫就能看，收藏起来下次方便。", SITE_CODE, names.page("index.html"))]
    if alerts:
        found.append(
            Code("风险提示的更新", "用订阅软件扫，有新的风险提示会告诉您。", ALERTS_CODE, names.page("alerts/atom.xml"))
        )
    found.append(Code("活动日历", "用手机相机扫，把活动加进日历。", CALENDAR_CODE, names.page(ics.URL)))
    return found


def follow_page(
    catalog: Catalog, names: Names, feeds: Sequence[Scope], quarters: Sequence[str]
) -> tuple[FollowView, PageView]:
    """The page and its record."""
    links = {scope.folder: _links(scope, catalog) for scope in feeds if scope.number == 1}
    sections = tuple(link for folder, link in links.items() if folder and not folder.startswith("topics/"))
    calendar = names.page(ics.URL)
    view = FollowView(
        whole=links[""],
        alerts=links.get("alerts/"),
        sections=sections,
        topics=tuple(link for folder, link in links.items() if folder.startswith("topics/")),
        codes=tuple(codes(names, "alerts/" in links)),
        calendar=ics.URL,
        calendar_address=calendar,
        webcal="webcal:" + calendar.partition(":")[2],
        data=(
            Link("风险提示数据", alerts_json.URL, intro="每条提示的等级、有效期、做法和状态（JSON）。"),
            Link("风险提示消息列表", cap_index.URL, intro="国际通用的警示消息格式CAP 1.2，供转发平台使用。"),
            Link("全部内容数据", open_data.JSON_URL, intro="标题、摘要、日期、话题（JSON）。"),
            Link("全部内容表格", open_data.CSV_URL, intro="同样的内容，可以直接用Excel打开（CSV）。"),
            Link("数据说明：风险提示", schemas.ALERTS, intro="每个字段的含义（JSON Schema）。"),
            Link("数据说明：全部内容", schemas.ITEMS, intro="每个字段的含义（JSON Schema）。"),
        ),
        parts=tuple(
            Link(f"{quarter[:4]}年第{quarter[5]}季度", open_data.part_url(quarter, "csv")) for quarter in quarters
        ),
        newest=NEWEST,
        full=catalog.vocabulary.feeds.content == "full",
    )
    record = page_view(
        catalog, URL, "订阅更新", "有新的风险提示和活动，自动送到您的手机、日历或系统里。", section="follow"
    )
    return view, record


def _links(scope: Scope, catalog: Catalog) -> FeedLinks:
    title = scope.title or catalog.vocabulary.site.name
    return FeedLinks(
        title, scope.home, scope.folder + atom.NAME, scope.folder + rss.NAME, scope.folder + json_feed.NAME
    )
