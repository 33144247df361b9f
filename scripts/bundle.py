"""From a content folder and a quarter to the bulletin bundle on disk; pubhub.bulletin.bundle makes its bytes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from pubhub.clock import quarter_days
from pubhub.content.catalog import Catalog, Edition
from pubhub.content.model import Issue
from pubhub.problems import ContentRefused, summary
from pubhub.theme import theme_folders
from scripts.words import Refusal, Words, tell
from scripts.writing import write


def make_bundle(content: Path, quarter: str, edition: Edition, today: dt.date, out: Path, words: Words) -> Path:
    """Writes the bundle of a quarter.

    Args:
        quarter: as the user typed it: 2026Q3, 2026-q3, 2026年第三季度.
        out: the file to write, or an existing folder to put it in under its own name.

    Returns:
        The file written.

    Raises:
        Refusal: no such quarter, or content that must not be published.
    """
    from pubhub.bulletin.bundle import Bundles, root_of
    from pubhub.press import Press

    press = Press(content, theme_folders(), edition, today)
    press.read()
    try:
        desk = press.desk()
        bundles = Bundles(desk)
    except ContentRefused as refused:
        for problem in refused.problems:
            tell(problem.text(words.lang))
        raise Refusal("content-refused", code=1, summary=summary(refused.problems, words.lang)) from None
    issue = find_issue(desk.catalog, quarter)
    name, data = f"{root_of(issue)}.zip", bundles.data(issue)
    file = out / name if out.is_dir() else out
    write(file, data)
    return file


def quarter_of_words(text: str) -> str:
    """`2026Q3` from what people write for it. Raises ValueError for anything else."""
    match = re.fullmatch(r"(20\d\d)\s*[-/年]?\s*(?:[Qq]|第)?\s*([1-4一二三四])\s*(?:季度?)?", text.strip())
    if not match:
        raise ValueError(text)
    number = match[2].translate(str.maketrans("一二三四", "1234"))
    quarter_days(f"{match[1]}Q{number}")
    return f"{match[1]}Q{number}"


def find_issue(catalog: Catalog, quarter: str) -> Issue:
    """The issue of a quarter. Raises Refusal with the quarters that there are."""
    issues = {issue.quarter: issue for issue in catalog.of_kind(Issue) if not catalog.is_withdrawn(issue)}
    known = "、".join(sorted(issues)) or "—"
    try:
        wanted = quarter_of_words(quarter)
    except ValueError:
        raise Refusal("quarter-form", code=2, value=quarter, known=known) from None
    if wanted not in issues:
        raise Refusal("quarter-missing", code=1, value=wanted, known=known)
    return issues[wanted]
