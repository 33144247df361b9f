"""A second look at wording and privacy: takes an item's text, gives advice, and errors where a person's data stand in the open."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from pubhub.content.loader import Loaded
from pubhub.content.outlines import PLACEHOLDERS
from pubhub.content.schema import keys_of
from pubhub.content.vocabulary import Vocabulary, Wording
from pubhub.problems import Problem, problem
from pubhub.review.paper import paper

# Numbers as people paste them: in groups, with a country code, in full-width digits (folded before). Not within an address or a word.
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx])(?![0-9A-Za-z])",
    re.ASCII,
)
_CARD = re.compile(
    r"(?<![\dA-Za-z_./=-])((?:62|[45]\d)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![\dA-Za-z])", re.ASCII
)
_MOBILE = re.compile(r"(?<![\dA-Za-z._/=+-])(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![\dA-Za-z])", re.ASCII)
_HOTLINE = re.compile(
    r"(?<![\d.,:/%-])(?:9[56]\d{3}|12[13]\d{2}|123\d{2}|96\d{3,4})(?![\d.,%:-]|\s?[年月日元万亿个条人次名只家件起])"
)
_FOLDED = {0xFF10 + n: str(n) for n in range(10)} | {0xFF38: "X", 0xFF58: "x", 0xFF0D: "-", 0x3000: " ", 0xA0: " "}
_LINK_TITLE = re.compile(r"\]\((?:[^()\n]|\([^()\n]{0,99}\)){0,300}(?=\))")
_FIGURE = re.compile(r"(?:单号|编号|订单|流水|序列号|金额|合计|总额)[^\d]{0,6}$")
_AMOUNT = re.compile(r"\.\d|,\d|\s?[元万亿股份笔%]")
# Less than this is no number of a person: a mobile number has eleven digits.
_MANY_DIGITS = re.compile(r"(?:\d[ \u3000\u00a0\uff0d-]?){11}")
_STRAIGHT_QUOTE = re.compile(r'[\u4e00-\u9fff]"|"[\u4e00-\u9fff]')


def lint(one: Loaded, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Problems of wording (advice) and of privacy (errors) in title, summary, plain sentences and prose."""
    item, origin = one.item, one.item.origin
    fields = list(_fields(one))
    yield from _leftovers(one, fields)
    yield from paper(one, fields)
    for pointer in one.scan.pointers:
        # Written out in full, a link to one of our own pages would pass by every rule for ids.
        if not pointer.image and pointer.target.startswith(vocabulary.site.url):
            yield problem(origin.uri, pointer.line, "path-link", value=pointer.target)
    texts = [("title", 0, item.title), ("summary", 0, item.summary)]
    texts += [(f"plain[{n}]", 0, text) for n, text in enumerate(item.plain, 1)]
    texts += [("", n, line) for n, line in enumerate(one.scan.prose.split("\n"))]
    # One look at everything says what there is to look for; only then is it asked where. No pattern reaches over two line ends.
    whole = "\n\n".join([text for _, _, text in texts])
    words = [word for word in vocabulary.wording if word.find in whole]
    numbers = {h.number for h in vocabulary.facts.hotlines} | set(vocabulary.facts.numbers)
    unknown = any(match[0] not in numbers for match in _HOTLINE.finditer(whole))
    everything = "\n\n".join([whole, one.body, *(text for _, text in fields)])
    private = _MANY_DIGITS.search(everything) is not None
    if words or unknown or private or '"' in whole:
        for place, number, text in texts:
            found = [*(_private(text, numbers) if private else ()), *(_numbers(text, numbers) if unknown else ())]
            if words or '"' in text:
                found += _wording(text, words)
            for code, params in found:
                line, field = (
                    (origin.line(place), place.partition("[")[0]) if place else (origin.body_line + number, "")
                )
                yield problem(origin.uri, line, code, field, **params)
    if not private:
        return
    # A number in a code span, in a step or under a picture is as public as one in a sentence.
    seen = {text for _, _, text in texts}
    rest = [("", n, line) for n, line in enumerate(one.body.split("\n"))]
    rest += [(place, 0, text) for place, text in fields]
    for place, number, text in rest:
        if text not in seen:
            for code, params in _private(text, numbers):
                line = origin.line(place) if place else origin.body_line + number
                yield problem(origin.uri, line, code, place, **params)


def _leftovers(one: Loaded, fields: list[tuple[str, str]]) -> Iterator[Problem]:
    """Sentences of the template that nobody wrote over, in a text that is meant to be read."""
    if one.item.status == "draft":
        return
    origin = one.item.origin
    for number, line in enumerate(one.body.split("\n")):
        if line.strip() in PLACEHOLDERS:
            yield problem(origin.uri, origin.body_line + number, "placeholder", value=line.strip())
    for place, text in fields:
        if text.strip() in PLACEHOLDERS:
            yield problem(origin.uri, origin.line(place), "placeholder", place, value=text.strip())


def _fields(one: Loaded) -> Iterator[tuple[str, str]]:
    """Every text of the front matter that can be shown, with its key."""
    for name, _ in keys_of(type(one.item)):
        if name not in {"id", "approvals", "extra"}:
            yield from _strings(getattr(one.item, name), name)


def _strings(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for number, member in enumerate(value, 1):
            yield from _strings(member, f"{place}[{number}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name, _ in keys_of(type(value)):
            yield from _strings(getattr(value, name), f"{place}.{name}")


def _private(text: str, numbers: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    # Full-width digits are digits to whoever reads them.
    text = text.translate(_FOLDED)
    for match in _IDENTITY.finditer(text):
        if _identity_valid(_digits(match[1])):
            yield "identity-number", {"value": match[1][:6] + "…"}
    for match in _CARD.finditer(text):
        if _luhn(_digits(match[1])) and not _in_formula(text, match):
            yield "card-number", {"value": match[1][:6] + "…"}
    for match in _MOBILE.finditer(text):
        if _digits(match[1]) not in numbers:
            beside = _FIGURE.search(text, 0, match.start(1)) or _AMOUNT.match(text, match.end())
            figure = beside is not None or _in_formula(text, match)
            yield "mobile-like" if figure else "mobile-number", {"value": match[1][:3] + "…"}


def _in_formula(text: str, match: re.Match[str]) -> bool:
    """True between dollar signs, where technical texts write their formulas."""
    before, after = text[: match.start(1)], text[match.end(1) :]
    return before.count("$") % 2 == 1 and "$" in after


def _digits(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _numbers(text: str, numbers: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for match in _HOTLINE.finditer(text):
        if match[0] not in numbers:
            yield "unknown-hotline", {"value": match[0]}


def _wording(text: str, words: Sequence[Wording]) -> Iterator[tuple[str, dict[str, str]]]:
    for word in words:
        if word.find not in text:
            continue
        rest = text
        for fine in word.unless:
            rest = rest.replace(fine, "")
        if word.find in rest:
            yield "wording", {"value": word.find, "why": word.why}
    # A box line (!!! scam "标题") and a link's title need their straight quotes.
    if (
        '"' in text
        and _STRAIGHT_QUOTE.search(_LINK_TITLE.sub("](", text))
        and not text.lstrip().startswith(("!!!", "???"))
    ):
        yield "straight-quote", {}


def _identity_valid(number: str) -> bool:
    """GB 11643: the last character is a check digit modulo 11."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _luhn(number: str) -> bool:
    digits = [int(d) for d in reversed(number)]
    doubled = (sum(divmod(2 * d, 10)) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
