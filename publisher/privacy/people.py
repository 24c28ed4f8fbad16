"""Full names of persons: by a label, a title or a verb in running text; by their shape where only a post belongs."""

import re
from collections.abc import Iterator

from publisher.privacy.finding import Finding

_COMMON = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤康施牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝路游辛靳柴蒙鲍华喻祁蒲滕屈饶牟艾尤阳穆司卓古缪简芦麦褚娄窦戚岑"
    "景宫卜冷晏席卫柏宗瞿桂佟臧闵苟邬卞姬仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖付巩佘池麻苑迟邝匡鞠荆冀郁胥储燕楚鄢劳谌奚粟冼蔺向常任温安文]"
)
_COMPOUND = (
    "(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|端木|闻人|澹台|轩辕|钟离|南宫|独孤)"
)
_GIVEN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:{_COMPOUND}{_GIVEN}{{1,2}}|{_COMMON}{_GIVEN}{{1,2}})"
_FUNCTION = re.compile(
    r"[的了在是和与或及不有为对从被把等这那各每某也都就还很已将要由因所并且但可能会来去到个两几多无未没请您你我他她它们么吗呢吧啊又再更最]"
)
"""Signs that a sentence goes on with; in a given name only in the customary ones."""
_CUSTOMARY = re.compile(
    r"和平|永和|[为有]民|有为|三多|[多来有全][福才财喜余]|会[英玲兰芳]|能文|要武|学[农军文]|可[欣心儿馨]|不凡"
)
_SET_APART = re.compile(r"[\s：:|（(【“「]")
_NOT_GIVEN = re.compile(
    r"[氏姓某们]|女士|先生|小姐|同志|师傅|老师|大爷|大妈|大叔|大娘|大姐|大哥|阿姨|奶奶|爷爷|婆婆|老人|老板|女孩|"
    r"[科站所局处厂班组队部市事校院村店区县镇行会股]长|主任|经理|书记|主席|总监|总$|总工|工$|队员|专员|[员村区镇乡县市街路科处室股组队站所局厅办班户司厂店校]$"
)
_NOT_NAMES = re.compile(
    r"付[款费清讫]|任[意职期]|安[心静稳]|温[水暖差室]|文[件字]|高[层级新峰管压频温度楼低空价效质铁速]|夏[季天日]|金额|金婚|毛病|马桶|于[上本下今昨前]|黄昏|余款|严正|安心|宁可|尤为|尚在|水费|安全|安保|安监|安置|安装|安居|常务|常设|常驻|常年|常住|任务|任何|温馨|温度|文员|文秘|文书|文化|文明|"
    r"顾问|荣军|董事|金融|金属|方案|方面|方式|方便|关于|关键|关注|关停|万户|万元|白天|白班|路口|路面|路边|石油|石化|江南|江北|江东|江西|"
    r"武装|康复|施工|钱款|严重|严格|华东|华南|华北|华中|华西|包片|包干|包村|包装|平台|程序|程度|雷雨|雷电|马上|古城|阳光|阳台|"
    r"余额|余下|游客|荣誉|连片|毛坯|田间|水务|向阳|向上|许可|许多|谢谢|顾客|应急|燕窝|简易|简单|沙河|沙土|宁愿|尚未|尤其|"
    r"景区|龙头|麻烦|冷水|冷热|路灯|左右|易燃|易爆|曾经|曾多|曾向|于是|何时|何人|何种|司机|司法|盛夏|季度|季节|周边|周围|周末|周期|周六|周日|"
    r"计量|查表|管网|项目|车间|党委|党员|单位|公司|支部|信访|房东|房管|干部|居民|全体|区域|平房|营业|商户|用户|住户|黄色|黄水|白色|"
    r"秦岭|汤池|苏区|陆续|卫生|卫健|宫颈|宗旨|席位|辛苦|艾滋|司炉|储户|储备|贺信|康养|章程|申请|申报|庄户|欧式|甘肃|宋体|孔洞|龙湖|华丽|石板|牛奶"
)
_TITLES = (
    r"副?总?经理|副?主任|副?科长|副?站长|副?所长|副?局长|副?处长|副?厂长|副?班长|副?组长|副?队长|副?部长|副?总监|董事长|副?总工程师|"
    r"副?书记|负责人|专员|代表|客服|专责|助理|秘书|主管|工程师|调度员|维修员|抄表员|网格员|巡检员|店长|经办人|联系人|值班员|技术员"
)
_CITIZENS = (
    r"居民|用户|业主|户主|住户|市民|村民|租户|房主|网友|群众|客户|老人|患者|家长|退休职工|独居老人|低保户|租客|房客|"
    r"我(?:的)?(?:母亲|父亲|妈妈?|爸爸?|爱人|老公|老婆|妻子|丈夫|儿子|女儿|奶奶|爷爷|邻居)"
)
_STAFF = (
    r"维修[工员]|(?:维修|抢修|检修|安装)师傅|检修[工员]|安装工|管道工|抢修(?:队长|班长|队?员)|客服(?:人员|专员)?|值班[员长]|安检员|网格员|抄表员|收费员|接线员|"
    r"话务员|巡检员|调度员|施工员|(?:窗口|入户|上门|施工|抄表|安检|收费|维修|抢修|检修|安装)人员"
)
"""Who answers for a company at the door and at the counter: of them too a post says enough. Heads sign by name."""
_LABELS = (
    r"提问人|反映人|来电人|投诉人|举报人|申请人|联系人|当事人|来访人|留言人|报修人|缴费人|开户人|用水人|承租人|产权人|户主|"
    r"经办人|承办人|经手人|登记人|代办人|代缴人|过户人|责任人|负责人|答复人|签署人|受访人|受访者|被访者|回访对象|姓名|户名|收件人|收款人|署名|签名人?|签字人?|网名|用气人|诉求人|签收人|领取人|监护人|代理人|委托人|承诺人|机主|车主|"
    + "|".join(f"{citizen}(?:代表)" for citizen in _CITIZENS.split("|"))
)
_END = r"(?=[，。；、：:！？,.;!?\s）)】」”\"'|/(（\[0-9+*]|$)"
_WHO = re.compile(f"{_LABELS}|{_CITIZENS}|{_STAFF}|本人")
"""Looked for first: plain words alone are found fast."""
_BEHIND_LABEL = re.compile(
    rf"(?:姓名)?[】\]）)]?\s{{0,2}}(?:[：:|（(【“「为是叫]|--?)?\s{{0,2}}"
    rf"(?:[\u4e00-\u9fff]{{2,8}}[部科处室站所组队厅班]\s)?({_NAME}){_END}"
)
_BEHIND_CITIZEN = re.compile(rf"(?:姓名)?\s{{0,2}}[：:|（(【“「]\s{{0,2}}({_NAME}){_END}")
_CALLED = re.compile(
    rf"(?:名叫|名字叫|名字是|我叫|我是|姓名是|姓名为|户名是|户名为|本人是|本人叫)[：:\s]?({_NAME}){_END}"
)
_VERBS = (
    r"反映|来电|投诉|表示|提出|询问|咨询|举报|报修|致电|打来|留言|要求|认为|称(?!赞|职|重|号|谓)|告诉|介绍|说(?!明|法|服|不|的|了)|家(?:中|里|的|水|暖|燃|停|住)|"
    r"的(?:房|水表|住|家|手机|电话|户号|身份)|所住|拨打|申请|再次|于[0-9]|在[0-9]|[（(][男女0-9一二三四五六七八九十]|委托|同意|上门|陪同|入户|接听|答复|带队|沟通|到场|表态|签字|确认|已(?:到|电|联|告|上|处|与|经)|今年|现年|建议|[：:]|问(?!题)|，?[0-9]{1,3}岁"
)
_TOLD = re.compile(rf"(?![向于常])({_NAME.replace('{1,2}', '{1,2}?')})(?={_VERBS})")
_USUAL = (
    "[伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰红梅建国志明春燕小文海林峰鹏辉斌波宇浩凯健俊帆婷雪琳慧莉萍玲颖珍淑凤菊琴"
    "贵福荣德永庆祥瑞宝成忠义仁信东旭晓亚佳欣怡雨梦思子翠云莲洁倩琪蕾蓉薇丹青龙飞虎松柏武兵彬振立世家正光新宏卫树根喜]"
)
_USUAL_ALONE = "[伟芳娜敏静丽磊勇艳杰娟涛鹏辉斌波浩凯俊婷琳慧莉萍玲颖琴倩琪蕾蓉薇彬]"
_BARE = re.compile(
    rf"((?:{_COMPOUND}|{_COMMON})(?:{_USUAL}{{2}}|{_USUAL_ALONE}))(?!小区|社区|花园|家园|公司|[苑园路街村镇里城区])"
)
"""A name by its usual signs alone, directly behind the word for the person, whatever the sentence goes on with."""
_LABEL = re.compile(_LABELS)
_ADDRESS = re.compile(r"女士|先生|大[爷妈叔娘]|阿姨|奶奶|爷爷|婆婆|老人|师傅|同志|小姐")
_ADDRESSED = re.compile(rf"{_NAME}$")
_ENDS_IN_SURNAME = re.compile(rf"^.{_COMMON}$|(?![兰梅林龙江宁苗景康云]){_COMMON}$")
"""What looks like a name may be the end of another word and the surname of "Ms Wang"."""
_SHAPE = re.compile(rf"{_NAME}")
_PIECE = re.compile(r"[^\s，。；、：:,.;/|（）()\[\]【】·•—-]+")
_BEHIND_TITLE = re.compile(rf"(?:{_TITLES}|{_CITIZENS}|街道|社区|小区|公司|中心|[部科处室站所局厂村镇])({_NAME})$")
_BEFORE_TITLE = re.compile(rf"^({_NAME})(?:{_TITLES})$")
_LATIN = re.compile(
    r"\b(?:(?:Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Gao|Lin|Luo|Zheng|Liang|Xie|Song|"
    r"Tang|Deng|Han|Feng|Cao|Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lu|Ding) "
    r"[A-Z][a-z]+(?:[ -]?[a-z]+)?)$"
)


