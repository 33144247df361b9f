"""The strict content security policy: takes the inline scripts there are, gives the policy, `_headers` and an nginx snippet."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

OPEN = (
    ("*atom.xml", "application/atom+xml; charset=utf-8"),
    ("*rss.xml", "application/rss+xml; charset=utf-8"),
    ("*feed.json", "application/feed+json; charset=utf-8"),
    ("*.cap.xml", "application/cap+xml; charset=utf-8"),
    ("alerts/cap.xml", "application/atom+xml; charset=utf-8"),
    ("*.ics", "text/calendar; charset=utf-8"),
    ("*.csv", "text/csv; charset=utf-8"),
    ("alerts.json", "application/json; charset=utf-8"),
    ("items.json", "application/json; charset=utf-8"),
    ("data/*.json", "application/json; charset=utf-8"),
    ("schemas/*.json", "application/schema+json; charset=utf-8"),
)
"""Public data, which pages of other sites may read, and what each is. No file fits two places: a host would send both headers."""
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def script_hash(text: str) -> str:
    """'sha256-…' of an inline script, exactly as it stands between its tags."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def policy(inline_scripts: Iterable[str]) -> str:
    """Nothing but our own files and these inline scripts; good for `<meta>` (frame-ancestors only works as a header)."""
    hashes = "".join(f" '{script_hash(text)}'" for text in sorted(set(inline_scripts)) if text)
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self'{hashes}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        ]
    )


def _headers(csp: str) -> list[tuple[str, str]]:
    return [
        ("Content-Security-Policy", f"{csp}; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", PERMISSIONS),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]


def headers_file(csp: str, root: str = "/", shared: bool = True) -> str:
    """`_headers`, as static hosts read it.

    Args:
        root: path of the site on its host.
        shared: whether pages of other sites may read the data; never those of the staff edition.
    """
    rows = "".join(f"  {name}: {value}\n" for name, value in _headers(csp))
    kept = f"\n{root}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    typed = (f"\n{root}{place}\n  Content-Type: {kind}\n" for place, kind in OPEN)
    allowed = "  Access-Control-Allow-Origin: *\n" if shared else ""
    return f"/*\n{rows}{kept}" + "".join(row + allowed for row in typed)


def nginx_snippet(csp: str, root: str = "/", shared: bool = True, moved: Iterable[tuple[str, str]] = ()) -> str:
    """To be included in a `server` block; assets have hashed names, so they may be kept for a year.

    moved: old and new addresses, site-relative; the rest as for `headers_file`.
    """
    rows = "".join(f'add_header {name} "{value}" always;\n' for name, value in _headers(csp))
    inner = "".join(f"    {line}\n" for line in rows.splitlines())
    allowed = f'{inner}    add_header Access-Control-Allow-Origin "*" always;\n' if shared else ""
    typed = (
        f'location ~ {_pattern(root + place)} {{\n    types {{ }}\n    default_type "{kind}";\n{allowed}}}\n'
        for place, kind in OPEN
    )
    return (
        "# include this file in the server block of the site\n"
        f"{rows}"
        f"error_page 404 {root}404.html;\n"
        "charset utf-8;\n"
        f"location ~ ^{re.escape(root)}(_|\\.) {{ return 404; }}\n"
        f"location {root}assets/ {{\n"
        "    # a location with headers of its own inherits none\n"
        f"{inner}"
        '    add_header Cache-Control "public, max-age=31536000, immutable" always;\n'
        "}\n"
        f"{''.join(typed)}"
    ) + "".join(f"location = {root}{old} {{ return 301 {root}{new}; }}\n" for old, new in moved)


def _pattern(place: str) -> str:
    return "^" + re.escape(place).replace("\\*", ".*") + "$"
