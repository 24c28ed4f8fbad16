# ruff: noqa: E501, S311, SIM905, RUF005  (lists of words and of sentences, and chance that is no secret)
"""Labelled sentences for the privacy gate: composed by rule from a seed, so that every run has the same ones.

Half of the sentence patterns are for looking at while rules are written (`TUNING`), the other half only for
measuring (`HELD_OUT`): what was found on them is never printed sentence by sentence. All values are put together by
chance; checksums are worked out here a second way, so that a slip in the publisher does not hide itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

TUNING, HELD_OUT = 0, 1
SURNAMES = "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 董 程 曹 袁 邓 许 傅 沈 曾 彭 吕 欧阳 司马 上官".split()
GIVEN = "小明 建国 秀英 伟 芳 丽华 志强 桂兰 海燕 晓东 俊杰 春梅 永福 玉珍 国庆 敏 静怡 浩然 子涵 文博 雪 金凤 德胜 红霞".split()
ESTATES = (
    "阳光小区 幸福花园 南湖家园 锦绣华庭 金桂苑 滨江公寓 翠竹新村 紫薇雅居 和平里 水岸新城 机床厂宿舍 东方名城".split()
)
ROADS = "人民路 解放大道 建设街 胜利巷 文化路 中山路 青年街 团结巷".split()
AREAS = "0728 0724 0532 0551 027 010 021 0513 0912".split()


@dataclass(frozen=True)
class Text:
    """A sentence; `kind` and `value` are empty where it holds no personal data."""

    text: str
    kind: str = ""
    value: str = ""
    post: bool = False
    half: int = TUNING


def digits(r: Random, n: int, first: str = "0123456789") -> str:
    return r.choice(first) + "".join(r.choice("0123456789") for _ in range(n - 1))


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def mobile_plain(r: Random) -> str:
    return "1" + r.choice(["38", "39", "50", "58", "77", "86", "89", "91", "98", "35", "52", "73"]) + digits(r, 8)


def mobile(r: Random) -> str:
    n = mobile_plain(r)
    a, b, c = n[:3], n[3:7], n[7:]
    return r.choice(
        [n, n, n, f"{a} {b} {c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", wide(n), f"+86 {n}", f"+86-{a}-{b}-{c}", f"86{n}"]
        + [
            f"{a}，{b}，{c}",
            f"{a}、{b}、{c}",
            f"{a}—{b}—{c}",
            f"wx{n}",
            f"tel{n}",
            f"{a}·{b}·{c}",
            f"{n[:4]} {n[4:7]} {c}",
        ]
        + [f"{wide(a)}－{wide(b)}－{wide(c)}", f"{a} {n[3:]}", f"{a}-{n[3:]}"]
    )


def identity_plain(r: Random) -> str:
    place = r.choice(["110101", "429006", "370281", "420804", "340104", "510107", "320602", "650102"])
    born = f"{r.randint(1940, 2012)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}"
    body = place + born + digits(r, 3)
    return next(body + x for x in "0123456789X" if mod_11_2(body + x))


def mod_11_2(number: str) -> bool:
    """ISO 7064: the sum of each sign times 2 to the power of its place from the right is 1 modulo 11."""
    values = [10 if c == "X" else int(c) for c in number]
    return sum(v * 2**p for p, v in enumerate(reversed(values))) % 11 == 1


def identity(r: Random) -> str:
    n = identity_plain(r)
    old = n[:6] + n[8:17]
    return r.choice([n, n, n, wide(n), f"{n[:6]} {n[6:14]} {n[14:]}", f"{n[:6]}-{n[6:14]}-{n[14:]}", old, n.lower()])


def card_plain(r: Random, length: int) -> str:
    body = r.choice(["6222", "6217", "6228", "6212", "4367", "5188", "9558", "6013"]) + digits(r, length - 5)
    return next(body + x for x in "0123456789" if luhn(body + x))


def luhn(number: str) -> bool:
    """By the table of doubled digits."""
    return (
        sum((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[int(d)] if i % 2 else int(d) for i, d in enumerate(reversed(number))) % 10
        == 0
    )


def card(r: Random) -> str:
    n = card_plain(r, r.choice([16, 19, 19]))
    grouped = " ".join(n[i : i + 4] for i in range(0, len(n), 4))
    return r.choice([n, n, grouped, grouped.replace(" ", "-"), wide(n)])


def home_phone(r: Random) -> str:
    area = r.choice(AREAS)
    rest = digits(r, 8 if len(area) == 3 else 7, "2345678")
    return r.choice(
        [
            f"{area}-{rest}",
            f"{area}-{rest}",
            f"{area}{rest}",
            f"({area}){rest}",
            f"（{area}）{rest}",
            f"{area} {rest}",
            wide(f"{area}-{rest}"),
        ]
    )


def local_phone(r: Random) -> str:
    return digits(r, r.choice([7, 8]), "2345678")


def email(r: Random) -> str:
    user = r.choice(["zhang", "lixm", "user", "happy", "chen_"]) + digits(r, 4)
    plain = f"{user}@{r.choice(['qq.com', '163.com', 'sina.com.cn', 'outlook.com', 'foxmail.com'])}"
    return r.choice([plain, plain, plain.upper(), plain.replace("@", "＠"), plain.replace("@", " @ ")])


def wechat(r: Random) -> str:
    return r.choice(["wx", "abc", "love", "xiaoyu", "tm"]) + r.choice(["_", "", "-"]) + digits(r, r.choice([4, 6]))


def qq(r: Random) -> str:
    return digits(r, r.randint(6, 10), "123456789")


def plate(r: Random) -> str:
    head, letter = r.choice("京鄂鲁皖苏川粤"), r.choice("ABCDEFG")
    body = r.choice(
        [digits(r, 5), digits(r, 3) + "AB", "D" + digits(r, 5), "F" + digits(r, 5), digits(r, 1) + "K" + digits(r, 3)]
    )
    return r.choice(
        [
            f"{head}{letter}{body}",
            f"{head}{letter}·{body}",
            f"{head}{letter} {body}",
            wide(f"{letter}{body}").join([head, ""]),
        ]
    )


def customer(r: Random) -> str:
    n = digits(r, r.choice([8, 10, 12]))
    return r.choice([n, n, n, f"SB{n}", wide(n), f"{n[:4]} {n[4:]}", f"{n[:4]}-{n[4:]}"])


def home(r: Random) -> str:
    b, u, f = r.randint(1, 38), r.randint(1, 4), f"{r.randint(1, 26)}0{r.randint(1, 4)}"
    cn = r.choice("一二三四五六七八九")
    return r.choice(
        [
            f"{b}号楼{u}单元{f}室",
            f"{b}栋{u}单元{f}",
            f"{b}栋{f}室",
            f"{b}幢{f}室",
            f"{cn}号楼{r.choice('一二三')}单元{f}",
            f"{b}-{u}-{f}",
        ]
        + [
            f"{b}#{u}单元{f}室",
            f"{b}号楼{f}",
            f"{u}单元{f}室",
            wide(f"{b}") + f"栋{u}单元" + wide(f) + "室",
            f"{b}座{f}室",
            f"{b}号楼{u}单元",
        ]
    )


def name(r: Random) -> str:
    return r.choice(SURNAMES) + r.choice(GIVEN)


MAKERS: dict[str, Callable[[Random], str]] = {
    "M": mobile, "I": identity, "C": card, "L": home_phone, "l": local_phone, "E": email, "W": wechat, "Q": qq,
    "P": plate, "U": customer, "H": home, "N": name, "m": mobile_plain,
}  # fmt: skip

POSITIVE: dict[str, list[str]] = {
    "mobile": [
        "请维修人员上门前打{M}，家里有人。", "用户留了电话{M}，三天没有人回。", "来电号码{M}，反映夜间停水没有通知。",
        "手机：{M}", "我们于9月12日上午与用户（{M}）取得联系，当场约定上门时间。", "经核实，该用户登记的手机号为{M}。",
        "有事请联系{M}王女士。", "工单备注：用户{M}要求当天回电。", "投诉人手机{M}，诉求：燃气表走得快。",
        "| 3 | 居民 | {M} | 水压低 | 已办结 |", "{M}", "加微信同号{M}，随时可以来看。",
        "经办人说打{M}就能办，打过去是空号。", "抢修师傅的私人号码{M}一直打不通。", "热线记录：19时20分，{M}来电，称暖气不热。",
        "王先生，{M}，要求退还多收的120元。", "楼长{M}负责收集大家的意见。", "短信发到了{M}，但用户早已换号。",
        "反映人联系方式：{M}，希望电话答复。", "客服回访{M}三次均无人接听。", "登记表上写的是{M}，不是家里现在用的号。",
        "请把进展告诉{M}", "联系电话（{M}）有误，无法回访。", "李大爷的儿子电话{M}，老人不会用手机。",
    ],
    "landline": [
        "家里座机{L}，白天都有人。", "用户家庭电话{L}，请在晚上六点以后拨打。", "王女士留的是{L}，多次拨打无人接听。",
        "我家电话{l}，一直没有等到回复。", "来电人住宅电话：{L}", "业主要求回电{L}。", "老人只有固定电话{L}。",
        "提问人座机{l}，反映账单看不懂。", "请打我家里的电话{L}，手机欠费了。", "住户家中座机{L}已核实。",
        "居民留下的宅电{L}，三天内回访。", "回访{L}，用户表示满意。", "反映人电话：{L}。", "用户说打{L}找他母亲。",
        "户主的座机是{L}", "回电{L}时对方说已经解决。",
    ],
    "identity": [
        "身份证号{I}", "过户时登记的身份证号码是{I}，与产权证一致。", "申请人证件号码：{I}", "核对用户信息：{I}，姓名无误。",
        "低保户减免名单第三行：{I}，减免36元。", "请携带身份证（{I}）原件到营业厅办理。", "营业员把{I}抄错了一位，办了三次。",
        "| 1 | 王女士 | {I} | 减免 |", "公民身份号码{I}，已经实名。", "用户称其身份信息{I}被泄露。",
        "附表：{I}", "开户资料里的{I}与本人不符，需要更正。", "证件：居民身份证，{I}", "实名登记{I}，缴费账户一并变更。",
        "受理单上写着{I}。", "补贴发放给{I}，金额200元。",
    ],
    "bank-card": [
        "退款已打入银行卡{C}。", "多收的水费退到{C}，三个工作日到账。", "用户卡号{C}，开户行为建设银行。", "代扣账户{C}签约失败。",
        "请核对收款账号：{C}", "押金退还至{C}，请查收。", "绑定的卡{C}已经注销，代扣不成功。", "| 退费 | {C} | 120元 |",
        "他报的卡号是{C}。", "储蓄卡 {C} 扣款两次。", "用户要求把补偿款转到{C}。", "银行回单显示转入{C}。",
    ],
    "email": [
        "我的邮箱是{E}，请把账单发过来。", "答复已发送至{E}。", "邮件：{E}", "电子账单推送到{E}没有收到。",
        "请发到{E}，谢谢。", "来信人{E}询问阶梯水价。", "用户邮箱{E}填写有误。", "意见请寄{E}（个人邮箱）。",
        "留言署名“南湖居民”，联系{E}。", "问卷第18份，附言：{E}", "照片发到了{E}里。", "抄送{E}一份。",
    ],
    "messenger": [
        "加我微信{W}，把照片发你。", "微信号：{W}", "用户微信{W}，可以发视频。", "QQ：{Q}", "我的QQ号是{Q}，加的时候注明水费。",
        "vx：{W}", "联系方式 微信 {W}", "扣扣{Q}，晚上在线。", "群主微信号{W}，有事找他。", "WeChat：{W}",
        "有意见可以QQ{Q}私聊。", "请加微信（{W}）沟通。", "qq {Q}", "维修工的微信号为{W}，转账后不认账。",
        "用户QQ号码{Q}已备注。", "微信：{W}，电话打不通时用。",
    ],
    "plate": [
        "抢修时挡住了{P}的车，没有挪车电话。", "车牌号{P}", "一辆{P}压坏了井盖。", "{P}长期停在调压箱前。", "车主（{P}）要求赔偿。",
        "监控显示{P}撞坏消火栓。", "登记车牌：{P}，来访时间9时。", "施工挖断路面，{P}陷入坑中。", "占压管道的车辆为{P}。",
        "请{P}的车主尽快挪车。",
    ],
    "customer-number": [
        "户号：{U}", "我家户号{U}，上个月多收了三十元。", "用户编号{U}，表在楼道里。", "表号{U}的水表倒走。", "缴费户号为{U}，请核对。",
        "燃气表号：{U}，怀疑走得快。", "客户编号（{U}）下有两块表。", "| 户表号：{U} | 12吨 |", "查户号{U}的用水记录，9月用水38立方米。",
        "水表编号{U}，铅封完好。", "户号是{U}，户名是我父亲的。", "用户号{U}欠费停气，通知贴错了门。", "IC卡号{U}读不出来。",
        "缴费编号 {U} 查不到账单。", "过户后新的户号{U}没有短信提醒。", "客户号：{U}",
    ],
    "address": [
        "{A}{H}水压低，一到傍晚就没有水。", "家住{A}{H}，暖气不热。", "地址：{A}{H}", "9月14日到{A}{H}测温，室温16.5度。",
        "{A}{H}的住户说账单没有送到。", "请到{A}{H}看看，楼上漏水。", "用户住在{A}{H}，报修三次。", "上门地址为{A}{H}，已改派。",
        "抢修人员赶到{A}{H}，关闭阀门。", "装表地址：{A}{H}。", "| 5 | {A}{H} | 立管不热 | 已修 |", "老人一个人住{A}{H}，行动不便。",
        "我家在{A}{H}，改造以后水还是黄。", "已为{A}{H}更换水表。", "家住{R}12号，院里没有路灯。", "户籍地址{R}{B}号。",
        "李家村3组{B}号的村民反映水管冻裂。", "走访了{A}{H}一户，测得压力0.18兆帕。",
    ],
    "name": [
        "提问人：{N}", "联系人：{N}，电话请走热线。", "居民{N}反映，停水没有提前通知。", "用户{N}称账单与实际不符。", "业主{N}来电咨询过户手续。",
        "投诉人：{N}；诉求：退还多收的水费。", "姓名：{N}", "反映人：{N}（南湖街道）", "我叫{N}，今年七十三岁。", "{N}女士多次来电询问进度。",
        "感谢热心的居民{N}提出的建议。", "责任人：{N}", "户主：{N}，共三口人。", "{N}先生说，水表换了以后水费翻了一倍。", "申请人：{N}，申请事项：一户一表。",
        "来电人：{N}。", "市民{N}投诉施工扰民。", "村民{N}家的水管冻裂。", "签名：{N}", "回访对象：{N}，结果：满意。",
    ],
}  # fmt: skip

POSTS_POSITIVE = [
    "{N}", "客户服务部经理{N}", "{N}（总经理）", "中山街道居民{N}", "总经理 {N}", "居民代表{N}", "{N}，工程部主任", "副总经理（分管服务）{N}",
    "{N}、居民代表", "营业部主任：{N}", "城东街道{N}", "{N}主任",
]  # fmt: skip
POSTS_NEGATIVE = [
    "客户服务部经理", "总经理", "董事长", "常务副总经理", "副总经理（主持工作）", "安全总监", "办公室主任", "南湖街道居民代表", "高新区餐饮商户", "中心城区居民",
    "营业部主任", "站长", "评价办公室负责人", "查表班班长", "项目经理", "党委书记", "计量管理部主任", "热力站站长", "西山片区居民代表", "小微企业用户",
    "东部乡镇居民代表", "金桂苑居民", "向阳村村民", "王女士", "李先生", "张某", "陈某某", "王**", "赵*", "物业公司代表", "退休职工代表", "市人大代表", "城东街道居民（现场投票留言）",
    "华东区经理", "温泉街道居民", "任家湾居民代表", "制度与风控部经理", "高峰路沿线商户", "生产技术部主任", "信息中心主任", "康复医院后勤科", "武装部大院居民代表",
    "江南片区用户", "周边商户", "施工单位负责人", "包片网格员", "示例市公用事业服务评价办公室", "人力资源部经理", "党群工作部主任", "平安小区居民",
]  # fmt: skip

NEGATIVE = [
    # counts, amounts, rates
    "本期网络投票总票数{m}票。", "全年供水总量{m}立方米，同比增长3.2%。", "累计完成投资{m}元。", "本次共发放问卷3000份，回收2561份，有效2325份。",
    "合计{m}，与财务账一致。", "金额为{m}元，已经审计。", "用户总数1384500户，其中居民用户1290033户。", "三家企业分别受理138、1500、1480件。",
    "满意率85.37%，较上期上升1.24个百分点。", "网络投票15844票，满意14949票，满意率94.35%。", "供气量达{m}标准立方米。", "共处理数据{m}条。",
    "得分依次为83.07、75.12、70.66。", "管网长度13800.5公里。", "水费收入{m}元，其中污水处理费代收部分已上缴。", "抽样框共42833户。",
    "总票数18900000000，数据来自平台后台。", "年售气量约{m}立方米。", "补贴资金{m}元已全部下达。", "全市用水量{m}吨。",
    # dates, periods, times
    "2026年10月21日至2026年11月20日为公示期。", "调查时间：2026-09-07 08:30至2026-09-23 18:00。", "数据截至20261021。", "每日8:30—17:30受理，节假日不休。",
    "文件编号20261021143000，见附件。", "2025—2026采暖季自11月15日起。", "工期2026.03.01-2026.11.30。", "从1998年到2008年，再到2018年，三次改造。",
    # document and index numbers, codes
    "根据示公评〔2026〕{D}号文件要求，现将结果通报如下。", "依据《政府信息公开条例》（国务院令第711号）。", "依据建城规〔2021〕4号第十二条。", "索引号：000014349/2026-00{D}",
    "统一社会信用代码{X}", "{X}（统一社会信用代码）与营业执照一致。", "网站标识码1200000052，鄂ICP备17009684号-1。", "鄂公网安备 42011102018073号",
    "执行GB 11643-1999和GB/T 9704-2012。", "依据GB 32100-2015第4条。", "增值电信业务经营许可证鄂B2-20090059。", "采用DN150球墨铸铁管，PE100-SDR11。",
    "图集苏S01-2021第17页。", "招标编号TMZB-2026-0138。", "发票号码{O16}，金额128元。", "许可证号：{O11}。", "备案号：{O15}", "工单号{O11}已办结。",
    "工单编号：GD{O14}，退回重办。", "订单号{O18}支付成功。", "流水号{O16}，可在平台查询。", "受理编号{O15}，限期三个工作日。", "案号（2026）鄂01民初1380号。",
    "合同编号HT-2026-13800138。", "设备编号：{O12}，上次检定2025年6月。", "条码{O13}扫不出来。",
    # public offices and hotlines
    "咨询电话：{L}（市住建局公用事业科）。", "服务热线{L}，24小时有人接听。", "监督电话：{L}", "公司抢修电话{L}已经公布。", "市局办公室{L}受理异议。", "请拨打12345或者企业热线96123。",
    "供电故障请拨95598，火警119，急救120，报警110。", "消费者投诉请拨12315。", "全国统一客服400-800-1234，免费电话800-820-8820。", "缴费咨询4008001234。", "银行客服95588、95533可以查询代扣。",
    "营业厅电话{L}，传真{L}。", "热力公司值班电话：{L}，供暖季不间断。", "举报电话0728-12345转2。", "燃气公司24小时服务电话{l}。", "水务公司客服中心电话{L}，工作日受理。",
    "地址：示例市人民路12号公共服务大厅3楼301室。", "公司位于解放大道88号金融大厦5楼501室。", "营业厅地址：中山路66号。", "请到政务服务中心2号楼205室提交材料。", "见面会在社区服务中心3楼会议室举行。",
    "会议地点：市民之家A座301会议室。", "南湖营业厅搬到建设街18号办公。", "示例市住建局办公楼3号楼201室设有意见箱。", "邮寄地址：文化路5号局机关201室，邮编431700。", "热力公司城东服务站位于青年街27号。",
    "邮箱pingjia@service.gov.cn，欢迎提出意见。", "官方微信公众号：tm_water2020。", "关注微信公众号“示例水务”缴费。", "下载缴费小程序，微信、支付宝都能付。", "微信缴费笔数占68%，支付宝占21%。",
    "官方QQ群23456789，工作日有人答复。", "微信Android版暂不支持。", "企业微信客服已开通。", "微信群里说停水，没有正式通知。",
    # buildings that are no homes
    "我们院里12栋楼还共用总表。", "改造了36栋、108个单元。", "阳光小区12栋楼一户一表完工。", "南湖家园共有18栋，已改造7栋。", "已完成7栋，其余5栋做了外墙保温。", "三楼以上只有一根线那么细的水。",
    "幸福花园3号楼泵房更换两台水泵。", "金桂苑二次供水加压泵站改造完工。", "入户走访两个社区，共敲开136户。", "锦绣华庭小区反映水压低的有14户。", "5号线管网改造完成80%。", "2号水厂出水浊度0.12NTU。",
    "第三单元测验合格。", "4楼以上用户压力不足。", "6层以下由市政直供。", "该小区建于1998年，共6栋楼、420户。",
    # masked by the author
    "用户138****0000反映停气。", "手机138****5678多次来电。", "身份证110101********0011已核对。", "王女士反映水压低。", "李先生来电咨询。", "张某某称账单有误。", "提问人：王女士", "联系人：李先生",
    "投诉人：陈某", "反映人：王某某，南湖街道。", "姓名：王**", "户主：刘*", "户号1002****33已补登。", "卡号6222************1234退款成功。", "车牌鄂A***45的车主。", "阳光小区*号楼*单元的住户。",
    "联系电话：0728-****456。", "微信号：abc****。", "邮箱z***@qq.com已回复。", "幸福花园×号楼×单元×室报修。", "手机尾号0000的用户。", "银行卡尾号1234。", "138xxxx0000来电。", "户号末四位5678。",
    # prose with words that look like names or labels
    "居民高度评价抢修速度。", "用户满意称赞多于投诉。", "联系人：客户服务部", "责任人：工程部主任", "负责人：金科长", "联系人：办公室", "提问人：南湖街道居民代表", "来电人：向阳村村民", "责任单位：工程技术部",
    "感谢王女士的理解和支持。", "对方女士表示理解。", "居民普遍反映水质变好。", "业主和居民反映的问题已经整改。", "用户多次来电，客服没有记录。", "居民家中来电后没有人检查。", "用户时常反映水压不稳。",
    "市民高先生来电。", "居民于上周反映水黄。", "用户方面提出三点意见。", "居民安全意识提高。", "业主任何时候都可以查询。", "居民金女士说，室温上来了。", "报表号20261021已作废。", "列表号12345见附件。",
    "户号由10位数字组成。", "账户号段调整不影响缴费。", "新装用户编号2300个。", "换表号召得到响应。",
    # coordinates and decimals
    "坐标：经度113.1663892，纬度30.6531457。", "经纬度138.12345678，35.98765432。", "压力0.18兆帕，流量13.80米每秒。", "误差0.0728以内。", "密度为1.3800138000。",
    "网址https://service.example/2026/t20261021_4928239.html。", "附件：https://service.example/a/notice.pdf?no=1 已更换。", "版本2.1.13，校验值9f86d081884c7d65。",
    # plain official prose
    "我们派人逐户核对，差额已经退还，没有收到的请与营业厅联系。", "本季度我们退步最大，不找客观理由。", "热线从三席增加到五席，夜间不再转语音信箱。", "答复晚了，是因为要先和通信、排水的井盖分清归属。",
    "以上措施由客户服务部经理负责，十一月底以前完成。", "评价办公室派人以普通用户身份办理一次，全程二十六分钟。", "对推诿扯皮的两名工作人员作了批评教育，并扣发当月绩效。", "加压泵站扩建要立项，赶不上今年夏天。",
    "居民提出的十七件事，当场答复九件，约定时限八件。", "各企业要在收到本通报之日起十五个工作日以内报送整改方案。", "室温不达标的，按日退还热费。", "下一步，公司将按照“首问负责”要求改进窗口服务。",
]  # fmt: skip
FRAMES = [
    "{}",
    "{}",
    "{}",
    "经核实，{}",
    "（一）{}",
    "热线记录：{}",
    "企业答复：{}",
    "上半年工作总结如下。{}\n下一步继续改进服务。",
    "- {}",
]
"""Sentences rarely stand alone."""


def credit_code(r: Random) -> str:
    """A unified social credit code with both check signs right, by the definition of GB 32100-2015."""
    signs, letters = "0123456789ABCDEFGHJKLMNPQRTUWXY", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    organisation = r.choice(["MA", "", ""])
    organisation += digits(r, 8 - len(organisation))
    total = sum(letters.index(c) * w for c, w in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    code = "91" + r.choice(["110105", "429006", "370281"]) + organisation + "0123456789X"[-total % 11]
    weights = [pow(3, i, 31) for i in range(17)]
    return code + signs[-sum(signs.index(c) * w for c, w in zip(code, weights, strict=True)) % 31]


def filled(pattern: str, r: Random) -> tuple[str, str]:
    """The sentence, and the value put into it."""
    text, value = pattern, ""
    for sign, maker in MAKERS.items():
        if "{" + sign + "}" in text:
            value = maker(r)
            text = text.replace("{" + sign + "}", value)
    for sign, options in (
        ("A", ESTATES),
        ("R", ROADS),
        ("B", [str(n) for n in range(2, 99)]),
        ("D", ["112", "17", "338"]),
    ):
        text = text.replace("{" + sign + "}", r.choice(options))
    if "{X}" in text:
        text = text.replace("{X}", credit_code(r))
    for length in (11, 12, 13, 14, 15, 16, 18):
        start = r.choice(["2026", "2025", "1380", "1802", "6210", "3201"])
        text = text.replace("{O" + str(length) + "}", start + digits(r, length - 4))
    return text, value


def texts(half: int) -> Iterator[Text]:
    """Every second pattern, from the first (`TUNING`) or the second (`HELD_OUT`) on."""
    r = Random(20261021 + half)
    for kind, patterns in POSITIVE.items():
        for pattern in patterns[half::2]:
            for _ in range(5):
                text, value = filled(pattern, r)
                yield Text(r.choice(FRAMES).format(text), kind, value, half=half)
    for pattern in POSTS_POSITIVE[half::2]:
        for _ in range(4):
            text, value = filled(pattern, r)
            yield Text(text, "name", value, post=True, half=half)
    for pattern in NEGATIVE[half::2]:
        for _ in range(4):
            yield Text(r.choice(FRAMES).format(filled(pattern, r)[0]), half=half)
    for post in POSTS_NEGATIVE[half::2]:
        yield Text(post, post=True, half=half)
