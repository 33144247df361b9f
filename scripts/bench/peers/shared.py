"""What all peers show alike: names of sections and topics, the style sheet."""

from __future__ import annotations

import re

from pubhub.theme import OWN
from pubhub.tokens import style_sheet
from scripts.places import CONTENT

STYLES = style_sheet(OWN)


def _names(file: str, key: str) -> dict[str, str]:
    text = (CONTENT / "_data" / file).read_text("utf-8")
    return dict(re.findall(rf"^- id: (\S+)\n  {key}: (\S+)$", text, re.MULTILINE))


SECTION_NAMES = _names("sections.yml", "title")
TOPIC_NAMES = _names("topics.yml", "name")
