"""The commands: quick help, words in the bureau's language, exit 0, 1 or 2, and nothing more than there is to say."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from patience import WAIT

from publisher import __version__, cli
from publisher.cli import language_of
from publisher.words import LANGUAGES, words_of

ROOT = Path(__file__).parent.parent
COMMANDS = ("init", "template", "check", "build", "serve")
HEAVY = ("pandas", "numpy", "pydantic", "jinja2", "markdown", "nh3", "yaml", "python_calamine", "xlrd", "xlsxwriter")


@pytest.fixture
def bureau(copy_of):
    """The smallest bureau there is: the starter, in Chinese."""
    return copy_of(ROOT / "publisher" / "starter" / "zh-Hans")


def damaged(folder):
    settings = folder / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nno_such_setting: 1\n", "utf-8")
    return folder


def lines(data):
    return data.decode("utf-8").replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"]])
def test_help_does_not_wait_for_heavy_libraries(words):
    """It answers in well under 0.3 s because nothing heavy is imported for it."""
    code = (
        "import sys\nfrom publisher.cli import main\nsys.argv = ['publisher', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=True)
    assert lines(done.stdout)[-1] == "[]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_every_command_in_the_language(language):
    words = words_of(language)
    text = CliRunner().invoke(cli.commands(words), ["--help"]).output
    flat = re.sub(r"\s", "", text)
    for name in COMMANDS:
        assert re.search(rf"^  {name}\b", text, re.MULTILINE)
        help_ = re.sub(r"\s", "", words(f"cli.{name}"))
        shown = CliRunner().invoke(cli.commands(words), [name, "--help"]).output
        assert help_ in re.sub(r"\s", "", shown)
    assert re.sub(r"\s", "", words("cli.help")) in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_explained(language):
    group = cli.commands(words_of(language))
    for command in group.commands.values():
        for option in command.params:
            assert option.param_type_name == "argument" or option.help, (command.name, option.name)


def test_the_system_chooses_the_language_outside_a_bureau(command):
    assert words_of("zh-Hans")("cli.build")[:6] in command("--help", LANG="zh_CN.UTF-8").stdout.decode()
    assert words_of("en")("cli.build")[:10] in command("--help", LANG="de_DE.UTF-8").stdout.decode()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh-Hans"),
        ({"LANG": "C.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.GBK"}, "zh-Hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "zh-Hans"),
    ],
)
def test_a_system_that_names_no_language_speaks_the_bureaus_first(environment, language, tmp_path):
    assert language_of(tmp_path, environment, None) == language


@pytest.mark.parametrize(
    ("system", "language"),
    [
        ("Chinese (Simplified)_China", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("English_United States", "en"),
        (None, "zh-Hans"),
    ],
)
def test_on_windows_the_system_is_asked_where_no_variable_says(system, language, tmp_path):
    assert language_of(tmp_path, {}, system) == language


def test_the_bureau_chooses_the_language_inside_one(command, bureau):
    assert "检查通过" in command("check", cwd=bureau, LANG="en_US.UTF-8").stdout.decode()


def test_version_is_that_of_the_package(command):
    done = command("--version")
    assert done.stdout.decode().strip() == f"publisher {__version__}"


def test_a_build_in_a_pipe_says_one_line(command, bureau, as_of):
    """The closing line: how many files, how many changed, how many went, and the seconds."""
    done = command("build", "--as-of", as_of, cwd=bureau)
    assert done.returncode == 0
    assert done.stderr == b""
    (line,) = lines(done.stdout)
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", line)]
    files = [path for path in (bureau / "site").rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert numbers[:3] == [len(files), len(files), 0]
    assert 0 < numbers[3] < 60
    (again,) = lines(command("build", "--as-of", as_of, cwd=bureau).stdout)
    assert [float(one) for one in re.findall(r"\d+(?:\.\d+)?", again)][:3] == [len(files), 0, 0]


def test_check_says_one_line_when_all_is_well(command, as_of):
    done = command("check", "--as-of", as_of, cwd=ROOT / "tests" / "bureau")
    assert (done.returncode, done.stderr, len(lines(done.stdout))) == (0, b"", 1)


def test_faults_of_the_inputs_exit_with_1_and_write_nothing(command, bureau):
    folder = damaged(bureau)
    done = command("build", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == b""
    assert "unknown-key" in done.stderr.decode()
    assert "content/site.yaml" in done.stderr.decode()
    assert not (folder / "site").exists()
    checked = command("check", cwd=folder)
    assert checked.returncode == 1
    assert "unknown-key" in checked.stdout.decode()


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["build", "--no-such-option"],
        ["build", "--jobs", "0"],
        ["build", "--as-of", "tomorrow"],
        ["build", "--as-of", "2026-02-30"],
        ["build", "--as-of", ""],
        ["check", "--as-of", "2026-02-30"],
        ["template"],
        ["template", "2026-q1", "2026-q2"],
        ["new"],
        ["new", "poem", "x"],
        ["serve", "--port", "70000"],
        ["init"],
        ["init", "x", "--language", "fr"],
        ["init", "x", "--scheme", "f"],
    ],
)
def test_wrong_usage_exits_with_2(command, bureau, words):
    done = command(*words, cwd=bureau)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert not (bureau / "site").exists()


@pytest.mark.parametrize("words", ["check", "build", "serve", "template items"])
def test_outside_a_bureau_the_way_in_is_told(command, words):
    done = command(*words.split(), LANG="zh_CN.UTF-8")
    assert done.returncode == 2
    assert "publisher init" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "as_of", ["2026-11-21", "2026/11/21", "2026年11月21日", "2026-11-21 09:30", "2026-11-21T09:30+08:00"]
)
def test_a_day_or_a_moment_is_accepted(command, bureau, as_of):
    done = command("build", "--as-of", as_of, cwd=bureau)
    assert done.returncode == 0, done.stderr.decode()


def test_check_speaks_of_the_day_it_is_given(command):
    """What has grown old depends on the day; the sample has questions that are older than others."""
    early, late = (lines(command("check", "--as-of", day, cwd=ROOT).stdout) for day in ("2026-11-21", "2027-02-01"))
    assert len(late) > len(early) > 1


def test_a_wrong_day_is_named(command, bureau):
    assert "tomorrow" in command("build", "--as-of", "tomorrow", cwd=bureau).stderr.decode()


def test_output_goes_where_it_is_told(command, bureau, as_of, tmp_path):
    assert command("build", "--as-of", as_of, "--output", tmp_path / "a" / "b", cwd=bureau).returncode == 0
    assert (tmp_path / "a" / "b" / "index.html").is_file()
    assert not (bureau / "site").exists()


def test_more_processes_build_the_same_site(command, bureau, as_of, tmp_path):
    for jobs in ("1", "4"):
        words = ("--as-of", as_of, "--jobs", jobs, "--output", tmp_path / jobs)
        assert command("build", *words, cwd=bureau).returncode == 0
    one, four = ((tmp_path / jobs / "SHA256SUMS").read_bytes() for jobs in ("1", "4"))
    assert one == four


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_a_console_of_another_encoding_does_not_stop_the_command(command, bureau, encoding):
    options = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    assert command("--help", cwd=bureau, **options).returncode == 0
    assert command("build", cwd=bureau, **options).returncode == 0
    done = command("build", cwd=damaged(bureau), **options)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"unknown-key" in done.stderr


def test_gbk_console_shows_chinese(command, bureau):
    done = command("check", cwd=bureau, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert "检查通过" in done.stdout.decode("gbk")


def test_a_reader_that_leaves_early_is_no_crash(bureau):
    """`publisher check | head -1`"""
    settings = bureau / "content" / "companies.csv"
    settings.write_text("id,name\n" + "甲 乙,\n" * 3000, "utf-8")
    pipe = subprocess.Popen(
        [sys.executable, "-m", "publisher", "check"],
        cwd=bureau,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    pipe.stdout.readline()
    pipe.stdout.close()
    error = pipe.stderr.read().decode()
    pipe.stderr.close()
    assert pipe.wait(WAIT) != 0
    assert "Traceback" not in error
    assert "Exception ignored" not in error


@pytest.mark.skipif(shutil.which("script") is None, reason="script(1) makes the terminal")
def test_a_terminal_sees_progress_and_then_a_clean_line(bureau):
    done = subprocess.run(
        ["script", "-qec", f"{sys.executable} -m publisher build --as-of 2026-11-21", "/dev/null"],
        cwd=bureau,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "TERM": "xterm"},
        capture_output=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    shown = done.stdout.decode()
    assert re.search(r"\r[^\n]*\d+ / \d+", shown)
    assert "网站已生成" in shown.rpartition("\033[K")[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the signal of Ctrl-C")
@pytest.mark.parametrize("fault", [False, True])
def test_serve_shows_the_site_or_its_problems_and_ends_with_ctrl_c(bureau, fault):
    folder = damaged(bureau) if fault else bureau
    process = subprocess.Popen(
        [sys.executable, "-m", "publisher", "serve", "--port", "0", "--as-of", "2026-11-21"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        url = re.search(rb"http://127\.0\.0\.1:\d+/", process.stdout.readline())[0].decode()
        try:
            with urllib.request.urlopen(url, timeout=WAIT) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError as error:
            page = error.read().decode()
        assert ("no_such_setting" in page) == fault
    finally:
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=WAIT)
    assert b"Traceback" not in error
    assert not (folder / "site").exists()


def test_what_is_not_released_is_served_on_request_and_marked(bureau):
    from datetime import UTC, datetime  # noqa: PLC0415

    from publisher.cleared import Cleared  # noqa: PLC0415
    from publisher.live import site_of  # noqa: PLC0415
    from publisher.recall import Recall  # noqa: PLC0415

    (bureau / "results" / "2026-q2" / "round.yaml").write_text(
        (bureau / "results" / "2026-q2" / "round.yaml").read_text("utf-8").replace("2026-07-17", "2027-01-17"), "utf-8"
    )
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    site = site_of(bureau, lambda _: now, lambda _: now, Recall(), Cleared(), ahead=True)
    page = site("rounds/2026-q2/index.html").decode()
    assert "data-preview=" in page
    assert "计划发布时间：2027-01-17" in page
    assert not (bureau / "site").exists()


FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="a device that is always full")


def piped(words, out, err, cwd=ROOT / "tests" / "bureau", **environment):
    """The command with streams of the test's own."""
    return subprocess.run(
        [sys.executable, "-m", "publisher", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        check=False,
        timeout=WAIT,
    )


@full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["verify"], ["check"], ["--help"], ["seal"]])
def test_a_full_disk_is_one_message_and_an_exit_code_of_its_own(words, unbuffered, tmp_path):
    """Usage errors go to the other stream, and end as they always do."""
    (tmp_path / "site").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("language: en\n", "utf-8")
    with FULL.open("w") as out:
        done = piped(words, out, subprocess.PIPE, cwd=tmp_path, PYTHONUNBUFFERED=unbuffered)
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    if done.returncode != 2:
        assert (done.returncode, said.splitlines()) == (3, [words_of("en")("cli.output-lost")])
    assert done.returncode == (2 if words == ["seal"] else 3)


