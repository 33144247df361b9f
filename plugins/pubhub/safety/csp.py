"""The strict content security policy: takes the inline scripts there are, gives the policy, `_headers` and an nginx snippet."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

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


def headers_file(csp: str) -> str:
    """`_headers`, as static hosts read it."""
    rows = "".join(f"  {name}: {value}\n" for name, value in _headers(csp))
    return f"/*\n{rows}\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"


def nginx_snippet(csp: str) -> str:
    """To be included in a `server` block; assets have hashed names, so they may be kept for a year."""
    rows = "".join(f'add_header {name} "{value}" always;\n' for name, value in _headers(csp))
    inner = "".join(f"    {line}\n" for line in rows.splitlines())
    return (
        "# include this file in the server block of the site\n"
        f"{rows}"
        "error_page 404 /404.html;\n"
        "charset utf-8;\n"
        "location ~ ^/(_|\\.) { return 404; }\n"
        "location /assets/ {\n"
        "    # a location with headers of its own inherits none\n"
        f"{inner}"
        '    add_header Cache-Control "public, max-age=31536000, immutable" always;\n'
        "}\n"
    )
