"""Each folder under `faults/` is one way to get the inputs wrong, with the exact lines that `check` then prints.

A folder holds the damage done to a copy of `tests/bureau`: files that are laid over it, `REMOVE` (paths to
delete, one a line), `CHANGE` (a path, then what is replaced behind `- ` by what stands behind `+ `), and what
text cannot hold in `damages.py` under the folder's name. `expected.txt` is written by

    python tests/test_faults.py --bless

and must be read before it is kept: every sentence has to be true and to say what to do.
"""

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from conftest import NOON, at_noon  # noqa: E402
from damages import DAMAGES  # noqa: E402

from publisher.build import build  # noqa: E402
from publisher.checking import checked  # noqa: E402
from publisher.messages import lines_of  # noqa: E402
from publisher.problems import Problem, PublisherError  # noqa: E402
from publisher.words import words_of  # noqa: E402

FAULTS = HERE / "faults"
BLESS = "if the new lines are true and helpful: python tests/test_faults.py --bless, then read the difference"
ENGLISH = "expected.en.txt"
"""Beside some of the expected lines; the headings stay as they are in the file."""
NAMES = sorted(path.name for path in FAULTS.iterdir())


def damaged(name: str, root: Path) -> Path:
    """A copy of the bureau with the damage of one folder."""
    shutil.copytree(HERE / "bureau", root)
    fault = FAULTS / name
    if (fault / "REMOVE").exists():
        for path in (fault / "REMOVE").read_text(encoding="utf-8").split():
            _remove(root / path)
    for part in ("content", "results"):
        if (fault / part).exists():
            shutil.copytree(fault / part, root / part, dirs_exist_ok=True)
    if (fault / "CHANGE").exists():
        _change(root, (fault / "CHANGE").read_text(encoding="utf-8"))
    if name in DAMAGES:
        DAMAGES[name](root)
    return root


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _change(root: Path, changes: str) -> None:
    """Runs of `- ` and `+ ` lines below the name of a file; what is replaced must be there exactly once."""
    path, old, new = "", [], []
    for line in [*changes.split("\n"), ""]:
        if line[:2] == "- " and not new:
            old.append(line[2:])
            continue
        if line[:2] == "+ ":
            new.append(line[2:])
            continue
        if old:
            _replace(root / path, "\n".join(old), "\n".join(new))
        old, new = ([line[2:]], []) if line[:2] == "- " else ([], [])
        path = path if line[:2] == "- " else line or path


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path}: {old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def lines(problems: Sequence[Problem], language: str = "zh-Hans") -> str:
    return "\n".join(lines_of(problems, words_of(language)))


def expected(name: str) -> str:
    path = FAULTS / name / "expected.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_told_in_exactly_these_words(name: str, tmp_path: Path) -> None:
    """In English too, where the lines are there."""
    problems = checked(damaged(name, tmp_path / "bureau"), at_noon).problems
    assert lines(problems) == expected(name), BLESS
    if (FAULTS / name / ENGLISH).exists():
        assert lines(problems, "en") == (FAULTS / name / ENGLISH).read_text(encoding="utf-8"), BLESS


def test_the_healthy_bureau_has_no_problem_and_no_warning() -> None:
    assert lines(checked(HERE / "bureau", at_noon).problems) == ""


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", NAMES)
def test_check_ends_with_1_for_faults_and_with_0_for_warnings(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner  # noqa: PLC0415

    from publisher.commands.check import check_command  # noqa: PLC0415

    root = damaged(name, tmp_path / "bureau")
    monkeypatch.chdir(root)
    result = CliRunner().invoke(check_command(words_of("zh-Hans")), ["--as-of", f"{NOON:%Y-%m-%d %H:%M}"])
    only_warnings = all("提醒：" in line for line in expected(name).split("\n") if line.startswith("  "))
    site_file_is_gone = not (root / "content" / "site.yaml").is_file()
    assert result.exit_code == (2 if site_file_is_gone else 0 if only_warnings else 1), result.output
    assert site_file_is_gone or without_today(expected(name)).strip() in without_today(result.output)


def without_today(text: str) -> str:
    """The command knows the present day itself."""
    return re.sub(r"今天是 [^。]*。", "", text)


@pytest.mark.parametrize("name", ["unknown-company", "broken-yaml", "workbook-merged", "many-faults-at-once"])
def test_a_fault_leaves_the_old_site_untouched_to_the_time_stamp(name: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(HERE / "bureau", site, at_noon)
    before = _state(site)
    with pytest.raises(PublisherError):
        build(damaged(name, tmp_path / "bureau"), site, at_noon)
    assert _state(site) == before


def _state(site: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def bless() -> None:
    """Writes every `expected.txt` anew."""
    import tempfile  # noqa: PLC0415

    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            problems = checked(damaged(name, Path(folder) / "bureau"), at_noon).problems
            text, english = lines(problems), lines(problems, "en")
        (FAULTS / name / "expected.txt").write_text(text, encoding="utf-8", newline="\n")
        if (FAULTS / name / ENGLISH).exists():
            (FAULTS / name / ENGLISH).write_text(english, encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--bless" in sys.argv:
    bless()
