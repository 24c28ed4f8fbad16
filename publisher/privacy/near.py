"""Numbers and ids that only a word near them tells: of households, meters and messengers, with a few words between."""

import re
from collections.abc import Iterator

from publisher.privacy.cues import UNIT_BEHIND, is_count_or_order
from publisher.privacy.finding import Finding

NUMBER_SIGNS = re.compile("[0-9-]{5}")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z./:@-])(?:G[0-9]{1,2}(?:\.[0-9])?[- ]?)?[A-Za-z]{0,3}-?[0-9][0-9-]{3,13}[0-9]"
    r"(?![0-9A-Za-z@*×]|\.[0-9])"
)
_STANDARD = re.compile(r".*-(?:19|20)[0-9]{2}$")
_LONG, _NEAR = 6, 2
"""A shorter one has to stand right behind its word."""
_SERVICE = re.compile("9[56][0-9]{3}$|12[0-9]{3}$")
"""Telephone numbers of five digits that anybody may call."""
_CLAUSE = re.compile(r"[。；！？\n]")
_DAY = re.compile(r"(?:19|20)[0-9]{2}-?(?:0?[1-9]|1[0-2])-?(?:[0-3]?[0-9])?$|20[0-9]{2}-[0-9]{1,4}$")
_HOUSEHOLD = re.compile(
    r"户号|(?<![报列图附代])表号|户名|户表|水表|气表|燃气表|电表|热表|热量表|表具|智能表|[新旧老]表|远传表|机械表|膜表|卡表|换表|拆表|校表|表底|表身|表盘|钢印|铅封|"
    r"[水气热一]卡|燃气卡|IC卡|购气|购水|缴费|交费|代扣|绑定|过户|开户|销户|欠费|账单|报停|停热|复热|识别[号码]|用热证|供[热暖]卡|客户号|用户号|户头|(?P<unsure>编号)|热用户|"
    r"(?<![代报列图附])分表|(?:[家侧只块装]|单元)表|远传|物联网?表|热力卡|阶梯户|抄表(?!员|册|本|人|例|周|日|率)|用户编?[号码]|客户编?[号码]|户编号|[缴交]费编?码"
)
_OTHERS = re.compile(
    r"电话|热线|手机|座机|传真|拨打|致电|工单|单号|订单|发票|流水|合同|文号|批次|证|金额|册|页|票据|凭证|档案(?!户)|索引|条码|型号|邮编|车牌|坐标|密码|验证码|项目|招标|采购|"
    r"许可|备案|设备|站|阀|泵|版本|系统|银行|账号|读数(?!异常)|身份|标准|规程|总表|考核表|报表|登记表|附表|申请表|记录表|QQ|微信|群"
)
_NUMBERED = re.compile("(?:编号|[缴交]费编?码|[用客]户编?[号码])[为是:：]?$")
_TWO_WORDS = re.compile(r"(?<![代报列图附])表|户|卡|缴|交费|燃气|供[水热]|用水|用气|用热")
_BEHIND = re.compile(
    r"[^。；！？\n0-9]{0,6}(?:用户编?[号码]|客户编?[号码]|[水气热电量]表|号用户|热用户|户号|表号|卡号|这[块个只]表|号表|"
    r"这一?[只块]表|是谁家的|的表|户(?:欠费|过户|报停|开户))|[_ -]?用户(?:开户|报停|过户|退费|缴费|档案)"
)

_HINT = re.compile(
    r"微|薇|威|徽|[vV][❤♥信xX]|wx|WX|[wW]e[cC]hat|[加➕+＋][我他她您]?\s?[vV]|绿泡泡|好友|私聊|私信|加我|"
    r"加他|加她"
)
_ID = re.compile(r"[A-Za-z](?<![A-Za-z0-9_@./-].)[A-Za-z0-9]*[_-][A-Za-z0-9_-]{2,18}(?![A-Za-z0-9@.])")
_OFFICIAL = re.compile(r"公众|官方|官微|订阅|服务号|小程序|视频号|版本|文件|型号|群")


def numbers_near_words(text: str) -> Iterator[Finding]:
    """Five digits and more with a household's or a meter's word before them in the sentence, or just behind."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if (
            _DAY.fullmatch(match[0])
            or _STANDARD.match(match[0])
            or _SERVICE.match(match[0])
            or UNIT_BEHIND.match(text, end)
        ):
            continue
        before = _CLAUSE.split(text[max(0, start - 16) : start])[-1]
        words = list(_HOUSEHOLD.finditer(before))
        if end - start < _LONG and not (words and len(before) - words[-1].end() <= _NEAR):
            continue
        told = bool(words) and not _OTHERS.search(before, words[-1].start())
        if told and words[-1]["unsure"]:
            told = bool(_TWO_WORDS.search(before[: words[-1].start()]) and not _OTHERS.search(before))
        if told:
            told = bool(_NUMBERED.search(before)) or not is_count_or_order(text, start, end)
        if told or (_BEHIND.match(text, end) and not _OTHERS.search(before)):
            yield Finding("customer-number", start, end)


def ids_near_words(text: str) -> Iterator[Finding]:
    """Ids of messengers with a stroke in them, and a hint before them."""
    if "_" not in text and ("-" not in text or text.isascii()):
        return
    for match in _ID.finditer(text):
        before = _CLAUSE.split(text[max(0, match.start() - 14) : match.start()])[-1]
        if _HINT.search(before) and not _OFFICIAL.search(before):
            yield Finding("messenger", *match.span())