def names(text: str) -> Iterator[Finding]:
    """Full names of residents and contacts in running text; posts with names of officials are not looked for."""
    for match in (*_labelled(text), *_CALLED.finditer(text)):
        strict = not _SET_APART.match(text, match.start(1) - 1)
        if _is_name(match[1], strict=strict):
            yield Finding("name", *match.span(1))
    for address in _ADDRESS.finditer(text):
        name = _ADDRESSED.search(text, max(0, address.start() - 4), address.start())
        if name and _is_name(name[0], strict=True) and not _ENDS_IN_SURNAME.search(name[0]):
            yield Finding("name", *name.span())


def _labelled(text: str) -> Iterator[re.Match[str]]:
    """What stands behind a word for a resident or a contact and has the shape of a name."""
    for who in _WHO.finditer(text):
        behind = _BEHIND_LABEL if _LABEL.fullmatch(who[0]) else _BEHIND_CITIZEN
        yield from filter(None, (pattern.match(text, who.end()) for pattern in (behind, _TOLD, _BARE)))


def names_for_posts(text: str) -> Iterator[Finding]:
    """Names in a field for a post, a role or an area: alone, or beside a title."""
    for piece in _PIECE.finditer(text):
        for pattern in (_BEHIND_TITLE, _BEFORE_TITLE):
            match = pattern.search(piece[0])
            if match and _is_name(match[1]):
                yield Finding("name", piece.start() + match.start(1), piece.start() + match.end(1))
        if _SHAPE.fullmatch(piece[0]) and _is_name(piece[0]):
            yield Finding("name", *piece.span())
    yield from (Finding("name", *latin.span()) for latin in _LATIN.finditer(text))


def _is_name(name: str, *, strict: bool = False) -> bool:
    """`strict`: nothing sets it apart from the sentence it stands in."""
    given = re.sub(rf"^(?:{_COMPOUND}|.)", "", name)
    if strict and _FUNCTION.search(given) and not _CUSTOMARY.fullmatch(given):
        return False
    return bool(given) and not (_NOT_GIVEN.search(given) or _NOT_NAMES.match(name))
