"""Words that stand for a picture where nobody sees it: takes alternative text, title and file name, says what is wrong with them."""

from __future__ import annotations

import re

DECORATIVE = "装饰"
"""The title by which a picture says that it says nothing: ![](line.png "装饰")."""
# What cameras, phones and screenshot tools call their files.
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|webp|avif|gif|heic|bmp|tiff?)"
    r"|(?:img|dsc|dscn|dscf|pxl|mvimg|p|image|photo|pic|picture|screenshot|mmexport|wx_camera_|untitled"
    r"|微信图片|图片|照片|图|屏幕截图|截图|截屏|未命名)[-_ ()（）]*[\d][-_\d ()（）:：]*",
    re.IGNORECASE,
)


def wrong_words(alt: str, title: str, file: str) -> str | None:
    """The code of a problem, or None.

    Args:
        alt: the alternative text.
        title: the caption, or DECORATIVE.
        file: name of the picture.
    """
    words = alt.strip()
    if title == DECORATIVE:
        return "decorative-alt" if words else None
    if not words:
        return "missing-alt"
    return "alt-file-name" if is_file_name(words, file) else None


def is_file_name(alt: str, file: str) -> bool:
    """True for words that only say what a file is called."""
    stem = file.rpartition("/")[2].rpartition(".")[0]
    # An editor may well call the file what it shows: 反诈三步.png.
    named = stem.isascii() and alt.lower() == stem.lower()
    return named or _FILE_NAME.fullmatch(alt) is not None
