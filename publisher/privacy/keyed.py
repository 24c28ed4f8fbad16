"""What is told by a sign or a word before it: e-mail, messengers, plates, customer and meter numbers."""

import re
from collections.abc import Iterator

from publisher.privacy.cues import UNIT_BEHIND, sentence_before
from publisher.privacy.finding import Finding
from publisher.privacy.folding import lowered

_AT = re.compile(r"@|\((?i:at|a)\)|\[(?i:at)\]|（(?i:at|a)）|艾特|#")
AT_SIGNS = re.compile(r"[@#(\[（艾]| dot ", re.IGNORECASE)
"""One of them begins every way to write it."""
_SPELLED = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63} at [a-z0-9-]{1,63}(?: dot [a-z0-9-]{1,63}){0,3}"
    r" dot [a-z]{2,8}(?![a-z0-9])"
)
"""Both signs in words: " at " alone is only English."""
_USER = re.compile(r"(?<![A-Za-z0-9.%+])[A-Za-z0-9][A-Za-z0-9._%+-]*\s?$")
_HOST = re.compile(r"\s?((?:[A-Za-z0-9-]+\s?(?:\.|[(\[（](?i:dot|点)[)\]）]|。|点)\s?)+[A-Za-z]{2,8})(?![A-Za-z0-9])")
_FILES = re.compile(r"(?i)(?:png|jpe?g|gif|webp|svg|js|css|html?)$")
_FILE_END = re.compile(
    r"(?i)(?<=\.[a-z]{2})\.(?:png|jpe?g|gif|pdf|docx?|xlsx?|zip|eml|msg|txt)$|(?<=\.[a-z]{3})\.(?:png|"
    r"jpe?g|gif|pdf|docx?|xlsx?|zip|eml|msg|txt)$"
)
_PUBLIC_HOST = re.compile(r"(?i)(?:^|\.)gov\.cn$")
_OFFICE_USER = re.compile(
    r"(?i)(?:kefu|service|services|support|info|office|contact|hotline|help|admin|press|news|media|hr|job|jobs|sales|tousu|jubao|fuwu|bangong|bgs|xinfang|"
    r"webmaster|postmaster|feedback|complaints?|customer\.?service|95\d{3}|96\d{3}|12345)$"
)
_FREE_HOST = re.compile(
    r"(?i)(?:^|\.)(?:qq|163|126|yeah|sina|sohu|foxmail|139|189|wo|aliyun|21cn|tom|gmail|outlook|hotmail|"
    r"live|yahoo|icloud|msn)\.[a-z.]+$"
)
"""Where anybody may have a mailbox: there the name of an office proves nothing."""

# From here on letters are small: patterns that begin with a plain sign and take no heed of case are found fastest.
_WECHAT = re.compile(
    r"(?:微[ ❤♥心]?信|薇信|威信|(?<=加)微|v信|w(?<![a-z]w)echat(?: (?=id))?|w(?<![a-z]w)eixin|"
    r"w(?<![a-z]w)x|v(?<![a-z]v) ?x|"
    r"加[我他她您]? ?v[❤♥ 心]?|\+v|v❤|v(?<![a-z]v)-?xin_?|[薇微卫](?=[:：])|"
    r"v(?<![a-z0-9]v)(?= ?[:：]))(?P<key>号码?|账号|帐号|同号|id|昵称)?[也都]?"
    r"(?P<link>(?:[是为叫加我搜：:\s（(“\"「|，、]|号[:：]?|后附号码){0,4})(?P<id>[a-z][a-z0-9_-]{5,19}|[1-9][0-9]{5,11})(?![a-z0-9_])"
)
_WXID = re.compile(r"wxid_[a-z0-9]{6,20}")
_QQ = re.compile(
    r"(?:q(?<![a-z0-9]q)\s?q?(?![a-z])|扣扣?|企鹅|球球|秋秋|抠抠)(?:[^0-9a-z群。；\n]{0,8}|号码?|id)"
    r"([1-9][0-9]{4,11}|[1-9][0-9]{2,3}(?: [0-9]{2,4}){1,2})(?![0-9*@]|\.[0-9])"
)
_OTHER_SERVICES = re.compile(
    r"(?:钉钉|抖音|快手|小红书|支付宝|陌陌|微博|飞书|旺旺)(?:号码?|账号|帐号|id)[也都]?[是为叫：:\s（(“\"「|]{0,3}(?P<id>[a-z][a-z0-9_-]{5,19}|[1-9][0-9]{5,11})(?![a-z0-9_@.])"
)
_OFFICIAL = re.compile(r"公众|官方|官微|订阅号|服务号|小程序|企业$|视频号|群$")
_WORDS = re.compile(r"^(?:android|iphone|windows|wechat|weixin|official|service|public|account|number)")

PROVINCES = re.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]")
_PLATE = re.compile(
    rf"(?<![0-9]){PROVINCES.pattern}\s?[A-HJ-NP-Za-hj-np-z][·•.\s-]?"
    r"(?:(?=[A-Za-z0-9]*[0-9][A-Za-z0-9]*[0-9])[A-HJ-NP-Za-hj-np-z0-9]{5}|[DFABCEGHJKdfabceghjk][A-HJ-NP-Za-hj-np-z0-9][0-9]{4}|"
    r"[0-9]{5}[DFdf]|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?![A-Za-z0-9*-])"
)

