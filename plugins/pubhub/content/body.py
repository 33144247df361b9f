"""What a body points at and what must not be in it: takes Markdown text, gives links, pictures and problems with their lines.

Nothing here decides how Markdown looks; code blocks and code spans are blanked first, so an article may explain what it may not do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^`]*)$")
_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`)([^`]|(?!\1(?!`))`)+?\1(?!`)")
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,300}\]){0,1000})\]"
    r"\(\s*(<[^>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,3})"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,200})\]:[ \t]*(\S+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,20}:[^>\s]{1,2000})>")
_FORBIDDEN_TAG = re.compile(
    r"<\s*/?\s*(script|iframe|frame|frameset|object|embed|applet|form|input|button|textarea|select|style|link|meta|base"
    r"|svg|math|video|audio|source|track|template|noscript|html|head|body|title|portal|dialog|marquee)\b",
    re.IGNORECASE,
)
_HANDLER = re.compile(
    r"<[a-zA-Z][^<>]{0,500}?[\s/\"']on[a-z]{3,30}\s*=|\{:?[^{}\n]{0,200}\bon[a-z]{3,30}\s*=\s*[\"']", re.IGNORECASE
)
_TEMPLATE = re.compile(r"^\s*-{1,}8<-{1,}|\{%|^\s*!include\b|<%|<\?php", re.MULTILINE)
_RAW_TAG = re.compile(
    r"</?(?!(?:br|sup|sub|kbd|mark|u|small|del|ins)\b)([a-zA-Z][a-zA-Z0-9-]{0,20})(?=[\s/>])[^<>\n]{0,300}>"
)
# Attributes that load, link, style or run something; the others only get lost.
_STRONG_ATTRIBUTE = re.compile(
    r"[\s/\"'](?:href(?!\s*=\s*[\"']?(?:https?:|[\w./#-]*[\"'\s>]))|src|srcset|style|srcdoc|action|formaction|background|data|poster|xlink:href)\s*=",
    re.IGNORECASE,
)
_BOX = re.compile(r"^\s*(?:!!!|\?\?\?\+?)[ \t]+([^\s\"]+)", re.MULTILINE)
_BOX_BARE = re.compile(r"^\s*[!！]{3}[ \t]*(?:\"|$)|^\s*！{3}", re.MULTILINE)
_EXCESS = re.compile(r"\[{20}|\({60}|`{60}|\*{200}|_{200}|!{200}|^(?:[ \t]*>){13}|^[ \t]{160,}(?=\S)", re.MULTILINE)
MAX_LINE = 30_000
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


@dataclass(frozen=True)
class Scan:
    """What was found in one body."""

    pointers: tuple[Pointer, ...]
    problems: tuple[Problem, ...]
    prose: str
    """The body with code blanked out: same length, same lines."""

    def item_ids(self) -> Iterator[Pointer]:
        """Links that name another item by its id."""
        return (p for p in self.pointers if not p.image and re.fullmatch(ITEM_ID, p.target.split("#")[0]))


def scan(body: str, path: str, first_line: int) -> Scan:
    """Looks through the body of the file `path` that starts on `first_line`."""
    prose = blank_code(body)
    problems: list[Problem] = []

    def note(code: str, offset: int, **params: object) -> None:
        problems.append(problem(path, first_line + prose.count("\n", 0, offset), code, **params))

    if not body.strip():
        return Scan((), (problem(path, first_line, "empty-body"),), prose)
    for number, line in enumerate(body.split("\n")):
        if len(line) > MAX_LINE:
            problems.append(problem(path, first_line + number, "line-too-long", length=len(line), limit=MAX_LINE))
    if (excess := _EXCESS.search(prose)) is not None:
        note("excessive-markup", excess.start() + (excess[0].startswith("\n")), value=excess[0].strip()[:10])
    if problems:
        return Scan((), tuple(problems), prose)
    for match in _FORBIDDEN_TAG.finditer(prose):
        note("forbidden-tag", match.start(), tag=match[1].lower())
    for match in _HANDLER.finditer(prose):
        note("event-handler", match.start())
    for match in _TEMPLATE.finditer(prose):
        note("template-syntax", match.start() + len(match[0]) - len(match[0].lstrip()), value=match[0])
    for match in _RAW_TAG.finditer(prose):
        if not _FORBIDDEN_TAG.match(match[0]):
            code = "raw-markup" if _STRONG_ATTRIBUTE.search(match[0]) else "raw-html"
            note(code, match.start(), tag=match[1].lower())
    for match in _BOX.finditer(prose):
        if match[1] not in BOXES and match[1] not in BOXES.values():
            close = nearest(match[1], BOXES)
            known = "、".join(f"{k}（{v}）" for k, v in BOXES.items())
            note("unknown-box", match.start(1), value=match[1], known=known, close=close)
    for match in _BOX_BARE.finditer(prose):
        note("box-form", match.start() + len(match[0]) - len(match[0].lstrip()))
    pointers = tuple(_pointers(prose, first_line))
    for pointer in pointers:
        if (bad := _bad_target(pointer)) is not None:
            problems.append(problem(path, pointer.line, bad, value=pointer.target))
        elif pointer.image and not pointer.label.strip():
            problems.append(problem(path, pointer.line, "missing-alt", value=pointer.target))
    return Scan(pointers, tuple(problems), prose)


def blank_code(body: str) -> str:
    """The body with fenced code and code spans replaced by spaces; an unclosed fence is text, as Markdown has it."""
    lines = body.split("\n")
    number = 0
    while number < len(lines):
        opened = _FENCE.match(lines[number])
        if opened:
            mark = opened[1]
            close = re.compile(rf"^[ >]*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
            end = next((n for n in range(number + 1, len(lines)) if close.match(lines[n])), None)
            if end is not None:
                for n in range(number, end + 1):
                    lines[n] = " " * len(lines[n])
                number = end
        number += 1
    text = "\n".join(lines)
    if "`" not in text:
        return text
    parts = re.split(r"(\n[ \t]*\n)", text)
    return "".join(
        _SPAN.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), part) if "`" in part and not _EXCESS.search(part) else part
        for part in parts
    )


def _pointers(prose: str, first_line: int) -> Iterator[Pointer]:
    def line(offset: int) -> int:
        return first_line + prose.count("\n", 0, offset)

    for match in _LINK.finditer(prose):
        target = match[3].strip("<>")
        yield Pointer(target, line(match.start()), match[1] == "!", match[2])
        # A picture inside a link text is a pointer of its own: [![…](…)](…)
        for inner in _LINK.finditer(match[2]):
            yield Pointer(inner[3].strip("<>"), line(match.start()), inner[1] == "!", inner[2])
    for match in _DEFINITION.finditer(prose):
        yield Pointer(match[2].strip("<>"), line(match.start()), False, match[1])
    for match in _AUTOLINK.finditer(prose):
        yield Pointer(match[1], line(match.start()), False, match[1])


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
