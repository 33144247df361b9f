"""A second look at wording and privacy: takes an item's text, gives advice, and errors where a person's data stand in the open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubhub.content.loader import Loaded
from pubhub.content.vocabulary import Vocabulary
from pubhub.problems import Problem, problem

_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])([1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?![\dA-Za-z])"
)
_CARD = re.compile(r"(?<!\d)(62\d{14,17}|[45]\d{15})(?!\d)")
_MOBILE = re.compile(r"(?<![\dA-Za-z._/=-])(1[3-9]\d{9})(?![\dA-Za-z])")
_TELEPHONE = re.compile(r"电话|手机|号码|联系|微信|短信|致电|拨打|来电|客服|热线|咨询|(?i:tel|phone|mobile|wechat)")
_HOTLINE = re.compile(
    r"(?<![\d.,:/%-])(?:9[56]\d{3}|12[13]\d{2}|123\d{2}|96\d{3,4})(?![\d.,%:年月日元万亿个条人次名只家件起-])"
)
_STRAIGHT_QUOTE = re.compile(r'[\u4e00-\u9fff]"|"[\u4e00-\u9fff]')


def lint(one: Loaded, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Problems of wording (advice) and of privacy (errors) in title, summary, plain sentences and prose."""
    origin = one.item.origin
    texts = [("title", origin.line("title"), one.item.title), ("summary", origin.line("summary"), one.item.summary)]
    texts += [("plain", origin.line(f"plain[{n}]"), text) for n, text in enumerate(one.item.plain, 1)]
    texts += [("", origin.body_line + n, line) for n, line in enumerate(one.scan.prose.split("\n"))]
    numbers = {h.number for h in vocabulary.facts.hotlines} | set(vocabulary.facts.numbers)
    for field, line, text in texts:
        for code, params in _findings(text, vocabulary, numbers):
            yield problem(origin.uri, line, code, field, **params)


def _findings(text: str, vocabulary: Vocabulary, numbers: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    if not text.strip():
        return
    for match in _IDENTITY.finditer(text):
        if _identity_valid(match[1]):
            yield "identity-number", {"value": match[1][:6] + "…"}
    for match in _CARD.finditer(text):
        if _luhn(match[1]):
            yield "card-number", {"value": match[1][:6] + "…"}
    for match in _MOBILE.finditer(text):
        if match[1] not in numbers:
            # Eleven digits alone may be any figure; beside such a word they are somebody's telephone.
            code = "mobile-number" if _TELEPHONE.search(text) else "mobile-like"
            yield code, {"value": match[1][:3] + "…"}
    for match in _HOTLINE.finditer(text):
        if match[0] not in numbers:
            yield "unknown-hotline", {"value": match[0]}
    for word in vocabulary.wording:
        rest = text
        for fine in word.unless:
            rest = rest.replace(fine, "")
        if word.find in rest:
            yield "wording", {"value": word.find, "why": word.why}
    # A box line (!!! scam "标题") needs its straight quotes.
    if _STRAIGHT_QUOTE.search(text) and not text.lstrip().startswith(("!!!", "???")):
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