_PLATE_APART = re.compile(
    rf"(?<![0-9]){PROVINCES.pattern}[ -]{{0,2}}[A-HJ-NP-Z][·• .-]?[A-Z0-9](?: ?[A-Z0-9]){{4,5}}(?![A-Za-z0-9*-])"
)
_CUSTOMER = re.compile(
    r"(?:户(?<![账帐住用客]户)\s?号|识别[号码]|[水气热暖一]卡通?号|公交卡(?:卡号|号|编号)|老年卡(?:卡号|号|编号)|供[暖热]卡号|缴费[码号]|交费码|[水气热暖]户(?=[0-9]{6})|户表(?:号|编号|编码)|表(?<![报列图附代]表)号|用户(?:编号|编码|代码|户号|账号|帐号|卡号|号码?)|"
    r"客户(?:编号|编码|代码|号码?)|缴费(?:户号|编号|账号|卡号|号码?)|交费(?:户号|编号|账号|卡号|号码?)|"
    r"水表(?:编号|号码?|编码)|"
    r"气表(?:编号|号码?|编码)|电表(?:编号|号码?|编码)|热表(?:编号|号码?|编码)|表具(?:编号|号)|表身号|"
    r"钢印号|燃气表?(?:编号|号|卡号)|"
    r"用水(?:编号|户号|号)|用气(?:编号|户号|号)|用热(?:编号|户号|号)|用电(?:编号|户号|号)|热力号|水(?<!流水)号|气号|账户号|表码(?=[^0-9]{0,2}[0-9]{6})|"
    r"表[具计]?[（(,， ]?(?:出厂)?(?:编号|编码)|[新旧换水气]表(?=[0-9]{7})|"
    r"ic卡卡?号|卡表卡?号|购气卡号|购水卡号|水卡号|气卡号|(?:燃气|购气|气|购水|用水|水|热力|ic)卡(?=[^0-9]{0,4}[0-9]{8})|"
    r"c(?<![a-z]c)ustomer (?:no\.?|number|id)|"
    r"m(?<![a-z]m)eter (?:no\.?|number|id)|a(?<![a-z]a)ccount (?:no\.?|number|id)"
    r")码?"
    r"(?:[（(][^（()）]{1,8}[)）])?(?:[是为：:（(\s|/，、“”\"#]|应[为是]|改[为成]|变更为|显示为?|登记为){0,4}"
    r"(?P<id>[a-z]{0,4}-?[0-9](?:[0-9 -]|[a-z.](?=[ -]?[0-9])){2,}[0-9])(?![0-9]|\s?[*×✱]|xx)"
)


_KEY_BEHIND = re.compile(
    r"(?P<id>[0-9](?<![0-9.-].)[0-9-]{5,14})(?:[（(](?:[水气燃热力暖]{0,2}(?:户|表|卡)号|(?:用户|客户|缴费)编?号)[)）]|"
    r"(?:号的?|的)(?:[\u4e00-\u9fff]{0,2}(?:[水气热电量]表|(?:[水气热]|IC)卡)))"
)


def emails(text: str) -> Iterator[Finding]:
    """Addresses of any host but those of public bodies."""
    for at in _AT.finditer(text):
        user, host = _USER.search(text, max(0, at.start() - 64), at.start()), _HOST.match(text, at.end())
        if not (user and host) or text.endswith("//", 0, user.start()):  # in a link it is a disguise, told as such
            continue
        name = _FILE_END.sub("", re.sub(r"[(\[（](?i:dot|点)[)\]）]|。|点", ".", re.sub(r"\s", "", host[1])))
        of_office = _OFFICE_USER.match(user[0].strip()) and not _FREE_HOST.search(name)
        if not (_FILES.search(name) or _PUBLIC_HOST.search(name) or of_office):
            yield Finding("email", user.start(), host.end())
    for match in _SPELLED.finditer(lowered(text)):
        if not match[0].endswith(" gov dot cn"):
            yield Finding("email", *match.span())


def messengers(text: str) -> Iterator[Finding]:
    """WeChat and QQ ids behind the name of the service, but not the public accounts of a body."""
    small = lowered(text)
    for match in _WECHAT.finditer(small):
        id_ = match["id"]
        plain = not (match["key"] or re.search(r"[0-9_-]", id_) or re.search(r"[是为叫搜：:号]", match["link"]))
        if not (plain or _WORDS.match(id_) or _is_official(text, match.start())):
            yield Finding("messenger", *match.span("id"))
    for match in _OTHER_SERVICES.finditer(small):
        if not _is_official(text, match.start()):
            yield Finding("messenger", *match.span("id"))
    for match in _WXID.finditer(small):
        yield Finding("messenger", *match.span())
    for match in _QQ.finditer(small):
        if not (_is_official(text, match.start()) or UNIT_BEHIND.match(text, match.end())):
            yield Finding("messenger", *match.span(1))


def _is_official(text: str, start: int) -> bool:
    return bool(_OFFICIAL.search(sentence_before(text, start, 12)))


def plates(text: str) -> Iterator[Finding]:
    """Licence plates of GA 36: province, letter, and five signs, or six of a new-energy vehicle."""
    for match in _PLATE.finditer(text):
        yield Finding("plate", *match.span())
    for match in _PLATE_APART.finditer(text):
        if _PLATE.fullmatch(re.sub("[ -]", "", match[0])):
            yield Finding("plate", *match.span())


def customer_numbers(text: str) -> Iterator[Finding]:
    """Numbers of households and their meters behind the words that call them so."""
    for match in _CUSTOMER.finditer(lowered(text)):
        if not UNIT_BEHIND.match(text, match.end()):
            yield Finding("customer-number", *match.span("id"))
    for match in _KEY_BEHIND.finditer(text):
        yield Finding("customer-number", *match.span("id"))
