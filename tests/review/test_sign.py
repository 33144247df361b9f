"""Signing changes the approvals and not one other byte, however an editor's tool wrote the file."""

from __future__ import annotations

import datetime as dt

import pytest

from pubhub.content.frontmatter import read
from pubhub.content.model import Approval
from pubhub.review.sign import Unsignable, sign, with_approval

DIGEST = "sha256-" + "0123456789abcdef" * 4
OLD_DIGEST = "sha256-" + "f" * 64
APPROVAL = Approval(line="business", by="li", on=dt.date(2026, 3, 4), checklist="2026.1", digest=DIGEST)
NEW = f"""\
  - line: business
    by: li
    on: 2026-03-04
    checklist: "2026.1"
    digest: {DIGEST}
"""
OTHER = f"""\
  - line: independent
    by: wang
    on: 2026-03-01
    checklist: "2026.1"
    digest: {OLD_DIGEST}
"""
STALE = NEW.replace(DIGEST, OLD_DIGEST).replace("03-04", "02-02")
FLOW_NEW = f'{{line: business, by: li, on: 2026-03-04, checklist: "2026.1", digest: {DIGEST}}}'
FLOW_OTHER = f"{{line: independent, by: wang, on: 2026-03-01, checklist: x, digest: {OLD_DIGEST}}}"
FLOW_STALE = f"{{by: li, line: business, on: 2026-02-02, checklist: x, digest: {OLD_DIGEST}}}"


def file(front: str, body: str = "\n正文。\n") -> bytes:
    return f"---\n{front}---\n{body}".encode()


