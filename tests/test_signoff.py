"""Sign-off: a sign counts for the content that was signed, at the stages of the policy, in their order."""

# ruff: noqa: DTZ001  (a moment of the inputs is the bureau's own time)

import re
import shutil
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import CliRunner
from conftest import NOON, ROOT, at_noon
from damages_signoff import NOTICES, Q2, Q2_NOTICE, SCORE, edited
from hypothesis import given
from hypothesis import strategies as st
from signed import ask_for_sign_off, sign_all, under, with_content
from test_sealed import sealed_at

from publisher.build import build
from publisher.checking import checked
from publisher.commands.sign_off import sign_off_command
from publisher.load.folder import load
from publisher.model.editions import Sealed
from publisher.model.fields import CONTENT_DIGITS, read_content
from publisher.model.signoff import STAGES, Sign, SignOff, SignOffPolicy
from publisher.problems import PublisherError
from publisher.released import coming_notice, coming_round, released
from publisher.signoff import as_if_signed, content_of_notice, content_of_round, shown, standing_of_round
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
ID = "2026-q2"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def plain():
    return load(BUREAU).bureau


@pytest.fixture(scope="module")
def bureau(plain):
    return under(plain)


def changed_round(bureau, **changes):
    return replace(bureau, rounds={**bureau.rounds, ID: bureau.rounds[ID].model_copy(update=changes)})


def signs_of(bureau, **changes):
    signs = {
        stage: sign.model_copy(update=changes.get(stage, {})) for stage, sign in bureau.rounds[ID].signoff.made.items()
    }
    return changed_round(bureau, signoff=SignOff(**signs))


def unfit(bureau):
    return [(one.code, one.stage, one.parts) for one in standing_of_round(bureau, bureau.rounds[ID]).unfit]


def is_out(bureau, moment=NOON):
    return ID in released(bureau, moment).rounds


def void(*parts):
    return [("signoff-content-changed", "draft", parts), ("signoff-content-changed", "issue", parts)]


# What is in the hash


def first_score(bureau):
    scores = bureau.scores[ID]
    place = next(n for n, one in enumerate(scores) if one.grades)
    return scores, place


def with_one_answer_more(bureau):
    scores, place = first_score(bureau)
    grade = next(iter(scores[place].grades))
    grades = scores[place].grades | {grade: scores[place].grades[grade] + 1}
    moved = scores[place].model_copy(update={"grades": grades, "n": (scores[place].n or 0) + 1})
    return replace(bureau, scores={**bureau.scores, ID: (*scores[:place], moved, *scores[place + 1 :])})


def without_the_last_row(bureau):
    return replace(bureau, scores={**bureau.scores, ID: bureau.scores[ID][:-1]})


def with_site(bureau, **changes):
    return replace(bureau, site=bureau.site.model_copy(update=changes))


def with_scheme(bureau, **changes):
    scheme = bureau.schemes[bureau.rounds[ID].scheme]
    return replace(bureau, schemes={**bureau.schemes, scheme.id: scheme.model_copy(update=changes)})


def with_grade_point(bureau):
    scheme = bureau.schemes[bureau.rounds[ID].scheme]
    grades = tuple(
        one.model_copy(update={"points": Fraction(61)}) if one.points == Decimal(60) else one for one in scheme.grades
    )
    assert grades != scheme.grades
    return with_scheme(bureau, grades=grades)


def with_company(bureau, **changes):
    return replace(
        bureau, companies={**bureau.companies, "gas-a": bureau.companies["gas-a"].model_copy(update=changes)}
    )


def with_notice(bureau, **changes):
    notices = (one.model_copy(update=changes if one.round == ID else {}) for one in bureau.notices)
    return replace(bureau, notices=tuple(notices))


def without_notice(bureau):
    return replace(bureau, notices=tuple(one for one in bureau.notices if one.round != ID))


