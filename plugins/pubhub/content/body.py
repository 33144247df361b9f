"""What a body points at and what must not be in it: takes Markdown text, gives links, pictures and problems with their lines.

Nothing here decides how Markdown looks; code blocks and code spans are blanked first, so an article may explain what it may not do.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pubhub.content.alt import wrong_words
from pubhub.content.code import BLANK_LINES, MAX_LINE, blank_code
from pubhub.content.excess import excess, too_many
from pubhub.content.model import ITEM_ID
from pubhub.problems import Problem, nearest, problem

BOXES = {
    "scam": "骗子怎么说",
    "note": "说明",
    "tip": "提示",
    "warning": "注意",
    "danger": "危险",
    "law": "法律怎么说",
    "quote": "引文",
}
"""Kinds of box (`!!! scam`), with the title each has when the author gives none."""
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
_PAREN = re.compile(r"[()]")
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")
_DEFINITION = re.compile(
    r"^[ \t>]{0,20}\[(?!\^)([^\[\]\n]{0,200})\]:[ \t]*\n?[ \t]*(\S{1,3000})(?:[ \t]{1,9}[\"']([^\"'\n]{0,300})[\"'])?",
    re.MULTILINE,
)
_AUTOLINK = re.compile(
    r"<((?:https?|ftp|file|data|javascript|vbscript|blob|about|mailto|tel):[^<>\s]{1,2000})>", re.IGNORECASE
)
# Bounded white space everywhere: a blanked code block is white space, and `\s*x?\s*` over a long run of it takes quadratic time.
_FORBIDDEN_TAG = re.compile(
    r"<\s{0,9}/?\s{0,9}(script|iframe|frame|frameset|embed|applet|form|textarea|style|meta|svg|noscript|html|marquee)\b"
    # Behind a letter these are types in somebody's program: List<object>, Option<Source>.
    r"|(?<![A-Za-z0-9_])<\s{0,9}/?\s{0,9}(object|input|button|select|link|base|math|video|audio|source|track|template|head|body"
    r"|title|portal|dialog)\b",
    re.IGNORECASE,
)
# Chinese punctuation ends it: 当 a<b 时，online = 1 is no tag.
_HANDLER = re.compile(
    r"<[a-zA-Z][^<>，。；：]{0,500}?[\s/\"']on[a-z]{3,30}\s{0,9}=|\{:[^{}\n]{0,200}\bon[a-z]{3,30}\s{0,9}=\s{0,9}[\"']",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"^[ \t]*-+8<-+|\{%[-+]?[ \t]{0,9}[a-z]{1,30}(?:[ \t]|[-+]?%\})|(?<![\w\\}^_{$])\{\{[ \t]{0,9}[A-Za-z_][^{}\\\n]{0,200}\}\}"
    r"|^[ \t]*!include\b|<%[=@!-]|<%[ \t]{1,9}[a-z]|<\?php",
    re.MULTILINE,
)
_RAW_TAG = re.compile(
    r"<(/?)(?!(?:br|sup|sub|kbd|mark|u|small|del|ins)\b)([a-zA-Z][a-zA-Z0-9-]{0,20})"
    r"(?:/|\s{1,9}[a-zA-Z_:@/\"'][^<>\n]{0,300})?\s{0,9}>"
)
# Behind a letter, other names are types in somebody's program: vector<int>.
_HTML_NAME = re.compile(
    r"a|b|i|em|strong|p|div|span|font|center|h[1-6]|table|tr|t[dh]|thead|tbody|[uo]l|li|img|code|pre|s|strike|blockquote|hr",
    re.IGNORECASE,
)
# Attributes that load, link, style or run something; the others only get lost.
_STRONG_ATTRIBUTE = re.compile(
    r"[\s/\"'](?:href|src|srcset|style|srcdoc|action|formaction|background|data|poster|xlink:href)\s*=", re.IGNORECASE
)
_BOX = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+([^\s\"]+)", re.MULTILINE)
# Three full-width marks alone are only emphasis; with a kind of box behind them they are a slip.
_BOX_BARE = re.compile(
    rf"^[ \t]*!{{3}}[ \t]*(?:\"|$)|^[ \t]*(?=[!！]{{3}})!*！[!！]*[ \t]*(?:{'|'.join((*BOXES, *BOXES.values()))})\b",
    re.MULTILINE,
)
_INDENT = re.compile(r"(?:[ \t]*\n)*([ \t]*\S)")
_MENTION = re.compile(ITEM_ID + r"(?![0-9])")
_ID = re.compile(ITEM_ID)
MAX_BODY = 120_000
"""Characters: longer than the longest law."""
_MOST = 20
"""Places that are named for each problem of a file; more of them help nobody."""
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Pointer:
    """A link or a picture in the text."""

    target: str
    line: int
    """1-based line of the file."""
    image: bool
    label: str
    """Link text or alternative text."""
    title: str = ""
    """Of a picture: its caption, or that it is decorative."""


@dataclass(frozen=True)
class Scan:
    """What was found in one body."""

    pointers: tuple[Pointer, ...]
    problems: tuple[Problem, ...]
    prose: str
    """The body with code blanked out: same length, same lines."""
    mentions: tuple[tuple[str, int], ...] = ()
    """Ids that stand anywhere in the body, and their lines."""

    def item_ids(self) -> Iterator[Pointer]:
        """Links that name another item by its id."""
        return (p for p in self.pointers if not p.image and _ID.fullmatch(p.target.split("#")[0]))


def scan(body: str, path: str, first_line: int) -> Scan:
    """Looks through the body of the file `path` that starts on `first_line`."""
    prose = blank_code(body)
    lines = _Lines(prose, first_line)
    problems: list[Problem] = []
    if not body.strip():
        return Scan((), (problem(path, first_line, "empty-body"),), prose)
    if len(body) > MAX_BODY:
        problems.append(problem(path, first_line, "body-too-long", length=len(body), limit=MAX_BODY))
    for number, line in enumerate(body.split("\n") if len(body) > MAX_LINE else ()):
        if len(line) > MAX_LINE:
            problems.append(problem(path, first_line + number, "line-too-long", length=len(line), limit=MAX_LINE))
    if (run := excess(prose)) is not None:
        value = run[0].strip()[:10] or "空格"
        problems.append(problem(path, lines.at(run.start()), "excessive-markup", value=value))
    problems += (problem(path, lines.at(at), code, **params) for code, at, params in too_many(body, prose))
    if problems:
        return Scan((), tuple(problems), prose)
    counts: Counter[str] = Counter()
    for code, offset, params in _findings(prose):
        counts[code] += 1
        if counts[code] <= _MOST:
            problems.append(problem(path, lines.at(offset), code, **params))
    if "!!!" in prose or "???" in prose:
        problems += (problem(path, lines.at(at), "box-empty") for at in islice(_empty_boxes(prose, body), _MOST))
    pointers = tuple(_pointers(prose, lines))
    for pointer in pointers:
        bad = _bad_target(pointer) or (
            wrong_words(pointer.label, pointer.title, pointer.target) if pointer.image else None
        )
        if bad is not None:
            counts[bad] += 1
            if counts[bad] <= _MOST:
                words = {"alt": pointer.label.strip()} if bad == "alt-file-name" else {}
                problems.append(problem(path, pointer.line, bad, value=pointer.target, **words))
    mentions = tuple((match[0], lines.at(match.start())) for match in _MENTION.finditer(body))
    return Scan(pointers, tuple(problems), prose, mentions)


class _Lines:
    """Line numbers of offsets, found without counting from the top each time."""

    def __init__(self, text: str, first: int) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._first = first

    def at(self, offset: int) -> int:
        """Line of the file."""
        return self._first + bisect_left(self._ends, offset)


def _findings(prose: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    # Each pattern is asked only where what it looks for can be: a plain text has no angle bracket and no exclamation in threes.
    if "<" in prose:
        for match in _FORBIDDEN_TAG.finditer(prose):
            yield "forbidden-tag", match.start(), {"tag": (match[1] or match[2]).lower()}
    if "<" in prose or "{" in prose:
        for match in _HANDLER.finditer(prose):
            yield "event-handler", match.start(), {}
    if "<" in prose or "{" in prose or "!include" in prose:
        for match in _TEMPLATE.finditer(prose):
            yield "template-syntax", match.start(), {"value": match[0]}
    if "<" in prose:
        yield from _raw_tags(prose)
    if "!!!" in prose or "???" in prose:
        for match in _BOX.finditer(prose):
            if match[1] not in BOXES and match[1] not in BOXES.values():
                close = nearest(match[1], BOXES)
                known = "、".join(f"{k}（{v}）" for k, v in BOXES.items())
                hint = f"您是不是想写“{close}”？" if close else ""
                yield "unknown-box", match.start(1), {"value": match[1], "known": known, "close": hint}
    if "!!!" in prose or "！" in prose:
        for match in _BOX_BARE.finditer(prose):
            yield "box-form", match.start(), {}


def _empty_boxes(prose: str, body: str) -> Iterator[int]:
    """Where a box begins that holds nothing: what its author meant for it would be printed outside."""
    for match in _BOX.finditer(prose):
        end = body.find("\n", match.end())
        inside = _INDENT.match(body, end + 1) if end >= 0 else None
        if inside is None or _width(inside[1]) < _width(match[0]) + 4:
            yield match.start()


def _width(line: str) -> int:
    """Columns of white space that a line starts with."""
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _raw_tags(prose: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    opened = set()
    for match in _RAW_TAG.finditer(prose):
        name = match[2].lower()
        typed = prose[match.start() - 1 : match.start()].isalnum() and not _HTML_NAME.fullmatch(name)
        if typed or (match[1] and name in opened) or _FORBIDDEN_TAG.match(prose, match.start()):
            continue
        opened.add(name)
        code = "raw-markup" if _STRONG_ATTRIBUTE.search(match[0]) else "raw-html"
        yield code, match.start(), {"tag": name}


def _pointers(prose: str, lines: _Lines) -> Iterator[Pointer]:
    pictures: dict[str, str] = {}
    open_: list[int] = []
    for match in _BRACKET.finditer(prose):
        if match[0] == "[":
            open_.append(match.start())
        elif match[0] == "]" and open_:
            start, end = open_.pop(), match.end()
            image = prose[start - 1 : start] == "!"
            label = prose[start + 1 : end - 1]
            target = _target(prose, end + 1) if prose[end : end + 1] == "(" else None
            if target is not None:
                yield Pointer(target[0], lines.at(start), image, label, target[1])
            elif image:
                reference = _REFERENCE.match(prose, end)
                named = (reference[1] if reference and reference[1] else label).lower()
                # Shown twice under one name, it needs its words both times.
                pictures[named] = label if pictures.get(named, "x").strip() else ""
        elif match[0][0] == "\n":
            open_.clear()
    for match in _DEFINITION.finditer(prose):
        image = match[1].lower() in pictures
        label = pictures[match[1].lower()] if image else match[1]
        yield Pointer(match[2].strip("<>"), lines.at(match.end(1)), image, label, (match[3] or "") if image else "")
    for match in _AUTOLINK.finditer(prose):
        yield Pointer(match[1], lines.at(match.start()), False, match[1])


def _target(prose: str, start: int) -> tuple[str, str] | None:
    """What stands in the parentheses that open before `start`, and its title; None if they never close."""
    depth, end = 1, None
    for match in islice(_PAREN.finditer(prose, start), 40):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            end = match.start()
            break
    if end is None or BLANK_LINES.search(prose, start, end):
        return None
    inside = prose[start:end].strip()
    if inside.startswith("<"):
        word, _, rest = inside[1:].partition(">")
        return word, rest.strip(" \t\"'")
    # Names of files may have spaces; a title stands in quotes at the end.
    quote = inside[-1:]
    if quote in {'"', "'"} and (at := inside.replace("\n", " ").find(" " + quote)) > 0 and at + 2 < len(inside):
        return inside[:at].rstrip(), inside[at + 2 : -1]
    word, _, rest = inside.partition(" ")
    return (word, rest.strip(" \t\"'")) if rest.lstrip()[:1] in {'"', "'"} else (inside, "")


def _bad_target(pointer: Pointer) -> str | None:
    # Browsers drop control characters and white space, and decode entities, before they look at the scheme.
    target = re.sub(r"[\x00-\x20\u00a0]", "", html.unescape(pointer.target))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", target)
    if target.startswith(("//", "\\\\", "/\\")):
        return "host-relative-link"
    if scheme and scheme[1].lower() not in SAFE_SCHEMES:
        return "bad-scheme"
    if pointer.image and scheme:
        return "external-image"
    return None
