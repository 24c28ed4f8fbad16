"""Homes: addresses below the estate, such as a building, an entrance or a room, but not those of offices."""

import re
from collections.abc import Iterator

from publisher.privacy.cues import is_order
from publisher.privacy.finding import Finding

_START = re.compile(r"[号栋幢弄座单室组队社村排门楼#](?<=[0-9A-Za-z甲乙丙丁东南西北中一二三四五六七八九十百〇零].)")
"""A number or letter, and what it numbers; found fast, since few texts have many."""
HOME_SIGNS = re.compile("[号栋幢弄座单室组队社村排门楼#牌第-]")
"""What is looked for here has one of them."""
_NUMBER = re.compile(r"(?:[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,4}|[A-Za-z][0-9]{0,2}|[甲乙丙丁东南西北中])$")
_N = r"(?:[0-9]{1,4}|[A-WYZa-wyz](?:[0-9]{1,2})?|[甲乙丙丁东南西北中]|[一二三四五六七八九十百〇零]{1,4})"
_NUM = r"(?:[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,4})"
_GAP = r"[\s,，-]{0,2}"
_BUILDING = rf"(?:{_N}(?:号楼|#楼?|栋|幢|座)|[A-H甲乙丙丁]楼(?=[0-9]{{3}})|{_NUM}楼(?=.单元|[0-9]{{1,2}}单元))"
_HOUSE = rf"(?:{_BUILDING}|{_N}(?:号院|号)|[0-9]{{1,4}}弄{_GAP}[0-9]{{1,4}}号)"
_ENTRANCE = (
    rf"(?:{_N}单元(?:[0-9]{{1,2}}号(?!楼))?|{_NUM}门(?=[0-9]{{3}}|[一二三四五六七八九][〇零一二三四五六七八九]{{2}}))"
)
_ROOM = (
    rf"(?:{_NUM}室|{_NUM}(?:楼|层){_GAP}(?:{_NUM}[室号]|[东西南北中][户边侧室])|顶[楼层][东西南北中]户|"
    rf"[0-9]{{3,4}}(?:房|号房|户))"
)
_BARE = (
    r"(?:(?:[一二三四五六七八九][〇零一二三四五六七八九]{2,3}(?![一二三四五六七八九十户个]))|"
    r"[\s-]?(?:[0-9]{1,2}-)?[0-9]{3,4}(?:户(?=[，。；、\s）)]|$))?(?![0-9]))"
)
"""A room without the word, only directly behind a building or an entrance."""
_NOT_COUNTED = (
    r"(?!\s?[0-9*×✱%]|[XxＸ]{1,3}室|"
    r"\s?(?:个|多|余|家|元|户(?!主)|人|吨|米|平方|立方|件|份|次|万|块|台|只|间|毫米|厘米|mm|年|月|天|分|层))"
)
_PAIR = re.compile(
    rf"{_HOUSE}{_GAP}{_ENTRANCE}(?:(?:{_GAP}{_ROOM}|{_BARE}){_NOT_COUNTED})?|"
    rf"{_ENTRANCE}(?:{_GAP}{_ROOM}|{_BARE}){_NOT_COUNTED}|{_HOUSE}{_GAP}{_ROOM}{_NOT_COUNTED}|{_BUILDING}{_BARE}{_NOT_COUNTED}"
)
_ROOM_LIKE = r"(?:[1-9][0-9]?(?:0[1-9]|1[0-2]))"
"""A floor and a door of it."""
_DASHED_ALONE = re.compile(
    rf"(?<![0-9A-Za-z.,/-])(?<![A-Z] )(?<!至)(?<!至 )(?:[A-Za-z]?[0-9]{{1,2}}[-#][0-9]{{1,2}}-(?!20[0-2][0-9])"
    rf"{_ROOM_LIKE}(?![0-9.-]|\s?[*×型至阀])|"
    rf"[0-9]{{1,2}}-{_ROOM_LIKE}(?=室|住户|户(?![号数])|业主|家(?![庭电])))"
)
"""Building, entrance and room tell by their shape alone; two of them where somebody lives."""
_DASHED = re.compile(r"(?:[0-9]{1,3}[-#][0-9]{1,2}-[0-9]{3,4}|[A-Z][0-9]{1,2}-[0-9]{3,4})(?![0-9-]|\s?[*×])")
_SINGLE = re.compile(
    rf"(?:(?:[0-9]{{1,3}}|[A-WYZ]|[一二三四五六七八九十]{{1,3}})(?:号楼|#楼|栋|幢)|{_ENTRANCE}|{_NUM}室)"
    r"(?!楼|住宅|居民楼|房|建筑|老楼|高层|多层|共|泵|换热|热力|加压|水泵|配电|楼?顶|外墙|"
    r"\s?[*×✱]|[xX]{2}|(?:和|、)[0-9]+(?:号楼|栋)?(?:泵|换热)|"
    rf"[、和及与至到-]{_NUM}(?:号楼|#楼|栋|幢)|前(?!面)|后(?!面)|旁|[东西南北]侧|之间|[一二三0-9]层大堂|大堂|地下|车库|二次供|绿化|"
    r"[\u4e00-\u9fff]{0,4}(?:改造|施工|完工|通水|通气|外立面|电梯))"
)
_VILLAGE = re.compile(
    rf"(?:(?<=[村屯寨庄湾第])|(?<=社区)){_NUM}(?:组|队|社|村民小组){_GAP}[0-9]{{1,4}}(?:-[0-9]{{1,3}})?号"
)
_ROWS = re.compile(rf"{_NUM}[排]{_GAP}[0-9]{{1,4}}[号户](?![线公令文台泵机井阀])")
_LANE = re.compile(
    r"(?:(?<=[巷弄条])|(?<=胡同)|(?<=胡同[甲乙丙])|(?<=巷子)|(?<=别墅)|(?<=[村屯寨营疃埠夼堡坨集庄]))(?:[东西南北甲乙丙]?[0-9]{1,4}(?:-[0-9]{1,3}|附[0-9]{1,3}|之[一二三1-9])?号)"
    r"(?!楼|线|公|令|文|台|泵|机|井|阀|路|门|桥|站|变|表箱|工程|地块)"
)
_VILLAGE_STREET = re.compile(
    r"[村屯寨疃埠夼堡坨庄][\u4e00-\u9fff]{1,6}[路街巷道湾组队沟头区边侧北南](?P<home>[0-9]{1,4}(?:-[0-9]{1,3})?号)(?!楼|院|线|公|令|文|台|泵|机|井|阀|路|门|桥|站|变|表箱)"
)
_DOOR = re.compile(
    r"[村屯寨组队社湾沟排巷号院][\u4e00-\u9fff]{0,8}(?P<home>(?:[东西南北](?:头|边|数|侧)?)?第[0-9一二三四五六七八九十]{1,2}(?:户(?![数均])|家(?=[，。；、\s）)的]|$)))"
)
"""A house by its place in the row."""
_COUNTED = re.compile("[号第]")
_WHOLE = (_PAIR, _VILLAGE, _ROWS, _LANE)
"""They need no word for living there; what stands round them may show that nobody does."""
_STREET = re.compile(
    r"(?:(?<=[路街巷道弄里村条排-])|(?<=胡同)|(?<=附))[0-9]{1,4}(?:-[0-9]{1,3}|附[0-9]{1,3})?号(?!楼|院|线|公|令|文|台|泵|机|井|阀)"
)
_ESTATES = (
    r"小区|花园|家园|公寓|社区|新村|宿舍|家属院|家属区|大院|安置区|安置房|新城|新苑|名苑|名都|名城|名邸|雅苑|雅居|嘉苑|嘉园|佳园|华庭|"
    r"豪庭|豪苑|广场|公馆|府邸|山庄|[苑园城府里院庭湾郡墅居邸轩阁坊寓村屯庄](?![东西南北中前后]{0,2}[路街])"
)
_HOME_WORDS = (
    r"家住|住在|住于|住址|居住|租住|家在|家庭地址|家庭住址|户籍|我家|门牌|老家|上门地址|用水地址|用气地址|装表地址"
)
_OFFICES = (
    r"局|委|办公|公司(?![对将误已为派就按经安抄维上])|中心(?!城)|大厅|政务|机关|大厦|写字楼|营业|服务站|服务点|服务所|党群|学校|医院|厂|泵站|门市|展厅|会议|法院|"
    r"产业园|科技园|工业园|园区|创业园?|市民之家|政府|商场|商城|超市|酒店|饭店|事务所|银行|派出所|消防|街道办|地点"
)
_CUES = re.compile(rf"(?P<home>{_HOME_WORDS})|(?P<office>{_OFFICES})|(?P<estate>{_ESTATES})")
_DIRECT = re.compile(
    rf"(?:{_ESTATES})[（(\s]?(?:[东南西北]区|[A-Z一二三四五六0-9]{{1,2}}[区期]|[0-9]{{1,3}}号院)?{_GAP}$"
)
_OFFICE_BEHIND = re.compile(
    r"[（(，\s]{0,2}(?:[一二三四五1-9]?[层楼])?(?:会议室|办公室|窗口|服务|营业|大厅|公司|值班|接待|联系|评价|信访|楼下|商铺|门面|门市|档案|（?邮编|投诉(?=电话|中心|窗口|处|室)|设有|报名)"
)
_SHARED_BEHIND = re.compile(
    r"(?:(?<=单元)|(?<=楼)|(?<=栋))的?(?:[东西南北]侧|楼[前后下]|主立管|总阀|公共|电梯|楼道|门禁|单元门|"
    r"门口|外墙|全体|统一|施工|改造|大门|通知|公告)"
)
_SEATED = re.compile(
    rf"(?:(?:{_OFFICES}|[厅室站所]|服务点|网点|营业点)(?:现|已|将)?(?:位于|设在|设于|坐落|迁至|搬至|搬到)|(?:办公室|大厅|营业厅|服务点|服务站)在|(?:{_OFFICES})[^，。]{{0,4}}(?:地址|住所)[^，。]*)[^，。]*$"
)
_LIVES = re.compile(r"(?<!居)住(?![建房宅户院所宿])[\u4e00-\u9fff]{1,10}$")
_LIVED_IN = re.compile(r"(?:的|[，,\s])?(?:住户|居民|业主|户主|租户|我家|家中|家里)(?!楼|小区|区|委员会|代表)")
_LEVEL_NAMED = re.compile(r"门牌号?[为是：:\s]{0,2}([0-9]{1,4}号?)")
_BLANK = re.compile(
    r"(?<=[0-9A-Za-z一二三四五六七八九十]) (?=[号栋幢座单室层楼弄组队排门#])|"
    r"(?<=[号楼栋幢座元层弄院单排室]) (?=[0-9元楼东西])"
)
_CLAUSE = re.compile(r"[。！？；;!?]")


