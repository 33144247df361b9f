"""Icons by name: takes the folders that Material ships them in, gives inline drawings, each read once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

SET = ".icons/octicons"
"""The one set that the theme uses."""


class Icons:
    """`icons["shield-check"]` in templates."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [folder / SET for folder in folders]
        self._drawn: dict[str, Markup] = {}

    def __getitem__(self, name: str) -> Markup:
        """The drawing, hidden from screen readers: a word always stands beside it.

        Raises:
            LookupError: there is no such icon.
        """
        if name not in self._drawn:
            file = next((f for folder in self._folders if (f := folder / f"{name}-24.svg").is_file()), None)
            if file is None:
                raise LookupError(f"no icon {name!r}")
            drawing = file.read_text("utf-8").strip().removeprefix("<svg")
            # A size of its own, for the moment before the style sheet comes, or if it never does.
            self._drawn[name] = Markup(
                f'<span class="i" aria-hidden="true"><svg width="20" height="20"{drawing}</span>'
            )
        return self._drawn[name]
