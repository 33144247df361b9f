# -*- coding: utf-8 -*-
# ruff: noqa: E402, PTH100, PTH118, PTH120, RUF005, UP009, UP010, UP036
"""The one door: `python3 scripts/hub.py COMMAND`, from any folder.

This file alone must be readable by every Python since 2.7, so that a too old one gets a sentence and no SyntaxError.
"""

from __future__ import unicode_literals

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

if sys.version_info < (3, 11):
    zh = (
        "这台电脑上的 Python 太旧：找到的是 %d.%d.%d（%s），需要 3.11 或更新的版本。\n"
        "  Windows：到 https://www.python.org/downloads/ 下载安装，装好后运行 py scripts\\hub.py。\n"
        "  macOS：到 https://www.python.org/downloads/ 下载安装，或运行 brew install python@3.12。\n"
        "  Debian/Ubuntu：sudo apt install python3.11 python3.11-venv，然后运行 python3.11 scripts/hub.py。\n"
    )
    en = (
        "This Python is too old: found %d.%d.%d (%s), needed 3.11 or newer.\n"
        "  Windows: install it from https://www.python.org/downloads/, then run py scripts\\hub.py.\n"
        "  macOS: install it from https://www.python.org/downloads/, or brew install python@3.12.\n"
        "  Debian/Ubuntu: sudo apt install python3.11 python3.11-venv, then run python3.11 scripts/hub.py.\n"
    )
    given = " ".join(sys.argv[1:]).replace("=", " ") + " "
    text = (en if "--lang en " in given else zh) % (tuple(sys.version_info[:3]) + (sys.executable,))
    try:
        data = text.encode(sys.stderr.encoding or "utf-8")
    except (LookupError, UnicodeError):
        data = text.encode("utf-8")
    getattr(sys.stderr, "buffer", sys.stderr).write(data)
    sys.exit(3)

# The folder of this file would offer our modules as top-level ones; the project root is what is meant.
if sys.path and os.path.abspath(sys.path[0] or ".") == os.path.join(ROOT, "scripts"):
    del sys.path[0]
sys.path.insert(0, ROOT)

from scripts.door import leave, main

if __name__ == "__main__":
    leave(main(sys.argv[1:]))
