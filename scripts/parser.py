"""Commands and options: takes the words after `hub`, gives a request, or prints help. Standard library only."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from scripts.words import HUB, LANGUAGES, Words, tell

EXIT_USAGE = 2
EDITIONS = ("public", "staff")
# What argparse says, and our key for it; anything new in a later Python stays English.
_ARGPARSE = (
    (r"the following arguments are required: (?P<names>.*)", "usage-required"),
    (r"invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.*)\)", "usage-choice"),
    (r"invalid int value: '?(?P<value>.*?)'?", "usage-number"),
    (r"expected (?:one|at least one) argument|expected \d+ arguments?", "usage-value"),
    (r"ignored explicit argument (?P<value>.*)", "usage-no-value"),
)


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    command: str
    arguments: argparse.Namespace
    words: Words


class WrongUsage(Exception):
    """The command line makes no sense; carries the sentence."""


class Parser(argparse.ArgumentParser):
    """argparse in the user's language; a mistake is raised, not printed."""

    def __init__(self, command: str, words: Words) -> None:
        super().__init__(
            prog=f"{HUB} {command}",
            description=words(f"about-{command}"),
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(prog, words("usage"), width=100),
        )
        self.words = words
        self._positionals.title = words("title-arguments")
        self._optionals.title = words("title-options")
        self.option("--help", "-h", help_key="help", action="help")
        self.option("--lang", choices=LANGUAGES)

    def option(self, *names: str, help_key: str = "", **details: object) -> None:
        """Adds an argument whose help stands in words.toml, under its name unless told otherwise."""
        text = self.words("option-" + (help_key or names[0].lstrip("-")))
        self.add_argument(*names, help=text, **details)  # type: ignore[arg-type]  # argparse checks them itself

    def error(self, message: str) -> NoReturn:
        """Raises WrongUsage with argparse's message in the user's words."""
        match = re.fullmatch(r"(?:argument (?P<name>[^:]+): )?(?P<rest>.*)", message, re.DOTALL)
        name, rest = (match["name"], match["rest"]) if match else (None, message)
        for pattern, key in _ARGPARSE:
            if found := re.fullmatch(pattern, rest, re.DOTALL):
                rest = self.words(key, **{k: v.replace("'", "") for k, v in found.groupdict().items()})
                break
        raise WrongUsage(f"{name}{self.words('colon')}{rest}" if name else rest)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, usage: str, width: int) -> None:
        super().__init__(prog, width=width, max_help_position=30)
        self._usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._usage)


def _build(parser: Parser) -> None:
    parser.option("--edition", choices=EDITIONS, default="public")
    parser.option("--content", metavar="DIR")
    parser.option("--out", metavar="DIR")
    parser.option("--date", type=_day(parser.words), metavar="YYYY-MM-DD")
    parser.option("--clean", action="store_true")
    parser.option("--profile", action="store_true")
    parser.option("--quiet", "-q", action="store_true")


def _check(parser: Parser) -> None:
    parser.option("paths", nargs="*", metavar="PATH", help_key="check-paths")
    parser.option("--content", metavar="DIR")
    parser.option("--format", choices=("text", "json", "github"), default="text")


def _new(parser: Parser) -> None:
    parser.option("kind", metavar="KIND")
    parser.option("--title", metavar="TEXT")
    parser.option("--slug", metavar="SLUG")
    parser.option("--date", type=_day(parser.words), metavar="YYYY-MM-DD", help_key="new-date")
    parser.option("--author", metavar="ID")
    parser.option("--set", action="append", default=[], metavar="KEY=VALUE", dest="values")
    parser.option("--content", metavar="DIR")


def _approve(parser: Parser) -> None:
    parser.option("paths", nargs="+", metavar="PATH", help_key="approve-paths")
    parser.option("--as", dest="person", required=True, metavar="PERSON")
    parser.option("--line", choices=("business", "independent"), required=True)
    parser.option("--content", metavar="DIR", help_key="approve-content")
    parser.option("--date", type=_day(parser.words), metavar="YYYY-MM-DD", help_key="approve-date")


def _serve(parser: Parser) -> None:
    parser.option("--edition", choices=EDITIONS, default="public")
    parser.option("--content", metavar="DIR")
    parser.option("--date", type=_day(parser.words), metavar="YYYY-MM-DD")
    parser.option("--port", type=int, default=8000, metavar="N")


def _bundle(parser: Parser) -> None:
    parser.option("quarter", nargs="?", metavar="QUARTER")
    parser.option("--all", action="store_true")
    parser.option("--draft", action="store_true")
    parser.option("--sign", metavar="KEY")
    parser.option("--marks", action="store_true")
    parser.option("--check", action="store_true", help_key="bundle-check")
    parser.option("--content", metavar="DIR")
    parser.option("--edition", choices=EDITIONS, default="public")
    parser.option("--date", type=_day(parser.words), metavar="YYYY-MM-DD")
    parser.option("--out", metavar="FILE_OR_DIR", help_key="bundle-out")


