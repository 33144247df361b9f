"""hub assets on a small theme: makes what is missing, says what is wrong, writes a folder and touches nothing that is not ours."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pubhub.brand.recipe import read_recipe
from pubhub.engine.vault import vault_of
from scripts.places import CONTENT
from tests.brand.small import MARK, RECIPE, small_theme

Hub = Callable[..., tuple[int, str, str]]
COUNT = 19


@pytest.fixture
def assets(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """The command on the small theme, with a cache of its own."""
    theme = small_theme(tmp_path)
    monkeypatch.setattr("scripts.commands.assets.OWN", theme)
    monkeypatch.setattr("scripts.commands.assets.CACHE", tmp_path / "cache")
    use(monkeypatch, RECIPE)
    return lambda *words: hub("assets", *words)


def use(monkeypatch: pytest.MonkeyPatch, recipe: str) -> None:
    monkeypatch.setattr("pubhub.brand.collection.own_recipe", lambda: read_recipe(recipe))


def kept(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "cache" / "vault").rglob("*") if path.is_file())


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_first_all_then_nothing(assets: Hub, tmp_path: Path) -> None:
    code, out, err = assets()
    assert (code, err) == (0, "")
    assert out.startswith(f"品牌文件齐全：共 {COUNT} 个，")
    assert f"新做 {COUNT} 个" in out
    before = {path: path.stat().st_ino for path in kept(tmp_path)}
    assert len(before) == COUNT
    code, out, _ = assets()
    assert code == 0
    assert "新做 0 个" in out
    assert {path: path.stat().st_ino for path in kept(tmp_path)} == before
    assert assets("--check") == (0, f"品牌文件齐全、最新、完好：共 {COUNT} 个。\n", "")


def test_check_finds_what_is_missing_or_damaged_and_makes_nothing(assets: Hub, tmp_path: Path) -> None:
    code, out, err = assets("--check")
    assert (code, out) == (1, "")
    assert err.count("缺少：") == COUNT
    assert f"有 {COUNT} 个品牌文件不对。" in err
    assert not kept(tmp_path)
    assert assets()[0] == 0
    gone, hurt = kept(tmp_path)[:2]
    gone.unlink()
    hurt.write_bytes(hurt.read_bytes()[:-1] + b"?")
    code, _, err = assets("--check")
    assert code == 1
    assert (err.count("缺少："), err.count("损坏：")) == (1, 1)
    assert "assets" in err.splitlines()[-1]
    assert "新做 2 个" in assets()[1]
    assert assets("--check")[0] == 0


def test_a_changed_master_makes_its_own_files_anew(assets: Hub, tmp_path: Path) -> None:
    assets()
    (tmp_path / "theme/assets/brand/mark.svg").write_text(MARK.replace("16", "15"), "utf-8")
    code, _, err = assets("--check")
    assert code == 1
    assert "mark-24.png" in err
    assert "guard-24.png" not in err
    assert f"新做 {sum('guard' not in line for line in names())} 个" in assets()[1]


def names() -> list[str]:
    found = [
        f"{master}-{width}.{suffix}"
        for master in ("mark", "guard")
        for width in (24, 61)
        for suffix in ("png", "webp", "avif")
    ]
    found += ["mark-a4-300dpi.png", "guard-a4.pdf", "guard-a3.pdf", "cover.png"]
    return [*found, "favicon.ico", "maskable-192.png", "icon-64.png"]


def test_only_some(assets: Hub, tmp_path: Path) -> None:
    code, out, _ = assets("--only", "guard-*.png")
    assert code == 0
    assert "共 2 个" in out
    assert len(kept(tmp_path)) == 2
    assert assets("--check", "--only", "guard-*.png")[0] == 0
    assert assets("--check", "--only", "logo/*.png")[0] == 1


def test_only_what_does_not_exist_is_refused_with_near_names(assets: Hub, tmp_path: Path) -> None:
    code, out, err = assets("--only", "gaurd-24*")
    assert (code, out) == (2, "")
    assert err.startswith("没有名称符合“gaurd-24*”的品牌文件。相近的有：")
    assert "guard-24.png" in err
    assert not kept(tmp_path)
    assert assets("--only", "zzzz")[2] == "没有名称符合“zzzz”的品牌文件。\n"


def test_a_folder_for_people(assets: Hub, tmp_path: Path) -> None:
    out = tmp_path / "品牌"
    code, said, _ = assets("--out", out)
    assert code == 0
    assert f"更新 {COUNT} 个，删去 0 个" in said
    files = tree(out)
    record = json.loads(files.pop("assets.json"))["files"]
    assert {path.rpartition("/")[2] for path in files} == set(names())
    assert {one["name"]: (one["size"], one["sha256"]) for one in record} == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
    }
    vault = vault_of(tmp_path / "cache")
    assert {one["name"]: vault.get(bytes.fromhex(one["key"])) for one in record} == files
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert "更新 0 个，删去 0 个" in assets("--out", out)[1]
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert assets("--check", "--out", out)[0] == 0


def test_check_of_a_folder(assets: Hub, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assets("--out", out)
    (out / "logo/mark-24.png").unlink()
    (out / "logo/mark-61.png").write_bytes(b"?")
    (tmp_path / "theme/assets/brand/guard.svg").write_text(MARK.replace("96 96", "120 140"), "utf-8")
    assets()
    code, _, err = assets("--check", "--out", out)
    assert code == 1
    assert "缺少：logo/mark-24.png" in err
    assert "损坏：logo/mark-61.png" in err
    assert "过期：logo/guard-24.png" in err
    assert f'--out "{out}"' in err
    assert assets("--out", out)[0] == 0
    assert assets("--check", "--out", out)[0] == 0


def test_what_the_recipe_no_longer_makes_goes_and_nothing_else(
    assets: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assets("--out", out)
    (out / "logo" / "我的.txt").write_text("自己放的", "utf-8")
    (out / "logo" / "guard-61.avif").write_bytes(b"somebody changed this")
    use(monkeypatch, RECIPE.replace("widths = [24, 61]", "widths = [24]").replace("sizes = [64]", "sizes = [65]"))
    code, _, err = assets("--check", "--out", out)
    assert code == 1
    assert "多余：logo/mark-61.png" in err
    said = assets("--out", out)[1]
    # Six pictures and an icon are no longer wanted; one of them is not ours any more.
    assert "更新 1 个，删去 6 个" in said
    left = tree(out)
    assert {"logo/我的.txt", "logo/guard-61.avif", "site/icon-65.png"} <= left.keys()
    assert "logo/mark-61.png" not in left
    assert "site/icon-64.png" not in left


@pytest.mark.parametrize("record", ["{", "[]", '{"files": [{"name": "../../x"}]}'])
def test_a_record_that_is_not_ours_is_left_alone(assets: Hub, tmp_path: Path, record: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "assets.json").write_text(record, "utf-8")
    code, _, err = assets("--out", out)
    assert code == 2
    assert "assets.json 读不出来" in err
    assert tree(out) == {"assets.json": record.encode()}


def test_a_record_cannot_reach_outside(assets: Hub, tmp_path: Path) -> None:
    out, victim = tmp_path / "out", tmp_path / "victim.txt"
    victim.write_text("x", "utf-8")
    out.mkdir()
    entry = {"name": "../victim.txt", "size": 1, "sha256": hashlib.sha256(b"x").hexdigest(), "key": "00"}
    (out / "assets.json").write_text(json.dumps({"files": [entry]}), "utf-8")
    assert assets("--out", out)[0] == 2
    assert victim.read_text("utf-8") == "x"


def test_a_folder_with_other_things_is_refused(assets: Hub, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "photo.jpg").write_bytes(b"x")
    code, _, err = assets("--out", other)
    assert code == 2
    assert "为了不丢东西没有动它" in err
    assert tree(other) == {"photo.jpg": b"x"}
    for place in (CONTENT, CONTENT.parent, CONTENT.parent / "theme" / "kit", other / "photo.jpg"):
        assert assets("--out", place)[0] == 2
    assert not kept(tmp_path)


def test_bad_masters_are_listed_and_nothing_is_made(assets: Hub, tmp_path: Path) -> None:
    brand = tmp_path / "theme/assets/brand"
    (brand / "mark.svg").write_text(MARK.replace("</svg>", "<script/></svg>"), "utf-8")
    (brand / "guard.svg").unlink()
    code, out, err = assets()
    assert (code, out) == (1, "")
    assert [line.rpartition("[")[2] for line in err.splitlines()[:2]] == ["master-missing]", "master-active]"]
    assert err.splitlines()[-1] == "母版或品牌色有错误，没有做任何文件。请先改正上面列出的问题。"
    assert not kept(tmp_path)
    _, _, english = assets("--lang", "en")
    assert english.splitlines()[-1].startswith("Masters or colours are wrong")


def test_a_strange_colour_is_named_and_the_files_are_made(assets: Hub, tmp_path: Path) -> None:
    (tmp_path / "theme/assets/brand/mark.svg").write_text(MARK.replace("#fff3e0", "#fff3e1"), "utf-8")
    code, out, err = assets("--only", "mark-24.png")
    assert code == 0
    assert "共 1 个" in out
    assert "颜色 #fff3e1 不在品牌色里" in err


def test_a_vault_in_the_way_is_said(assets: Hub, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    code, _, err = assets("--only", "mark-24.png")
    assert code == 1
    assert "1 个文件做好了却存不进" in err


def test_looking_needs_no_renderer() -> None:
    program = "import sys, scripts.commands.assets; print(sorted({'resvg_py', 'typst', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=CONTENT.parent
    )
    assert done.stdout.strip() == "[]"