VOIDING = {
    "an answer": (with_one_answer_more, "score"),
    "a row": (without_the_last_row, "score"),
    "the release time": (lambda b: changed_round(b, release_at=datetime(2026, 7, 20, 10, 1)), "round"),
    "no release time": (lambda b: changed_round(b, release_at=None), "round"),
    "the note": (lambda b: changed_round(b, note="有一家没有参加。"), "round"),
    "the forms": (lambda b: changed_round(b, forms=b.rounds[ID].forms.model_copy(update={"valid": 401})), "round"),
    "the ranking": (lambda b: with_site(b, ranking="competition"), "round"),
    "the rounding": (
        lambda b: with_site(b, rounding=b.site.rounding.model_copy(update={"rule": "half_even"})),
        "round",
    ),
    "a grade's points": (with_grade_point, "scheme"),
    "the method's text": (lambda b: with_scheme(b, name="换了名称"), "scheme"),
    "a company's name": (lambda b: with_company(b, name="换了名称"), "scheme"),
    "the notice's text": (lambda b: with_notice(b, body="换了正文"), "notice"),
    "the notice's title": (lambda b: with_notice(b, title="换了标题"), "notice"),
    "the notice's day": (lambda b: with_notice(b, issued_on=datetime(2026, 7, 16).date()), "notice"),
    "the notice is gone": (without_notice, "notice"),
}


@pytest.mark.parametrize("name", VOIDING)
def test_an_edit_after_signing_voids_every_sign_and_tells_the_part(bureau, name):
    edit, part = VOIDING[name]
    assert unfit(bureau) == []
    found = unfit(edit(bureau))
    assert [one[:2] for one in found] == [one[:2] for one in void()]
    assert {one[2] for one in found} <= {(part,), ()}, "the digit of a part stays by chance once in sixteen times"
    assert is_out(bureau)
    assert not is_out(edit(bureau))


LATER = {
    "statements": lambda b: replace(b, statements=()),
    "responses": lambda b: replace(b, responses=()),
    "corrections": lambda b: replace(b, corrections=()),
    "a company's hotline": lambda b: with_company(b, hotline="96000"),
    "another notice": lambda b: replace(b, notices=tuple(one for one in b.notices if one.kind != "violation")),
    "another round's scores": lambda b: replace(b, scores={**b.scores, "2026-q1": b.scores["2026-q1"][:-1]}),
    "the order of rows": lambda b: replace(b, scores={**b.scores, ID: b.scores[ID][::-1]}),
    "the policy": lambda b: with_site(b, signoff=b.site.signoff.model_copy(update={"notices": True})),
    "the signer's opinion": lambda b: signs_of(b, draft={"opinion": "同意公布"}),
    "the site's description": lambda b: with_site(b, description="换了说明"),
}


@pytest.mark.parametrize("name", LATER)
def test_what_comes_later_or_is_not_the_rounds_voids_nothing(bureau, name):
    edited_bureau = LATER[name](bureau)
    assert edited_bureau != bureau
    assert unfit(edited_bureau) == []
    assert is_out(edited_bureau)


def test_the_hash_of_one_round_signs_no_other(bureau):
    twin = replace(bureau, rounds={**bureau.rounds, "twin": bureau.rounds[ID].model_copy(update={"id": "twin"})})
    twin = replace(twin, scores={**twin.scores, "twin": twin.scores[ID]})
    assert content_of_round(twin, "twin") != content_of_round(twin, ID)


def test_the_same_content_has_the_same_hash_whatever_is_released(plain):
    at_release = released(plain, datetime(2026, 7, 20, 10, tzinfo=ZONE))
    assert (
        content_of_round(plain, ID) == content_of_round(at_release, ID) == content_of_round(released(plain, NOON), ID)
    )


@given(st.text("0123456789abcdef", min_size=CONTENT_DIGITS, max_size=CONTENT_DIGITS))
def test_a_hash_reads_back_however_it_is_typed(content):
    assert read_content(shown(content)) == read_content(content) == content
    assert read_content(f"  {shown(content).upper().replace('-', ' ')} ") == content


# Which signs count


def test_the_part_that_changed_is_mostly_told(bureau):
    told = [unfit(edit(bureau))[0][2] for edit, _ in VOIDING.values()]
    assert sum(bool(parts) for parts in told) > len(told) * 3 / 4


