"""An issue of everything that is hard to set, and long issues: takes a folder and a number, gives a content tree that is approved."""

from __future__ import annotations

from pathlib import Path

from tests.support import BOTH, approved, picture, seeded, valid, write

QUARTER = "2026Q3"
_WORDS = (
    "接到自称客服的电话，先挂断，再自己拨打官方号码核实。",
    "骗子说的“安全账户”并不存在；银行、公安都不会让您转账。",
    "合同里的每一个数字都要看清：本金、利率、期限、违约金。",
    "“稳赚不赔”四个字出现时，您就该停下来问一句：凭什么？",
    "2026年9月12日，ABC公司App推送了3.5%的“年化”广告（实际为日息0.05%）。",
    "《中华人民共和国消费者权益保护法》第二十八条写得明白——要提示风险……",
    "老人把存折锁进抽屉，钥匙挂在脖子上，可是验证码还是报了出去。",
    "手续费、担保费、服务费、“解冻费”，名目再多，都是同一只手伸过来。",
)
RARE = "䶮姓的客户、㛃姓的店主、𬍛字辈的孩子，名字都要印得出来。"
TRADITIONAL = "香港和臺灣的讀者會看到這一段：請勿把驗證碼告訴任何人，轉帳以前先打電話給銀行查證，遇到騙徒就報警。"
EMOJI = "朋友圈里写着“恭喜发财🎉”“速来👍🏽”“⚠️最后一天”和👨‍👩‍👧全家福，一个🫠也没有用。"
ADDRESS = (
    "https://example.org/a/very/long/path/without/any/space/0123456789abcdef0123456789abcdef0123456789abcdef/index.html"
    "?query=abcdefghijklmnopqrstuvwxyz&token=0123456789012345678901234567890123456789"
)


def prose(name: str, characters: int) -> str:
    """One paragraph of a certain length at least."""
    random = seeded(name)
    text = ""
    while len(text) < characters:
        text += random.choice(_WORDS)
    return text


def hard_bodies() -> dict[str, str]:
    """The hard articles by name."""
    notes = "".join(f"第{n}句话有一个注释[^n{n}]，后面还有几个字。{prose(f'n{n}', 20)}\n\n" for n in range(1, 41))
    notes += "第三个注释在这里再提一次[^n3]，第四十个也再提一次[^n40]。\n\n"
    notes += "".join(f"[^n{n}]: 第{n}个注释说明这一句的来历，来自公开材料第{n}页。\n" for n in range(1, 41))
    long_table = "| 序号 | 情形 | 应当怎样做 | 说明 |\n|---|:--|:-:|--:|\n" + "".join(
        f"| {n} | {prose(f'a{n}', 10)} | {prose(f'b{n}', 14)} | 第{n}行的说明文字 |\n" for n in range(1, 61)
    )
    wide_table = (
        "| "
        + " | ".join(f"第{n}列名称" for n in range(1, 15))
        + " |\n"
        + "|---" * 14
        + "|\n"
        + "".join("| " + " | ".join(f"第{r}行第{n}格内容" for n in range(1, 15)) + " |\n" for r in range(1, 7))
    )
    eight = (
        "| "
        + " | ".join(f"栏目{n}" for n in range(1, 9))
        + " |\n"
        + "|---" * 8
        + "|\n"
        + ("| " + " | ".join(f"八列表格的第{n}格" for n in range(1, 9)) + " |\n") * 3
    )
    return {
        "notes": f"{prose('start', 100)}\n\n{notes}",
        "giant": f"{prose('giant', 3000)}\n\n## 再来一段\n\n{prose('giant2', 3000)}\n",
        "tables": f"{prose('t', 60)}\n\n{long_table}\n{prose('t2', 60)}\n\n## 很宽的表格\n\n{wide_table}\n{eight}\n"
        f"| 甲 | 乙 |\n|---|---|\n| 没有空格的{'x' * 90} | {ADDRESS} |\n",
        "lists": "四层的列表在这里：\n\n"
        "- 第一层的内容说得清楚\n    - 第二层的内容也要清楚\n        - 第三层的内容还要清楚\n            - 第四层的内容仍然清楚\n"
        "- 回到第一层，这一项有两段\n\n    第二段仍然属于这一项，不会掉出去。\n\n"
        "1. 有序的第一步\n    1. 里面的第一小步\n        1. 再里面的一小步\n            1. 最里面的一小步\n2. 有序的第二步\n\n"
        "5. 从五开始的列表项目\n6. 接着是第六个列表项目\n\n"
        "- [x] 已经做完的一件事情\n- [ ] 还没有做完的一件事\n\n"
        "术语一\n:   对第一个术语的解释文字。\n:   对第一个术语的另一个解释。\n\n术语二\n:   对第二个术语的解释文字。\n\n"
        "按 <kbd>Ctrl</kbd>+<kbd>C</kbd> 复制，==标出来的重点文字==，水是 H~2~O，面积是 10 m^2^，~~删掉的旧文字~~和^^新加的文字^^，"
        "<small>小号的说明文字</small>。APR 是一个缩写，APR 第二次出现就不再解释。\n\n*[APR]: 年化百分率\n\n"
        "> 引用的第一段话应当完整地印出来。\n>\n> 引用的第二段话也应当完整地印出来。\n\n"
        "---\n\n### 三级标题直接出现\n\n#### 四级标题跟在后面\n\n##### 五级标题也不会丢\n\n",
        "signs": f"{RARE}\n\n{TRADITIONAL}\n\n{EMOJI}\n\n网址没有空格：<{ADDRESS}>，后面还有话要说。\n\n"
        f"没有协议的串：{'abcdef0123456789' * 8}，后面也还有话要说。\n\n"
        "Mixed Latin text with numbers 12345 and 中文 between words，利率 3.85%，金额 ¥1,234.56 元，电话 110、96110。\n\n"
        "人名有间隔号：卡尔·马克思·弗里德里希·恩格斯·伊曼努尔·康德·约翰·沃尔夫冈·冯·歌德·威廉·莎士比亚·列夫·托尔斯泰。\n",
        "boxes": "".join(
            f"!!! {kind}\n    {prose(kind, 60)}\n\n    {prose(kind + '2', 30)}\n\n"
            for kind in ("scam", "note", "tip", "warning", "danger", "law", "quote")
        )
        + f'??? note "收起来的一段"\n    {prose("folded", 80)}\n\n!!! law "很长的一框"\n    {prose("box", 900)}\n\n'
        "```python\nif money_is_gone():\n    call(110)  # 先报警\n    "
        + "print('"
        + "a very long line of code without end " * 4
        + "')\n```\n\n"
        '行内代码 `value = 1` 也要印出来。\n\n![三步做法的示意图](steps.png "图：三步做法")\n\n图后面的文字继续排下去。\n\n'
        '![宽的示意图](wide.png "图：很宽的一张")\n',
    }


