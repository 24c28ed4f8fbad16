"""Names that are not two or three Chinese signs: in Latin letters, and of other peoples in signs for their sounds."""

import re
from collections.abc import Iterator

from publisher.privacy.finding import Finding

_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|"
    "ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|u|v)|[bpmfwy]?o)"
)
_SURNAMES = (
    "Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Gao|Lin|Luo|Zheng|Liang|Xie|Song|Tang|Deng|Han|Feng|Cao|Peng|Zeng|Xiao|Tian|"
    "Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lu|Ding|Ren|Shen|Yao|Lv|Cui|Zhong|Tan|Fan|Wan|Qian|Shi|Hou|Bai|Jin|Qiu|Qin|Xia|Fu|Zou|Xiong|Meng|Long|Duan|"
    "Lei|Tao|Kong|Mao|Hao|Gu|Gong|Shao|Yan|Yin|Mu|Ouyang|Sima|Shangguan|Zhuge|Huangfu|Situ|Murong|Linghu"
)
_ENGLISH = (
    "(?!(?:Line|Route|Time|Rate|Gate|Date|Can|Do|Made|Name|None|Note|Page|Home|House|Use|Be|No|Go|So|Me|We|He|Mine|Nine|Wage|Base|Case|Cause|Noise|Pipe|Tube|"
    "Pine|Rose|Lane|Zone|Site|Bite|Side|Wide|Safe|Life|Like|Made|Make|More|Some|Same|Take|Wine|Fine|Huge|Due|Sure|Ran|Den|Man|Men|Woman|Women|Human|Gang|Long|"
    "Song|Fan|Tan|Pan|Sun|Run|Fun|China|Beijing|Nanjing|Shanghai|Tianjin)\\b)"
)
"""Words that are made of the same syllables."""
_GIVEN = (
    rf"(?=[A-Z]){_ENGLISH}(?i:{_SYLLABLE}(?:[-'’]?{_SYLLABLE})?)(?: (?=[A-Z]){_ENGLISH}(?i:{_SYLLABLE})(?![A-Za-z]))?"
)
_LONG_GIVEN = rf"(?=[A-Z]){_ENGLISH}(?i:{_SYLLABLE}[-'’]?{_SYLLABLE})"
_PLACES = (
    r"(?! (?:Road|Rd|Street|St|Avenue|Ave|Lane|District|County|City|Town|Township|Village|Community|"
    r"Garden|Gardens|Estate|Bridge|River|Lake|Park|Square|Plaza|"
    r"Hospital|School|University|Station|Port|Water|Gas|Heat|Heating|Power|Bus|Company|Co|Group|Province|Building|Tower|Mountain|Bay|New)\b)"
)
_LATIN = re.compile(
    rf"\b(?:(?:{_SURNAMES}|(?=[A-Z]{{2}})(?i:{_SURNAMES}))[ ,]{{1,2}}{_GIVEN}|"
    rf"(?!(?:{_SURNAMES})\b){_LONG_GIVEN} (?:{_SURNAMES}|(?=[A-Z]{{2}})(?i:{_SURNAMES})))\b{_PLACES}"
)
_LATIN_WORD = re.compile("[A-Za-z] [A-Za-z]{2}|[A-Za-z]: ?[A-Za-z]{2}")
_LATIN_SIGNS = re.compile("[A-Za-z],? [A-Z]")
_LATIN_LABELLED = re.compile(
    rf"(?i)\b(?:from|contact|name|attn|dear|mr|mrs|ms|miss|signed|resident|owner|tenant|applicant|"
    rf"regards)\b[.:,]? {{0,2}}"
    rf"((?:{_SURNAMES})(?: {_SYLLABLE}){{1,2}}|(?:{_SURNAMES}) {_SYLLABLE}{{1,2}})(?![a-z])(?! (?:road|"
    rf"street|sent|to|from))"
)
_FORMAL = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.? ((?!(?:Sir|Madam)\b)[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})\b")

_SOUNDS = (
    "[阿艾爱安巴拜贝比布才次达丹旦道德迪地丁顿多俄尔法菲夫弗盖甘噶嘎格根贡古哈海赫胡吉加江杰卡凯坎康科克肯库拉莱兰朗勒雷里力丽利列琳鲁伦洛玛马买麦曼梅米木穆"
    "那纳娜奈尼努诺帕派普其齐奇恰强切琴仁日茹萨赛桑沙莎苏素索塔泰坦特提铁图土吐托瓦旺维沃乌吾西希逊雅亚牙央耶伊依翼尤玉甫扎札珍孜兹卓合汗热合别祖则再肉艳塞]"
)
_BEFORE_DOT, _BEHIND_DOT = re.compile(f"{_SOUNDS}{{2,8}}$"), re.compile(f"(?:{_SOUNDS}|和){{2,8}}")
_BEFORE_END = re.compile(f"{_SOUNDS}{{1,5}}$")
_UIGHUR = "古丽|古力|买提|尔逊|努尔|娜尔|尼亚孜|克孜|哈孜|拉木|不拉"
"""Ends of names, behind at least one more sign for a sound."""
_ENDS = re.compile(_UIGHUR)
_TIBETAN = (
    "扎西|次仁|卓玛|多吉|旺堆|平措|央金|洛桑|格桑|尼玛|达娃|丹增|顿珠|索朗|白玛|仁增|拉姆|德吉|强巴|边巴|"
    "巴桑|普布|次旺|罗布|旺姆|曲珍|群培|贡布|益西|嘉措|加措|才让|旦增|桑杰"
)
_MONGOL = (
    "巴特尔|斯琴|乌云|其木格|高娃|格日勒|那仁|娜仁|图雅|托娅|宝音|吉日嘎拉|哈斯|塔娜|呼和|朝鲁|苏日娜|"
    "阿古拉|毕力格|额尔|乌兰|萨仁|德力格尔|布和|满都|通拉嘎"
)
_RARE = re.compile("[·•・‧∙古买逊努娜孜扎仁玛吉旺桑娃丹珠朗拉巴珍贡嘉旦琴乌勒雅娅哈鲁]")
"""One of them is in every such name: most texts need no closer look."""
_SIGNS = re.compile(rf"[·•・‧∙]|{_UIGHUR}|{_TIBETAN}|{_MONGOL}")
_PAIRS = re.compile(rf"(?:{_TIBETAN}){{2}}|(?:{_MONGOL}){{2}}")


def transliterated(text: str) -> Iterator[Finding]:
    if " " in text and _LATIN_WORD.search(text):
        yield from _in_latin_letters(text)
    for match in _SIGNS.finditer(text) if not text.isascii() and _RARE.search(text) else ():
        start, end = match.span()
        if pair := _PAIRS.match(text, start):
            yield Finding("name", *pair.span())
        elif end - start == 1:
            first, second = _BEFORE_DOT.search(text, max(0, start - 8), start), _BEHIND_DOT.match(text, end)
            if first and second:
                yield Finding("name", first.start(), second.end())
        elif _ENDS.fullmatch(match[0]) and (begin := _BEFORE_END.search(text, max(0, start - 5), start)):
            yield Finding("name", begin.start(), end)


def _in_latin_letters(text: str) -> Iterator[Finding]:
    if _LATIN_SIGNS.search(text):
        yield from (Finding("name", *match.span()) for match in _LATIN.finditer(text))
        yield from (Finding("name", *match.span(1)) for match in _FORMAL.finditer(text))
    yield from (Finding("name", *match.span(1)) for match in _LATIN_LABELLED.finditer(text))
