"""Pictures of a body: from Markdown to what a browser chooses from."""

from __future__ import annotations

import re
from pathlib import Path

from pubhub.markup.render import Renderer
from pubhub.markup.resolve import one_size, resolve
from pubhub.markup.rewrite import NEUTRAL, Place
from pubhub.pictures import Picture, shown


def html(body: str, credit: str = "", size: tuple[int, int] = (2000, 1000)) -> str:
    """The body on a page two folders down."""
    place = Place({"p.jpg": shown(Picture(Path("p.jpg"), "ab" * 32, *size, "JPEG"), "p.jpg", "body", credit)})
    rendered = Renderer().render(body, place)
    return resolve(rendered.html, lambda id_: "", lambda url: f"../../{url}")


def test_a_picture_in_all_its_sizes() -> None:
    found = html("![讲课](p.jpg)")
    assert NEUTRAL not in found
    figure = re.fullmatch(r"<figure><picture>(.*)</picture></figure>", found.strip())
    assert figure is not None
    avif, webp, img = re.findall(r"<[^>]*>", figure[1])
    assert 'type="image/avif"' in avif
    assert 'type="image/webp"' in webp
    assert re.search(r'srcset="(\.\./\.\./assets/media/p-[0-9a-f]{12}-\d+\.avif \d+w(, |"))+', avif + '"')
    assert 'sizes="' in webp
    for part in ('width="1280"', 'height="640"', 'loading="lazy"', 'decoding="async"', 'alt="讲课"', "-800.jpg"):
        assert part in img


def test_caption_and_credit() -> None:
    assert "<figcaption>" not in html("![讲课](p.jpg)")
    assert "<figcaption>在门店</figcaption>" in html('![讲课](p.jpg "在门店")')
    assert "<figcaption>在门店 <small>图：某人</small></figcaption>" in html('![讲课](p.jpg "在门店")', "图：某人")
    assert "<figcaption><small>图：某人</small></figcaption>" in html("![讲课](p.jpg)", "图：某人")


def test_decorative() -> None:
    found = html('![](p.jpg "装饰")')
    assert 'alt=""' in found
    assert "装饰" not in found


def test_within_a_sentence_a_list_and_a_link() -> None:
    found = html("前面![图标](p.jpg)后面\n\n- ![图标](p.jpg)\n\n[![图标](p.jpg)](https://www.gov.cn/)\n")
    assert found.count("<picture>") == 3
    assert re.search(r"前面<picture>.*</picture>后面", found)
    assert re.search(r'<a [^>]*href="https://www\.gov\.cn/"[^>]*><picture>', found)


def test_tall_ones_are_set_narrow() -> None:
    assert '<figure class="tall">' in html("![长图](p.jpg)", size=(1080, 2400))


def test_what_is_not_there_is_words() -> None:
    assert "<span>别的图</span>" in html("![别的图](q.jpg)")
    # Raw HTML is text here, so nobody brings a srcset of his own.
    assert "<img" not in html('<img src="p.jpg" srcset="https://evil.example/x 1x" alt="x">')


def test_without_a_network_one_size_is_enough() -> None:
    place = Place({"p.jpg": shown(Picture(Path("p.jpg"), "ab" * 32, 2000, 1000, "JPEG"), "p.jpg", "body")})
    neutral = one_size(Renderer().render("![讲课](p.jpg)\n\n没有图。\n", place).html)
    assert neutral.count("assets/media/") == 1
    assert "<source" not in neutral
    assert "picture>" not in neutral
