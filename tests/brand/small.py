"""A theme with two small drawings and a recipe that makes one file of every kind: quick enough to render again and again."""

from __future__ import annotations

import shutil
from pathlib import Path

from pubhub.brand.recipe import Recipe, read_recipe
from tests.site.builds import ROOT

MARK = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
  <path fill="#b4161b" d="M10 10H86V50Q86 80 48 92Q10 80 10 50Z"/>
  <circle cx="48" cy="44" r="16" fill="none" stroke="#fff3e0" stroke-width="6"/>
</svg>
"""
GUARD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 140">
  <circle cx="60" cy="40" r="34" fill="#d2352f"/>
  <path fill="#b4161b" d="M20 136Q20 76 60 76Q100 76 100 136Z"/>
</svg>
"""
RECIPE = """\
date = 2026-11-24

[[group]]
id = "logo"
name = "标志"
note = "说明。"
kit = true
[[group]]
id = "site"
name = "网站图标"
note = "说明。"
kit = false

[[master]]
name = "mark"
box = [96, 96]
least = [24, 8]
title = "标志图形"
use = "单用。"
[[master]]
name = "guard"
box = [120, 140]
least = [48, 15]
title = "问好"
use = "欢迎。"
alt = "小卫士问好"
pose = true

[[step]]
make = "fit"
group = "logo"
of = "*"
widths = [24, 61]
formats = ["png", "webp", "avif"]
[[step]]
make = "print"
group = "logo"
of = "mark"
papers = ["a4"]
[[step]]
make = "sheet"
group = "logo"
of = "guard"
papers = ["a4", "a3"]
[[step]]
make = "card"
group = "logo"
name = "cover"
title = "封面"
layout = "cover"
of = ["mark", "guard"]
size = [900, 383]
[[step]]
make = "ico"
group = "site"
of = "mark"
name = "favicon"
title = "图标"
sizes = [16, 32, 48, 64, 128, 256]
[[step]]
make = "icon"
group = "site"
of = "mark"
name = "maskable-{size}"
title = "可裁切"
sizes = [192]
ground = "paper"
circle = 0.76
[[step]]
make = "icon"
group = "site"
of = "mark"
name = "icon-{size}"
title = "图标"
sizes = [64]
circle = 1.0
"""


def small_recipe() -> Recipe:
    """One file of every kind."""
    return read_recipe(RECIPE)


def small_theme(folder: Path) -> Path:
    """A theme with the masters and the project's tokens."""
    brand = folder / "theme" / "assets" / "brand"
    brand.mkdir(parents=True)
    (brand / "mark.svg").write_text(MARK, "utf-8")
    (brand / "guard.svg").write_text(GUARD, "utf-8")
    shutil.copy(ROOT / "theme" / "tokens.toml", folder / "theme")
    return folder / "theme"