def hard_issue(root: Path) -> Path:
    """One issue with every hard article, in both layouts."""
    files: dict[str, str | bytes] = {}
    ids: dict[str, list[str]] = {"工作动态": [], "消保微讲堂": [], "风险瞭望台": []}
    pictures = {"steps.png": picture(width=900, height=500), "wide.png": picture(width=1700, height=800)}
    for number, (name, body) in enumerate(hard_bodies().items(), 1):
        for kind, section, column, base in (
            ("case", "cases", "风险瞭望台", 100),
            ("lesson", "lessons", "消保微讲堂", 200),
            ("news", "news", "工作动态", 300),
        ):
            if kind == "news" and name not in {"giant", "boxes"}:
                continue
            id_ = f"XB-2026-{base + number:04d}"
            ids[column].append(id_)
            beside = pictures if "steps.png" in body else {}
            keys = {"people": "无"} if beside else {}
            title = f"难排的稿件之{name}"
            text = valid(kind, body, id=id_, title=title, status="published", date="2026-09-12", **keys)
            files[f"{section}/2026/{name}/index.md"] = approved(text, *BOTH, pictures=beside)
            files.update({f"{section}/2026/{name}/{file}": data for file, data in beside.items()})
    return _issue(root, files, ids)


def long_issue(root: Path, articles: int) -> Path:
    """So many articles of ordinary length, in all columns."""
    files: dict[str, str | bytes] = {}
    ids: dict[str, list[str]] = {}
    kinds = (
        ("news", "news", "工作动态"),
        ("case", "cases", "风险瞭望台"),
        ("alert", "alerts", "风险瞭望台"),
        ("lesson", "lessons", "消保微讲堂"),
        ("article", "articles", "消保微讲堂"),
    )
    for number in range(articles):
        kind, section, column = kinds[number % len(kinds)]
        body = f"{prose(f'{number}', 150)}\n\n"
        for part in range(3):
            name = f"{number}-{part}"
            body += f"## 第{part + 1}部分讲什么\n\n{prose(name, 220)}\n\n"
            body += f"- {prose(f'{name}a', 20)}\n- {prose(f'{name}b', 20)}\n\n"
        id_ = f"XB-2026-{1000 + number:04d}"
        ids.setdefault(column, []).append(id_)
        text = valid(
            kind, body, id=id_, title=f"第{number + 1}篇：先停下，再核实", status="published", date="2026-09-12"
        )
        files[f"{section}/2026/piece-{number}/index.md"] = approved(text, *BOTH)
    return _issue(root, files, ids)


def _issue(root: Path, files: dict[str, str | bytes], ids: dict[str, list[str]]) -> Path:
    columns = "{" + ", ".join(f"{name}: [{', '.join(found)}]" for name, found in ids.items()) + "}"
    text = valid(
        "issue",
        prose("editor", 400) + "\n\n" + prose("editor2", 200) + "\n",
        id="XB-2026-0900",
        title="难排的一期专刊",
        status="published",
        date="2026-09-30",
        columns=columns,
        lead="“先停下”三个字",
    )
    files["bulletin/2026/2026q3/index.md"] = approved(text, "business biz 2026-09-30", "independent law 2026-09-30")
    return write(root, files)
