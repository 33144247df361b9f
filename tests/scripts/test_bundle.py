"""hub bundle and hub verify: what they write, refuse, sign and say."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from scripts.bundle import quarter_of_words

Hub = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("text", ["2026Q3", "2026q3", " 2026-Q3", "2026/3", "2026年第三季度", "2026年3季度"])
def test_a_quarter_as_people_write_it(text: str) -> None:
    assert quarter_of_words(text) == "2026Q3"


@pytest.mark.parametrize("text", ["", "Q3", "2026", "2026Q5", "2026Q33", "1999Q1", "上季度"])
def test_no_quarter(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        quarter_of_words(text)


@pytest.fixture
def tree(tree: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A tree with an issue that is ready to sign."""
    monkeypatch.setattr("scripts.bundle.CACHE", tmp_path / "cache")
    hub("new", "issue", "--content", tree, "--slug", "2026q3", "--date", "2026-07-01", "--set", "summary=一句话。")
    file = tree / "bulletin/2026/2026q3/index.md"
    text = file.read_text("utf-8").replace("status: draft", "status: published")
    text = re.sub("（[^（）]*）", "写好的一句。", text)
    file.write_text(text.replace("工作动态: []", "工作动态: [XB-2026-0901]"), "utf-8")
    return tree


def sign(hub: Hub, *files: Path) -> None:
    for person, line in (("yewu-shenhe", "business"), ("falv-shenhe", "independent")):
        assert hub("approve", *files, "--as", person, "--line", line)[0] == 0


def test_a_bundle_is_written_described_and_verified(tree: Path, hub: Hub, tmp_path: Path) -> None:
    sign(hub, tree / "bulletin/2026/2026q3", tree / "news/2026/ready")
    out = tmp_path / "out"
    code, text, err = hub("bundle", "2026年第三季度", "--content", tree, "--out", f"{out}/")
    assert (code, err) == (0, "")
    (bundle,) = out.iterdir()
    assert bundle.name == "bulletin-2026Q3.zip"
    assert zipfile.is_zipfile(bundle)
    assert bundle.name in text
    assert re.search("SHA-256 [0-9a-f]{64}", text)
    code, text, _ = hub("verify", bundle)
    assert code == 0
    assert f"SHA-256 {hashlib.sha256(bundle.read_bytes()).hexdigest()}" in text
    # Some unpackers put the bundle's folder into one more of the same name.
    zipfile.ZipFile(bundle).extractall(tmp_path / "unpacked")
    assert hub("verify", tmp_path / "unpacked")[0] == 0
    assert "全部正确" in text
    assert hub("bundle", "2026Q3", "--content", tree, "--out", out, "--check")[:2] == (0, f"是最新的：{bundle}\n")
    data = bytearray(bundle.read_bytes())
    data[data.index(b"%PDF") + 9] ^= 1
    bundle.write_bytes(bytes(data))
    code, text, _ = hub("bundle", "2026Q3", "--content", tree, "--out", out, "--check")
    assert code == 1
    assert "不是最新的" in text
    assert "bulletin-screen.pdf：内容损坏" in text
    assert bundle.read_bytes() == bytes(data)
    code, text, _ = hub("verify", bundle, "--lang", "en")
    assert code == 1
    assert "bulletin-2026Q3/bulletin-screen.pdf: is damaged" in text
    bundle.unlink()
    code, text, _ = hub("bundle", "--all", "--content", tree, "--out", out, "--check")
    assert (code, text) == (1, f"还没有这个文件：{bundle}\n")
    assert list(out.iterdir()) == []


def test_the_printing_house_gets_its_own_file(tree: Path, hub: Hub, tmp_path: Path) -> None:
    sign(hub, tree / "bulletin/2026/2026q3", tree / "news/2026/ready")
    out = tmp_path / "here.zip"
    code, text, _ = hub("bundle", "2026Q3", "--content", tree, "--out", out, "--marks")
    marked = tmp_path / "here-marks.pdf"
    assert code == 0
    assert str(marked) in text
    with pikepdf.open(marked) as pdf:
        assert len(pdf.pages) % 4 == 0
        assert pdf.pages[0].TrimBox != pdf.pages[0].MediaBox
    with zipfile.ZipFile(out) as archive:
        assert not [name for name in archive.namelist() if "marks" in name]
    arguments = ("bundle", "2026Q3", "--content", tree, "--out", out, "--marks", "--check")
    assert hub(*arguments)[:2] == (0, f"是最新的：{out}\n是最新的：{marked}\n")
    marked.write_bytes(b"%PDF")
    code, text, _ = hub(*arguments)
    assert code == 1
    assert f"不是最新的：{marked}" in text
    marked.unlink()
    assert hub(*arguments)[:2] == (1, f"是最新的：{out}\n还没有这个文件：{marked}\n")