def test_a_mistyped_hash_is_told_from_changed_content(bureau):
    content = content_of_round(bureau, ID)
    slip = ("1" if content[0] == "0" else "0") + content[1:]
    assert unfit(signs_of(bureau, issue={"content": slip})) == [("signoff-content-mistyped", "issue", ())]
    assert not is_out(signs_of(bureau, issue={"content": slip}))


def test_a_sign_without_content_counts_for_nothing(bureau):
    assert unfit(signs_of(bureau, issue={"content": None})) == [("signoff-without-content", "issue", ())]
    assert not is_out(signs_of(bureau, issue={"content": None}))


def test_one_person_signs_one_stage_where_persons_must_be_distinct(plain):
    strict = under(plain, distinct=True)
    assert unfit(strict) == [("signoff-same-person", "issue", ())]
    assert not is_out(strict)
    other = signs_of(strict, issue={"name": "另某"})
    assert unfit(other) == []
    assert is_out(other)
    for disguised in ("某 某", "　某某 ", "某某"):
        assert unfit(signs_of(strict, issue={"name": disguised})) == [("signoff-same-person", "issue", ())]
    latin = signs_of(strict, draft={"name": "Li Lei"}, issue={"name": "ＬＩ ＬＥＩ"})
    assert unfit(latin) == [("signoff-same-person", "issue", ())]
    assert is_out(under(plain))


def test_signs_follow_the_order_of_the_stages(bureau):
    drafted = bureau.rounds[ID].signoff.draft.at
    early = signs_of(bureau, issue={"at": drafted - timedelta(minutes=1)})
    assert unfit(early) == [("signoff-out-of-order", "issue", ())]
    assert not is_out(early)
    assert is_out(signs_of(bureau, issue={"at": drafted}))


def test_every_stage_is_held_against_the_latest_before_it(plain):
    bureau = under(plain, stages=("draft", "review1", "issue"))
    content = content_of_round(bureau, ID)

    def sign(day):
        return Sign(name="某某", post="岗位", at=datetime(2026, 7, day, 9), content=content)

    signed = changed_round(bureau, signoff=SignOff(draft=sign(12), review1=sign(10), issue=sign(11)))
    assert unfit(signed) == [("signoff-out-of-order", "review1", ()), ("signoff-out-of-order", "issue", ())]


def test_a_sign_at_a_stage_that_is_not_asked_for_is_neither_needed_nor_judged(bureau):
    stray = Sign(name="某某", post="复审", at=datetime(2030, 1, 1), content="0" * CONTENT_DIGITS)
    assert is_out(changed_round(bureau, signoff=bureau.rounds[ID].signoff.model_copy(update={"review2": stray})))


def test_without_a_policy_nothing_is_asked_for(plain):
    assert not plain.site.signoff.stages
    assert is_out(changed_round(plain, signoff=SignOff()))


def test_assumed_signs_count(plain):
    bureau = under(plain, stages=("draft", "review1", "review2", "issue"), distinct=True, notices=True)
    assert not is_out(bureau)
    assumed = as_if_signed(bureau, {ID, "gas-b-warning"}, datetime(2026, 7, 1, 9))
    public = released(assumed, NOON)
    assert set(public.rounds) == {ID}
    assert {one.id for one in public.notices} == {"2026-q2-results", "gas-b-warning"}


# Other notices


def test_other_notices_are_signed_only_where_the_policy_says_so(plain):
    (warning,) = [one for one in plain.notices if one.kind == "violation"]
    strict = under(plain, notices=True)

    def out(bureau):
        return warning.id in {one.id for one in released(bureau, NOON).notices}

    def with_signs(notice):
        notices = tuple(notice if one.id == notice.id else one for one in strict.notices)
        return replace(strict, notices=notices)

    assert out(under(plain))
    assert not out(strict)
    made = SignOff(
        draft=Sign(name="甲", post="拟稿", at=datetime(2026, 6, 30, 9)),
        issue=Sign(name="乙", post="签发", at=datetime(2026, 6, 30, 10)),
    )
    signed = with_content(warning.model_copy(update={"signoff": made}), content_of_notice(warning))
    assert out(with_signs(signed))
    assert content_of_notice(signed) == content_of_notice(warning), "who signed is not in what is signed"
    for change in ({"body": "换了正文"}, {"title": "换了标题"}, {"published_at": datetime(2026, 7, 1, 9)}):
        assert not out(with_signs(signed.model_copy(update=change)))


