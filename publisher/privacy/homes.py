"""Homes: addresses below the estate, such as a building, an entrance or a room, but not those of offices."""

import re
from collections.abc import Iterator

from publisher.privacy.finding import Finding

_START = re.compile(r"[号栋幢弄座单室组队社村#](?<=[0-9A-Za-z甲乙丙丁东南西北一二三四五六七八九十百〇零].)")
"""A number or letter, and what it numbers; found fast, since few texts have many."""
HOME_SIGNS = re.compile("[号栋幢弄座单室组队社村#牌-]")
"""What is looked for here has one of them."""
_NUMBER = re.compile(r"(?:[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,4}|[A-Za-z甲乙丙丁东南西北])$")
_N = r"(?:[0-9]{1,4}|[A-WYZa-wyz]|[甲乙丙丁东南西北]|[一二三四五六七八九十百〇零]{1,4})"
_NUM = r"(?:[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,4})"
_GAP = r"[\s,，-]{0,2}"
_BUILDING = rf"{_N}(?:号楼|#楼?|栋|幢|座)"
_HOUSE = rf"(?:{_BUILDING}|{_N}(?:号院|号)|[0-9]{{1,4}}弄{_GAP}[0-9]{{1,4}}号)"
_ENTRANCE = rf"{_N}(?:单元)"
_ROOM = rf"(?:{_NUM}室|{_NUM}(?:楼|层){_GAP}(?:{_NUM}室|[东西南北中][户边侧室])|[0-9]{{3,4}}(?:房|号房))"
_BARE = r"[\s-]?(?:[0-9]{1,2}-)?[0-9]{3,4}(?:户(?=[，。；、\s）)]|$))?(?![0-9])"
"""A room without the word, only directly behind a building or an entrance."""
_NOT_COUNTED = (
    r"(?!\s?[0-9*×✱%]|[XxＸ]{1,3}室|"
    r"\s?(?:个|多|余|家|元|户(?!主)|人|吨|米|平方|立方|件|份|次|万|块|台|只|间|毫米|厘米|mm|年|月|天|分|层))"
)
_PAIR = re.compile(
    rf"{_HOUSE}{_GAP}{_ENTRANCE}(?:(?:{_GAP}{_ROOM}|{_BARE}){_NOT_COUNTED})?|"
    rf"{_ENTRANCE}(?:{_GAP}{_ROOM}|{_BARE}){_NOT_COUNTED}|{_HOUSE}{_GAP}{_ROOM}{_NOT_COUNTED}|{_BUILDING}{_BARE}{_NOT_COUNTED}"
)
_DASHED = re.compile(r"[0-9]{1,3}[-#][0-9]{1,2}-[0-9]{3,4}(?![0-9-]|\s?[*×])")
_SINGLE = re.compile(
    rf"(?:(?:[0-9]{{1,3}}|[A-WYZ]|[一二三四五六七八九十]{{1,3}})(?:号楼|#楼|栋|幢)|{_ENTRANCE}|{_NUM}室)"
    r"(?!楼|住宅|居民楼|房|建筑|老楼|高层|多层|共|泵|换热|热力|加压|水泵|配电|楼?顶|外墙|"
    r"\s?[*×✱]|[xX]{2}|(?:和|、)[0-9]+(?:号楼|栋)?(?:泵|换热)|"
    rf"(?:[、和及与至到-]{_NUM}(?:号楼|#楼|栋|幢)){{1,8}}[^，。；]{{0,6}}(?:改造|施工|维修|检修|更换|停水|停气|停暖|完工))"
)
_VILLAGE = re.compile(
    rf"(?:(?<=[村屯寨庄湾第])|(?<=社区)){_NUM}(?:组|队|社|村民小组){_GAP}[0-9]{{1,4}}(?:-[0-9]{{1,3}})?号"
)
_STREET = re.compile(
    r"(?:(?<=[路街巷道弄里村条排-])|(?<=胡同)|(?<=附))[0-9]{1,4}(?:-[0-9]{1,3}|附[0-9]{1,3})?号(?!楼|院|线|公|令|文|台|泵|机|井|阀)"
)
_ESTATES = (
    r"小区|花园|家园|公寓|社区|新村|宿舍|家属院|家属区|大院|安置区|安置房|新城|新苑|名苑|名都|名城|名邸|雅苑|雅居|嘉苑|嘉园|佳园|华庭|"
    r"豪庭|豪苑|广场|公馆|府邸|山庄|[苑园城府里院庭湾郡墅居邸轩阁坊寓村屯庄]"
)
_HOME_WORDS = (
    r"家住|住在|住于|住址|居住|租住|家在|家庭地址|家庭住址|户籍|我家|门牌|老家|上门地址|用水地址|用气地址|装表地址"
)
_OFFICES = (
    r"局|委|办公|公司|中心(?!城)|大厅|政务|机关|大厦|写字楼|营业|服务站|服务点|服务所|党群|学校|医院|厂|泵站|门市|展厅|会议|法院|"
    r"产业园|科技园|工业园|园区|创业园?|市民之家|政府|商场|商城|超市|酒店|饭店|事务所|银行|派出所|消防|街道办|地点"
)
_CUES = re.compile(rf"(?P<home>{_HOME_WORDS})|(?P<office>{_OFFICES})|(?P<estate>{_ESTATES})")
_DIRECT = re.compile(
    rf"(?:{_ESTATES})[（(\s]?(?:[东南西北]区|[A-Z一二三四五六0-9]{{1,2}}[区期]|[0-9]{{1,3}}号院)?{_GAP}$"
)
_OFFICE_BEHIND = re.compile(
    r"[（(，\s]{0,2}(?:[一二三四五1-9]?[层楼])?(?:会议室|办公室|窗口|服务|营业|大厅|公司|值班|接待|联系|评价|信访|楼下|商铺|门面|门市|档案|（?邮编|投诉|设有|报名)"
)
_SEATED = re.compile(
    rf"(?:(?:{_OFFICES}|[厅室站所点])(?:现|已|将)?(?:位于|设在|设于|坐落|迁至|搬至|搬到)|(?:办公室|大厅|营业厅|服务点|服务站)在)[^，。]*$"
)
_LIVES = re.compile(r"(?<!居)住(?![建房宅户院所宿])[\u4e00-\u9fff]{1,10}$")
_LIVED_IN = re.compile(r"(?:的|[，,\s])?(?:住户|居民|业主|户主|租户|我家|家中|家里)(?!楼|小区|区|委员会|代表)")
_LEVEL_NAMED = re.compile(r"门牌号?[为是：:\s]{0,2}([0-9]{1,4}号?)")
_CLAUSE = re.compile(r"[。！？；;!?]")


