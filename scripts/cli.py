"""The command line inside the .venv: imports the one command asked for, and turns every failure into a sentence."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence

from scripts.environment import child_environment
from scripts.parser import Request, parse
from scripts.places import CACHE
from scripts.words import Refusal, Words, tell, use_utf8


def main(argv: Sequence[str]) -> int:
    """Parses and runs; gives the exit code."""
    use_utf8()
    request = parse(argv)
    return request if isinstance(request, int) else run(request)


def run(request: Request) -> int:
    """Runs a parsed request; gives the exit code."""
    words = request.words
    os.environ.update(child_environment({}))
    try:
        code: int = importlib.import_module(f"scripts.commands.{request.command}").run(request.arguments, words)
        sys.stdout.flush()
    except Refusal as refusal:
        tell(refusal.sentence(words))
        return refusal.code
    except KeyboardInterrupt:
        tell("\n" + words("interrupted"))
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        tell(words("os-error", path=error.filename or "?", reason=error.strerror or str(error)))
        return 3
    except Exception:
        return _own_fault(words)
    return code


def _own_fault(words: Words) -> int:
    """A slip of this program: the editor gets a sentence, the maintainers a file."""
    CACHE.mkdir(exist_ok=True)
    report = CACHE / "error.log"
    report.write_text(traceback.format_exc(), "utf-8")
    tell(words("own-fault", path=report))
    return 70
