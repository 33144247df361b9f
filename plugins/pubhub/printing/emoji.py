"""Small pictures as words: print has one ink and no picture font, so each emoji becomes its Chinese name in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_ONE = (
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[#*0-9]\ufe0f?\u20e3"
    "|[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff]"
)
_PART = f"(?:{_ONE})[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
_EMOJI = re.compile(f"(?:{_PART})(?:\u200d(?:{_PART}))*")
_UNSEEN = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f]")
_NAMES = {
    "😀": "笑脸",
    "😁": "笑脸",
    "😂": "笑哭",
    "😄": "笑脸",
    "😊": "微笑",
    "🙂": "微笑",
    "😅": "苦笑",
    "😍": "喜爱",
    "😎": "得意",
    "😡": "生气",
    "😠": "生气",
    "😢": "流泪",
    "😭": "大哭",
    "😱": "惊吓",
    "😨": "害怕",
    "😴": "瞌睡",
    "🤔": "思考",
    "🤝": "握手",
    "🙏": "合十",
    "👍": "赞",
    "👎": "不赞成",
    "👏": "鼓掌",
    "👌": "好",
    "👉": "指向右",
    "👈": "指向左",
    "👆": "指向上",
    "👇": "指向下",
    "💪": "加油",
    "❤": "爱心",
    "💰": "钱袋",
    "💵": "钞票",
    "💳": "银行卡",
    "🏦": "银行",
    "📱": "手机",
    "📞": "电话",
    "☎": "电话",
    "📢": "喇叭",
    "🔔": "铃",
    "🔒": "锁",
    "🔑": "钥匙",
    "🔗": "链接",
    "🔥": "火",
    "🎉": "庆祝",
    "🎁": "礼物",
    "🚨": "警灯",
    "🚫": "禁止",
    "⚠": "注意",
    "✅": "对",
    "❌": "错",
    "❗": "！",
    "❓": "？",
    "⭐": "★",
    "👴": "老人",
    "👵": "老人",
    "👮": "警察",
    "🐷": "猪",
}


def spelled(text: str, printable: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """Parts of the text in order; True for those that are spelled already and need no look."""
    at = 0
    for match in _EMOJI.finditer(text):
        yield text[at : match.start()], False
        at = match.end()
        bare = _UNSEEN.sub("", match[0])
        # Plain signs such as ☆ or → stand in our faces; a colour picture of them is not needed.
        yield (bare if bare and all(printable(c) for c in bare) else _word(bare)), True
    yield text[at:], False


def _word(bare: str) -> str:
    name = _NAMES.get(bare) or _NAMES.get(bare[:1])
    if name is None:
        return "［表情］"
    return name if len(name) == 1 and not "\u4e00" <= name <= "\u9fff" else f"［{name}］"
