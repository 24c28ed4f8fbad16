"""Full names of persons: in running text by what stands round them; by their shape where only a post belongs.

What stands before, the name itself and what stands behind each tell so much: together they have to tell enough. So a
rare name needs a label before it, and the most usual names only the ends of a cell.
"""

import re
from collections.abc import Iterator

from publisher.privacy.behind import ADDRESSES, BEHIND, TOLD_BEHIND
from publisher.privacy.finding import Finding
from publisher.privacy.given import (
    COMPOUND,
    LIKELY,
    NAME,
    PLAUSIBLE,
    SURE,
    SURNAME,
    UNLIKELY,
    given_of,
    has_sure_surname,
    is_name,
    is_post,
    is_word,
    likelihood,
    may_begin,
)
from publisher.privacy.roles import (
    ALONE,
    BEFORE,
    BEGINS_LIST,
    ENDS_A_PERSON,
    IN_LIST,
    LABEL,
    NOTHING,
    PERSON,
    SLIGHT,
    is_organisation,
    is_personal,
    is_speaker,
)

_ENOUGH, _ENOUGH_IF_UNLIKELY = 4, 5
_BEGIN = re.compile(rf"{SURNAME[:-1]}欧司上诸东皇尉公慕令长宇夏端闻澹轩钟南独](?=[\u4e00-\u9fff])")
_COMPOUND = re.compile(COMPOUND)
_SINGLE = re.compile(SURNAME)
_LONG = 3
_SET_APART = frozenset(":： |(（")
_HAN_BEHIND = re.compile("[\u4e00-\u9fff]{2}")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_JOINTS = " \t\n:：|（(【】[]“”「」'\"—-–_*>#.《"
"""They set a name apart from the word before it."""
_ADDRESSED = re.compile(rf"{ADDRESSES}|[工总]")
_ENDS_A_WORD = re.compile(
    "(?:[分点秒时闹警]钟|[一紧扩主夸纸两几三每这那]张|[一四每上下本两几半三]周|[资现押罚租奖基公税佣本]金|[地对双各甲乙官我平立多]方|"
    "[小及按同当随准临何有届到]时|[账清菜工订名保派接简]单|[住楼机泵用平租新购库厨]房|[事各一多几该款选逐]项|[全首大成]都|[供反响适相回]应|"
    "[权有便福盈水顺]利|[不期充圆已]满|[旁路一周手身东西南北]边|[单万亿千百多美0-9]元|[检维装抢报整]修|[检调抽核巡排复审]查|[结约]束|"
    "[由关对属位处等基低高大小在至]于|[责主信担委]任|[水主保监接支立]管|[公治保]安|[完组形达建造]成|[安完]全|[公汽停列]车|[模示规典防师]范|[队退入]伍|"
    "[栋桥]梁|中叶|爱戴|升班马|如何|[每往去今明当]年|[工企事专行毕作]业|[中人]和|[马道公铁线电]路)$"
)
"""What looks like a surname ends another word."""
_ENDS_IN_SURNAME = re.compile(
    rf"^.{SURNAME}$|"
    rf"(?![兰梅林龙江宁苗景康云成花华文时安金和车强广利满应元祖丰寿幸益吉乌隆师]){SURNAME}$"
)
"""What looks like a name may be the end of another word and the surname of "Ms Wang"."""
_PIECE_BEGINS = re.compile(r"(?:^ {0,8}|[-_+(（|\t\n;；/@【\[]|\n {1,8})$")
_PIECE_ENDS = re.compile(r"[\u4e00-\u9fff]{2,4}(?:$|[-_+)）|\t\n;；/ 】\]：:]|\.[a-z]{3,4}$)")
"""A name may fill a cell, a line, a bracket or a part of a file name."""
_ENUMERATED = re.compile("(?<=、)[\u4e00-\u9fff]{3}(?=[、等。（(])")
_COLON = re.compile("[:：] ?$")
_ASIDE = re.compile("[\u4e00-\u9fff]{2}(?:女士|先生|老人|师傅|同志|大爷|阿姨)")
_PLACE_ENDS = re.compile("[河洲季岛湾湖源站]$")
_LIKE_FUNCTIONS = "[和向应由全于都任何明连从]"
"""Surnames that join words: only a usual given name makes one of them out behind a word."""
_IS = re.compile("原?[是为叫有系]$")
_LIST = re.compile(
    r"(?:[（(][^（()）\n]{0,20}[)）])?[、，,；;/\s和及与.0-9]{1,4}(?:[\u4e00-\u9fff]{0,8}[长员任理记人部科处室站所组队厅班民主表]\s?)?"
)
"""Between two names of a list: perhaps the post of the one in brackets, and that of the other before it."""
_COLON = re.compile(r"\s?[:：]\s{0,2}$")
_SENTENCE_END = re.compile(r"[。\n！？]")
_ROSTER = re.compile(r"(?:.*[^\u4e00-\u9fff])?([\u4e00-\u9fff]{2,})[ )）]{0,2}[:：]")
_SPACED = re.compile(rf"{SURNAME}( {{1,2}})([\u4e00-\u9fff])(?:\1([\u4e00-\u9fff]))?")
"""A name set wide."""
_FIRST_ONLY = (
    "[王李周张梁袁许丁叶崔钟尹刘陈杨赵吴徐孙郑郭宋唐韩冯邓曹彭董袁潘蒋蔡魏吕沈姚卢姜"
    "崔谭汪廖贾韦傅邹熊秦邱薛闫侯郝龚邵覃胡朱]"
)
"""Surnames with which hardly a word ends."""
_SHAPE = re.compile(NAME)
_TITLES = (
    r"副?总?经理|副?主任|副?科长|副?站长|副?所长|副?局长|副?处长|副?厂长|副?班长|副?组长|副?队长|副?部长|副?总监|董事长|副?总工程师|"
    r"副?书记|负责人|专员|代表|客服|专责|助理|秘书|主管|工程师|调度员|维修员|抄表员|网格员|巡检员|店长|经办人|联系人|值班员|技术员|"
    r"居民|用户|业主|户主|住户|市民|村民|租户|房主|网友|群众|客户|老人|患者|家长|退休职工|独居老人|低保户|租客|房客"
)
_PIECE = re.compile(r"[^\s，。；、：:,.;/|（）()\[\]【】·•—-]+")
_BEHIND_TITLE = re.compile(rf"(?:{_TITLES}|街道|社区|小区|公司|中心|[部科处室站所局厂村镇])({NAME})$")
_BEFORE_TITLE = re.compile(rf"^({NAME})(?:{_TITLES})$")


