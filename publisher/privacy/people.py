"""Full names of persons: in running text by what stands round them; by their shape where only a post belongs.

What stands before, the name itself and what stands behind each tell so much: together they have to tell enough. So a
rare name needs a label before it, and the most usual names only the ends of a cell.
"""

import re
from collections.abc import Iterator

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
)

_ENOUGH, _ENOUGH_IF_UNLIKELY = 4, 5
_BEGIN = re.compile(rf"{SURNAME[:-1]}欧司上诸东皇尉公慕令长宇夏端闻澹轩钟南独](?=[\u4e00-\u9fff])")
_COMPOUND = re.compile(COMPOUND)
_SINGLE = re.compile(SURNAME)
_LONG = 3
_SET_APART = re.compile(r"[:： |(（]")
_HAN_BEHIND = re.compile("[\u4e00-\u9fff]{2}")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_JOINTS = " \t\n:：|（(【】[]“”「」'\"—-–_*>#.《"
"""They set a name apart from the word before it."""
_ADDRESSES = (
    "女士|先生|大爷|大妈|大叔|大娘|大姐|大哥|阿姨|奶奶|爷爷|婆婆|老人|师傅|同志|小姐|老师|夫妇|您好|你好|"
    "老太太|老先生|老大爷"
)
_ABOUT = (
    r"[，,、/|\s（(]{0,2}(?:[男女](?![厕士浴装式宾])|[0-9]{1,3}岁)|当选|"
    r"\s?等(?:人(?!员)|[0-9一二三四五六七八九十两几多]{1,3}(?:人|户|位|名))|[0-9一二三四五六七八九十两几多]{1,3}(?:人|户|位|名)"
)
_ROLES = (
    r"[（(]?(?:副?总?经理|副?主任|副?科长|副?站长|副?所长|副?局长|副?处长|副?厂长|副?班长|副?组长|副?队长|副?部长|副?总监|副?董事长|副?总工程师|副?书记|"
    r"专员|秘书|主管|工程师|调度员|维修员|抄表员|网格员|巡检员|店长|技术员|委员|代表(?!大家|居民|业主|全体|公司)|乘客|同学|业主|居民|用户|村民|驾驶员|司机|本人|个人|家属|一家|家(?:中|里|的|水|暖|燃|停|住|用|门|管|阀|漏|走|测|了|入|安|[，。；、]|$)|户(?:已|的|内|[，。；、])|"
    r"名下|的(?:房|水表|住|家|手机|电话|户号|身份|投诉|诉求|来信|申请|账户)|身份证|居住证|住户|用[气水热]申请|投诉|信访|报停|报修|退费|退款|减免|开户|销户|处分|处罚|材料|简历|签名|过户|病历|户口)"
)
_SPEAKS = (
    r"反映|来电|投诉|表示|提出|询问|咨询|举报|报修|致电|打来|留言|要求|认为|称(?!赞|职|重|号|谓)|告诉|介绍|说(?!明书|法|服)|提了|讲(?!座|解)|追问|连问|"
    r"所住|拨打|申请|再次|于[0-9]|在[0-9]|[（(][男女0-9一二三四五六七八九十]|委托|同意|上门|陪同|入户|接听|答复|带队|沟通|到场|表态|签字|代签|代领|签的|"
    r"确认|已(?:到|电|联|告|上|处|与|经)|今年|现年|建议|问(?!题|卷)|解释|补充|代表|牵头|主持|负责(?!人)|"
    r"接待(?!室|处|中心)|担任|提供|转达|传达|证实|约定|道歉|赔礼|搬(?:走|到|家|来)|患|摔|签|挨家|热心|免收|免缴|就医|了解|办了|交了|描述|诉称|诉某|"
    r"回忆|写道|写信|来信|来访|来函|发来|发现|垫付|代缴|受伤|擅自|私自|未按|拒绝|辱骂|推诿|收取|索要|停岗|停职|罚款|受到|荣获|获评|被评|入选|先后|随后|"
    r"立即|马上|前来|带领|率|陪|宣读|质疑|质问|提醒|解答|讲解|督促|协调|抄错|测温|测得|出示|之[子女妻夫父母]|拾金不昧|指导|转交|领走|喊|骂|哭|服务态度|起草|督办|整理|所述|住院|去世|已故|病故"
)
_GOES_ON = (
    r"现场|全程|反复|应邀|书面|到会|处理|参加|出席|记录|记(?=[，。；、\s]|$)|汇报|通报|回应|承诺|强调|指出|回复|回访|联系|跟进|核实|检查|走访|前往|赶到|到|登门|提交|填写|办理|缴费|交费|"
    r"领取|退款|一起|等|和|与|及|已|未|也|都|就|又|则|向|对|为|给|把|被|从|因|用|拿|接|带|收|写|发|打|做|代|当场|多次|态度|连夜|冒雨|曾|不|没|正|将|可|要|能|想|同|听|看|见|以|再|还|却|既|连续|所[交缴反提]|背|送|跟|帮|替|让|请|找|叫|走|坐|站|住|付|欠|拍|摄|亲|始终"
)
_ENDS = r"[，。；、：:！？,.;!?\s）)】」”\"'|/(（\[0-9+*\-_《》—>]|$"
_PLACES = (
    r"》|同志[^，。]{0,6}精神|[路街巷村镇乡区县州湾桥园苑庄坝屯沟楼店站牌杯]|市(?!民)|胡同|小区|社区|大道|大街|公司|集团|燃气|水务|热力|供[水热]|公交|学校|小学|中学|大学|医院|大厦|"
    r"广场|公园|花园|花苑|新村|新城|超市|书店|酒店|饭店|商场|纪念|故居|理论|思想|精神|基金|奖|[东西南北中][路街]|里(?!面)|[一二三四五六七八九十0-9]{1,3}[号路街巷](?!楼)"
)
_BEHIND = re.compile(
    rf"(?P<place>{_PLACES})|(?P<address>{_ADDRESSES})|(?P<about>{_ABOUT})|(?P<role>{_ROLES})|(?P<speaks>{_SPEAKS})|"
    rf"(?P<on>{_GOES_ON})|(?P<end>{_ENDS})"
)
_ADDRESSED = re.compile(rf"{_ADDRESSES}|[工总]")
_TOLD_BEHIND = {"address": 5, "about": 3, "role": 2, "speaks": 2, "on": 1, "end": 1}
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
_SENTENCE_END = re.compile(r"[。\n！？]")
_ROSTER = re.compile(r"(?:.*[^\u4e00-\u9fff])?([\u4e00-\u9fff]{2,})[ )）]{0,2}[:：]")
_SPACED = re.compile(rf"{SURNAME} {{1,2}}[\u4e00-\u9fff](?: {{1,2}}[\u4e00-\u9fff])?")
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
        if _SET_APART.match(text[max(0, start - 1) : start]) or (
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
    """Alone, or behind a word for a person; of three signs also in front of what persons do."""
    for match in _SPACED.finditer(text):
        alone = not _CHINESE.match(text[max(0, match.start() - 1) : match.start()])
        personal = _told_before(text, match.start(), -1)[0] >= PERSON
        least = PLAUSIBLE if personal or match[0] == text.strip() else LIKELY
        if (alone or personal) and _BEHIND.match(text, match.end()) and likelihood(match[0].replace(" ", "")) >= least:
            yield Finding("name", *match.span())


def _name_end(text: str, start: int, last: int) -> int:
    """Where the name ends that begins with this surname; 0 if there is none. `last` is the end of the name before."""
    surname = _COMPOUND.match(text, start) or _SINGLE.match(text, start)
    if not surname or _ADDRESSED.match(text, surname.end()):
        return 0
    if text[start] in _LIKE_FUNCTIONS and has_sure_surname(text[start + 1]) and _HAN_BEHIND.match(text, start + 2):
        return 0
    told, apart = _told_before(text, start, last)
    if told < PERSON and _ENDS_A_WORD.search(text[max(0, start - 1) : start + 1]):
        return 0
    best, found = 0, 0
    for end in (surname.end() + 2, surname.end() + 1):
        name = text[start:end]
        if end > len(text) or not _CHINESE.fullmatch(name):
            continue
        behind = _BEHIND.match(text, end)
        kind = behind.lastgroup if behind else None
        if kind == "place":
            return 0
        likely = likelihood(name)
        total = told + likely + _TOLD_BEHIND.get(kind or "", 0)
        enough = total >= (_ENOUGH if likely else _ENOUGH_IF_UNLIKELY)
        if enough and total > best and _holds(name, kind, told, likely, apart=apart):
            best, found = total, end
    return found


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
