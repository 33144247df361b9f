"""What changes while a site is being built: never printed unreviewed, never forgotten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pubhub.content.loader import read_body
from pubhub.engine.workers import WorkerFailed, spread
from pubhub.problems import ContentRefused
from tests.engine.test_incremental import Place


def test_a_body_that_changed_after_it_was_judged_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path)
    workshop = place.workshop()
    workshop.read()
    item = workshop.press.tree.loaded[0].item
    assert read_body(place.content, item)
    file = place.content / item.origin.uri
    file.write_text(file.read_text("utf-8") + "没有审核的一句。\n", "utf-8")
    with pytest.raises(ContentRefused) as refused:
        read_body(place.content, item)
    assert [p.code for p in refused.value.problems] == ["changed-meanwhile"]


def test_a_bundle_never_holds_a_text_that_nobody_signed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    workshop = place.workshop()
    workshop.read()
    file = place.content / "alerts" / "2026" / "fake-refund-service" / "index.md"
    file.write_text(file.read_text("utf-8") + "\n没有审核的一句。\n", "utf-8")
    (tmp_path / "next").mkdir()
    with pytest.raises(ContentRefused):
        workshop.print(tmp_path / "next")


@pytest.mark.parametrize("what", ["data", "item", "theme"])
def test_a_change_during_a_build_is_seen_by_the_next(tmp_path: Path, what: str) -> None:
    place = Place(tmp_path)
    workshop = place.workshop()
    workshop.read()
    staging = tmp_path / "next"
    staging.mkdir()
    emitted = workshop.print(staging)
    if what == "data":
        place.change(place.content / "_data" / "site.yml", r"^licence: .*$", "licence: 新的说明")
    elif what == "item":
        place.change(place.content / "news" / "2026" / "silver-class" / "index.md", r"^status: .*$", "status: draft")
    else:
        with (place.theme / "parts" / "footer.html").open("a", encoding="utf-8") as footer:
            footer.write("{# changed #}<!-- changed -->")
    staging.rename(place.out)
    workshop.remember(emitted)
    assert place.workshop().unchanged() is None
    place.print()
    clean = place.clean()
    assert {url: data for url, data in clean.items() if (place.out / url).read_bytes() != data} == {}


def test_a_killed_worker_is_an_error_of_its_own() -> None:
    import os
    import signal

    def die(items: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerFailed):
        list(spread(die, list(range(200)), 10, workers=2))


def test_what_a_worker_raises_arrives() -> None:
    def fail(items: object) -> dt.date:
        raise ValueError("so")

    with pytest.raises(ValueError, match="so"):
        list(spread(fail, list(range(200)), 10, workers=2))


def test_many_results_arrive_whole() -> None:
    def work(numbers: object) -> list[bytes]:
        assert isinstance(numbers, list)
        return [bytes(number % 251 for _ in range(3000)) for number in numbers]

    parts = list(spread(work, list(range(500)), 7, workers=3))
    assert sorted(len(data) for part in parts for data in part) == [3000] * 500
