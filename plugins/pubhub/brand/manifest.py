"""The web app manifest: takes the site's words, icons and colours, gives JSON with relative addresses."""

from __future__ import annotations

import json

from pubhub.brand.collection import Collection
from pubhub.content.vocabulary import Site

ADDRESS = "manifest.webmanifest"
"""At the root, since its scope is where it stands."""


def web_manifest(collection: Collection, site: Site, edition: str) -> bytes:
    """UTF-8."""
    mark = "（内部版）" if edition == "staff" else ""
    paper = collection.tokens.light["paper"]
    icons = [
        {
            "src": one.url,
            "sizes": "x".join(map(str, one.pixels or ())),
            "type": "image/png",
            "purpose": "maskable" if one.name.startswith("maskable") else "any",
        }
        for one in collection.files
        if one.name.startswith(("icon-", "maskable-"))
    ]
    record = {
        "name": site.title + mark,
        "short_name": site.name + mark,
        "description": site.description,
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": icons,
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