def names(text: str) -> Iterator[Finding]:
    """Full names in running text."""
    if text.isascii():
        return
    last = -1
    for match in _BEGIN.finditer(text):
        start = match.start()
        if start < last:
            continue
        if text[start - 1 : start] in _SET_APART or (
            may_begin(text, start)
            and (not is_word(text, start) or text[start - 1 : start] in ENDS_A_PERSON or _ASIDE.match(text, start + 1))
        ):
            end = _name_end(text, start, last)
            if end:
                last = end
                yield Finding("name", start, end)
    if " " in text:
        yield from _spaced(text)


def _spaced(text: str) -> Iterator[Finding]:
    """Alone or behind a word for a person, or in front of what persons do; a third sign stands as far apart."""
    for match in _SPACED.finditer(text):
        start = match.start()
        begins = not _CHINESE.match(text[max(0, start - 1) : start])
        personal = _told_before(text, start, -1)[0] >= PERSON
        for end in filter(None, (match.end(3), match.end(2))):
            likely, behind = likelihood(text[start:end].replace(" ", "")), bool(BEHIND.match(text, end))
            whole = behind and (personal or text[start:end] == text.strip())
            if likely >= (PLAUSIBLE if whole else LIKELY) and (personal or (begins and behind)):
                yield Finding("name", start, end)
                break


def _name_end(text: str, start: int, last: int) -> int:
    """Where the name ends that begins with this surname; 0 if there is none. `last` is the end of the name before."""
    surname = _COMPOUND.match(text, start) or _SINGLE.match(text, start)
    if not surname or _ADDRESSED.match(text, surname.end()):
        return 0
    if text[start] in _LIKE_FUNCTIONS and has_sure_surname(text[start + 1]) and _HAN_BEHIND.match(text, start + 2):
        return 0
    hopes = list(_hopes(text, start, surname.end()))
    if not hopes:
        return 0
    told, apart = _told_before(text, start, last)
    if told < PERSON and _ENDS_A_WORD.search(text[max(0, start - 1) : start + 1]):
        return 0
    best, found = 0, 0
    for end, kind, likely in hopes:
        total = told + likely + TOLD_BEHIND.get(kind or "", 0)
        enough = total >= (_ENOUGH if likely else _ENOUGH_IF_UNLIKELY)
        if enough and total > best and _holds(text[start:end], kind, told, likely, apart=apart):
            best, found = total, end
    return found


def _hopes(text: str, start: int, given: int) -> Iterator[tuple[int, str | None, int]]:
    """(end, what stands behind, how likely) of each name that the words before it might yet tell; none is a place's."""
    hopes = []
    for end in (given + 2, given + 1):
        name = text[start:end]
        if end > len(text) or not _CHINESE.fullmatch(name):
            continue
        behind = BEHIND.match(text, end)
        kind = behind.lastgroup if behind else None
        if kind == "place":
            return
        likely = likelihood(name)
        if kind or likely:
            hopes.append((end, kind, likely))
    yield from hopes