def test_what_cannot_be_packed_says_why(tree: Path, hub: Hub, tmp_path: Path) -> None:
    out = tmp_path / "x.zip"
    for words, code, sentence in (
        (["bundle", "2026Q5"], 2, "“2026Q5”不是季度"),
        (["bundle", "2026Q1"], 1, "没有已发布的专刊"),
        (["bundle", "2026Q3"], 1, "2026Q3 的专刊还没有发布"),
        (["bundle"], 2, "还缺：QUARTER"),
        (["bundle", "2026Q3", "--all"], 2, "两样只写一样"),
    ):
        found, _, err = hub(*words, "--content", tree, "--out", out)
        assert (found, sentence in err) == (code, True), err
    sign(hub, tree / "bulletin/2026/2026q3")
    code, _, err = hub("bundle", "2026Q3", "--content", tree, "--out", out)
    assert code == 1
    assert re.search(r"bulletin/2026/2026q3/index.md:\d+: 未发布: columns.工作动态\[1\]：刊登的 XB-2026-0901", err)
    assert "2026Q3 的专刊现在不能打包：XB-2026-0901" in err
    (tree / "news/2026/draft/index.md").write_text("---\n", "utf-8")
    code, _, err = hub("bundle", "2026Q3", "--content", tree, "--out", out)
    assert code == 1
    assert "不能导出" in err
    assert not out.exists()


def test_all_goes_on_past_an_issue_that_is_held(tree: Path, hub: Hub, tmp_path: Path) -> None:
    sign(hub, tree / "bulletin/2026/2026q3")
    hub("new", "issue", "--content", tree, "--slug", "2026q2", "--date", "2026-04-01", "--set", "summary=一句话。")
    file = tree / "bulletin/2026/2026q2/index.md"
    text = re.sub("（[^（）]*）", "写好的一句。", file.read_text("utf-8").replace("status: draft", "status: published"))
    file.write_text(text, "utf-8")
    sign(hub, file)
    out = tmp_path / "several"
    code, text, err = hub("bundle", "--all", "--content", tree, "--out", out)
    assert code == 1
    assert [p.name for p in out.iterdir()] == ["bulletin-2026Q2.zip"]
    assert "2026Q3 的专刊现在不能打包" in err
    (tmp_path / "file").write_bytes(b"")
    assert hub("bundle", "--all", "--content", tree, "--out", tmp_path / "file")[0] == 2


def test_reviewers_get_what_is_not_approved_yet(tree: Path, hub: Hub, tmp_path: Path) -> None:
    code, text, err = hub("bundle", "2026Q3", "--draft", "--content", tree, "--out", tmp_path)
    assert (code, err) == (0, "")
    file = tmp_path / "bulletin-2026Q3-draft.zip"
    assert file.name in text
    with zipfile.ZipFile(file) as archive:
        assert "草稿" in archive.read("bulletin-2026Q3-draft/site/xb-2026-0901.html").decode()
    code, text, _ = hub("verify", file)
    assert code == 0
    assert "送审用的草稿" in text
    # What is only for staff stays inside, drafts or not.
    draft = tree / "news/2026/ready/index.md"
    draft.write_text(draft.read_text("utf-8").replace("unit:", "visibility: staff\nunit:"), "utf-8")
    code, _, err = hub("bundle", "2026Q3", "--draft", "--content", tree, "--out", tmp_path / "y.zip")
    assert code == 1
    assert "XB-2026-0901" in err
    assert not (tmp_path / "y.zip").exists()


def test_signing(tree: Path, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = shutil.which("ssh-keygen")
    if tool is None:
        pytest.skip("no ssh-keygen on this machine")
    key = tmp_path / "key"
    subprocess.run([tool, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers = tmp_path / "signers"
    signers.write_text(f"xiaobao@example.org {key.with_suffix('.pub').read_text()}")
    sign(hub, tree / "bulletin/2026/2026q3", tree / "news/2026/ready")
    file = tmp_path / "a.zip"
    assert hub("bundle", "2026Q3", "--content", tree, "--out", file, "--sign", key)[0] == 0
    code, text, _ = hub("verify", file, "--signers", signers)
    assert code == 0
    assert "数字签名有效，签名人：xiaobao@example.org" in text
    # Who signed does not make it another bundle.
    assert hub("bundle", "2026Q3", "--content", tree, "--out", file, "--check")[0] == 0
    for name, sentence in ((tmp_path / "none", "找不到私钥"), (signers, "签不了")):
        code, _, err = hub("bundle", "2026Q3", "--content", tree, "--out", tmp_path / "b.zip", "--sign", name)
        assert code != 0
        assert sentence in err
    monkeypatch.setattr("scripts.bundle.shutil.which", lambda name: None)
    code, _, err = hub("bundle", "2026Q3", "--content", tree, "--out", tmp_path / "b.zip", "--sign", key)
    assert code == 1
    assert "没有 ssh-keygen" in err
    assert not (tmp_path / "b.zip").exists()


def test_what_is_no_bundle(hub: Hub, tmp_path: Path) -> None:
    assert hub("verify", tmp_path / "none.zip")[0] == 2
    other = tmp_path / "other.zip"
    other.write_bytes(b"no zip")
    code, text, _ = hub("verify", other)
    assert code == 1
    assert "other.zip：不是 zip 压缩包" in text
