"""`publisher sign-off --write`: the sign is put into the file, and nothing else in the folder changes."""

import re
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner
from conftest import ROOT, at_noon
from damages_signoff import NOTICES, Q2, SCORE, edited
from signed import ask_for_sign_off

import publisher.commands.sign_off
from publisher.load.folder import load
from publisher.problems import PublisherError
from publisher.signing_off import signing_of, written
from publisher.signing_off.inserted import inserted
from publisher.signoff import content_of_round, shown
from publisher.words import words_of

ID = "2026-q2"
THREE = "signoff: {stages: [draft, review1, issue], distinct: yes}\n"
OF_Q2 = re.compile(r"signoff:\n(?:  .*\n)*", re.MULTILINE)
BY = ("--name", "另某", "--post", "初审岗")


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(ROOT / "tests" / "bureau", tmp_path / "bureau")


@pytest.fixture
def signed(root, monkeypatch):
    """Signs a stage in the folder, at noon."""
    monkeypatch.setattr(publisher.commands.sign_off, "present", at_noon)

    def run(stage, *more, subject=ID, language="zh-Hans"):
        monkeypatch.chdir(root)
        command = publisher.commands.sign_off.sign_off_command(words_of(language))
        return CliRunner().invoke(command, [subject, stage, *BY, "--write", *more])

    return run


def content(root):
    return shown(content_of_round(load(root).bureau, ID))


def with_signoff(root, text):
    path = root / Q2
    changed = OF_Q2.sub("", path.read_text("utf-8")) + text
    path.write_text(changed, "utf-8", newline="")
    return changed


def sign(stage, hash_, ends="\n", indent="  "):
    fields = ['name: "另某"', 'post: "初审岗"', "at: 2026-11-21 12:00", f"content: {hash_}"]
    return ends.join([f"{indent}{stage}:", *(f"{indent}  {one}" for one in fields), ""])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("there", "added"),
    [
        ("", "signoff:\n{}"),
        ("# 待签\n\n", "signoff:\n{}"),
        ("signoff:\n", "{}"),
        ("signoff:   # 按顺序签\n\n# 完\n", None),
    ],
)
def test_a_first_sign_goes_into_a_file_without_one(root, signed, there, added, ends):
    ask_for_sign_off(root, THREE)
    before = with_signoff(root, there)
    (root / Q2).write_text(before, "utf-8", newline=ends)
    done = signed("拟稿")
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        f"已经写进 {Q2}：拟稿。\n还没有签的环节：初审、签发。签了以后再运行这个命令。\n",
        "",
    )
    made = sign("draft", content(root))
    if there.startswith("signoff:   #"):
        meant = before.replace("# 按顺序签\n", f"# 按顺序签\n{made}")
    else:
        meant = before + (added or "signoff:\n{}").format(made)
    assert (root / Q2).read_bytes() == meant.replace("\n", ends).encode()


def test_a_last_line_without_its_end_gets_one(root, signed):
    ask_for_sign_off(root, THREE)
    before = with_signoff(root, "").rstrip("\n")
    (root / Q2).write_text(before, "utf-8")
    assert signed("draft").exit_code == 0
    meant = f"{before}\nsignoff:\n{sign('draft', content(root))}"
    assert (root / Q2).read_text("utf-8") == meant


def test_other_stages_stay_as_they_are_and_what_comes_next_is_said(root, signed):
    ask_for_sign_off(root, THREE.replace(", distinct: yes", ""))
    before = (root / Q2).read_text("utf-8").replace("\n  draft:", "\n  # 按顺序\n  draft:") + "\n# 完\n"
    (root / Q2).write_text(before, "utf-8")
    done = signed("review1")
    made = sign("review1", content(root))
    assert (root / Q2).read_text("utf-8") == before.replace("\n\n# 完\n", f"\n{made}\n# 完\n")
    assert done.stdout == (f"已经写进 {Q2}：初审。\n作废的签字，要重签：签发（publisher check 说明为什么）。\n")
    done = signed("issue")
    assert done.stdout == (
        f"已经写进 {Q2}：签发。\n各环节都签好了。请运行 publisher check；到公布时刻再运行 publisher build。\n"
    )


def test_stages_that_are_set_in_further_are_joined_by_one_set_in_alike(root, signed):
    ask_for_sign_off(root, THREE)
    path = root / Q2
    path.write_text(re.sub(r"(?m)^  (draft|issue)", r"      \1", path.read_text("utf-8")), "utf-8")
    before = path.read_text("utf-8")
    assert signed("review1").exit_code == 0
    assert path.read_text("utf-8") == before + sign("review1", content(root), indent="      ")


