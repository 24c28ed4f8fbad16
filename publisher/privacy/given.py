"""Which signs a Chinese name is made of, and how likely a run of signs is a name and no other word."""

import re

_SURE = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦傅邹孟熊秦邱尹薛闫阎雷"
    "侯龙陶黎贺毛钱覃戴莫孔汤施牛樊葛邢齐乔伍庞颜倪庄聂鲁岳翟殷詹耿焦俞柳甘舒阮柯纪童凌毕裴霍涂翁冉骆靳柴蒙鲍喻祁蒲滕屈饶牟穆缪褚娄窦戚岑晏瞿佟臧"
    "闵苟邬卞姬栾隋刁巫寇虞敖巩佘邝匡鞠荆胥鄢谌奚冼蔺赖郜邰仝晁逄尉郇蔚揭亓郝龚邵阚嵇糜宓阙喇昝蒯竺钮璩]"
)
"""Surnames that hardly begin another word."""
_ALSO_WORDS = (
    "[高田于任金石夏方白江段史顾万严武向康常温安易章申欧关兰左祝包宁尚符梅季苗谷盛曲蓝路游辛华艾尤阳文司卓古简芦麦景宫卜冷席卫柏宗桂仇沙荣桑郎甄丛"
    "仲付池麻苑迟冀郁储燕楚劳粟洪费封栗帅车米成解厉戈银花苍宿茹禹狄湛伏贝皮水强云党商管连全平支乐由谈鄂召练原初明敬楼习展]"
)
"""Surnames with which many a plain word begins."""
COMPOUND = (
    "(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|端木|闻人|澹台|轩辕|钟离|南宫|独孤)"
)
SURNAME = f"{_SURE[:-1]}{_ALSO_WORDS[1:]}"
NAME = rf"(?:{COMPOUND}[\u4e00-\u9fff]{{1,2}}|{SURNAME}[\u4e00-\u9fff]{{1,2}})"

