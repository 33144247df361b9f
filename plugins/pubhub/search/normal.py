"""One form for text and for what is typed: takes a text, gives it folded, so that finding is a plain comparison of characters.

Each character by itself: compatibility form (NFKC), lower case, traditional to simplified. The browser does the same with the
same table (theme/assets/search/core/), so what is found here is found there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Punctuation that keyboards write in many ways.
_SAME = {
    "“": '"',
    "”": '"',
    "„": '"',
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "‘": "'",
    "’": "'",
    "`": "'",
    "—": "-",
    "–": "-",
    "―": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "•": "·",
    "・": "·",
    "‧": "·",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "《": "<",
    "》": ">",
    "〈": "<",
    "〉": ">",
    # Two ways to write one word.
    "帐": "账",
    "妳": "你",
}
SAME: Mapping[str, str] = _SAME
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"
_TABLES = ("TSCharacters", "TWVariantsRev", "HKVariantsRev")
# A blank beside a character that is not ASCII says nothing; between Latin words it parts them.
_BLANK = re.compile(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+")
_BLANKS = re.compile(r"\s+")


@cache
def simplified() -> Mapping[str, str]:
    """Traditional → simplified, one character to one, from OpenCC's tables; variants of Taiwan and Hong Kong as well."""
    spec = find_spec("opencc")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "dictionary"
    tables = [_table(folder / f"{name}.txt") for name in _TABLES]
    found: dict[str, str] = {}
    for table in tables:
        for old, new in table.items():
            # A variant leads to a traditional character, which leads to a simplified one.
            end = tables[0].get(new, new)
            if old != end:
                found.setdefault(old, end)
    # Simplified text is full of it, and nobody writes the other one.
    found.pop("么", None)
    # No chains: what a character becomes stays as it is.
    ends = {old: SAME.get(found.get(new, new), found.get(new, new)) for old, new in sorted(found.items())}
    return {old: end for old, end in ends.items() if old != end}


def _table(path: Path) -> dict[str, str]:
    found = {}
    for line in path.read_text("utf-8").splitlines():
        old, _, new = line.partition("\t")
        first = new.split(" ")[0]
        if len(old) == 1 and len(first) == 1:
            found[old] = first
    return found


class _Forms(dict[int, str]):
    """Code point → its form, worked out when it is first met; for str.translate."""

    def __missing__(self, code: int) -> str:
        form = self[code] = form_of(chr(code))
        return form


def form_of(char: str) -> str:
    """The form of one character: none, one or several."""
    if char in _UNSEEN:
        return ""
    fold = simplified()
    form = unicodedata.normalize("NFKC", _SAME.get(char, char)).lower()
    return "".join(fold.get(_SAME.get(c, c), _SAME.get(c, c)) for c in form)


_FORMS = _Forms()


def normal(text: str) -> str:
    """The text in the form in which it is indexed and compared."""
    return _BLANKS.sub(" ", _BLANK.sub("", text.translate(_FORMS))).strip()


def fold_pairs(characters: Iterable[str]) -> str:
    """What the browser needs of the table: traditional and simplified in turn, for the characters that texts really use."""
    used = set(characters)
    return "".join(old + new for old, new in simplified().items() if new in used)
