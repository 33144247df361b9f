"""The page that tells how to follow, and its codes as a camera sees them."""

from __future__ import annotations

import io
import re

import pytest
import resvg_py
import zxingcpp
from PIL import Image

from tests.site.builds import Built

CODES = {
    "qr/site.svg": "https://hub.example.cn/",
    "qr/alerts.svg": "https://hub.example.cn/alerts/atom.xml",
    "qr/calendar.svg": "https://hub.example.cn/calendar.ics",
}


@pytest.mark.parametrize("name", CODES)
def test_codes_are_read_back(public: Built, name: str) -> None:
    svg = public.text(name)
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=300)))).convert("L")
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == CODES[name]
    # Four light modules on each side.
    size = re.search(r'viewBox="0 0 (\d+) ', svg) or re.search(r'width="(\d+)"', svg)
    assert size is not None
    edge = picture.width * 4 // (21 + 4 * 10 + 8)
    assert all(picture.getpixel((x, y)) == 255 for x in range(edge) for y in (0, edge, picture.height - 1))


def test_the_page_names_every_feed_there_is(public: Built) -> None:
    page = public.text("follow.html")
    feeds = [url for url in public.files() if re.fullmatch(r"(?:.*/)?(?:atom\.xml|rss\.xml|feed\.json)", url)]
    assert [url for url in feeds if f'href="{url}"' not in page] == []
    assert 'href="webcal://hub.example.cn/calendar.ics"' in page
    assert 'href="calendar.ics"' in page


def test_it_is_in_menu_and_footer_of_every_page(public: Built) -> None:
    for url in public.files():
        if url.endswith(".html") and url != "follow.html":
            assert public.text(url).count("follow.html") >= 2, url
