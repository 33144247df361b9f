"""One Markdown file: takes bytes, gives raw front matter and body, or says exactly what an editor's tool did to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubhub.content.raw import Mapping, parse
from pubhub.problems import Problem, problem

MAX_BYTES = 1_000_000
"""A Markdown file of a megabyte is a mistake (a pasted picture, a log)."""
MAX_FRONT_MATTER = 64_000
_MERGE = re.compile(r"^(<{7}|>{7}|\|{7})(?: |$)|^={7}$", re.MULTILINE)
# Lower-case ASCII words, and the Chinese column names, are keys; “App：” at the start of a sentence is not.
_FULLWIDTH_KEY = re.compile(r"^\s*([a-z_]{2,}|工作动态|支行荟萃|消保之星|消保微讲堂|风险瞭望台)\s*：")
_UNSEEN = (
    # Control characters break the XML of feeds; direction controls show readers something else than what is there.
    ("control-character", re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")),
    ("bidi-control", re.compile(r"[\u202a-\u202e\u2066-\u2069]")),
    ("invisible-character", re.compile(r"[\u200b\u200e\u200f\u2060\ufeff]")),
)
_DASHES = re.compile(r"^\s*[-—－–_]{2,}\s*$")


@dataclass(frozen=True)
class Document:
    """A file split in two."""

    front: Mapping
    body: str
    body_line: int
    """Line of the file on which the body starts."""


def read(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    """Bytes of a file → its document (None if unreadable) and problems, all with their lines."""
    text, problems = decode(data, path)
    if text is None:
        return None, problems
    document, more = split(text, path)
    return document, problems + more


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """UTF-8 text with LF line ends; a BOM or CRLF is mended and mentioned, another encoding is refused by name."""
    if len(data) > MAX_BYTES:
        return None, [problem(path, 1, "file-too-large", size=f"{len(data) / 1e6:.1f} MB", limit="1 MB")]
    if not data.strip():
        return None, [problem(path, 1, "empty-file")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [problem(path, 1, "utf16")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [problem(path, line, "gbk" if _looks_gbk(data) else "not-utf8")]
    problems: list[Problem] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        problems.append(problem(path, 1, "bom"))
    if "\r" in text:
        problems.append(problem(path, 1, "crlf"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for code, pattern in _UNSEEN:
        if bad := pattern.search(text):
            line = text.count("\n", 0, bad.start()) + 1
            problems.append(problem(path, line, code, code=f"U+{ord(bad[0]):04X}"))
    return text, problems


def _looks_gbk(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    return han * 4 > len(data) // 4 or han > 10


def split(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """Text → document. The file's own line numbers are kept."""
    merge = list(_MERGE.finditer(text))
    if any(match[0].startswith(("<", ">")) for match in merge):
        line = text.count("\n", 0, merge[0].start()) + 1
        return None, [problem(path, line, "merge-marker")]
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        code = "front-matter-dashes" if _DASHES.match(lines[start]) else "front-matter-missing"
        return None, [problem(path, start + 1, code, value=lines[start].strip())]
    end = next((n for n in range(start + 1, len(lines)) if lines[n].rstrip() == "---"), None)
    if end is None:
        wrong = next((n for n in range(start + 1, len(lines)) if _DASHES.match(lines[n])), None)
        return None, [problem(path, (wrong if wrong is not None else start) + 1, "front-matter-unclosed")]
    block = lines[start + 1 : end]
    if sum(map(len, block)) > MAX_FRONT_MATTER:
        return None, [problem(path, start + 1, "front-matter-too-large")]
    slips = _slips(block, path, start + 2)
    if slips:
        return None, slips
    front, problems = parse("\n".join(block), path, start + 2)
    if front is None:
        return None, problems
    if not isinstance(front, Mapping):
        return None, [*problems, problem(path, start + 2, "front-matter-not-keys")]
    return Document(front, "\n".join(lines[end + 1 :]), end + 2), problems


def _slips(block: list[str], path: str, first: int) -> list[Problem]:
    """The slips that Chinese input methods make, each at its line: YAML's own words for them help nobody."""
    problems = []
    for number, line in enumerate(block, first):
        fullwidth = _FULLWIDTH_KEY.match(line)
        if fullwidth and ":" not in line[: fullwidth.end()]:
            problems.append(problem(path, number, "fullwidth-colon", fullwidth[1], key=fullwidth[1]))
        elif "\t" in line[: len(line) - len(line.lstrip())]:
            problems.append(problem(path, number, "yaml-tab"))
        elif line.startswith("\u3000") or re.match(r"^ *\u3000", line):
            problems.append(problem(path, number, "fullwidth-space"))
        elif re.match(r"^\s*[－—–]\s*\S", line):
            problems.append(problem(path, number, "fullwidth-dash"))
        elif re.match(r"^[\w-]+:[^\s/]", line):
            key, _, value = line.partition(":")
            problems.append(problem(path, number, "colon-space", key, key=key, value=value))
    return problems
