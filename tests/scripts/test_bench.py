"""hub bench: a corpus that is valid and always the same, figures that are right, and one tiny run from end to end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from scripts.bench import edits, layout, prose, walk
from scripts.bench.compare import ALL
from scripts.bench.corpus import DAY, Piece, corpus
from scripts.bench.figures import Figures, compared, summed
from scripts.bench.generators import Step
from scripts.bench.measure import Run, run
from scripts.bench.peers import GROUPS, PEERS
from scripts.bench.sizes import loaded, sizes
from scripts.bench.table import SCENARIOS, aligned, table, width
from scripts.bench.tools import Tools
from scripts.bench.trees import Size, differences, digest
from scripts.commands.bench import chosen, occupy
from scripts.words import Refusal, Words

Hub = Callable[..., tuple[int, str, str]]
ITEMS = 60
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hub bench reads /proc")


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return corpus(ITEMS)


def some_runs(*walls: float) -> list[Run]:
    return [Run(wall, wall * 2, 100, 200, 0.0, 0, {"a": wall / 2, "b": wall / 2}) for wall in walls]


def figures(generator: str, scenario: str, *walls: float) -> Figures:
    return summed(generator, scenario, 100, some_runs(*walls), Size(5_000_000, 7))


def test_the_same_corpus_every_time(pieces: list[Piece], tmp_path: Path) -> None:
    assert corpus(ITEMS) == pieces
    for name in "ab":
        layout.write_tree(tmp_path / name, pieces)
    assert differences(tmp_path / "a", tmp_path / "b") == []
    assert corpus(ITEMS, seed=1) != pieces


def test_a_corpus_has_nothing_to_be_mended(pieces: list[Piece], tmp_path: Path, hub: Hub) -> None:
    layout.write_tree(tmp_path / "c", pieces)
    code, out, err = hub("check", "--content", tmp_path / "c")
    assert (code, out + err) == (0, "共读取 67 篇。错误 0 处，未发布 0 项，提醒 0 条。\n")


def test_pictures_are_valid(tmp_path: Path, hub: Hub) -> None:
    pieces = corpus(5, pictures=5)
    layout.write_tree(tmp_path / "c", pieces)
    assert sum(1 for _ in (tmp_path / "c").rglob("*.jpg")) == sum(len(piece.pictures) for piece in pieces) > 0
    assert hub("check", "--content", tmp_path / "c")[0] == 0


def test_a_corpus_is_like_real_life() -> None:
    pieces = corpus(2000)
    items = [piece for piece in pieces if piece.kind != "issue"]
    shares = {kind: count / len(items) for kind, count in Counter(piece.kind for piece in items).items()}
    assert len(items) == 2000
    assert len(pieces) == 2004
    assert shares == pytest.approx(
        {"article": 0.35, "alert": 0.2, "case": 0.15, "news": 0.15, "lesson": 0.1, "event": 0.05}, abs=0.03
    )
    expired = [p for p in items if not p.withdrawn and str(p.fields.get("expires", "9")) < DAY.isoformat()]
    gone = sum(piece.withdrawn for piece in items) + len(expired)
    assert gone / len(items) == pytest.approx(0.1, abs=0.02)
    assert all(660 <= prose.han(piece.body) <= 900 for piece in items)
    assert all(2 <= len(piece.topics) <= 4 for piece in items)
    assert sum("](XB-" in piece.body for piece in items) / len(items) == pytest.approx(0.3, abs=0.04)
    assert len({piece.id for piece in pieces}) == len({piece.place for piece in pieces}) == len(pieces)
    assert (DAY - items[0].date).days > 4.9 * 365
    assert items[-1].date < DAY
    assert len({piece.body for piece in items}) == len(items)


def test_every_edit_leaves_a_tree_that_can_be_published(pieces: list[Piece], tmp_path: Path, hub: Hub) -> None:
    root, random = tmp_path / "c", Random(1)
    layout.write_tree(root, pieces)
    state = {piece.id: piece for piece in pieces}
    for number, (name, make) in enumerate(edits.SCENARIOS.items()):
        edit = make(state, random, number)
        assert edit.name == name
        assert edit.piece is not None
        if not edit.template:
            layout.write_piece(root, edit.piece)
            layout.enter(root, edit.piece)
        state = edit.state
    code, out, err = hub("check", "--content", root)
    # An issue that printed what is withdrawn now waits, and nothing else does.
    assert "共读取 68 篇。错误 0 处，未发布 1 项" in out + err
    assert "[column-hidden]" in out
    assert code == 1


@linux
def test_a_walk_never_leaves_the_valid(tmp_path: Path, hub: Hub) -> None:
    ground = walk.prepare(tmp_path, ITEMS)
    before = digest(tmp_path)
    for number, (name, make) in enumerate([*walk.EDITS.items(), *walk.EDITS.items()]):
        ground.number = number
        assert make(ground), name
        assert before != (before := digest(tmp_path)), f"{name} changed nothing"
    _, out, err = hub("check", "--content", ground.warm.content)
    assert "错误 0 处" in out + err
    # Issues that printed what the walk has withdrawn wait, and nothing else does.
    assert all("[column-hidden]" in line for line in out.splitlines() if "未发布:" in line)


def test_yaml_says_what_was_meant() -> None:
    import yaml

    values: dict[str, object] = {
        "title": "第一：说“不” # 不是注释",
        "version": "2026.1",
        "colon": "a: b",
        "list": ["a-b", "c"],
        "sentences": ["有空 格", "- 像列表"],
        "map": {"at": "x", "inner": ["一", "二"]},
        "records": [{"text": "甲", "url": "https://www.gov.cn/"}, {"text": "乙"}],
    }
    assert yaml.safe_load(layout.yaml(values)) == values


def test_medians_rates_and_ratios() -> None:
    found = compared(
        [figures("pubhub", "cold", 3, 1, 2), figures("hugo", "cold", 1), figures("hugo", "text", 9)], "pubhub"
    )
    ours, theirs, other = found
    assert (ours.wall, ours.cpu, ours.rate, ours.walls) == (2, 4, 50, (3, 1, 2))
    assert ours.steps == {"a": 1, "b": 1}
    assert ours.ratios == {"hugo": 0.5}
    assert theirs.ratios == other.ratios == {}
    assert json.loads(json.dumps(ours.plain()))["rate"] == 50


def test_a_table_stands_straight() -> None:
    found = compared([figures("pubhub", "cold", 2), figures("hugo+pagefind", "cold", 30)], "pubhub")
    text = table(found, Words())
    assert text.splitlines()[0] == "全新生成"
    assert {width(line) for line in text.splitlines()[1:]} == {width(text.splitlines()[-1])}
    assert text.splitlines()[-1].split()[-1] == "15.00×"
    assert table(found, Words("en")).startswith("Cold\ngenerator")
    assert aligned([("工具", "a"), ("x", "中文")]) == "工具     a\nx     中文"


def test_every_scenario_and_edit_has_a_name() -> None:
    assert tuple(SCENARIOS) == ALL
    assert {name for group in GROUPS.values() for name in group} == set(PEERS)


def test_what_differs_is_named(tmp_path: Path) -> None:
    for place, text in {
        "a/same": "1",
        "b/same": "1",
        "a/other": "1",
        "b/other": "2",
        "a/only": "",
        "b/more": "",
    }.items():
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    assert differences(tmp_path / "a", tmp_path / "b") == ["- only", "+ more", "≠ other"]
    assert digest(tmp_path / "a") != digest(tmp_path / "b")
    assert digest(tmp_path / "none") == digest(tmp_path / "nothing")


def test_the_first_view_is_what_a_page_loads(tmp_path: Path) -> None:
    page = (
        '<link rel="stylesheet" href="../../s.css"><link rel="canonical" href="../../c.html"><script src="/j.js"></script>'
        '<img src="p.png"><img src="late.png" loading="lazy"><a href="x.html">x</a><img src="https://elsewhere/y.png">'
    )
    article = tmp_path / "articles" / "2026" / "a.html"
    article.parent.mkdir(parents=True)
    article.write_text(page, "utf-8")
    for name in ("s.css", "j.js", "c.html", "index.html", "articles/2026/p.png", "articles/2026/late.png", "f.woff2"):
        (tmp_path / name).write_text("url(f.woff2)" if name == "s.css" else name, "utf-8")
    names = [path.name for path in loaded(tmp_path, "articles/2026/a.html")]
    assert names == ["s.css", "f.woff2", "j.js", "p.png"]
    assert sizes(tmp_path).largest == "articles/2026/a.html"
    assert sizes(tmp_path).first_article > sizes(tmp_path).median_article > 0


@pytest.mark.parametrize("name", PEERS)
def test_peers_get_the_same_texts(name: str, pieces: list[Piece], tmp_path: Path) -> None:
    peer = PEERS[name](tmp_path / name, Tools(tmp_path / "venv"))
    peer.prepare(pieces)
    text = "\n".join(path.read_text("utf-8") for path in sorted(peer.source.rglob("*.md")))
    for piece in pieces:
        assert piece.title in text
        assert piece.withdrawn or max(piece.body.split("\n"), key=len)[:40] in text
    assert "](XB-" not in text
    assert ("!!! scam" in text) == name.startswith("material")
    before = digest(peer.source)
    peer.touch_template("改过")
    peer.touch_template("又改过")
    assert before != digest(peer.source)
    template = (peer.source / peer.template).read_text("utf-8")
    assert "又改过" in template
    assert ">改过" not in template


@linux
def test_a_run_is_watched_with_its_children(tmp_path: Path) -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(0.5)"
    code = f"import subprocess, sys; [t.wait() for t in [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in '12']]"
    done = run([Step("two", (sys.executable, "-c", code), tmp_path)], tmp_path / "log")
    assert done.code == 0
    assert done.memory > 160_000_000
    assert done.wall > 0.5
    assert 0 < done.cpu < done.wall * 2
    failed = run(
        [Step("bad", (sys.executable, "-c", "print('said'); exit(3)"), tmp_path), Step("never", ("no",), tmp_path)],
        tmp_path / "log",
    )
    assert (failed.code, failed.said, list(failed.steps)) == (3, "said\n", ["bad"])


def test_names_and_folders_are_checked(tmp_path: Path) -> None:
    assert chosen("cold, text", ALL) == ["cold", "text"]
    with pytest.raises(Refusal, match="bench-unknown"):
        chosen("cold,tepid", ALL)
    (tmp_path / "mine").touch()
    with pytest.raises(Refusal, match="bench-foreign"):
        occupy(tmp_path)


@linux
def test_from_end_to_end(tmp_path: Path, hub: Hub) -> None:
    work, report = tmp_path / "work", tmp_path / "figures.json"
    options = (
        "--items",
        12,
        "--repeats",
        1,
        "--peers",
        "none",
        "--only",
        "text,withdrawn",
        "--work",
        work,
        "--json",
        report,
    )
    code, out, err = hub("bench", *options, "--gzip")
    assert code == 0, err
    assert "改一篇的正文" in out
    found = json.loads(report.read_text("utf-8"))
    assert [one["scenario"] for one in found["figures"]] == ["text", "withdrawn"]
    assert all(one["wall"] > 0 and one["memory"] > 1e6 and one["size"]["files"] > 12 for one in found["figures"])
    assert found["machine"]["cores"] >= 1
    assert found["sizes"]["pubhub"]["first_home"] > 1000
    assert hub("bench", "--clean", "--work", work)[0] == 0
    assert not work.exists()
