"""What stands round a number and says what it is: a count, an order, an office, a household."""

import re

_SENTENCE = re.compile(r"[。！？；;!?\n]")
COUNT_BEFORE = re.compile(
    r"(?:[数量额值价费票]|资金|投资|收入|支出|成本|利润|资产|总计|合计|(?<!公)共计?|累计|(?<!预)约|超过?|(?<!附)近|"
    r"(?<!送)(?<!到)达到?|读数|面积|长度|容量)[为是有：:\s约共]{0,3}$"
)
"""A number directly behind this is a count or an amount."""
ORDER_BEFORE = re.compile(
    r"(?:编号|单号|工单|订单|流水|序号|序列号|索引号|代码|编码|备案号?|许可证号?|证书号|批号|批次|型号|货号|条码|"
    r"案号|合同号|档案号|受理号|文号|凭证号?|发票号码?|设备号|资产号|单据号?|票据号?|标识码|信用代码|"
    r"\b(?:order|ticket|invoice|case|serial|contract|no|number|id)\b\.?)"
    r"(?:号码?|编号|号)?[（(]?[为是：:\s#|]{0,3}[A-Za-z]{0,6}[-_]?$",
    re.IGNORECASE,
)
"""A number directly behind this names a thing and no person."""
UNIT_BEHIND = re.compile(
    r"\s{0,2}(?:多|余)?(?:元|亿|万(?=[元亿户立吨度，。、])|立方|m³|m3|吨|度|千瓦|票|户(?![主号名籍内外家])|件|份|"
    r"人(?![工员民在不没家])|人次|次(?![日数要])|平方|米|公里|个(?!人)|台|只|块|家(?![里中住庭属人长在])|笔|条|"
    r"分(?!机)|%|吉焦|GJ|字节|秒|倍|宗|公斤|千克|美元|批|天|页|点|位(?![于置]))"
)
"""A number with this behind it is a count or an amount."""
PHONE_BEFORE = re.compile(
    r"(?:手机|电话|联系|拨打|致电|短信|微信|来电|回电|机主|号码|\btel|phone|mobile|call)[^0-9]{0,6}$", re.IGNORECASE
)
_OFFICE_PHONE = (
    r"热线(?!记录|接到|来电)|部门|机构|代理|传\s?真|[术程务理场产]部|[股队](?=[：:，])|服务|收费|营业厅|营业所|抢修|报修|办公|咨询|投诉|监督|举报|值班|客服|传真|受理|值守|总机|抢险|应急|接待|反馈|公示|异议|信访|预约|大厅|窗口|柜台|调度|维修|公司|"
    r"中心|委员会|管委会|街道办|居委会|村委会|物业|政府|机关|住建|城管|[局委厂处科股所站办](?![里])|"
    r"office|hotline|bureau|company|service|fax"
)
_HOME_PHONE = (
    r"家里|家中|家庭|我家|他家|她家|自家|住宅|宅电|家用|家电话|本人|个人|回电|回访|来电|住户|女士|先生|大爷|大妈|"
    r"阿姨|奶奶|某|老人|用户|居民|业主|户主|市民|村民|租户|提问人|反映人|投诉人|联系人|home|resident"
)
_PHONE_CUES = re.compile(
    rf"(?P<home>{_HOME_PHONE})(?!服务|热线|投诉|中心|代表|监督|咨询|委员会|报修)|(?P<office>{_OFFICE_PHONE})",
    re.IGNORECASE,
)

_HOME_BEHIND = re.compile(
    r"[，,\s（(]{0,2}(?:来电|打来|致电|[\u4e00-\u9fff]?(?:女士|先生|大爷|阿姨|某)|住户|用户|居民|业主)"
)
_OFFICE_BEHIND = re.compile(rf"\s?[（(][^（()）]{{0,15}}(?:{_OFFICE_PHONE})")


def sentence_before(text: str, start: int, width: int = 40) -> str:
    """What stands before a place in its sentence, at most `width` signs of it."""
    return _SENTENCE.split(text[max(0, start - width) : start])[-1]


def is_count_or_order(text: str, start: int, end: int) -> bool:
    """Whether the number between two places counts something or names a thing."""
    before = sentence_before(text, start, 24)
    if COUNT_BEFORE.search(before) or ORDER_BEFORE.search(before):
        return True
    return bool(UNIT_BEHIND.match(text, end)) and not PHONE_BEFORE.search(before)


def is_order(text: str, start: int) -> bool:
    """Whether the number that begins here is an order, invoice, contract or the like."""
    return bool(ORDER_BEFORE.search(sentence_before(text, start, 24)))


def is_office_phone(text: str, start: int, end: int) -> bool:
    """Whether the nearest word by a telephone number speaks of an office: behind it at once, else before it.

    A line break is no end here: an address block has the name of the office on the line above.
    """
    if _HOME_BEHIND.match(text, end):
        return False
    if _OFFICE_BEHIND.match(text, end):
        return True
    found = list(_PHONE_CUES.finditer(re.split("[。！？!?]", text[max(0, start - 40) : start])[-1]))
    return bool(found) and found[-1]["office"] is not None
