"""What stands before or behind a name and says that it is one: tables of words, each with how much it tells.

The words of a table are set apart by strokes and compared whole, which is many times faster than a pattern.
"""

import re
from collections.abc import Iterator, Mapping

_PERSONS = "人|人员|者|员|代表|单位|名单"
LABELS = (
    "提问人|反映人|来电人|投诉人|举报人|申请人|联系人|当事人|来访人|来信人|留言人|报修人|缴费人|开户人|用水人|承租人|产权人|户主|经办|经办人|承办人|"
    "经手人|登记人|代办人|代缴人|过户人|责任人|负责人|答复人|签署人|受访人|受访者|被访者|回访对象|姓名|户名|收件人|收款人|署名|签名|签名人|签字|签字人|"
    "网名|用气人|诉求人|签收|签收人|领取人|监护人|代理人|委托人|承诺人|机主|车主|用户名|法定代表人|法人代表|经办人员|受助对象|获奖者|"
    "派单人|派单|接单|接单人|处理人|主办|跟单员|值班人|值班人员|接访人|接待人|填报人|填表人|填报|制表|制表人|编制人|录入人|统计人|整理|整理人|"
    "拟稿|拟稿人|撰稿|撰稿人|校对|校对人|审核|审核人|复核|复核人|审批人|计票人|监票人|唱票人|发言人|介绍人|推荐人|参赛选手|"
    "联名人|附议人|提案人|contact|name|attn"
)
"""They ask for a name: whatever has its shape behind one of them is taken for one."""
ROSTERS = (
    "参会|与会|出席|列席|参加|到会|到场|应到|实到|未到|缺席|请假|因故请假|旁听|受邀|陪同|走访|入户|检查|调研|验收|评审|督导|抽查|座谈|记录|会议记录|主持|"
    "会议主持|召集|参与|签到|见证|评委|"
    "获奖|工作组|走访组|检查组|评审组|专班|小组|成员|组成|组长|副组长|分别"
)
"""With a word for persons behind them, or a colon, they begin a list of names that lasts as long as the sentence."""
CITIZENS = (
    "居民|用户|业主|户主|住户|市民|村民|租户|房主|网友|群众|客户|老人|患者|家长|退休职工|独居老人|低保户|租客|房客|乘客|游客|旅客|商户|群友|邻居|老同志|"
    "退休教师|退休老师|退休工人|志愿者|党员|代表|居民代表|业主代表|用户代表|村民代表|市民代表|商户代表|楼长|楼栋长|单元长|院长老师|"
    "母亲|父亲|妈妈|我妈|爸爸|我爸|爱人|老公|老婆|妻子|丈夫|儿子|女儿|奶奶|爷爷|姐姐|妹妹|哥哥|弟弟|老伴|其子|其女|其妻|其夫|之子|之女|家属|亲属|女婿|儿媳|外甥|侄子|"
    "本人|姓名|其母|其父|楼上|楼下|隔壁|对门|同事|原告|被告|被投诉人|帮扶对象|困难群众|低保|群主|网名|我叫|我是|名叫|自称|"
    "周一|周二|周三|周四|周五|周六|周日|白班|夜班|早班|中班|晚班|当班|一等奖|二等奖|三等奖|特等奖|鼓励奖|征得|患者|被告人|房东|住着"
)
STAFF = (
    "维修工|维修员|维修师傅|抢修师傅|检修师傅|安装师傅|师傅|检修工|检修员|安装工|管道工|电工|司炉工|保洁员|保安|门卫|抢修队长|抢修班长|抢修队员|抢修员|客服|"
    "客服人员|客服专员|值班员|值班长|安检员|网格员|网格长|抄表员|收费员|接线员|话务员|巡检员|巡线员|调度员|施工员|窗口人员|入户人员|上门人员|施工人员|抄表人员|"
    "安检人员|收费人员|维修人员|抢修人员|工作人员|员工|职工|驾驶员|司机|乘务员|安全员|监理|管家|前台|楼管|物业管家|大厅引导员|引导员|营业员|办事员|科员|干事"
)
"""Who answers for a company at the door and at the counter: of them too a post says enough."""
TITLES = (
    "经理|主任|股长|科长|站长|所长|局长|处长|厂长|班长|组长|队长|部长|总监|董事长|总工程师|书记|负责人|专员|代表|专责|助理|秘书|主管|工程师|技术员|店长|"
    "行长|校长|院长|县长|市长|镇长|乡长|区长|村长|会长|秘书长|委员|主席|常委|代表委员|律师|记者|教授|专家|医生|护士|教师|老师|会计|出纳|顾问|"
    "民警|警官|片警|值班经理|项目经理|总经理|副总|总裁|调研员|主持人|志愿者|理事|监事|讲解员|翻译|组员|队员|学员"
)
ACTS = (
    "自称|后经|关于|由|请|据|被|让|叫|找|与|和|跟|给|向|对|经|替|帮|为|是|因|会上|其中|感谢|表扬|联系|问|答|批评|通报|转交|委托|推选|推举|选举|聘请|聘任|任命|当选|致|署名|"
    "本名|真名|原名|名叫|我叫|我是|安排|指派|派|责成|要求|授权|同意|特此感谢|指定|协调|拜访|慰问|走访|看望|通知|告知|回访|采访|提名|"
    "致电|联系了|联系上|见到|找到|拨通|问了|给予|推荐|聘用|录用|解聘|辞退|表彰|评选|回复|答复|送|陪|接|在|到|走访了|邀请|约|劝|催|交给|交由|转给|发给|寄给|退给|托"
)
"""They take persons, and much else."""
_ORGANISATION = re.compile("[股部科处室站所局厅村镇区司心队厂班办组会委院行店街路家]的?$")
"""Last signs of offices and places, which may have the name of their man or woman directly behind them."""
LABEL, PERSON, IN_LIST, ALONE, SLIGHT, NOTHING = 4, 3, 3, 2, 1, 0
"""How much it tells: a label asks for a name, a person has one; who fills a cell alone may be one."""


def _words() -> Iterator[tuple[str, int]]:
    yield from ((word, SLIGHT) for table in (ACTS, ROSTERS) for word in table.split("|"))
    yield from ((word, PERSON) for table in (TITLES, STAFF, CITIZENS) for word in table.split("|"))
    yield from ((word, LABEL) for word in LABELS.split("|"))
    yield from ((word + person, LABEL) for word in ROSTERS.split("|") for person in _PERSONS.split("|"))


BEFORE: Mapping[str, int] = dict(_words())
_CALLED = "叫|是"
ENDS_A_PERSON = frozenset(word[-1] for word, told in BEFORE.items() if told >= PERSON) | frozenset(_CALLED.split("|"))
"""Behind one of these even a plain word may be a name."""
_DOES = re.compile("[\u4e00-\u9fff](?<![人成全动官演教])员$|[\u4e00-\u9fff](?<![每本个多有无等他工别老两数何])人$")
BEGINS_LIST = frozenset(word + person for word in ROSTERS.split("|") for person in ("", *_PERSONS.split("|")))

_SPEAKERS = frozenset(CITIZENS.split("|"))


def is_speaker(before: str) -> bool:
    """Whether the last word is one for a citizen: behind it a colon begins what was said more often than a name."""
    return any(before[-length:] in _SPEAKERS for length in range(2, 6))


def is_organisation(before: str) -> bool:
    return bool(_ORGANISATION.search(before))


def is_personal(before: str) -> bool:
    """Whether the last word is some other word for a person by what the person does."""
    return bool(_DOES.search(before))