@full
def test_a_full_disk_for_both_streams_is_no_traceback_either():
    with FULL.open("w") as out:
        assert piped(["check"], out, out).returncode == 3
        assert piped(["no-such-command"], subprocess.PIPE, out).returncode == 3


@pytest.mark.skipif(os.name != "posix", reason="a pipe that nobody reads")
def test_a_closed_pipe_is_one_message_and_an_exit_code_of_its_own():
    reader, writer = os.pipe()
    os.close(reader)
    done = piped(["--help"], writer, subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, len(done.stderr.decode().splitlines())) == (3, 1)


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch):
    """Only what cannot be said is told so: any other OSError is a bug."""

    def broken(_words):
        def command():
            raise OSError(28, "No space left on device")

        return command

    monkeypatch.setattr(cli, "commands", broken)
    monkeypatch.setattr(cli.sys, "stdout", sys.__stdout__)
    monkeypatch.setattr(cli.sys, "stderr", sys.__stderr__)
    with pytest.raises(OSError, match="No space left"):
        cli.main()


@pytest.mark.parametrize("argument", ["--version", "--no-such-option"])
def test_nothing_is_looked_through_for_garbage_when_a_command_ends(argument):
    program = "import atexit, gc; atexit.register(lambda: print(gc.get_count()[0] < gc.get_freeze_count()));"
    program += f"import sys; sys.argv[1:] = ['{argument}']; from publisher.cli import main; main()"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines()[-1] == "True"
