"""Full names by surname, given name and what stands round them; meters and customers by the words near their number."""

import pytest
from patience import no_stall

from publisher.privacy import find
from publisher.privacy.given import _NOT_NAMES, _WORDS


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("綦国栋反映家中暖气不热", "綦国栋"),
        ("据房大山介绍，管道是老厂铺的。", "房大山"),
        ("由单大同接待来访", "单大同"),
        ("已致电芮晓东，解释了阶梯水价", "芮晓东"),
        ("收费员时来顺已调岗", "时来顺"),
        ("周一茅一鸣，周二赵丽", "茅一鸣"),
        ("白班解东升 夜班赵丽", "解东升"),
        ("与吴浩然约定周三上门", "吴浩然"),
        ("其母周桂兰患病在床", "周桂兰"),
        ("张敏之子办理了销户", "张敏"),
        ("三楼赵丽家漏水到二楼", "赵丽"),
        ("在周桂兰家测温18.5度", "周桂兰"),
        ("麻志远户已恢复供气", "麻志远"),
        ("左思远等人在现场等候", "左思远"),
        ("燃气公司的郏文斌到场说明", "郏文斌"),
        ("户主原为宣建军，现过户", "宣建军"),
        ("房大山：水压的事请说明。", "房大山"),
        ("【都兴旺】已阅", "都兴旺"),
        ("@房大山 请核实", "房大山"),
        ("房大山 已回访", "房大山"),
        ("   解东升\n2026年5月6日", "解东升"),
        ("签到的有楼上的、闻广义、谷雨晴等", "闻广义"),
        ("组长：盛夏\n", "盛夏"),
        ("投诉人：雷鸣，", "雷鸣"),
        ("关于祝英反映供暖问题的答复.docx", "祝英"),
        ("由叶青牵头", "叶青"),
        ("刘胜利个人简历.doc", "刘胜利"),
        ("新户主陈志强始终不同意", "陈志强"),
        ("会后郑桂兰亲手量了水温", "郑桂兰"),
    ],
)
def test_rarer_surnames_and_looser_sentences_name_people_too(text, name):
    assert ("name", name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "欠下的水费都记在房东名下",
        "听了十几分钟音乐",
        "不该让用户代跑",
        "这是单位和项目的事，时间另定。",
        "由此产生的费用由公司承担",
        "新闻发言人和广大用户",
        "教练员水平提高了",
        "各位代表时常强调安全",
        "应急管理和应用培训",
        "唐山、郑州、黄骅等地的做法",
        "白沙河、墨水河断面达标",
        "黄豆、黄金、玉米",
        "江心洲",
        "梅雨季",
        "主张新建泵房",
        "当事人有陈述申辩的权利",
        "整改投入40余万元",
        "师范大学、模范家庭、示范小区",
        "向全国供水企业推广",
        "和平路、元丰小区、丰利花园停水",
        "满意度调查、修缮工程、查询系统",
        "房产、房租、租房合同",
        "计划内停水、计量仪表、计费周期",
    ],
)
def test_plain_words_that_begin_with_a_surname_are_no_names(text):
    assert found(text) == []


def test_each_surname_has_one_run_of_word_signs():
    """A second run of the same surname would replace the first in silence."""
    assert len(_WORDS) == len(_NOT_NAMES.split("|"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("左侧表为79270522，右侧表为商铺表", "79270522"),
        ("气表G2.5-4342667", "G2.5-4342667"),
        ("您家表是A1253817这一只", "A1253817"),
        ("电子远传3059759047离线", "3059759047"),
        ("总表后分表#164862", "164862"),
        ("以下水表读数异常请住户自查：09147317。", "09147317"),
        ("1043186802_用户开户档案.pdf", "1043186802"),
        ("热力卡号H0832452与登记面积不符", "H0832452"),
        ("户号 40718", "40718"),
        ("交费编码669628390", "669628390"),
        ("停热名单（按热用户编号）：B10-39427。", "B10-39427"),
        ("这只20046279是谁家的", "20046279"),
    ],
)
def test_meters_and_customers_are_found_by_the_words_near_them(text, number):
    assert ("customer-number", number) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "扣款失败请联系开户行客服（95599）。",
        "交费咨询95598",
        "水表检定合同编号20260318077",
        "工单20260318077反映水表走快",
        "抄表册第12035页",
        "户表改造3600户，投资12600元",
        "分表读数12035",
        "20260301_用户开户申请.pdf",
    ],
)
def test_orders_counts_and_service_lines_are_no_customers(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("罗  芳代表建议增设站牌", "name", "罗  芳"),
        ("经办人 宫 晓 雯 复核人略", "name", "宫 晓 雯"),
        ("用户梅 雨 婷对结果满意", "name", "梅 雨 婷"),
        ("责任人 童 欣 已批评教育", "name", "童 欣"),
        ("签字：曹 敏  董经理", "name", "曹 敏"),
        ("感谢华丽君女士", "name", "华丽君"),
        ("尊敬的高志强先生：", "name", "高志强"),
        ("投诉人向东升所述漏水点", "name", "向东升"),
        ("暴玉娟用气申请.jpg", "name", "暴玉娟"),
        ("后山村西头12号独居老人", "address", "12号"),
        ("柳家胡同甲7号", "address", "7号"),
        ("我公司抄表员误将5号楼1单元101抄反", "address", "5号楼1单元101"),
        ("宅电82817768-未接.wav", "landline", "82817768"),
        ("户主家电\t65436821", "landline", "65436821"),
        ("SW12818041(用户编码)", "customer-number", "SW12818041"),
        ("燃气客户号_16295424_销户.zip", "customer-number", "16295424"),
        ("物联网表G2.5-522636072信号弱", "customer-number", "G2.5-522636072"),
        ("卡号223373682369的燃气IC卡已补办", "customer-number", "223373682369"),
    ],
)
def test_what_is_set_wide_or_named_behind_is_found(text, kind, value):
    assert (kind, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "锦绣花园3号楼、5号楼外墙修缮完毕",
        "安居小区13号楼前积水",
        "前进新村31幢到35幢之间的绿化带",
        "滨河家园8号楼至15号楼停热",
        "柏林郡小区10号楼一层大堂地砖空鼓",
        "登记证编号：梯11鲁H95263（24）",
        "水 电 气 热 四个行业",
        "高 新 区",
    ],
)
def test_works_on_buildings_and_wide_headings_are_nobodys(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "村民：水太小。",
        "用户：易堵塞，怎么办？",
        "用户：成功缴费后仍停水",
        "代表：江苏、浙江、安徽。",
        "居民：池子没人管。",
        "居民：白天没人。",
        "居民：满意。",
        "主任：汤河路改造。",
        "每户 3-1-201 型号阀门",
        "1-2-301 至 1-2-306 施工",
        "户号见账单 2026-0001",
    ],
)
def test_what_somebody_said_behind_a_colon_is_no_name(text):
    """So the record of a meeting is written; a usual name there is one all the same."""
    assert found(text) == []
    assert found("居民：王秀英") == [("name", "王秀英")]


def test_many_findings_are_told_apart_in_the_time_of_their_number():
    with no_stall(5):
        assert len(find("张伟、" * 20_000)) == 20_000
