"""Files of the last build that stay: what did not move since it was seen is not read, and everything else is."""

import pytest
from test_unchanged import SMALL, edited_in_disguise, run, stamp_of, tree

from publisher.stamp import read_stamp
from publisher.stamp.states import UNSEEN
from publisher.write.disk import Disk
from publisher.write.stage import Stage

PAGE = "rounds/2026-q1/gas-a.html"
STATEMENT = "content/statements/2026-q2/gas-a.md"


@pytest.fixture
def built(copy_of, monkeypatch):
    """A bureau that was built and edited twice; no file of it is young."""
    monkeypatch.setattr("publisher.stamp.states._FINE", -(10**12))
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    edit(folder)
    return folder


@pytest.fixture
def read(monkeypatch):
    """Files of the site, as they are read."""
    found = []
    of = Disk.read
    monkeypatch.setattr(Disk, "read", lambda self, path: found.append(path) or of(self, path))
    return found


def edit(folder):
    path = folder / STATEMENT
    path.write_text(path.read_text("utf-8") + "\n又补充一句。\n", "utf-8")
    assert run(folder).exit_code == 0


def clean(folder):
    assert run(folder, "--output", str(folder / "clean")).exit_code == 0
    return tree(folder / "clean")


def test_what_was_seen_and_did_not_move_is_not_read(built, read):
    edit(built)
    assert len(tree(built / "site")) > 100
    assert len(read) < 20
    assert PAGE not in read
    assert tree(built / "site") == clean(built)


def test_what_was_written_since_is_read(copy_of, read):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    assert read == []
    edit(folder)
    assert PAGE in read


@pytest.mark.parametrize("harm", [edited_in_disguise, lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_what_was_touched_is_made_again(built, harm):
    harm(built / "site" / PAGE)
    edit(built)
    assert tree(built / "site") == clean(built)


def test_what_is_touched_while_a_build_looks_at_it_is_not_taken_as_seen(built, monkeypatch):
    close = Stage.close

    def meanwhile(stage):
        (built / "site" / PAGE).write_bytes(b"by hand")
        close(stage)

    with monkeypatch.context() as during:
        during.setattr(Stage, "close", meanwhile)
        edit(built)
    assert read_stamp(stamp_of(built)).output[PAGE][0] == UNSEEN
    edit(built)
    assert tree(built / "site") == clean(built)


def test_a_link_in_the_place_of_a_file_is_told_and_not_followed(built):
    page, elsewhere = built / "site" / PAGE, built / "elsewhere.html"
    page.rename(elsewhere)
    page.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    said = run(built)
    assert said.exit_code == 1
    assert f"site/{PAGE}" in said.output
    assert "cannot-write-link" in said.output
    assert elsewhere.read_bytes() == before