# Sealed rounds


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(BUREAU, tmp_path / "bureau")


def test_a_sealed_round_is_governed_by_its_seal(root):
    """It was signed or not when it came out; a correction says who decided on what changed since."""
    sealed_at(root, ID, "2026-08-14 12:00")
    ask_for_sign_off(root)
    bureau = load(root).bureau
    assert standing_of_round(bureau, bureau.rounds[ID]).complete
    for signs in (SignOff(), with_content(bureau.rounds[ID], "0" * CONTENT_DIGITS).signoff):
        assert is_out(changed_round(bureau, signoff=signs))
    late = signs_of(bureau, issue={"at": datetime(2026, 11, 21, 12, 1)})
    assert not is_out(late), "a sign that is there must have been made"
    assert is_out(late, NOON + timedelta(minutes=1))


def test_a_round_whose_sign_is_void_cannot_be_sealed(root):
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    with pytest.raises(PublisherError) as error:
        sealed_at(root, ID, "2026-11-20 12:00")
    assert {one.code for one in error.value.problems} == {"signoff-content-changed"}


def test_a_notice_in_the_sealed_record_is_governed_by_it(root):
    sealed_at(root, "record", "2026-08-14 12:00")
    ask_for_sign_off(root, NOTICES)
    assert "gas-b-warning" in {one.id for one in released(load(root).bureau, NOON).notices}


# check, build and the site that is there


def errors(root, moment="2026-11-21 12:00", site=None):
    now = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    return [(one.code, one.place.path) for one in checked(root, lambda _: now, at_noon, site).errors]


def test_another_file_under_the_same_name_voids_what_was_signed(root):
    """An attachment of the circular is signed with it, by its hash."""
    (root / "content" / "attachments").mkdir()
    file = root / "content" / "attachments" / "list.txt"
    notice = root / Q2_NOTICE
    notice.write_text(
        notice.read_text("utf-8").replace("---\n", "---\nattachments: [{file: list.txt, title: 名单}]\n", 1), "utf-8"
    )
    seen = []
    for text in ("一\n", "二\n", "一\n"):
        file.write_text(text, "utf-8")
        seen.append(content_of_round(load(root).bureau, ID))
    assert seen[0] == seen[2] != seen[1]


def test_a_void_sign_is_a_warning_until_the_minute_of_release_and_then_a_fault(root):
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    assert errors(root, "2026-07-20 09:59") == []
    assert errors(root, "2026-07-20 10:00") == [("signoff-content-changed", Q2)] * 2


def test_a_void_sign_of_a_round_that_lacks_another_sign_is_a_warning(root):
    """It would not be public anyhow."""
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue]}\n")
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    assert errors(root) == []


def test_a_build_with_a_void_sign_leaves_the_old_site_alone(root, tmp_path):
    site = tmp_path / "site"
    ask_for_sign_off(root)
    build(root, site, at_noon)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    edited(root, Q2_NOTICE, "请各企业对照问题整改", "请各企业对照问题抓紧整改")
    with pytest.raises(PublisherError):
        build(root, site, at_noon)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    sign_all(root)
    build(root, site, at_noon)
    assert "抓紧整改" in (site / "notices" / "2026-q2-results.html").read_text("utf-8")


def test_a_public_round_does_not_go_for_want_of_a_signature(root, tmp_path):
    """A policy that comes later, or a sign that is taken out, must not empty the site in silence."""
    site = tmp_path / "site"
    build(root, site, at_noon)
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue]}\n")
    vanishing = ("signoff-would-vanish", Q2)
    assert vanishing in errors(root, site=site)
    assert errors(root, site=tmp_path / "another") == []
    assert vanishing not in errors(root, "2026-07-20 09:59", site), "it is not due at that moment"
    with pytest.raises(PublisherError):
        build(root, site, at_noon)
    assert (site / "rounds" / ID / "index.html").is_file()