def _verify(parser: Parser) -> None:
    parser.option("file", metavar="FILE", help_key="verify-file")
    parser.option("--signers", metavar="FILE")


def _assets(parser: Parser) -> None:
    parser.option("--check", action="store_true", help_key="assets-check")
    parser.option("--only", metavar="PATTERN", help_key="assets-only")
    parser.option("--out", metavar="DIR", help_key="assets-out")
    parser.option("--content", metavar="DIR", help_key="assets-content")


def _reference(parser: Parser) -> None:
    parser.option("--check", action="store_true")


def _test(parser: Parser) -> None:
    parser.option("--long", action="store_true")


def _bench(parser: Parser) -> None:
    parser.option("--items", type=int, default=1000, metavar="N")
    parser.option("--peers", metavar="NAMES")
    parser.option("--install", action="store_true")
    parser.option("--repeats", type=int, default=3, metavar="N")
    parser.option("--only", metavar="NAMES")
    parser.option("--pictures", type=int, default=0, metavar="N")
    parser.option("--gzip", action="store_true")
    parser.option("--growth", action="store_true")
    parser.option("--walk", type=int, default=0, metavar="N")
    parser.option("--kills", type=int, default=0, metavar="N")
    parser.option("--serve", action="store_true")
    parser.option("--search", metavar="DIR")
    parser.option("--json", metavar="FILE")
    parser.option("--work", metavar="DIR")
    parser.option("--clean", action="store_true", help_key="bench-clean")


COMMANDS: dict[str, Callable[[Parser], None]] = {
    "new": _new,
    "check": _check,
    "approve": _approve,
    "build": _build,
    "serve": _serve,
    "bundle": _bundle,
    "verify": _verify,
    "assets": _assets,
    "reference": _reference,
    "test": _test,
    "bench": _bench,
    "version": lambda parser: None,
}
PASSES_ON = frozenset({"test"})
"""Commands whose unknown options belong to another program."""


def parse(argv: Sequence[str]) -> Request | int:
    """A request; or, after help or a complaint was printed, an exit code."""
    words, rest = _language(list(argv))
    try:
        if not rest or rest[0] in {"-h", "--help", "help"}:
            return _help(rest[1:], words)
        command = {"--version": "version", "-V": "version"}.get(rest[0], rest[0])
        if command not in COMMANDS:
            raise WrongUsage(_unknown("usage-command", command, COMMANDS, words))
        return Request(command, _arguments(command, rest[1:], words), words)
    except WrongUsage as wrong:
        named = f" {rest[0]}" if rest and rest[0] in COMMANDS else ""
        tell(f"{wrong}\n{words('usage-help', command=named)}")
        return EXIT_USAGE
    except SystemExit:  # argparse printed the help that was asked for
        return 0


def _arguments(command: str, given: list[str], words: Words) -> argparse.Namespace:
    parser = Parser(command, words)
    COMMANDS[command](parser)
    if command in PASSES_ON:
        arguments, more = parser.parse_known_args(given)
        arguments.more = [word for word in more if word != "--"]
        return arguments
    # parse_known_intermixed_args cuts seven characters off a usage that it has to make itself.
    parser.usage = parser.format_usage().removeprefix(words("usage")).strip()
    arguments, more = parser.parse_known_intermixed_args(given)
    if more:
        known = [name for action in parser._actions for name in action.option_strings]
        raise WrongUsage(_unknown("usage-unknown", more[0], known, words))
    return arguments


def _language(argv: list[str]) -> tuple[Words, list[str]]:
    """The language asked for anywhere before `--`, and the words without it."""
    rest: list[str] = []
    lang, taken = "zh", False
    for number, word in enumerate(argv):
        if taken:
            taken = False
        elif word == "--":
            return Words(lang), rest + argv[number:]
        elif word == "--lang" and argv[number + 1 : number + 2] and argv[number + 1] in LANGUAGES:
            lang, taken = argv[number + 1], True
        elif word.removeprefix("--lang=") in LANGUAGES and word.startswith("--lang="):
            lang = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return Words(lang), rest


def _help(rest: list[str], words: Words) -> int:
    if rest and rest[0] in COMMANDS:
        _arguments(rest[0], ["--help"], words)
    width = max(map(len, COMMANDS))
    lines = [words("help-head"), ""]
    lines += [f"  {name:<{width}}  {words('about-' + name)}" for name in COMMANDS]
    sys.stdout.write("\n".join([*lines, "", words("help-foot"), ""]))
    return 0


def _unknown(key: str, word: str, known: Iterable[str], words: Words) -> str:
    close = difflib.get_close_matches(word.lower().partition("=")[0], sorted(known), n=1, cutoff=0.6)
    return words(key, value=word) + (words("did-you-mean", close=close[0]) if close else "")


def _day(words: Words) -> Callable[[str], dt.date]:
    def day(text: str) -> dt.date:
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        raise argparse.ArgumentTypeError(words("usage-date", value=text))

    return day
