"""QR codes: takes an address, gives an SVG with the quiet zone of four modules that scanners need."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> bytes:
    """Dark on white, whatever the page's colours: scanners want it so."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        scale=4,
        dark="#1f2328",
        light="#ffffff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue()