def test_a_void_sign_is_replaced_and_one_that_counts_is_not(root, signed):
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    before = (root / Q2).read_text("utf-8")
    done = signed("draft", "--opinion", "同意")
    assert done.exit_code == 0, done.output
    made = sign("draft", content(root)).replace("    at:", '    opinion: "同意"\n    at:')
    after = (root / Q2).read_text("utf-8")
    assert after == re.sub(r"(?m)^  draft: .*\n", lambda _: made, before)
    again = signed("draft")
    line = after[: after.index("  draft:")].count("\n") + 1
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == (
        f"{Q2}\n  第 {line} 行，“signoff.draft”：“拟稿”已经签过字，签的就是现在的内容，没有再写。 "
        "不用再签。要换签字人或者改意见的，请先在文件里删去这个环节的签字，再运行一次。 [signoff-there]\n"
        "\n没有写入任何文件：共 1 个问题需要改正。\n"
    )
    assert (root / Q2).read_text("utf-8") == after


INLINE = "signoff: {draft: {name: 某某, post: 拟稿, at: 2026-07-15 09:00}}\n"
REMARKED = "signoff:\n  review1: {name: 某某, post: 初审, at: 2026-07-15 09:00} # 电话确认\n"


@pytest.mark.parametrize("text", [INLINE, REMARKED])
def test_what_cannot_be_put_in_is_printed_to_be_put_in_by_hand(root, signed, text):
    ask_for_sign_off(root, THREE)
    before = with_signoff(root, text)
    done = signed("review1")
    where = "接在 signoff: 已有的环节后面" if text is INLINE else "换下 signoff: 里原来的 review1"
    assert done.exit_code == 1
    made = sign("review1", content(root))
    assert done.stdout == f"# 请写进 {Q2}，{where}：\n{made}"
    assert "的签字没有写进去：signoff 不是一个环节一行起的写法（例如写在大括号里）" in done.stderr
    assert done.stderr.endswith("[signoff-by-hand]\n\n没有写入任何文件：共 1 个问题需要改正。\n")
    assert (root / Q2).read_text("utf-8") == before


def test_a_notice_is_signed_between_its_lines_and_in_english(root, signed):
    ask_for_sign_off(root, NOTICES)
    path = root / "content" / "notices" / "gas-b-warning.md"
    before = path.read_text("utf-8") + "\n---\n末段。\n"
    path.write_text(before, "utf-8")
    done = signed("draft", subject="gas-b-warning", language="en")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Written into content/notices/gas-b-warning.md: Draft.\nStages not signed yet: ")
    head, rest = before.split("\n---\n", 1)
    after = path.read_text("utf-8")
    assert after.startswith(f"{head}\nsignoff:\n  draft:\n")
    assert after.endswith(f"\n---\n{rest}")
    assert "    at: 2026-11-21 12:00\n" in after


def test_nothing_is_written_into_a_file_that_was_changed_meanwhile(root, monkeypatch):
    ask_for_sign_off(root, THREE)
    signing = signing_of(root, ID, "review1", {"name": "另某", "post": "初审岗", "opinion": None}, at_noon)
    typed = (root / Q2).read_bytes() + b"# typed meanwhile\n"

    def typing(*asked):
        (root / Q2).write_bytes(typed)
        return inserted(*asked)

    monkeypatch.setattr("publisher.signing_off.filed.inserted", typing)
    with pytest.raises(PublisherError) as caught:
        written(root, signing)
    assert [(one.code, one.place.path) for one in caught.value.problems] == [("changed-meanwhile", Q2)]
    assert (root / Q2).read_bytes() == typed


def test_nothing_is_written_that_reads_back_as_something_else(root):
    """The folder says another title than when the sign was made: it would be a sign of something else."""
    ask_for_sign_off(root, THREE)
    signing = signing_of(root, ID, "review1", {"name": "另某", "post": "初审岗", "opinion": None}, at_noon)
    other = replace(signing, record=signing.record.model_copy(update={"area": "别处"}))
    before = (root / Q2).read_bytes()
    assert written(root, other) is None
    assert (root / Q2).read_bytes() == before
    assert written(root, signing).missing == ()


def test_nobody_signs_in_a_folder_with_a_fault(root, signed):
    ask_for_sign_off(root, THREE)
    edited(root, "content/companies.csv", "gas-b,", "gas b,")
    before = (root / Q2).read_bytes()
    assert signed("review1").exit_code == 1
    assert (root / Q2).read_bytes() == before


def test_a_file_in_the_encoding_of_windows_stays_in_it():
    data = "area: 某市\r\n".encode("gb18030")
    assert inserted(data, ("signoff:", '    name: "某"'), 0, 0) == data + 'signoff:\r\n    name: "某"\r\n'.encode(
        "gb18030"
    )
