"""Text files, settings and documents as staff really save them; and messages that a terminal can print."""

import os
import shutil
from pathlib import Path

import pytest
import yaml
from conftest import at_noon
from hypothesis import given
from hypothesis import strategies as st

from publisher.checking import checked
from publisher.load.documents import read_document
from publisher.load.settings import _quickly, read_yaml
from publisher.load.text import decoded, read_text
from publisher.messages import lines_of, sentence
from publisher.problems import Place, Problem, problem
from publisher.words import LANGUAGES, words_of

BUREAU = Path(__file__).parent / "bureau"
ABOUT = "---\ntitle: 关于\n---\n\n第一段。\n\n---\n\n第二段。\n"


def document(tmp_path: Path, data: bytes) -> tuple[dict, list[Problem]]:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    found: list[Problem] = []
    read = read_document(path, "a.md", found.append)
    return (read[0] if read else {}), found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_windows_are_read_alike(tmp_path: Path, encoding: str, end: str) -> None:
    data, found = document(tmp_path, ABOUT.replace("\n", end).encode(encoding))
    assert (data, found) == ({"title": "关于", "body": "第一段。\n\n---\n\n第二段。"}, [])


def test_broken_utf8_is_not_taken_for_gb18030() -> None:
    whole = "评价结果，公布。\n居民的提问。\n企业的答复。\n".encode()
    assert decoded(whole) == decoded(b"\xef\xbb\xbf" * 3 + whole) == whole.decode()
    assert decoded(whole.replace("结".encode(), "结".encode()[:1])) is None


def test_front_matter_alone_and_front_matter_that_is_empty(tmp_path: Path) -> None:
    assert document(tmp_path, b"---\ntitle: a\n---")[0] == {"title": "a", "body": ""}
    assert [one.code for one in document(tmp_path, b"---\n---\nx\n")[1]] == ["no-settings"]