CASES = {
    "no approvals": ("title: 甲\n", f"title: 甲\napprovals:\n{NEW}"),
    "a comment last": ("title: 甲\n# 末尾\n", f"title: 甲\n# 末尾\napprovals:\n{NEW}"),
    "a text block last": ("note: |\n  一\n  二\n\n", f"note: |\n  一\n  二\n\napprovals:\n{NEW}"),
    "empty list": ("approvals: []\ntitle: 甲\n", f"approvals:\n{NEW}title: 甲\n"),
    "empty list, comment": ("approvals: []  # 不要手写\nt: 甲\n", f"approvals:  # 不要手写\n{NEW}t: 甲\n"),
    "empty list over lines": ("approvals: [\n  ]\nt: 甲\n", f"approvals:\n{NEW}t: 甲\n"),
    "nothing": ("approvals:\ntitle: 甲\n", f"approvals:\n{NEW}title: 甲\n"),
    "nothing, comment": ("approvals:   # 空\ntitle: 甲\n", f"approvals:   # 空\n{NEW}title: 甲\n"),
    "nothing, last": ("title: 甲\napprovals:\n", f"title: 甲\napprovals:\n{NEW}"),
    "null": ("approvals: null\ntitle: 甲\n", f"approvals:\n{NEW}title: 甲\n"),
    "quoted key": ('"approvals": []\ntitle: 甲\n', f'"approvals":\n{NEW}title: 甲\n'),
    "another line": (f"approvals:\n{OTHER}title: 甲\n", f"approvals:\n{OTHER}{NEW}title: 甲\n"),
    "another line, last": (f"t: 甲\napprovals:\n{OTHER}", f"t: 甲\napprovals:\n{OTHER}{NEW}"),
    "the same, stale": (f"approvals:\n{STALE}{OTHER}t: 甲\n", f"approvals:\n{NEW}{OTHER}t: 甲\n"),
    "the same, last": (f"approvals:\n{OTHER}{STALE}", f"approvals:\n{OTHER}{NEW}"),
    "comments between": (
        f"approvals:\n  # 一\n{STALE}  # 二\n{OTHER}# 三\nt: 甲\n",
        f"approvals:\n  # 一\n{NEW}  # 二\n{OTHER}# 三\nt: 甲\n",
    ),
    "comment after the list": (f"approvals:\n{OTHER}\n# 以下\nt: 甲\n", f"approvals:\n{OTHER}{NEW}\n# 以下\nt: 甲\n"),
    "no indent": (
        f"approvals:\n{OTHER}t: 甲\n".replace("\n  ", "\n"),
        f"approvals:\n{OTHER}{NEW}t: 甲\n".replace("\n  ", "\n"),
    ),
    "flow list": (f"approvals: [{FLOW_OTHER}]\n", f"approvals: [{FLOW_OTHER}, {FLOW_NEW}]\n"),
    "flow list, comma": (f"approvals: [{FLOW_OTHER},]\n", f"approvals: [{FLOW_OTHER}, {FLOW_NEW},]\n"),
    "flow list, same": (
        f"approvals: [{FLOW_STALE}, {FLOW_OTHER}] # 后\n",
        f"approvals: [{FLOW_NEW}, {FLOW_OTHER}] # 后\n",
    ),
    "flow entry, same": (f"approvals:\n  - {FLOW_STALE}\nt: 甲\n", f"approvals:\n  - {FLOW_NEW}\nt: 甲\n"),
    "flow entry, other": (f"approvals:\n  - {FLOW_OTHER}\nt: 甲\n", f"approvals:\n  - {FLOW_OTHER}\n{NEW}t: 甲\n"),
    "the word elsewhere": ("extra:\n  approvals: []\n", f"extra:\n  approvals: []\napprovals:\n{NEW}"),
    "a key that starts so": ("approvals_note: 甲\n", f"approvals_note: 甲\napprovals:\n{NEW}"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("dress", ["plain", "crlf", "bom", "bom and crlf", "blank lines first"])
def test_only_the_approvals_change(name: str, dress: str) -> None:
    before, after = (dressed(file(front), dress) for front in CASES[name])
    signed = sign(before, APPROVAL)
    assert signed.decode() == after.decode()
    assert sign(signed, APPROVAL) == signed


def dressed(data: bytes, dress: str) -> bytes:
    if "crlf" in dress:
        data = data.replace(b"\n", b"\r\n")
    if "blank" in dress:
        data = b"\n  \n" + data
    return b"\xef\xbb\xbf" + data if "bom" in dress else data


@pytest.mark.parametrize(
    "body",
    [
        "",
        "没有换行的结尾",
        "---\n另一条线\n---\n",
        "approvals: []\n",
        "行尾空格  \n\n\n\n",
        "混合\r\n换行\n\u2028",
        "```yaml\napprovals:\n  - x\n```\n",
    ],
)
def test_the_body_is_kept_byte_for_byte(body: str) -> None:
    signed = sign(file("title: 甲\n", body), APPROVAL)
    assert signed.endswith(b"\n---\n" + body.encode())
    document, _ = read(signed, "x")
    assert document is not None
    assert document.front.plain()["approvals"] == [
        {"line": "business", "by": "li", "on": "2026-03-04", "checklist": "2026.1", "digest": DIGEST}
    ]


@pytest.mark.parametrize(
    "front",
    [
        "approvals: 已审\n",
        "approvals: {line: business}\n",
        "{title: 甲}\n",
        f"approvals:\n  -\n    line: business\n    by: li\n    on: x\n    digest: {OLD_DIGEST}\n",
        "title: [\n",
        "approvals: [\n",
    ],
)
def test_what_cannot_be_continued_is_refused(front: str) -> None:
    with pytest.raises(Unsignable):
        sign(file(front), APPROVAL)


def test_a_file_without_front_matter_is_refused() -> None:
    with pytest.raises(Unsignable):
        sign(b"only text", APPROVAL)


def test_the_typed_side_is_the_same() -> None:
    old = Approval("business", "li", dt.date(2026, 2, 2), "2026.1", OLD_DIGEST)
    other = Approval("independent", "li", dt.date(2026, 2, 2), "2026.1", OLD_DIGEST)
    assert with_approval((), APPROVAL) == (APPROVAL,)
    assert with_approval((old, other), APPROVAL) == (APPROVAL, other)
    assert with_approval((other,), APPROVAL) == (other, APPROVAL)
