"""Chinese sentences for the benchmark: takes a random source, gives text that segments and compresses like real prose."""

from __future__ import annotations

import re
from random import Random

# Each slot of a template names a list; the lists multiply, so that no two texts say the same.
LISTS: dict[str, tuple[str, ...]] = {
    "who": tuple(
        "退休的陈阿姨 刚毕业的小周 开水果店的老李 跑外卖的阿强 带孙子的刘奶奶 做会计的孙女士 住宿舍的大学生 开网店的林姐 "
        "刚换工作的小郑 在工地干活的老吴 常年出差的何先生 租房的两位室友 照顾老人的女儿 社区里的志愿者 学校门口的家长 "
        "小区的物业管家 厂里的班组长 独自在家的老伯 准备结婚的年轻人 第一次买理财的邻居".split()
    ),
    "fake": tuple(
        "自称客服的人 冒充民警的人 所谓的理财老师 没见过面的网友 群里的接待员 自称退费专员的人 假冒领导的账号 "
        "征信修复的中介 声称内部渠道的人 陌生的会议主持人 冒充快递员的人 代办贷款的业务员 自称校友的人 "
        "网上认识的恋人 发二维码的陌生人".split()
    ),
    "way": tuple(
        "一通陌生电话 一条带链接的短信 一个短视频的评论区 一张夹在信箱里的通知 一个刚建的聊天群 一封标着重要的邮件 "
        "一则招聘信息 一次线下的赠品活动 一个仿得很像的网站 一份电子合同 一个要扫的二维码 一场线上会议".split()
    ),
    "ask": tuple(
        "先交一笔保证金 打开屏幕共享 把验证码念出来 下载一个没听过的软件 把钱集中到一张卡 截图发银行余额 填写身份证号和卡号 "
        "把转账限额调高 借出自己的收款码 再补一单才能提现 不要告诉家里人 转到对方给的账户 替人收一笔钱再转出去 "
        "马上做决定不要挂电话".split()
    ),
    "lost": tuple(
        "几个月的工资 准备交的房租 攒下的学费 店里的货款 养老的存款 给家里寄的钱 刚到账的奖金 装修用的预算 看病备用的钱 "
        "借来周转的款子".split()
    ),
    "do": tuple(
        "先挂断，再拨官方电话 回到自己常用的手机软件里查 把事情说给家人听 到网点当面问清楚 请同事一起看一遍 保存聊天和转账记录 "
        "把卡片背面的号码存进手机 当天修改用过的密码 关掉不用的免密支付 先放一晚上再决定 把合同带回家慢慢读 逐条核对收费项目".split()
    ),
    "thing": tuple(
        "银行卡 收款码 手机银行 身份证复印件 短信验证码 电子合同 保险单 贷款合同 信用报告 理财说明书 交易流水 账户变动提醒 "
        "电话卡 转账限额".split()
    ),
    "place": tuple(
        "社区活动室 营业厅的等候区 菜市场的入口 工厂的食堂 大学的报告厅 地铁站的出口 小区的凉亭 夜校的教室 商场的服务台 "
        "老年大学的课堂".split()
    ),
    "time": tuple(
        "上周三下午 月初发工资那天 临近过节的时候 晚上八点多 一个下雨的早晨 午休的半小时里 周末去买菜的路上 开学前的一周 "
        "年底结账那几天 刚下班的路上".split()
    ),
    "verb": tuple("核对 记下 保存 打印 截图 登记 询问 复查 比较 说明".split()),
    "why": tuple(
        "着急的时候最容易少想一步 对方说话很有条理 页面做得几乎一样 身边的人都说没问题 头两次真的收到了钱 不好意思开口拒绝 "
        "怕影响自己的征信 以为金额小不要紧 担心错过名额 不想给孩子添麻烦".split()
    ),
    "law": tuple(
        "消费者权益保护法 反电信网络诈骗法 个人信息保护法 商业银行法 保险法 电子商务法 银行保险机构消费者权益保护管理办法 "
        "防范和处置非法集资条例".split()
    ),
    "right": tuple("知情权 自主选择权 公平交易权 财产安全权 依法求偿权 受教育权 受尊重权 信息安全权".split()),
    "feel": tuple("松了一口气 有点后怕 半信半疑 将信将疑地点了头 愣了一会儿 反复看了几遍 决定再问一次 没有立刻答应".split()),
    "num": tuple("两 三 四 五 六 八 十 十二 二十 三十".split()),
    "unit": tuple("分钟 个小时 天 个工作日 周".split()),
    "topic": tuple(
        "转账限额 风险等级 年化利率 犹豫期 提前还款 账户冻结 免密支付 自动扣款 个人征信 外币兑换 养老金领取 大额存单 "
        "信用卡分期 挂失补卡 残缺人民币兑换 投诉处理".split()
    ),
}
SENTENCES = (
    "{time}，{who}接到了{way}，对方要求{ask}。",
    "{fake}说得很急，让{who}{ask}，否则就来不及了。",
    "{who}想了想，{feel}，最后{do}。",
    "很多人没有起疑，是因为{why}。",
    "从{way}开始，到{lost}被转走，前后不到{num}{unit}。",
    "如果有人要您{ask}，不管理由是什么，都可以先停下来。",
    "正规机构办理{topic}，不会让您{ask}。",
    "遇到这样的事，{do}，比什么都管用。",
    "{who}后来说，当时{why}，所以没有多问。",
    "{thing}只归自己用，借给别人，出了事自己也要说清楚。",
    "关于{topic}，合同里写得清楚的，以合同为准；写得不清楚的，请工作人员逐条{verb}。",
    "我们在{place}讲过这件事，听的人里有{num}位说自己遇到过。",
    "按照{law}的规定，消费者享有{right}，机构应当用听得懂的话讲明白。",
    "{fake}最怕的，是您把事情告诉第三个人。",
    "把{thing}和密码分开放，{verb}每一笔进出，是最简单的习惯。",
    "不是每一通陌生电话都是骗局，可是提到{ask}的，多半不是好事。",
    "办理{topic}以前，先问三个问题：收多少钱，什么时候能退，出了问题找谁。",
    "{who}在{place}拿到一张折页，回家以后贴在了冰箱上。",
    "有人问，{thing}丢了怎么办；答案是{do}，一步也不要省。",
    "钱转出去以后，{num}{unit}之内的处理最要紧，越早越有机会拦下来。",
    "那天{place}来了{num}个人，问得最多的是{topic}。",
    "页面上的数字一直在涨，并不说明{lost}还在。",
    "别怕麻烦柜员，多问一句{topic}，他们应当回答到您听懂为止。",
    "看上去只是{way}，背后却有人分工，有人写稿子，有人收钱。",
    "对方越是强调保密，您越应该{do}。",
    "把{topic}弄明白，不需要专业知识，只要愿意慢一点，{verb}得仔细一点。",
    "{who}没有{ask}，而是{do}，{lost}因此保住了。",
    "同样的手法，换个名字又会回来，所以要记的不是名字，而是“{ask}”这个动作。",
    "机构保存您的资料，应当说明用途和期限，这是{law}里的要求。",
    "如果已经{ask}，不要自责，马上{do}，把经过按时间顺序写下来。",
    "家里人可以约好一句话，凡是提到{lost}，先说这句话再谈别的。",
    "宣传材料上的收益只是举例，{topic}的结果可能更好，也可能更差。",
    "{place}的展板只写了一句话：遇到{way}，先停三秒。",
    "过去{num}{unit}里，同类的事情又出现过，开头都是{way}。",
)
HEADINGS = (
    "事情是怎样开始的",
    "{topic}到底是什么意思",
    "哪一步可以停下来",
    "先看清{thing}",
    "为什么会相信{fake}",
    "遇到{way}怎么办",
    "办理{topic}之前要问的话",
    "{who}的做法",
    "法律是怎么说的",
    "平时可以先做好的事",
    "在{place}常听到的问题",
    "回家以后再做一遍",
)
TITLES = (
    "{fake}让您{ask}，先停一停",
    "{who}与{way}",
    "办{topic}之前，先问三句话",
    "{thing}为什么不能借",
    "一次说清{topic}",
    "从{way}说起",
    "{who}怎样保住了{lost}",
    "{place}的一堂课",
    "“{ask}”，这句话要警惕",
    "{topic}里最容易看漏的一行",
)
SUMMARIES = (
    "{way}之后，{fake}要求{ask}。本文说明这件事怎样发生，在哪一步可以停下，以及事后怎样处理。",
    "围绕{topic}，用平常话讲清楚要看什么、问什么、留下什么凭据。适合{who}这样的读者。",
    "{who}差一点失去{lost}。回头看，只要{do}，事情就会不一样。",
    "办理{topic}时常有人问到{thing}。这里按顺序说明步骤、期限和可以求助的地方。",
)
PLAIN = (
    "有人要您{ask}，先停下来。",
    "{thing}自己保管，不借给别人。",
    "拿不准的时候，{do}。",
    "办{topic}，先看清收多少钱。",
    "提到{lost}的陌生人，都要多问一句。",
    "发现不对，马上打银行电话。",
)
STEPS = ("{do}。", "不要{ask}。", "把{thing}收好，{verb}最近的记录。", "钱已经转出的，立即拨打 110。", "需要帮助，拨打 96110。")
CELLS = ("{thing}", "{topic}", "{way}", "{ask}", "{do}", "{lost}", "{num}{unit}", "{place}")
_SLOT = re.compile(r"\{([a-z]+)\}")
_HAN = re.compile("[\u4e00-\u9fff]")


def say(random: Random, templates: tuple[str, ...]) -> str:
    """One of the templates with its slots filled."""
    return _SLOT.sub(lambda slot: random.choice(LISTS[slot[1]]), random.choice(templates))


def several(random: Random, templates: tuple[str, ...], count: int) -> list[str]:
    """Up to `count` of them, no two alike."""
    return list(dict.fromkeys(say(random, templates) for _ in range(count)))


def paragraph(random: Random, sentences: int) -> str:
    """Some sentences in a row."""
    return "".join(say(random, SENTENCES) for _ in range(sentences))


def han(text: str) -> int:
    """How many Han characters a text has."""
    return len(_HAN.findall(text))


def shortened(text: str, most: int) -> str:
    """The text, cut at a length."""
    return text if len(text) <= most else text[: most - 1] + "…"
