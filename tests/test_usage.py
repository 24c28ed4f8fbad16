"""Help and wrong usage in the bureau's language: Click's own words too, exactly, and no description cut off.

`click.mo` is made from `click.po` by

    PYTHONPATH=. python tests/test_usage.py --bless
"""

import ast
import gettext
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from publisher.cli import commands
from publisher.usage import columns, lines_of, speak
from publisher.words import LANGUAGES, words_of

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "publisher" / "locales" / "zh_Hans" / "LC_MESSAGES" / "click.po"
BLESS = "if click.po is right: PYTHONPATH=. python tests/test_usage.py --bless"
FOR_PROGRAMMERS = re.compile(
    "Value must be an iterable|DeprecationWarning|Could not determine name|No options defined|exactly one parameter"
    "|defined twice|cannot use the same flag|Unknown color|values are required|Choice\\(|match the format|UUID"
    "|%\\(prog\\)s|extra\\["
)
NEVER_SHOWN = {"Do you want to continue?", "Confirm the action without prompting.", "Show the version and exit."}
EARLIER = {"No such option: {name}", "(Possible options: {possibilities})"}
"""What Click 8.1 says."""


@pytest.fixture
def run(monkeypatch):
    """run("zh-Hans", "build", "--help"): what the command prints, Click's words as `main` sets them."""
    before = gettext.textdomain()
    environment = {}

    def invoke(language, *words):
        speak(language, environment)
        monkeypatch.setenv("LANGUAGE", environment["LANGUAGE"])
        done = CliRunner().invoke(commands(words_of(language)), [*words], prog_name="publisher")
        return done.stdout + done.stderr

    yield invoke
    gettext.textdomain(before)


def test_the_help_of_a_command_in_chinese(run):
    assert run("zh-Hans", "sign-off", "--help") == (
        "用法： publisher sign-off [选项] 期号 环节\n"
        "\n"
        "  打印签批要写进文件的几行（含时刻和内容核对码）；加 --write 直接写进文件。期号\n"
        "  也可以是公告的编号，或者检查时列出的文件名；环节写英文或者中文都可以：draft\n"
        "  （拟稿）、review1（初审）、review2（复审）、issue（签发）。\n"
        "\n"
        "选项:\n"
        "  --name 名称     签字人姓名；不会公布。 [必填]\n"
        "  --post 岗位     签字人岗位。 [必填]\n"
        "  --opinion 文字  意见，例如：同意公布。\n"
        "  --write         直接写进文件，别的一个字也不动。\n"
        "  --help          显示这份说明。\n"
    )


@pytest.mark.parametrize("name", commands(words_of("en")).commands)
def test_what_is_to_be_written_has_a_chinese_name(run, name):
    usage, _, options = run("zh-Hans", name, "--help").partition("选项:\n")
    named = [usage.split("\n")[0].partition(name)[2], *re.findall(r"^  --[a-z-]+ (\S+)", options, re.MULTILINE)]
    plain = [
        re.sub(r"\[[a-z0-9|-]+\]|html", "", one, flags=re.IGNORECASE) for one in named
    ]  # choices show their values
    assert [one for one in plain if re.search("[A-Za-z]{2}", one)] == []


def test_the_help_of_a_command_in_english(run):
    assert run("en", "sign-off", "--help") == (
        "Usage: publisher sign-off [OPTIONS] ROUND STAGE\n"
        "\n"
        "  Prints the lines of a sign-off, with the moment and the hash of the content;\n"
        "  with --write they go into the file. ROUND is the id of a round or of a notice,\n"
        "  or its file as check names it; STAGE is one of draft (Draft), review1 (First\n"
        "  review), review2 (Second review), issue (Issue).\n"
        "\n"
        "Options:\n"
        "  --name NAME     Who signs; never published. [required]\n"
        "  --post POST     Their post. [required]\n"
        "  --opinion TEXT  Their opinion, such as: may be published.\n"
        "  --write         Put them into the file; nothing else in it changes.\n"
        "  --help          Show this message and exit.\n"
    )