def test_who_signed_reaches_no_public_byte(root, tmp_path):
    mark = "签字人甲"
    edited(root, Q2, "name: 某某, post: 签发", f"name: {mark}, post: 签发科长{mark}")
    signs = f"signoff:\n  draft: {{name: {mark}, post: 拟稿, at: 2026-06-30 09:00}}\n"
    signs += f"  issue: {{name: {mark}, post: 签发, at: 2026-06-30 10:00, opinion: {mark}}}\n"
    edited(root, "content/notices/gas-b-warning.md", "kind: violation\n", f"kind: violation\n{signs}")
    ask_for_sign_off(root, NOTICES)
    sealed_at(root, ID, "2026-08-14 12:00")
    site = tmp_path / "site"
    build(root, site, at_noon)
    contents = {content_of_round(load(root).bureau, ID), shown(content_of_round(load(root).bureau, ID))}
    assert "gas-b-warning.html" in {path.name for path in site.rglob("*")}
    for path in site.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert mark.encode() not in data, path
        assert not any(one.encode() in data for one in contents), path


# publisher sign-off


def sign_off(root, monkeypatch, *words):
    monkeypatch.chdir(root)
    return CliRunner().invoke(sign_off_command(words_of("zh-Hans")), list(words))


def test_the_command_prints_lines_that_read_back_as_that_sign(root, monkeypatch):
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue]}\n")
    name, post, opinion = "某某", '局长: "代"#', "- 同意\n公布"
    done = sign_off(root, monkeypatch, ID, "review1", "--name", name, "--post", post, "--opinion", opinion)
    assert done.exit_code == 0, done.output
    (sign,) = yaml.load(done.stdout, yaml.BaseLoader).values()  # noqa: S506
    assert (sign["name"], sign["post"], sign["opinion"]) == (name, post, "- 同意 公布")
    assert sign["content"] == shown(content_of_round(load(root).bureau, ID))
    pasted = "".join(f"{line}\n" for line in done.stdout.splitlines() if line.startswith(("  review1", "    ")))
    edited(root, Q2, "  issue: {", f"{pasted}  issue: {{")
    made = load(root)
    assert made.problems == ()
    assert made.bureau.rounds[ID].signoff.review1.opinion == "- 同意 公布"
    assert [one for one in unfit(made.bureau) if one[1] == "review1"] == []


@pytest.mark.parametrize(("name", "post", "option"), [("", "拟稿", "--name"), ("某某", " ", "--post")])
def test_nobody_signs_without_a_name_or_a_post(root, monkeypatch, name, post, option):
    done = sign_off(root, monkeypatch, ID, "draft", "--name", name, "--post", post)
    assert (done.exit_code, "draft:" in done.stdout) == (2, False)
    assert option in done.stderr
    assert "不能是空的：签字要写明是谁、什么岗位。" in done.stderr


def test_the_command_works_while_a_sign_is_void_and_not_with_other_faults(root, monkeypatch):
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    words = (ID, "draft", "--name", "某某", "--post", "拟稿")
    assert sign_off(root, monkeypatch, *words).exit_code == 0
    edited(root, "content/companies.csv", "gas-b,", "gas b,")
    assert sign_off(root, monkeypatch, *words).exit_code == 1


def test_what_would_vanish_for_want_of_a_signature_can_be_signed(root, monkeypatch):
    build(root, root / "site", at_noon)
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue]}\n")
    done = sign_off(root, monkeypatch, ID, "review1", "--name", "某某", "--post", "初审")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("subject", "code"), [("2026-q9", "signoff-unknown"), ("2026-q2-results", "signoff-with-round")]
)
def test_the_command_signs_only_what_is_signed_by_itself(root, monkeypatch, subject, code):
    done = sign_off(root, monkeypatch, subject, "issue", "--name", "某某", "--post", "签发")
    assert done.exit_code == 1
    assert code in done.stderr


def test_the_command_knows_the_stages_of_the_policy():
    """It has them itself, so that help is there before the models are read."""
    for language in ("zh-Hans", "en"):
        words = words_of(language)
        (stage,) = [one for one in sign_off_command(words).params if one.name == "stage"]
        assert tuple(stage.type.choices) == (*STAGES, *(words(f"choice.signoff.{one}") for one in STAGES))


WHO = ("--name", "某某", "--post", "岗位")


