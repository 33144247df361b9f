"""A small content folder of its own for every test that writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.cli import main
from scripts.places import CONTENT

NEWS = """\
---
id: XB-2026-0901
title: 第一篇
date: 2026-03-02
summary: 一句话。
status: {status}
authors: [{author}]
unit: 某支行
scope: branch
---

正文第一段。
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A content folder with the project's vocabulary, one text ready to sign and one draft."""
    root = tmp_path / "内容"
    # Without what names items that are not there.
    skipped = shutil.ignore_patterns("finding.yml", "synonyms.yml")
    shutil.copytree(CONTENT / "_data", root / "_data", ignore=skipped)
    write_item(root, "ready")
    write_item(root, "draft", status="draft", id_="XB-2026-0902")
    return root


def write_item(
    root: Path, slug: str, *, status: str = "published", author: str = "xiaobao-bianji", id_: str = "XB-2026-0901"
) -> Path:
    """One news item."""
    file = root / "news" / "2026" / slug / "index.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(NEWS.format(status=status, author=author).replace("XB-2026-0901", id_).encode())
    return file


@pytest.fixture
def hub(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command line in this process: exit code, stdout, stderr."""
    for name in ("HUB_DATE", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("scripts.cli.CACHE", tmp_path / "cache")

    def run(*argv: object) -> tuple[int, str, str]:
        code = main([str(word) for word in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return run
