"""Folders that nobody may look into are told, each by its name, and nothing is taken for missing in silence."""

import os
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from publisher.checking import checked
from publisher.commands.folder import root_of
from publisher.words import words_of
from publisher.write import trial

HERE = Path(__file__).parent


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    root = tmp_path / "bureau"
    shutil.copytree(HERE / "bureau", root)
    for name in ("content/editions", "templates/assets", "content/attachments"):
        (root / name).mkdir(parents=True, exist_ok=True)
    return root


@pytest.mark.parametrize(
    "folder",
    [
        *(
            "content/schemes",
            "content/notices",
            "content/statements/2026-q2",
            "content/editions",
            "content/attachments",
        ),
        *("results", "results/2026-q2", "templates", "templates/assets"),
    ],
)
def test_a_folder_that_may_not_be_read_is_told_once(bureau: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    closed = os.fspath(bureau / folder)

    def refusing(function):  # type: ignore[no-untyped-def]
        def refused(path=".", *more):  # type: ignore[no-untyped-def]
            if os.fspath(path) == closed:
                raise PermissionError(13, "Permission denied")
            return function(path, *more)

        return refused

    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    problems = checked(bureau, lambda _: datetime(2026, 12, 1, tzinfo=UTC)).problems
    assert [one.place.path for one in problems if one.code == "unreadable-folder"] == [folder]


def test_a_bureau_whose_content_may_not_be_read_is_no_missing_one(
    bureau: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.chdir(bureau)
    monkeypatch.setattr(Path, "is_file", refused)
    with pytest.raises(click.UsageError, match="没有权限打开"):
        root_of(words_of("zh-Hans"))


@pytest.mark.skipif(os.name == "nt", reason="folders have no such mode")
def test_a_folder_that_may_only_be_read_can_be_tried_out(bureau: Path) -> None:
    (bureau / "content").chmod(0o555)
    with trial(bureau, ["content"], {"content/new/a.md": b"a"}) as copy:
        assert (copy / "content").stat().st_mode & stat.S_IWUSR
        assert (copy / "content" / "new" / "a.md").read_bytes() == b"a"
    (bureau / "content").chmod(0o755)