def homes(text: str) -> Iterator[Finding]:
    """Also where blanks stand between the numbers and what they number."""
    yield from _homes(text)
    if " " in text and _BLANK.search(text):
        blanks = {match.start() for match in _BLANK.finditer(text)}
        places = [place for place in range(len(text)) if place not in blanks]
        for one in _homes("".join(text[place] for place in places)):
            yield Finding("address", places[one.start], places[one.end - 1] + 1)


def _homes(text: str) -> Iterator[Finding]:
    """Two levels below an estate anywhere but in an office; one level directly behind an estate's name."""
    for anchor in _START.finditer(text):
        number = _NUMBER.search(text, max(0, anchor.start() - 4), anchor.start())
        if number:
            yield from _begun_at(text, number.start())
    if "-" in text:
        yield from _dashed(text)
    if _COUNTED.search(text):
        for match in (*_VILLAGE_STREET.finditer(text), *_DOOR.finditer(text)):
            if not _OFFICE_BEHIND.match(text, match.end()):
                yield Finding("address", *match.span("home"))
    for match in _LEVEL_NAMED.finditer(text):
        yield Finding("address", *match.span(1))


def _dashed(text: str) -> Iterator[Finding]:
    """Building, entrance and room with strokes between them."""
    for match in _DASHED.finditer(text):
        if _is_named_home(text, match):
            yield Finding("address", *match.span())
    for match in _DASHED_ALONE.finditer(text):
        if not is_order(text, match.start()):
            yield Finding("address", *match.span())


def _begun_at(text: str, start: int) -> Iterator[Finding]:
    """The home whose first number begins here."""
    match = next(filter(None, (pattern.match(text, start) for pattern in _WHOLE)), None)
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
    if _OFFICE_BEHIND.match(text, match.end()) or _SHARED_BEHIND.match(text, match.end()):
        return False
    before = _before(text, match.start())
    if _SEATED.search(before):
        return False
    cues = list(_CUES.finditer(before))
    return cues[-1]["office"] is None if cues else otherwise