def _holds(name: str, kind: str | None, told: int, likely: int, *, apart: bool) -> bool:
    """Whether nothing speaks against the name: neither what begins as it does, nor how, nor how little is known."""
    if kind in {"address", "role"} and likely < SURE and _ENDS_IN_SURNAME.search(name):
        return False
    if is_word(name) and not (_stands_out(name, kind, told, apart=apart) and likely and not is_post(name)):
        return False
    return _is_known(name, kind, told, likely, apart=apart) and is_name(name, strict=not (apart and told >= PERSON))


def _stands_out(name: str, kind: str | None, told: int, *, apart: bool) -> bool:
    """Whether even what is a word as well can only be a name here."""
    if kind == "address":
        return len(name) == _LONG
    if told == LABEL:
        return apart and kind in {"on", "end"}
    return told >= PERSON and kind in {"speaks", "about", "end"} and (apart or len(name) == _LONG)


def _is_known(name: str, kind: str | None, told: int, likely: int, *, apart: bool) -> bool:
    """Behind a word for a person nearly any name; elsewhere the less usual and the shorter it is, the less."""
    if told >= PERSON:
        if not apart and likely < LIKELY and name[0] in _LIKE_FUNCTIONS and (told, kind) != (LABEL, "speaks"):
            return False
        return kind is not None or likely >= LIKELY or (likely > UNLIKELY and len(name) >= _LONG)
    if told == ALONE and likely < SURE and _PLACE_ENDS.search(name):
        return False
    if kind is None:
        return told >= SLIGHT and likely == SURE and len(name) == _LONG and len(given_of(name)) == _LONG - 1
    if likely == UNLIKELY:
        return kind in {"address", "about"} and has_sure_surname(name)
    return (
        len(name) >= _LONG
        or kind not in {"on", "end", "speaks"}
        or likely >= (LIKELY if told == ALONE or (told and kind == "speaks") else SURE)
    )


def _told_before(text: str, start: int, last: int) -> tuple[int, bool]:
    """How much the words before tell, and whether a sign sets them apart."""
    if last >= 0 and start - last <= 32 and _LIST.fullmatch(text, last, start):  # noqa: PLR2004
        return IN_LIST, True
    window = text[max(0, start - 14) : start]
    bare = window.rstrip(_JOINTS)
    apart = len(bare) < len(window)
    told = _word_before(bare)
    if told < LABEL and _IS.search(bare):
        told = max(told, _word_before(bare[:-1].rstrip(_JOINTS)))
    if told < PERSON and is_personal(bare):
        told = PERSON
    if told == PERSON and _COLON.match(window, len(bare)) and is_speaker(bare):
        return ALONE, False
    if told >= PERSON:
        return told + (apart and told < LABEL), apart
    edge, office = apart or not window or not _CHINESE.match(window[-1]), is_organisation(bare)
    if (edge or office) and _in_roster(text, start):
        return IN_LIST, True
    if _is_alone(text, start, window, office=office):
        return ALONE, False
    return SLIGHT if edge or told or office or text[start] in _FIRST_ONLY else NOTHING, False


def _is_alone(text: str, start: int, window: str, *, office: bool) -> bool:
    """Whether it fills a cell, a line, a bracket, its place in a list, or the place behind the name of an office."""
    if _ENUMERATED.match(text, start):
        return True
    begins = _PIECE_BEGINS.search(window) or (office and _COLON.search(window))
    return bool(begins and _PIECE_ENDS.match(text, start))


_LAST_SIGNS = frozenset(word[-1] for word in BEFORE)


def _word_before(bare: str) -> int:
    told = NOTHING
    if bare[-1:] not in _LAST_SIGNS:
        return told
    for length in range(1, min(8, len(bare) + 1)):
        told = max(told, BEFORE.get(bare[-length:], NOTHING))
    return told


def _in_roster(text: str, start: int) -> bool:
    """Whether the sentence began a list of persons with a word for it and a colon."""
    begin = max(0, start - 300)
    begin = max([begin, *(end.end() for end in _SENTENCE_END.finditer(text, begin, start))])
    word = _ROSTER.match(text, begin, start)
    return word is not None and any(word[1][-length:] in BEGINS_LIST for length in range(2, 8))


def names_for_posts(text: str) -> Iterator[Finding]:
    """Names in a field for a post, a role or an area: alone, or beside a title."""
    for piece in _PIECE.finditer(text):
        for pattern in (_BEHIND_TITLE, _BEFORE_TITLE):
            match = pattern.search(piece[0])
            if match and _may_be(match[1]):
                yield Finding("name", piece.start() + match.start(1), piece.start() + match.end(1))
        if _SHAPE.fullmatch(piece[0]) and _may_be(piece[0]):
            yield Finding("name", *piece.span())


def _may_be(name: str) -> bool:
    return is_name(name) and not is_word(name)