def test_a_stage_may_be_written_in_chinese(root, monkeypatch):
    ask_for_sign_off(root)
    chinese, english = (sign_off(root, monkeypatch, ID, stage, *WHO).stdout for stage in ("签发", "issue"))
    assert "  issue:\n" in chinese
    assert re.sub("at: .*", "", chinese) == re.sub("at: .*", "", english)


def heading(done):
    return done.stdout.splitlines()[:2]


def test_only_the_lines_that_the_file_lacks_are_printed(root, monkeypatch):
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue], notices: yes}\n")
    assert heading(sign_off(root, monkeypatch, ID, "复审", *WHO)) == [
        "# 请写进 results/2026-q2/round.yaml，接在 signoff: 已有的环节后面：",
        "  review2:",
    ]
    assert heading(sign_off(root, monkeypatch, ID, "draft", *WHO)) == [
        "# 请写进 results/2026-q2/round.yaml，换下 signoff: 里原来的 draft：",
        "  draft:",
    ]
    assert heading(sign_off(root, monkeypatch, "gas-b-warning", "draft", *WHO)) == [
        "# 请写进 content/notices/gas-b-warning.md（文首两条 --- 之间）：",
        "signoff:",
    ]


def test_who_signed_another_stage_already_is_told_so(root, monkeypatch):
    """The sign would void the other: it is told before it is put into the file."""
    told = "提醒：“拟稿”也是某 某签的，本网站要求由不同的人签；两个签字不能都算数，请由另一个人签。\n"
    words = (ID, "issue", "--name", "某 某", "--post", "岗位")
    ask_for_sign_off(root, "signoff: {stages: [draft, issue], distinct: yes}\n")
    assert sign_off(root, monkeypatch, *words).stderr == told
    assert sign_off(root, monkeypatch, ID, "issue", "--name", "另某", "--post", "岗位").stderr == ""
    edited(root, "content/site.yaml", "distinct: yes", "distinct: no")
    assert sign_off(root, monkeypatch, *words).stderr == ""


def test_a_notice_with_the_id_of_a_round_is_signed_by_its_file(root, monkeypatch):
    ask_for_sign_off(root, NOTICES)
    notice = root / "content" / "notices" / f"{ID}.md"
    (root / "content" / "notices" / "gas-b-warning.md").rename(notice)
    done = sign_off(root, monkeypatch, ID, "draft", *WHO)
    assert done.exit_code == 1
    assert (
        f"编号是“{ID}”的有一个评价期，也有一份公告，不知道要签哪一个。 "
        f"请不写编号，写要签的那个文件：results/{ID}/round.yaml、content/notices/{ID}.md。 [signoff-two]"
    ) in done.stderr
    bureau = load(root).bureau
    (record,) = [one for one in bureau.notices if one.id == ID]
    for path, content in (
        (f"content/notices/{ID}.md", content_of_notice(record)),
        (f"results\\{ID}\\round.yaml", content_of_round(bureau, ID)),
    ):
        assert f"content: {shown(content)}" in sign_off(root, monkeypatch, path, "draft", *WHO).stdout


# Since a day


@pytest.mark.parametrize(("since", "asked"), [("2026-07-21", False), ("2026-07-20", True), (None, True)])
def test_the_policy_asks_from_its_day_on(plain, since, asked):
    """By the day of release in the bureau's time; the day itself is in."""
    day = datetime.fromisoformat(since).date() if since else None
    bureau = listed(under(plain, since=day))
    edited_bureau = with_one_answer_more(bureau)
    assert is_out(bureau)
    assert is_out(edited_bureau) is not asked
    assert is_out(signs_of(changed_round(bureau, signoff=SignOff()))) is not asked


def listed(bureau):
    """Its round had come out when a seal listed all addresses."""
    return replace(bureau, sealed=Sealed(addresses=(f"rounds/{ID}/index.html",)))


@pytest.mark.parametrize("day", ["2026-06-01 10:00", "2026-07-20 10:00"])
def test_a_date_before_the_policy_alone_frees_no_round_from_signs(plain, day):
    """Who dates a new round back to before the policy began would evade it: no sealed list has its address."""
    release = datetime.fromisoformat(day)
    bureau = under(changed_round(plain, release_at=release), since=datetime(2026, 11, 1).date())
    unsigned = changed_round(bureau, signoff=SignOff())
    assert not is_out(unsigned)
    assert is_out(listed(unsigned))
    assert is_out(bureau), "signed at every stage it comes out"


