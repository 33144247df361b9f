"""The programme's own face in a site: takes the desk, gives icons, manifest, card, every brand file, the kit and the brand page's parts.

Only a site that shows the brand page has them; any other keeps the theme's vector icon and stays light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pubhub.brand.collection import Collection, collection_of, fill
from pubhub.brand.kit import Kit
from pubhub.brand.manifest import ADDRESS, web_manifest
from pubhub.brand.page import Pages
from pubhub.content.catalog import Catalog
from pubhub.content.model import Item
from pubhub.engine.desk import Desk, Extra
from pubhub.engine.plan import File, Output
from pubhub.engine.version import digest
from pubhub.pages.views import Face, ItemView
from pubhub.urls import absolute

PAGE = "pages/brand/index.md"
_ICO, _TOUCH, _CARD = "favicon.ico", "apple-touch-icon.png", "social-card.png"


def brand_page(catalog: Catalog) -> Item | None:
    """The page of the brand, if this edition shows it."""
    found = (item for item in catalog.in_section("pages") if item.origin.uri == PAGE)
    return next((item for item in found if not catalog.is_withdrawn(item)), None)


def face_of(desk: Desk) -> Face | None:
    """What every page's head names. Raises ContentRefused for bad masters."""
    if brand_page(desk.catalog) is None:
        return None
    site = desk.catalog.vocabulary.site
    collection = collection_of(desk.theme, site)
    card = collection.named(_CARD)
    width, height = card.pixels or (0, 0)
    return Face(
        root=site.url,
        ico=collection.named(_ICO).url,
        touch_icon=collection.named(_TOUCH).url,
        manifest=ADDRESS,
        card=absolute(site.url, card.url),
        card_width=width,
        card_height=height,
        card_alt=f"{site.title}，{site.organisation}",
    )


def brand_files(desk: Desk) -> Iterator[Output]:
    """Everything, or nothing without the page. Raises ContentRefused for bad masters."""
    page = brand_page(desk.catalog)
    if page is None:
        return
    site = desk.catalog.vocabulary.site
    collection = collection_of(desk.theme, site)
    kit = Kit(collection, site, desk.vault)
    yield from map(collection.file, collection.files)
    # Where browsers look when nobody tells them.
    yield collection.file(collection.named(_ICO))._replace(url=_ICO)
    manifest = web_manifest(collection, site, desk.catalog.edition)
    yield File(ADDRESS, partial(bytes, manifest), digest(manifest))
    yield File(kit.address, partial(_kit_data, collection, kit, desk), kit.key)
    extra = Extra("kinds/brand.html", partial(_dressed, collection, kit, desk), _key(collection, kit))
    desk.extras = {**desk.extras, page.id: extra}


def _key(collection: Collection, kit: Kit) -> bytes:
    return digest(kit.key, *(one.key for one in collection.files))


def _kit_data(collection: Collection, kit: Kit, desk: Desk) -> bytes:
    _ready(collection, desk)
    return kit.data()


def _dressed(collection: Collection, kit: Kit, desk: Desk, view: ItemView) -> ItemView:
    if not desk.hurried:
        _ready(collection, desk)
    return replace(view, brand=Pages(collection, kit, desk.vault, desk.hurried).view())


def _ready(collection: Collection, desk: Desk) -> None:
    """Whoever asks first, the files are made here, on all cores; as a rule they are there."""
    if desk.vault is not None:
        fill(collection, desk.vault, collection.files)