@pytest.mark.parametrize("error", [PermissionError, OSError])
def test_a_file_or_folder_that_may_not_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError]
) -> None:
    def refused(self: Path) -> bytes:
        raise error

    shutil.copytree(BUREAU, tmp_path / "bureau")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)
        found: list[Problem] = []
        assert read_text(BUREAU / "content" / "site.yaml", "site.yaml", found.append) is None
        assert [one.code for one in found] == ["unreadable-file"]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refused)
        codes = {
            one.code for one in checked(tmp_path / "bureau", at_noon).errors if one.place.path == "content/notices"
        }
        assert codes == {"unreadable-folder"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    found: list[Problem] = []
    assert read_text(tmp_path / "a.md", "a.md", found.append) is None
    assert [one.code for one in found] == ["unreadable-file"]


WRITTEN = ["", "#", "[]", "a", "? :", "{", "}", "- a", "a: [", "a: 'b", "a: *b", "%", "@", "`", "a: !!binary x"]
WRITTEN += ["---\n...\n---\n", "\t", ":", "a:\n\tb: c", "<<: *a", "? {a: b}\n: c", "&a a: &a b"]
WRITTEN += ["a: " + "{b: " * 40 + "}" * 40]


@pytest.mark.parametrize("text", WRITTEN)
def test_whatever_is_typed_as_settings_is_read_or_is_a_problem(text: str) -> None:
    found: list[Problem] = []
    read = read_yaml(text, "x.yaml", found.append)
    assert (read is None) == bool(found)
    for language in LANGUAGES:
        assert bool(list(lines_of(found, words_of(language)))) == bool(found)


@pytest.mark.parametrize(
    "value", ["{}", "{value}", "{0}", "%s", "a\nb", "\x1b[31m", "\ud800", "\u202e", "😀", "", " ", "长" * 10_000]
)
def test_any_value_can_be_shown_in_one_short_line(value: str) -> None:
    one = problem("unknown-company", Place(value or "x", value, 1, value, ""), value, near=value)
    for language in LANGUAGES:
        (path, line, end) = lines_of([one], words_of(language))
        assert (len(path) <= 300, len(line) < 700, end) == (True, True, "")
        (path + line).encode("utf-8")
        assert (path + line).isprintable()


def test_the_same_fault_on_many_lines_is_told_once_with_its_lines() -> None:
    many = [problem("negative", Place("a.csv", line=line, column="是"), -1) for line in range(2, 12)]
    few = [problem("negative", Place("b.csv", line=line, column="是"), -1) for line in (2, 3)]
    words = words_of("zh-Hans")
    assert [line for line in lines_of([*many, *few], words) if line.startswith(" ")] == [
        "  第 2、3、4、5、6 等 10 行，“是”：“-1”是负数。 请改为 0 或正数。 [negative]",
        "  第 2、3 行，“是”：“-1”是负数。 请改为 0 或正数。 [negative]",
    ]


def test_a_code_with_its_own_hint_does_not_hint_twice() -> None:
    place = Place("a.csv", line=1)
    one = problem("table-unknown-heading-near", place, "责任方", letter="M", near="责任人")
    assert sentence(one, words_of("zh-Hans")).count("是不是") == 1


@pytest.mark.parametrize(
    "name", [b"\xff.md", b"a\nb.md", b"\x1b[31m.md", "关于😀.md".encode(), b"a" * 200 + b".md", b"-.md"]
)
def test_strange_file_names_are_told_and_can_be_printed(tmp_path: Path, name: bytes) -> None:
    shutil.copytree(BUREAU, tmp_path / "bureau")
    folder = os.fsencode(tmp_path / "bureau" / "content" / "pages")
    try:
        Path(os.fsdecode(folder + b"/" + name)).write_text("---\ntitle: a\n---\nx\n", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system does not allow such a name")
    problems = checked(tmp_path / "bureau", at_noon).problems
    assert [one.code for one in problems] == ["file-name-no-id"]
    "\n".join(lines_of(problems, words_of("zh-Hans"))).encode("utf-8")


def test_results_that_are_not_there_yet_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    for name in ("site.yaml", "companies.csv"):
        shutil.copy(BUREAU / "content" / name, tmp_path / "content" / name)
    assert list(checked(tmp_path, at_noon).problems) == []
    (tmp_path / "results").mkdir()
    assert list(checked(tmp_path, at_noon).problems) == []


# The two parsers of YAML

PIECES = (
    *(
        ": ",
        ":",
        "- ",
        "&a ",
        "*a",
        "!x ",
        "|\n",
        ">\n  ",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        '"',
        "'",
        "#",
        " #",
        "---\n",
        "?",
        "\t",
    ),
    *(
        "\n",
        "\n\n",
        "=",
        "~",
        "@",
        "%",
        "\\",
        "\\x41",
        "甲",
        "：",
        "  ",
        "''",
        "a:b",
        "{a: b}",
        "[a, b]",
        "... ",
        "<<: ",
        "%YAML 1.1\n",
    ),
)
HEADS = [path.read_text("utf-8").split("---")[1] for path in sorted(BUREAU.glob("content/*/**/*.md"))]


@given(st.sampled_from(HEADS), st.lists(st.tuples(st.integers(0, 400), st.sampled_from(PIECES)), max_size=4))
def test_the_quick_parser_reads_every_text_as_the_other_one_or_leaves_it_to_it(text: str, pieces) -> None:
    """The same folder must be read alike where PyYAML comes without its part in C."""
    for at, piece in pieces:
        text = text[:at] + piece + text[at:]
    quick = _quickly(text)
    if quick is not None:
        slow = yaml.compose(text, Loader=yaml.SafeLoader)
        assert serialized(quick) == serialized(slow)


def serialized(node: yaml.Node):
    where = node.start_mark.index, node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return *where, node.end_mark.index, node.style or "", node.value
    inner = node.value if isinstance(node, yaml.SequenceNode) else [one for pair in node.value for one in pair]
    return *where, type(node), [serialized(one) for one in inner]


def test_the_quick_parser_reads_what_people_write() -> None:
    """Else it could be left out without anybody noticing."""
    assert sum(_quickly(text) is not None for text in HEADS) > len(HEADS) * 0.8
    assert _quickly("- " * 40_000) is None, "nodes made in C have a stack of their own"