_USUAL = (
    "[伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰红梅建国志明春燕小文海林峰鹏辉斌波宇浩凯健俊帆婷雪琳慧莉萍玲颖珍淑凤菊琴贵福荣德永庆祥瑞宝"
    "成忠义仁信东旭晓亚佳欣怡雨梦思子翠云莲洁倩琪蕾蓉薇丹青龙飞虎松柏武兵彬振立世正光新宏卫树根喜大晶芬香芝生昌胜友良民学贤娥珠凡炳泽嘉茂航晨轩涵"
    "睿梓萱博鑫昊彤悦琦瑶璐诗妍钰雅秋花]"
)
_USUAL_ALONE = "[伟芳娜敏静丽磊勇艳杰娟涛鹏辉斌波浩凯俊婷琳慧莉萍玲颖琴倩琪蕾蓉薇彬强军超霞刚燕洁梅红兰丹晶雪莲]"
_MORE_GIVEN = (
    "[安邦保彪伯才财灿畅辰诚驰崇川传达道登迪典鼎定栋冬敦恩尔法丰枫锋奉富冠广果翰豪好皓合和河恒弘洪鸿厚怀焕惠吉纪季继坚江姣娇捷金锦进劲晋京景敬靖久"
    "君均钧克魁坤岚朗乐礼力利连亮霖灵令隆露伦洛满曼美萌孟苗妙名铭默慕乃楠宁农攀培佩朋其奇启绮千谦巧钦勤清晴琼全泉群然融如儒汝锐润若赛森善尚韶绍社"
    "声升圣石时实士书舒帅水顺硕素遂泰天田甜铁廷庭通同望威维蔚稳五希锡熙习先显宪翔向孝兴星雄修勋延炎岩彦雁扬阳尧耀烨业叶一依仪宜毅益懿寅银印应莹迎"
    "盈影映咏泳余愉羽育昱裕元园媛源远愿月越芸允运增展章昭照哲真贞震征之智中仲重洲竹柱卓紫宗祖作佐双爽韵朝潮长常存芙甫杏苹妹娣姗婉婵嫣媚娅娴婧婕淼"
    "焱晗菡函寒含淇沁沛沐泓洵浚渊瀚滨漫澜澄炜烁煜熠煊煌瑜瑾璟璋珂珊珏琛琬瑛瑄珺玥玮珑琅琰芷芮芊苒茜茗荷莎菁菲葵蓓薪馨馥骏骁骥麒麟鸣鹃鹤桐桦楚榕槐"
    "樱檀权旺发改换带盼锁堂仓官土木山岭坡岗峡峻岳嵘昆仑少叔后前奎奕弢彰律微心忆恺悟惟意憬拓政晖曙朔材杉栩桢楷榜槟橙欢歌殿毓汀汉治津浦涌淳湘湛滔潇"
    "瀛烽焰熹牧特珣理瑗甲百盛相睦矗祺禄禾秉稼竞笑筠策箫粤精纯纲纾绪缘羚翎耘聪胤臣艾芹茵莺菱葆蓝薛蕴虹行衡诺谊谋豆赫跃轶逸邵郁郡里野钊钢铎铮锴镇闯"
    "阔陶隽雯霄霏韬顶项颂颜飒高鸥鹂麦黎齐沙娉妮婴孜宾寿州巍幸得杨柳桃李梨椿樟棠棣粒会可来得家襄功強化喻"
    "侠俏俪俭偲傲僖兆冶凝剑劭励勃勉勖匀卿叙吟品喆囡圆坊垒堃塬墨壮夕夫奋妤姿婀孚守宠宣宸容宽寰尊尘尹屏岐岫岱岸峤峥峦嵩庚康廉廓弥弦彩徽忍念忻怿恳悌"
    "悠惜惢愚愫慈慎慰懋战戎扶承抒拂择掌掬探擎攸斐斗斋旋旗旦昀昂昇昉昔昕晃晏晔晚晟晰暄暖暮曜曦朴杞极枚枝枢柄染柔柘柯桓桔桥梁梢棉棋植椒榆榛樵欧歆毕"
    "汤沂沅沉沧沫泊浓浪涓涟涤涧涯淋淡淮渔渝湃湖溪滇滋滢漪漾潭澈澍灏灯炅炫炬炯烈烟焓焜燊爱狄狮猛玄玖玛玫玺珀珉珞珩球琇琏琢琥琨琮瑀瑕瑭璀璁璘璞璧璨"
    "瓒画畴疆皎皑眉眠瞻矫砚砺础碧祈祎祯禧禹秩穆穗穹童笃笙笛筝箐籁粟纬纵纶纹绒绚络绢绣绩绫绵绿缇缜缤缨羲翀翊翌翘翡翱翼耕耿聆肃腾舟芋芒芦芩芭芯芽苇"
    "苍苏苓苡茉茶茸荃荔荟荧荫莓莘莞莱获菀菏萃萤萧葛葡葳蒙蒲蓁蔓蔷蕙藏藜藤藻蘅蛟蜀蜜蝶衍誉诞谐谨象贇赋赏赐赞赟赢赤足踪辅迅迈迟逊逍遇遐遥遵醒采鉴铃"
    "铄铠铨锺镜闻闽陵靓霁霆霈霓霜霸鞠韧音颀飏驭驹驿骅骋骐骞鱼鲜鸢鸽鸾鹄麓黛龄凰牛魏丞丙亨伍佑侃侨俐俞倍傅冰凌劳匡午南占卯咪妃妲婳嫒宅宫屹岑巩彧忱"
    "怜恪戌捧授敖斯旬旻昙易晞暑杭枭柒栾桀梵榄沱泠泱洞涂淏渌滕澎濛燃珈班琚琲瑟瑢白皇眙矜知秘竺纫绅绶缦罡翁耶聚肖臻舜节芃芫苣莅萝葶蒂蓬蔻虔虞衷裴西"
    "角诀诒诸豫贡贯轲辛辞迦逆逗逢逯遗遣郦都酷钟铖铸镕镛阁阴陌陆雍顿颐鼐]"
)
_GIVEN = f"{_USUAL[:-1]}{_MORE_GIVEN[1:]}"
_GIVEN_SIGNS = frozenset(_GIVEN)
_COMPOUNDS = frozenset(COMPOUND[3:-1].split("|"))
_PLAUSIBLE = re.compile(f"{_GIVEN}{{1,2}}")
_DOUBLED = re.compile(r"(.)\1")
_BOTH_USUAL = re.compile(f"{_USUAL}{{2}}|{_USUAL_ALONE}")
_SURELY = re.compile(f"{COMPOUND}|{_SURE}")
_FIRST = re.compile(f"{COMPOUND}|.")