def homes(text: str) -> Iterator[Finding]:
    """Two levels below an estate anywhere but in an office; one level directly behind an estate's name."""
    for anchor in _START.finditer(text):
        number = _NUMBER.search(text, max(0, anchor.start() - 4), anchor.start())
        if number:
            yield from _begun_at(text, number.start())
    for match in _DASHED.finditer(text):
        if _is_named_home(text, match):
            yield Finding("address", *match.span())
    for match in _LEVEL_NAMED.finditer(text):
        yield Finding("address", *match.span(1))


def _begun_at(text: str, start: int) -> Iterator[Finding]:
    """The home whose first number begins here."""
    match = _PAIR.match(text, start) or _VILLAGE.match(text, start)
    if match and _is_home(text, match, otherwise=True):
        yield Finding("address", *match.span())
    match = _SINGLE.match(text, start)
    if match and _is_named_home(text, match):
        yield Finding("address", *match.span())
    match = _STREET.match(text, start)
    lived_in = bool(match and _LIVED_IN.match(text, match.end()))
    if match and (lived_in or _calls_home(_before(text, start))) and _is_home(text, match, otherwise=lived_in):
        yield Finding("address", *match.span())


def _is_named_home(text: str, match: re.Match[str]) -> bool:
    """One level alone: directly behind the name of an estate, or behind a word for living there."""
    before = _before(text, match.start())
    return bool(_DIRECT.search(before) or _calls_home(before)) and _is_home(text, match, otherwise=False)


def _before(text: str, start: int) -> str:
    return _CLAUSE.split(text[max(0, start - 24) : start])[-1]


def _calls_home(before: str) -> bool:
    if _LIVES.search(before):
        return True
    found = list(re.finditer(_HOME_WORDS, before))
    return bool(found) and not re.search(_OFFICES, before[found[-1].end() :])


def _is_home(text: str, match: re.Match[str], *, otherwise: bool) -> bool:
    """By the nearest word before it that speaks of homes, estates or offices."""
    if _OFFICE_BEHIND.match(text, match.end()):
        return False
    before = _before(text, match.start())
    if _SEATED.search(before):
        return False
    cues = list(_CUES.finditer(before))
    return cues[-1]["office"] is None if cues else otherwise