WRONG = {
    "build --joobs": (
        "错误：没有“--joobs”这个选项。 是不是 '--jobs'？",
        "No such option '--joobs'. Did you mean '--jobs'?",
    ),
    "build --jobs": ("错误：选项“--jobs”后面要写值。", "Option '--jobs' requires an argument."),
    "build --jobs 0": ("错误：'--jobs' 的值不对：0 不在范围 1<=x<=64 以内。", "0 is not in the range 1<=x<=64."),
    "build --jobs x": ("错误：'--jobs' 的值不对：“x”不是整数。", "'x' is not a valid integer range."),
    "seal": ("错误：缺少参数 '期号'.", "Missing argument 'ROUND'."),
    "sign-off a 拟稿": ("错误：缺少选项 '--name'.", "Missing option '--name'."),
    "check x": ("错误：多写了参数：x", "Got unexpected extra argument (x)"),
    "bild": ("错误：没有“bild”这个命令。 是不是 'build'？", "No such command 'bild'. Did you mean 'build'?"),
    "verify no-such-folder": (
        "错误：'[文件夹]' 的值不对：“no-such-folder”不存在。",
        "Invalid value for '[DIR]': Directory 'no-such-folder' does not exist.",
    ),
    "init x --language fr": (
        "错误：'--language' 的值不对：“fr”不在可以写的里面：'zh-Hans', 'en'。",
        "Invalid value for '--language': 'fr' is not one of 'zh-Hans', 'en'.",
    ),
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_told_in_the_language(run, words):
    """Where the command is known its help is named; the sentence stands at the end."""
    chinese, english = WRONG[words]
    typed = words.replace("拟稿", "draft").split()
    name = typed[0] if typed[0] in commands(words_of("en")).commands else ""
    of = f"publisher {name}".rstrip()
    alone = words == "build --jobs"  # Click knows no command there yet
    told = run("zh-Hans", *typed)
    assert alone or told.startswith(f"用法： {of} [选项]")
    assert alone or f"\n用法说明请运行：{of} --help\n\n" in told
    assert told.endswith(f"{chinese}\n")
    told = run("en", *typed)
    assert alone or told.startswith(f"Usage: {of} [OPTIONS]")
    assert alone or f"\nTry '{of} --help' for help.\n\nError: " in told
    assert told.endswith(f"{english}\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_commands_cuts_nothing_off_and_fits_the_terminal(run, language):
    """Each has its first sentence, whole; a line takes at most eighty columns, Chinese signs counted twice."""
    words = words_of(language)
    told = run(language, "--help")
    flat = re.sub(r"\s", "", told)
    for name in commands(words).commands:
        sentence = words(f"cli.{name}", stages="").partition(words("cli.usage.stop"))[0]
        assert name + re.sub(r"\s", "", sentence).rstrip(".") in flat
    assert "..." not in told.replace("[参数]...", "").replace("[ARGS]...", "")
    for name in ("", *commands(words).commands):
        for line in run(language, *name.split(), "--help").splitlines():
            assert columns(line) <= 80, line


def test_lines_break_between_chinese_signs_and_never_before_one_that_closes():
    assert list(lines_of("甲乙丙，丁（戊）己 abc def", 6)) == ["甲乙", "丙，丁", "（戊）", "己 abc", "def"]
    assert list(lines_of("  two   words ", 40)) == ["two words"]
    assert list(lines_of("unbreakable", 4)) == ["unbreakable"]
    assert list(lines_of("", 10)) == []


def test_the_process_speaks_the_language_of_the_bureau_whatever_the_system_says(command, tmp_path):
    """Outside of a bureau it is the system's."""
    (tmp_path / "content").mkdir()
    settings = tmp_path / "content" / "site.yaml"
    system = {"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
    settings.write_text("language: en\n")
    assert b"Error: Missing argument 'ROUND'." in command("seal", cwd=tmp_path, **system).stderr
    settings.write_text("language: zh-Hans\n")
    told = command("seal", cwd=tmp_path, LANGUAGE="en", LANG="en_US.UTF-8").stderr
    assert "错误：缺少参数 '期号'." in told.decode()


def written():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def texts(catalogue):
    """One or both English forms -> the Chinese ones."""
    return {forms(one.id): forms(one.string) for one in catalogue if one.id}


def forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def test_what_is_read_is_what_was_written():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(written()), BLESS


def said_by_click():
    """Every sentence that this version of Click asks gettext for and that a person may see."""
    for name in ("core", "exceptions", "formatting", "parser", "types", "decorators"):
        tree = ast.parse((Path(click.__file__).parent / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                first = node.args[0]
                if isinstance(first, ast.Constant) and not FOR_PROGRAMMERS.search(first.value):
                    yield first.value


def test_every_sentence_of_click_is_in_the_catalogue_and_keeps_its_blanks_to_fill():
    found = texts(written())
    known = {one[0] for one in found}
    said = set(said_by_click()) - NEVER_SHOWN
    assert sorted(said - known) == []
    assert len(said) > 40
    for ids, told in found.items():
        names = {one.removesuffix("!r") for one in re.findall(r"{(.*?)}", " ".join(ids))}
        assert set(re.findall(r"{(.*?)}", " ".join(told))) <= names, ids


if __name__ == "__main__" and "--bless" in sys.argv:
    made = written()
    made.creation_date = made.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, made)
