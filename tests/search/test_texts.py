"""What of an item can be found."""

from __future__ import annotations

from pubhub.content.model import Lesson
from pubhub.press import Press
from pubhub.search.texts import sheet_of
from pubhub.theme import theme_folders
from scripts.bench.corpus import DAY
from tests.site.builds import ROOT


def test_wrong_answers_are_no_words_of_a_lesson() -> None:
    press = Press(ROOT / "content", theme_folders(), "public", DAY)
    press.read()
    catalog = press.desk().catalog
    lessons = [one for one in catalog.of_kind(Lesson) if one.quiz]
    assert lessons
    for lesson in lessons:
        lines = sheet_of(catalog, lesson, "<p>正文</p>").body.split("\n")
        for question in lesson.quiz:
            right = question.options[question.answer - 1]
            assert {question.question, right, question.explain} <= set(lines)
            assert not (set(question.options) - {right}) & set(lines)
