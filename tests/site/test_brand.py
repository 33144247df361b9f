"""The brand page of the real site: every file is there, is what it says, and weighs what the page says."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from PIL import Image

from pubhub.brand.page import size_text
from pubhub.brand.recipe import own_recipe
from tests.site.builds import Built


class Files(HTMLParser):
    """Download links of a page: address, text and label."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "download" in given and given.get("aria-label"):
            self.found.append((given["href"] or "", "", given["aria-label"] or ""))
            self._open = True

    def handle_data(self, data: str) -> None:
        if self._open:
            url, text, label = self.found[-1]
            self.found[-1] = (url, text + data, label)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = False


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_every_file_weighs_what_the_page_says(edition: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(edition)
    found = Files(built.text("brand.html")).found
    sizes = {url: (built.folder / url).stat().st_size for url, _, _ in found}
    assert [
        url for url, text, label in found if not text.endswith(size_text(sizes[url])) or text[-4:] not in label
    ] == []
    planned = {url for url in built.files() if url.startswith("assets/brand/")}
    assert planned == {url for url, _, _ in found} | {url for url in planned if "/brand-kit." in url}


def test_pictures_are_what_their_labels_say(public: Built) -> None:
    for url, _, label in Files(public.text("brand.html")).found:
        size = re.search(r"(\d+) × (\d+)", label)
        if size:
            with Image.open(public.folder / url) as image:
                assert image.size == (int(size[1]), int(size[2])), url
                assert (image.format or "").lower() == url.rpartition(".")[2], url


def test_every_group_pose_and_logo_is_shown(public: Built) -> None:
    page = public.text("brand.html")
    recipe = own_recipe()
    for part in ("space", "least", "use", "colours", "poses", "files"):
        assert f'id="{part}"' in page
        assert f'href="#{part}"' in page
    for info in recipe.masters:
        assert info.title in page
        if info.pose:
            assert f'alt="{info.alt}"' in page
            assert info.use in page
    assert all(group.name in page for group in recipe.groups if group.id not in {"logo", "mascot", "print"})
    assert "示例设计" in page
    assert "style=" not in page
    assert page.count("<b>错</b>") > page.count("<b>对</b>") >= 3


def test_the_kit_opens_and_its_sums_are_right(public: Built) -> None:
    url = next(url for url in public.files() if "/brand-kit." in url)
    page = public.text("brand.html")
    data = (public.folder / url).read_bytes()
    assert url in page
    assert hashlib.sha256(data).hexdigest() in page
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        sums = archive.read("brand-kit/SHA256SUMS").decode().splitlines()
        assert f"{len(sums)}个文件" in page
        for line in sums:
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(f"brand-kit/{name}")).hexdigest() == digest


def test_every_head_names_icons_manifest_and_card(public: Built) -> None:
    files = public.files()
    for url in ("index.html", "alerts/index.html", "alerts/2026/fake-refund-service.html", "404.html"):
        text = public.text(url)
        root = "/" if url == "404.html" else "../" * url.count("/")
        for pattern in (
            rf'<link rel="icon" href="{root}(assets/brand/favicon\.\w+\.ico)" sizes="32x32">',
            rf'<link rel="icon" href="{root}(assets/brand/favicon\.\w+\.svg)" type="image/svg\+xml">',
            rf'<link rel="apple-touch-icon" href="{root}(assets/brand/apple-touch-icon\.\w+\.png)">',
            rf'<link rel="manifest" href="{root}(manifest\.webmanifest)">',
            r'<meta property="og:image" content="https://[^/"]+/(assets/brand/social-card\.\w+\.png)">',
        ):
            match = re.search(pattern, text)
            assert match, (url, pattern)
            assert match[1] in files


def test_the_manifest_names_icons_that_are_there(public: Built, staff: Built) -> None:
    for built in (public, staff):
        manifest = json.loads(built.text("manifest.webmanifest"))
        kinds = set()
        for icon in manifest["icons"]:
            with Image.open(built.folder / icon["src"]) as image:
                assert f"{image.width}x{image.height}" == icon["sizes"]
                kinds.add((icon["purpose"], image.width))
        assert kinds == {("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512)}
    assert "内部版" in manifest["name"]
    assert "内部版" not in public.text("manifest.webmanifest")


def test_the_icon_at_the_root_is_the_icon(public: Built) -> None:
    files = public.files()
    named = next(url for url in files if re.fullmatch(r"assets/brand/favicon\.\w+\.ico", url))
    assert files["favicon.ico"] == files[named]


def test_one_icon_is_in_both_editions(public: Built, staff: Built) -> None:
    brand = {url: digest for url, digest in public.files().items() if url.startswith("assets/brand/")}
    assert brand == {url: digest for url, digest in staff.files().items() if url.startswith("assets/brand/")}
