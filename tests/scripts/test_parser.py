"""The command line: what is wrong is said in the user's language, with the word that was probably meant."""

from __future__ import annotations

import datetime as dt

import pytest

from scripts.parser import COMMANDS, EXIT_USAGE, Request, parse


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["chek"], "没有“chek”这个命令。您是不是想写“check”？"),
        (["zzz"], "没有“zzz”这个命令。\n"),
        (["build", "--editon", "staff"], "没有“--editon”这个选项或参数。您是不是想写“--edition”？"),
        (["build", "--edition", "stuff"], "--edition：不能是“stuff”，请从这些里选：public, staff"),
        (["build", "--date", "2026-02-30"], "--date：“2026-02-30”不是日期"),
        (["build", "--date", "20260201"], "--date：“20260201”不是日期"),
        (["build", "--out"], "--out：后面要写上内容"),
        (["build", "extra"], "没有“extra”这个选项或参数。"),
        (["build", "--clean=x"], "--clean：后面不能写内容"),
        (["serve", "--port", "many"], "--port：“many”不是整数"),
        (["approve", "a"], "还缺：--as, --line"),
        (["approve", "--as", "a", "--line", "business"], "还缺：PATH"),
        (["check", "--lang", "fr"], "--lang：不能是“fr”"),
        (["--lang", "en", "chek"], "There is no command “chek”. Did you mean “check”?"),
        (["serve", "--port", "many", "--lang=en"], "--port: “many” is not a whole number"),
    ],
)
def test_wrong_usage(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(argv) == EXIT_USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "--help" in err.splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert parse([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("用法：")
    assert f"hub.py {command} [--help]" in out
    for foreign in ("usage", "positional", "options:", "show this help"):
        assert foreign not in out


def test_help_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["build", "--help", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("usage: ")


def test_options_may_stand_between_paths() -> None:
    request = parse(["check", "a.md", "--format", "json", "b.md"])
    assert isinstance(request, Request)
    assert request.arguments.paths == ["a.md", "b.md"]
    assert request.arguments.format == "json"


def test_values() -> None:
    request = parse(["new", "alert", "--set", "a=b", "--set", "c=d", "--date", "2026-02-03", "--lang", "en"])
    assert isinstance(request, Request)
    assert request.words.lang == "en"
    assert request.arguments.values == ["a=b", "c=d"]
    assert request.arguments.date == dt.date(2026, 2, 3)


def test_unknown_options_of_test_go_to_pytest() -> None:
    request = parse(["test", "--long", "-k", "sign", "tests/review", "--", "-x"])
    assert isinstance(request, Request)
    assert request.arguments.long
    assert request.arguments.more == ["-k", "sign", "tests/review", "-x"]


def test_version_has_its_usual_spelling() -> None:
    request = parse(["--version"])
    assert isinstance(request, Request)
    assert request.command == "version"
