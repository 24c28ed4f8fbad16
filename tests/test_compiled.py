"""The theme compiled beside the program: the same pages, and code of nobody else."""

import marshal
import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

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
