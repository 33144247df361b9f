"""One Markdown file: takes bytes, gives raw front matter and body, or says exactly what an editor's tool did to it."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pubhub.content.code import blank_code
from pubhub.content.raw import BIDI, CONTROL, Mapping, Scalar, Sequence, parse
from pubhub.content.regular import read_regular
from pubhub.problems import Problem, problem

MAX_BYTES = 1_000_000
"""A Markdown file of a megabyte is a mistake (a pasted picture, a log)."""
MAX_FRONT_MATTER = 64_000
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
# Lower-case ASCII words, and the Chinese column names, are keys; “App：” at the start of a sentence is not.
_FULLWIDTH_KEY = re.compile(r"^\s*([a-z_]{2,}|工作动态|支行荟萃|消保之星|消保微讲堂|风险瞭望台)\s*：")
_UNSEEN = (
    # Control characters break the XML of feeds; direction controls show readers something else than what is there.
    ("control-character", CONTROL),
    ("bidi-control", BIDI),
    ("invisible-character", re.compile(r"[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")),
    ("mojibake", re.compile(r"\ufffd|锟斤拷|烫烫烫")),
)
_MOST_LINES = 10
"""Lines that are named for each of these; more of them help nobody."""
# "key: value" and "- value" as they should be, which is nearly every line: nothing below can be wrong with it.
_CALM = re.compile(r" *(?:(?:- )?[a-z_]+: [^#\t]*|- [^#:\t\s\-—–－_.][^#:\t]*)\Z")
_DASHES = re.compile(r"^\s*[-—－–_]{2,}\s*$")
_NO_SPACE = re.compile(r"^(?:[\w-]+|\s*(?:- )?(?!(?:tel|mailto|data):)[a-z_]{2,}):(?=[^\s/])")
_HASH = re.compile(r"^\s*(?:- )?(?:[\w-]+:\s{1,9})?(?!#)(?:[^\"'\[{|>#\s].*?\s)?#(?=[^\s#])")


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
    if document is None and any(p.code == "control-character" for p in problems):
        more = []  # what the front matter trips over has been said
    return document, problems + more


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """UTF-8 text with LF line ends; a BOM or CRLF is mended and mentioned, another encoding is refused by name."""
    if len(data) > MAX_BYTES:
        return None, [problem(path, 1, "file-too-large", size=f"{len(data) / 1e6:.1f} MB", limit="1 MB")]
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return None, [problem(path, 1, "empty-file")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:64].count(0) > len(data[:64]) // 4:
        return None, [problem(path, 1, "utf16")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # A GBK file that reads as Chinese UTF-8 up to somewhere is not GBK but damaged.
        damaged = re.search("[\u4e00-\u9fff]", data[: error.start].decode("utf-8"))
        whole = not damaged and _looks_gbk(data)
        return None, [problem(path, 1, "gbk") if whole else problem(path, line, "not-utf8")]
    problems: list[Problem] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        problems.append(problem(path, 1, "bom"))
    if "\r" in text:
        problems.append(problem(path, 1, "crlf"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for code, pattern in _UNSEEN:
        if pattern.search(text):
            found = ((n, bad) for n, line in enumerate(text.split("\n"), 1) if (bad := pattern.search(line)))
            for line_number, bad in islice(found, _MOST_LINES):
                problems.append(problem(path, line_number, code, code=f"U+{ord(bad[0][0]):04X}"))
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
    # An article may explain merge markers in a code block.
    if _MERGE.search(text) and (merge := _MERGE.search(blank_code(text))):
        line = text.count("\n", 0, merge.start()) + 1
        return None, [problem(path, line, "merge-marker")]
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        code = "front-matter-dashes" if _DASHES.match(lines[start]) else "front-matter-missing"
        return None, [problem(path, start + 1, code, value=lines[start].strip())]
    end = next((n for n in range(start + 1, len(lines)) if lines[n].rstrip() == "---"), None)
    if end is None:
        wrong = next((n for n in range(start + 1, len(lines)) if _DASHES.match(lines[n])), None)
        if wrong is not None:
            return None, [problem(path, wrong + 1, "front-matter-dashes", value=lines[wrong].strip())]
        return None, [problem(path, start + 1, "front-matter-unclosed")]
    block = lines[start + 1 : end]
    if sum(map(len, block)) > MAX_FRONT_MATTER:
        return None, [problem(path, start + 1, "front-matter-too-large")]
    front, problems = _front("\n".join(block), block, path, start + 2)
    if front is None:
        return None, problems
    if not isinstance(front, Mapping):
        return None, [*problems, problem(path, start + 2, "front-matter-not-keys")]
    return Document(front, "\n".join(lines[end + 1 :]), end + 2), problems


def _front(
    text: str, block: list[str], path: str, first: int
) -> tuple[Mapping | Sequence | Scalar | None, list[Problem]]:
    regular = read_regular(text, first)
    if regular is not None:
        return regular, []
    slips = _slips(block, path, first)
    return (None, slips) if slips else parse(text, path, first)


def _slips(block: list[str], path: str, first: int) -> list[Problem]:
    """The slips that Chinese input methods make, each at its line: YAML's own words for them help nobody."""
    problems = []
    for number, line in enumerate(block, first):
        if _CALM.match(line):
            continue
        fullwidth = _FULLWIDTH_KEY.match(line)
        if _DASHES.match(line):
            problems.append(problem(path, number, "front-matter-dashes", value=line.strip()))
        elif line.rstrip() == "...":
            problems.append(problem(path, number, "yaml-syntax"))
        elif fullwidth and ":" not in line[: fullwidth.end()]:
            problems.append(problem(path, number, "fullwidth-colon", fullwidth[1], key=fullwidth[1]))
        elif "\t" in line[: len(line) - len(line.lstrip())]:
            problems.append(problem(path, number, "yaml-tab"))
        elif line.startswith("\u3000") or re.match(r"^ *\u3000", line):
            problems.append(problem(path, number, "fullwidth-space"))
        elif re.match(r"^\s*[－—–]\s*\S", line):
            problems.append(problem(path, number, "fullwidth-dash"))
        elif _NO_SPACE.match(line):
            key, _, value = line.strip().removeprefix("- ").partition(":")
            problems.append(problem(path, number, "colon-space", key, key=key, value=value))
        elif hash_ := _HASH.match(line):
            problems.append(problem(path, number, "yaml-hash", value=line[hash_.end() - 1 :]))
    return problems


def is_link(path: Path) -> bool:
    """A symbolic link, or what Windows calls a junction."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return path.is_symlink() or (
        junction is not None and path.exists() and getattr(path.lstat(), "st_reparse_tag", 0) == junction
    )