_FUNCTION = re.compile(
    r"[的了在是和与或及不有为对从被把等这那各每某也都就还很已将要由因所并且但可能会来去到个两几多无未没请您你我他她它们么吗呢吧啊又再更最]"
)
"""Signs that a sentence goes on with; in a given name only in the customary ones."""
_CUSTOMARY = re.compile(
    r"和平|永和|[为有]民|有为|三多|[多来有全][福才财喜余]|会[英玲兰芳明]|能文|要武|学[农军文]|可[欣心儿馨]|不凡|"
    r"[为有][国华]|来[发旺娣顺]"
)
_NOT_GIVEN = re.compile(
    r"^[副总局处科站所]|[氏姓某们]|女士|先生|小姐|同志|师傅|老师|大爷|大妈|大叔|大娘|大姐|大哥|阿姨|奶奶|爷爷|婆婆|老人|老板|女孩|"
    r"[科站所局处厂班组队部市事校院村店区县镇行会股]长|主任|经理|书记|主席|总监|总$|总工|工$|队员|专员|"
    r"[员村区镇乡县市街路科处室股组队站所局厅办班户司厂店校委院]$"
)
_NOT_NAMES = (
    "杨树柳林|柳树河林|李子|付款费清讫出|任意职期命务何|安心静稳全保监置装居排康检|温水暖差室馨度泉控|文件字本号员秘书化明章体献|高层级新峰管压频温度楼低空价效质铁速校标位清兴地出|夏季天日令|金额婚融属秋黄钱|毛病|马桶上路力|"
    "于上本下今昨前是|黄昏色水|余款额下量热压震|严正重格禁控肃查|宁可愿静|尤为其|尚在未无可有|常务设驻年住见州规态识温用压青|顾问客虑及|荣军誉获|董事|方案面式便可向法圆米位|关于键注停系联断闭掉阀|"
    "万户元科余人次|白天班色纸条板|路口面边灯段程线|石油化板家头块子|江南北东西河边水面|武装汉器|康复养体|施工压行|钱款|华东南北中西丽|包片干村装括含|程序度控式|雷雨电|古城街老建|阳光台|游客泳园|田间|"
    "向阳上|许可多久愿|谢谢|燕窝子|简易单化报称便要|沙河土市|景区观色|龙头湖|麻烦木|冷水热却凝气|左右侧边|易燃爆|曾经多向|何时人种况为以必|司机法炉|盛夏大|季度节|周边围末期六日一二三四五年报内前后转|"
    "秦岭|汤池|苏区州|陆续上地|卫生健星|宫颈殿|宗旨地|席位间|辛苦勤|艾滋|储户备水气罐能|贺信|章程制|申请报诉领购办|庄户|欧式洲元|甘肃|宋体|孔洞|牛奶|张贴力数|胡同|林业地木区带草|封闭堵存条口|"
    "费用|洪水涝|帅气|符合|郑州|王府|罗列|应急当|解决除释答放压|成立为功员果都本效交|车辆间站位库主祸棚|米以高厚左|花园费坛木草|银行|叶片轮|段落|史料上|祝愿贺福|苗木|谷物底|曲线折|蓝色天|麦田|"
    "桂花|桑树|池水底|迟到迟延|冀中|郁闷|楚天|劳动务保资|栗子|戈壁|"
    "全部面体市年额程天区县国省员力新家民覆长口|由于此|党员委组建支政工校|商户业场铺品量议圈城贸务标|管理网道线护控委径材家井|连续接日夜同通片带锁|平均台时方稳安衡房常等面米整原时日|支付持出线部架队管行|乐于意|"
    "谈话判到及|召开集回唤|练习|原因有则来定先价件告材始理|初步期审次始级中|明确天显年细示码白日星|敬老请业爱|楼上下道层顶栋长房宇|习惯近|展示开现览|鄂建燃价发政东西"
)
"""Words that begin as names do: a surname, and each of the signs that make a word with it."""
_WORDS = {run[0]: frozenset(run[1:]) for run in _NOT_NAMES.split("|")}
_NO_WORD: frozenset[str] = frozenset()
_POSTS = re.compile(
    r"司机|文[员秘书旅教]|顾[客问]|游客|储户|安[保全监检置装]|董事|卫[健生]|路政|水务|康养|庄户|金[融额]|"
    r"任[意何]|文件|高[层管新]|白班|车间|江[南北]"
)
UNLIKELY, PLAUSIBLE, LIKELY, SURE = range(4)


def may_begin(text: str, start: int) -> bool:
    """Whether a name may begin with this surname: with a rare given name only behind one that is no word as well."""
    return text[start + 1] in _GIVEN_SIGNS or text[start] in _SURE or text[start : start + 2] in _COMPOUNDS


def is_word(text: str, start: int = 0) -> bool:
    """Whether a plain word begins here, and no name."""
    return text[start + 1 : start + 2] in _WORDS.get(text[start], _NO_WORD)


def is_post(name: str) -> bool:
    """Whether what looks like a name is a post or an office after all."""
    return bool(_POSTS.match(name))


def given_of(name: str) -> str:
    return _FIRST.sub("", name, count=1)


def is_name(name: str, *, strict: bool = False) -> bool:
    """`strict`: nothing sets it apart from the sentence it stands in."""
    given = given_of(name)
    if strict and _FUNCTION.search(given) and not _CUSTOMARY.fullmatch(given):
        return False
    return bool(given) and not _NOT_GIVEN.search(given)


def likelihood(name: str) -> int:
    """SURE: a surname that is hardly a word, with a most usual given name; LIKELY: one of both; PLAUSIBLE: neither."""
    given = given_of(name)
    if not _PLAUSIBLE.fullmatch(given):
        return UNLIKELY
    usual, sure = bool(_BOTH_USUAL.fullmatch(given) or _DOUBLED.fullmatch(given)), bool(_SURELY.match(name))
    return SURE if len(name) - len(given) > 1 else PLAUSIBLE + usual + sure


def has_sure_surname(name: str) -> bool:
    return bool(_SURELY.match(name))
