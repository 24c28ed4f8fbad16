"""The theme compiled beside the program: the same pages, and code of nobody else."""

import marshal
import sys
import traceback
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, UndefinedError

from publisher import compiled
from publisher.compiled import Compiled

PLANTED = compile(
    "def root(context, **rest): yield 'planted'\nname = 'a.html'\nblocks = {}\ndebug_info = ''", "a.html", "exec"
)


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Where this Python keeps what it compiles."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "beside"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "beside"


@pytest.fixture
def theme(tmp_path):
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "a.html").write_text("{{ 1 + 1 }} of the theme", "utf-8")
    return folder


def shown(theme, folder=None):
    """By a process of its own."""
    loader = FileSystemLoader([folder or theme, theme])
    environment = Environment(loader=loader, autoescape=True, bytecode_cache=Compiled("en", theme))
    return environment.get_template("a.html").render()


def kept(beside):
    return [path for path in beside.rglob("*") if path.is_file()]


def planted(beside):
    """The kept file with other code in it, under the sum that stands there."""
    (path,) = kept(beside)
    path.write_bytes(path.read_bytes()[:32] + marshal.dumps(PLANTED))


def test_a_template_of_the_theme_is_compiled_once_for_all_builds(theme, beside, monkeypatch):
    assert shown(theme) == "2 of the theme"
    (path,) = kept(beside)
    assert path.suffix == ".pyc"  # what `program` leaves out
    assert Path(__file__).parent.parent / "publisher" == Path("/", *path.relative_to(beside).parts).parent
    monkeypatch.setattr(Environment, "_generate", lambda *_, **__: pytest.fail("compiled again"))
    assert shown(theme) == "2 of the theme"


def test_another_text_or_another_program_is_compiled_anew(theme, beside, monkeypatch):
    shown(theme)
    before = kept(beside)[0].read_bytes()
    monkeypatch.setattr(compiled, "_program", lambda: "another")
    assert shown(theme) == "2 of the theme"
    after = kept(beside)[0].read_bytes()
    assert after != before
    (theme / "a.html").write_text("new", "utf-8")
    assert shown(theme) == "new"
    assert kept(beside)[0].read_bytes() != after


def emptied(beside):
    (path,) = kept(beside)
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [planted, emptied])
def test_code_that_is_not_what_was_kept_is_not_run(theme, beside, damage):
    shown(theme)
    damage(beside)
    assert shown(theme) == "2 of the theme"


def test_of_templates_of_a_bureau_nothing_is_kept_or_read(theme, beside, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.html").write_text("own", "utf-8")
    (own / "__pycache__").mkdir()
    assert shown(theme, own) == "own"
    assert kept(beside) == kept(own / "__pycache__") == []


@pytest.mark.parametrize("name", ["a.html", "print/b.html"])
def test_a_copied_template_is_not_compiled_again_and_its_faults_are_its_own(theme, beside, tmp_path, monkeypatch, name):
    own = tmp_path / "own"
    for folder in (theme, own):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{% macro m() %}{{ missing.of }}{% endmacro %}\n{{ m() }}", "utf-8")

    def told(*folders):
        environment = Environment(
            loader=FileSystemLoader(folders), autoescape=True, bytecode_cache=Compiled("en", theme)
        )
        with pytest.raises(UndefinedError) as caught:
            environment.get_template(name).render()
        return [(frame.filename, frame.lineno) for frame in traceback.extract_tb(caught.value.__traceback__)]

    first = told(own, theme)
    assert len(list(beside.rglob("theme-*"))) == 1
    monkeypatch.setattr(Environment, "_generate", lambda *_, **__: pytest.fail("compiled again"))
    assert told(own, theme) == first
    assert [line for file, line in first if file == str(own / name)] == [2, 1]
    assert [line for file, line in told(theme) if file == str(theme / name)] == [2, 1]


def test_every_part_of_the_code_tells_its_faults_of_the_file():
    code = compiled._as_of(PLANTED, "b.html")
    inner = [one for one in code.co_consts if isinstance(one, type(code))]
    assert inner
    assert {code.co_filename, *(one.co_filename for one in inner)} == {"b.html"}


def test_a_template_under_the_name_of_one_of_the_theme_is_neither_kept_nor_taken_for_it(theme, beside, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.html").write_text("own", "utf-8")
    assert shown(theme, own) == "own"
    assert kept(beside) == []
    shown(theme)
    before = kept(beside)[0].read_bytes()
    assert shown(theme, own) == "own"
    assert kept(beside)[0].read_bytes() == before


def test_what_python_may_not_keep_is_not_kept(theme, beside, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(theme) == "2 of the theme"
    assert kept(beside) == []


def test_a_folder_that_cannot_be_written_is_no_fault(theme, beside):
    beside.write_text("in the way", "utf-8")
    assert shown(theme) == "2 of the theme"


def test_a_template_that_is_no_file_is_not_kept(theme, beside):
    environment = Environment(loader=DictLoader({"a.html": "x"}), autoescape=True, bytecode_cache=Compiled("en", theme))
    assert environment.get_template("a.html").render() == "x"
    assert kept(beside) == []