def test_a_notice_dated_before_the_policy_needs_signs_too(plain):
    policy = SignOffPolicy(stages=("draft", "issue"), notices=True, since=datetime(2026, 11, 1).date())
    bureau = replace(plain, site=plain.site.model_copy(update={"signoff": policy}))
    known = replace(bureau, sealed=Sealed(addresses=("notices/gas-b-warning.html",)))
    names = [{one.id for one in released(each, NOON).notices} for each in (bureau, known)]
    assert ["gas-b-warning" in one for one in names] == [False, True]


def test_what_says_no_release_time_comes_out_now_and_is_asked_for(plain):
    bureau = under(without_notice(changed_round(plain, release_at=None)), since=datetime(2026, 11, 1).date())
    assert is_out(bureau)
    assert not is_out(changed_round(bureau, signoff=SignOff()))


def test_a_notice_from_before_the_policy_needs_no_sign(root, tmp_path):
    """One that is on the site does not go for want of a sign either: it is told, as of rounds."""
    site = tmp_path / "site"
    build(root, site, at_noon)
    settings = root / "content" / "site.yaml"
    plain = settings.read_text("utf-8")
    vanishing = ("signoff-would-vanish", "content/notices/gas-b-warning.md")
    policy = "signoff: {stages: [draft, issue], notices: yes, since: 2026-11-01}\n"
    settings.write_text(plain + policy, "utf-8")
    assert vanishing in errors(root, site=site), "nothing sealed says that it was out"
    settings.write_text(plain, "utf-8")
    sealed_at(root, "record", "2026-11-20 12:00")
    settings.write_text(plain + policy, "utf-8")
    assert errors(root, site=site) == []
    bureau = load(root).bureau
    assert "gas-b-warning" in {one.id for one in released(bureau, NOON).notices}


def test_a_fault_says_that_something_is_on_the_site_only_if_it_is(root, tmp_path):
    ask_for_sign_off(root)
    build(root, tmp_path / "site", at_noon)
    edited(root, "results/2026-q2/scores.csv", *SCORE)

    def effects(site):
        found = checked(root, at_noon, site=site).errors
        return {dict(one.details)["effect"] for one in found if one.code == "signoff-content-changed"}

    assert effects(tmp_path / "site") == {"choice.signed.public"}
    assert effects(tmp_path / "another") == effects(None) == {"choice.signed.due"}


# The sample


AGAIN = "after reading what changed: PYTHONPATH=. python tests/test_signoff.py --sign-the-sample"


def asked_in_the_sample():
    """Everything that comes out since the policy of the sample is in force."""
    bureau = load(ROOT).bureau
    found = [coming_round(bureau, one) for one in bureau.rounds.values()]
    found += [coming_notice(bureau, one) for one in bureau.notices]
    return [one for one in found if one.standing.content]


def sign_the_sample():
    """The posts of the sample sign again for what is there now; the moments, which are invented, stay."""
    for one in asked_in_the_sample():
        path = ROOT / one.record.origin.where.path
        signed = re.sub(r"(?m)^(    content: ).*$", rf"\g<1>{shown(one.standing.content)}", path.read_text("utf-8"))
        path.write_text(signed, encoding="utf-8", newline="\n")


def test_the_sample_is_signed_by_posts_and_shows_none_of_them(sample):
    """From its day on every stage of everything is signed, for what is there now."""
    asked = asked_in_the_sample()
    assert len(asked) >= 5
    assert [one.record.id for one in asked if not one.is_out(NOON)] == [], AGAIN
    signs = [sign for one in asked for sign in one.standing.signs.values()]
    assert all(sign.name.startswith("示例") and sign.post.endswith("（样例）") for sign in signs)
    hidden = {text.encode() for sign in signs for text in (sign.name, sign.post, shown(sign.content))}
    for path in sample.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(one in data for one in hidden), path


if __name__ == "__main__" and "--sign-the-sample" in sys.argv:
    sign_the_sample()
