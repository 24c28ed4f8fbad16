"""The only door out: all or nothing, and a kill leaves nothing that the next build does not mend."""

import errno
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest
from patience import WAIT

from publisher.problems import PublisherError
from publisher.words import words_of
from publisher.write import Written, lock, paths, refusals, stage, swap, write_site

ROOT = Path(__file__).parent.parent
OLD = {
    "index.html": b"old",
    "rounds/2024/a.html": b"a",
    "rounds/2024/gone.html": b"gone",
    "same.css": b"same",
}
NEW = {"index.html": b"new", "rounds/2025/a.html": b"a", "same.css": b"same", "数据/甲.csv": "甲".encode()}
RESHAPED = {"rounds": b"now a file", "same.css/x.html": b"now a folder", "Index.html": b"new"}
posix = pytest.mark.skipif(os.name != "posix", reason="signals and links of POSIX")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


def write(site, files):
    return write_site(site, "site", iter(files.items()))


def tree(folder):
    """Every file, link and folder, with bytes; folders end with a slash."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_dir():
            found[name + "/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


def clean(tmp_path, files):
    fresh = tmp_path / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    write(fresh, files)
    return tree(fresh)


def codes(error):
    return [(found.code, found.place.path) for found in error.value.problems]


def refused(site, files):
    """The problems of a build, having made sure that it changed nothing."""
    before = tree(site)
    with pytest.raises(PublisherError) as error:
        write(site, files)
    assert tree(site) == before
    return codes(error)


# What a build gives


def test_the_folder_holds_exactly_the_site_and_the_list_of_its_hashes(site):
    assert write(site, OLD) == Written(pages=4, changed=4, removed=0)
    assert {p for p in tree(site) if not p.endswith("/")} == {*OLD, "SHA256SUMS"}
    assert all((site / path).read_bytes() == data for path, data in OLD.items())


def test_the_list_is_sorted_and_leaves_itself_out(site):
    write(site, NEW)
    lines = [f"{hashlib.sha256(NEW[path]).hexdigest()}  {path}\n" for path in sorted(NEW)]
    assert (site / "SHA256SUMS").read_bytes() == "".join(lines).encode()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no coreutils")
@pytest.mark.parametrize("files", [OLD, NEW, RESHAPED])
def test_sha256sum_accepts_the_site(site, files):
    write(site, files)
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=site, check=True)


def test_a_second_build_counts_what_it_changed_and_removed(site):
    write(site, OLD)
    assert write(site, NEW) == Written(pages=4, changed=3, removed=2)


def test_stale_files_and_the_folders_they_emptied_go(site, tmp_path):
    write(site, OLD)
    write(site, NEW)
    assert tree(site) == clean(tmp_path, NEW)


def test_unchanged_files_keep_their_time_stamps_and_so_does_the_list(site):
    write(site, OLD)
    for path in [*OLD, "SHA256SUMS"]:
        os.utime(site / path, (1, 1))
    write(site, OLD)
    assert {(site / path).stat().st_mtime for path in [*OLD, "SHA256SUMS"]} == {1}


def test_a_change_leaves_the_time_stamps_of_the_other_files(site):
    write(site, OLD)
    os.utime(site / "same.css", (1, 1))
    write(site, NEW)
    assert (site / "same.css").stat().st_mtime == 1
    assert (site / "index.html").stat().st_mtime > 1


def test_files_that_others_put_there_survive(site):
    write(site, OLD)
    others = {"CNAME": b"example.org", "rounds/2024/note.txt": b"n", ".well-known/x": b"x", ".gitkeep": b""}
    for path, data in others.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(data)
    write(site, NEW)
    assert {path: (site / path).read_bytes() for path in others} == others


def test_a_page_spoilt_by_hand_is_mended(site, tmp_path):
    write(site, OLD)
    (site / "index.html").write_bytes(b"spoilt")
    (site / "same.css").unlink()
    write(site, OLD)
    assert tree(site) == clean(tmp_path, OLD)


@pytest.mark.parametrize(("before", "after"), [(OLD, RESHAPED), (RESHAPED, OLD)])
def test_files_may_become_folders_and_folders_files_and_names_change_case(site, tmp_path, before, after):
    write(site, before)
    write(site, after)
    assert tree(site) == clean(tmp_path, after)


def test_a_file_may_take_the_place_of_an_empty_folder(site):
    (site / "index.html/empty").mkdir(parents=True)
    write(site, OLD)
    assert (site / "index.html").read_bytes() == b"old"


def test_an_empty_site_is_a_site(site):
    write(site, OLD)
    assert write(site, {}) == Written(0, 0, 4)
    assert tree(site) == {"SHA256SUMS": b""}


@posix
def test_files_get_the_modes_of_files_a_person_saves(site):
    before = os.umask(0o027)
    try:
        write(site, OLD)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE((site / path).stat().st_mode) for path in [*OLD, "SHA256SUMS"]}
    assert modes == {0o640}
    assert stat.S_IMODE((site / "rounds").stat().st_mode) == 0o750


# When rendering fails


def failing(files, error):
    yield from files.items()
    raise error


@pytest.mark.parametrize("error", [RuntimeError(), KeyboardInterrupt(), OSError(errno.ENOSPC, "of the renderer")])
def test_an_error_while_rendering_passes_unchanged_and_changes_nothing(site, error):
    write(site, OLD)
    before = tree(site)
    with pytest.raises(type(error)) as raised:
        write_site(site, "site", failing(NEW, error))
    assert raised.value is error
    assert tree(site) == before


def test_a_failed_first_build_leaves_no_folder_behind(tmp_path):
    with pytest.raises(RuntimeError):
        write_site(tmp_path / "deep" / "site", "site", failing(NEW, RuntimeError()))
    assert list(tmp_path.iterdir()) == []


def test_no_page_changes_before_the_last_one_is_rendered(site):
    write(site, OLD)

    def watching():
        for item in NEW.items():
            yield item
            assert (site / "index.html").read_bytes() == b"old"
            assert not (site / "rounds/2025").exists()

    write_site(site, "site", watching())


# Paths that only a bug can give


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "./a",
        "a/../b",
        "..",
        "a\\b",
        "C:a",
        "a\nb",
        "a\x00b",
        "SHA256SUMS",
        "sha256sums/a",
        ".publisher",
        ".publisher/a",
        ".Publisher/a",
    ],
)
def test_a_path_that_is_not_clean_is_a_bug(site, path):
    with pytest.raises(ValueError):
        write(site, {path: b""})
    assert not site.exists()


@pytest.mark.parametrize("second", ["a.html", "A.html", "a.html/b"])
def test_two_files_for_one_path_are_a_bug(site, second):
    with pytest.raises(ValueError):
        write_site(site, "site", iter([("a.html", b"1"), (second, b"2")]))
    assert not site.exists()


def test_two_spellings_of_one_character_are_one_path():
    assert paths.one_name("caf\u00e9") == paths.one_name("Cafe\u0301")


# What a person can mend


def test_all_files_of_others_in_the_way_are_told_at_once(site):
    site.mkdir()
    (site / "index.html").write_bytes(b"by hand")
    (site / "same.css").write_bytes(b"by hand")
    assert refused(site, OLD) == [("foreign-file", "site/index.html"), ("foreign-file", "site/same.css")]


def test_a_file_of_others_with_the_very_bytes_is_not_in_the_way(site):
    site.mkdir()
    (site / "index.html").write_bytes(b"old")
    assert write(site, OLD).changed == 3


def test_a_list_that_is_not_ours_is_in_the_way_and_nothing_is_removed_on_its_word(site):
    write(site, OLD)
    with (site / "SHA256SUMS").open("ab") as file:
        file.write(b"0" * 64 + b"  ../outside\n")
    assert ("foreign-file", "site/SHA256SUMS") in refused(site, NEW)


def test_a_list_with_the_line_ends_of_windows_is_still_ours(site, tmp_path):
    write(site, OLD)
    sums = site / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"\n", b"\r\n"))
    write(site, NEW)
    assert tree(site) == clean(tmp_path, NEW)


def test_a_folder_with_things_of_others_is_in_the_way_of_a_file(site):
    (site / "index.html").mkdir(parents=True)
    (site / "index.html/note").write_bytes(b"n")
    assert refused(site, OLD) == [("cannot-write-folder", "site/index.html")]


def test_a_file_of_others_is_in_the_way_of_a_folder(site):
    site.mkdir()
    (site / "rounds").write_bytes(b"n")
    wanted = [
        ("cannot-write-file", "site/rounds/2024/a.html"),
        ("cannot-write-file", "site/rounds/2024/gone.html"),
    ]
    assert refused(site, OLD) == wanted


@posix
@pytest.mark.parametrize("link", ["index.html", "rounds", "rounds/2024", "SHA256SUMS", ".publisher"])
@pytest.mark.parametrize("target", ["file", "folder", "nothing"])
def test_links_are_never_followed_out_of_the_folder(site, tmp_path, link, target):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"old")
    (outside / "folder").mkdir()
    (site / link).parent.mkdir(parents=True)
    (site / link).symlink_to(outside / target)
    before = tree(outside)
    found = refused(site, OLD)
    assert {code for code, _ in found} == {"cannot-write-link"}
    assert tree(outside) == before


@posix
def test_nothing_is_removed_through_a_link(site, tmp_path):
    write(site, OLD)
    shutil.move(site / "rounds", tmp_path / "rounds")
    (site / "rounds").symlink_to(tmp_path / "rounds")
    write(site, {"index.html": b"new"})
    assert (tmp_path / "rounds/2024/gone.html").read_bytes() == b"gone"


@posix
def test_the_site_itself_may_be_a_link_that_the_bureau_made(site, tmp_path):
    (tmp_path / "www").mkdir()
    site.symlink_to(tmp_path / "www")
    write(site, OLD)
    assert (tmp_path / "www/index.html").read_bytes() == b"old"


def test_a_file_where_the_site_belongs_is_told(site):
    site.write_bytes(b"")
    with pytest.raises(PublisherError) as error:
        write(site, OLD)
    assert codes(error) == [("cannot-write-file", "site")]


@contextmanager
def as_nobody():
    """Root may write anywhere, so a run as root becomes an ordinary user and comes back."""
    if os.geteuid():
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@posix
def test_a_folder_closed_to_writing_is_told():
    with as_nobody(), tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write(site, OLD)
        (site / "rounds/2024").chmod(0o555)
        assert refused(site, NEW) == [("cannot-write-denied", "site/rounds/2024")]
        (site / "rounds/2024").chmod(0o755)


def test_a_folder_that_the_system_calls_closed_is_told_before_anything_is_replaced(site, monkeypatch):
    write(site, OLD)
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("2024"))
    monkeypatch.setattr(stage.sys, "platform", "linux")
    assert refused(site, NEW) == [("cannot-write-denied", "site/rounds/2024")]


def test_on_windows_a_file_held_by_another_program_is_told_before_anything_is_replaced(site, monkeypatch):
    write(site, OLD)
    real = os.open

    def opened(path, flags, *rest, **options):
        if flags == os.O_RDWR and str(path).endswith("gone.html"):
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32
            raise error
        return real(path, flags, *rest, **options)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(stage, "_closed_folders", stage._held_files)
    assert refused(site, NEW) == [("cannot-write-locked", "site/rounds/2024/gone.html")]


def test_a_folder_of_ours_that_cannot_be_looked_into_is_told(site, monkeypatch):
    write(site, OLD)
    real = os.lstat

    def lstat(path, *args, **options):
        if str(path).endswith("gone.html"):
            raise PermissionError(errno.EACCES, "closed")
        return real(path, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", lstat)
        with pytest.raises(PublisherError) as error:
            write(site, NEW)
    assert codes(error) == [("cannot-write-denied", "site")]


def refusing(name, number, countdown):
    """The real function, which fails once after `countdown` calls."""
    real, left = getattr(os, name), [countdown]

    def function(*args, **options):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(number, "refused")
        return real(*args, **options)

    return function


@pytest.mark.parametrize(("before", "after"), [(OLD, NEW), (OLD, RESHAPED), (RESHAPED, OLD)])
@pytest.mark.parametrize("countdown", range(1, 9))
def test_a_refusal_in_the_middle_of_replacing_brings_the_old_site_back(site, monkeypatch, before, after, countdown):
    write(site, before)
    times = {path: (site / path).stat().st_mtime_ns for path in before}
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refusing("replace", errno.EACCES, countdown))
        try:
            found = refused(site, after)
        except pytest.fail.Exception:
            assert countdown > 5
            return
    assert {code for code, _ in found} == {"cannot-write-denied"}
    assert {path: (site / path).stat().st_mtime_ns for path in before} == times


def test_a_disk_without_hard_links_is_served_as_well(site, tmp_path, monkeypatch):
    def link(*args, **options):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", link)
    write(site, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refusing("replace", errno.EIO, 4))
        assert refused(site, NEW) == [("cannot-write-other", "site/rounds/2025/a.html")]
    write(site, NEW)
    assert tree(site) == clean(tmp_path, NEW)


@pytest.mark.parametrize("countdown", range(1, 5))
def test_a_full_disk_is_told_and_leaves_no_litter(site, monkeypatch, countdown):
    write(site, OLD)
    monkeypatch.setattr(os, "write", refusing("write", errno.ENOSPC, countdown))
    [(code, _)] = refused(site, NEW)
    assert code == "cannot-write-full"


@posix
def test_a_really_full_disk_is_told(tmp_path):
    """A file size limit is the full disk that a test may make."""
    script = """
        import resource, signal, sys
        from pathlib import Path
        from publisher.problems import PublisherError
        from publisher.write import write_site
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write_site(Path(sys.argv[1]), "site", iter([("a", b"x"), ("b", b"x" * 10000)]))
        except PublisherError as error:
            sys.exit(error.problems[0].code)
    """
    done = run(script, tmp_path / "site")
    assert (done.stderr.strip(), list(tmp_path.iterdir())) == ("cannot-write-full", [])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_refusal_has_words_in_both_languages(language):
    words = words_of(language)
    for code in [*refusals._NAMES, "cannot-write-other", "foreign-file", "site-busy"]:
        assert words.has(f"problem.{code}")
        assert words.has(f"cure.{code}")


def test_the_systems_own_sentence_is_never_shown(site):
    found = refusals.refusal(OSError(errno.EIO, "Input/output error"), "site")
    assert "Input" not in words_of("zh-Hans")(f"problem.{found.code}", **dict(found.details))


# Two builds at once


def run(script, *args):
    # Not measured: what is killed or has no room to write cannot hand in a measurement.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    env["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, args)]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=WAIT, check=False)


BUSY = """
    import sys
    from pathlib import Path
    from publisher.problems import PublisherError
    from publisher.write import write_site
    try:
        write_site(Path(sys.argv[1]), "site", iter([("other.html", b"other")]))
    except PublisherError as error:
        print(error.problems[0].code, error.problems[0].place.path)
"""


def test_a_second_build_at_the_same_time_is_turned_away(site, tmp_path):
    said = []

    def files():
        said.append(run(BUSY, site).stdout.split())
        yield from OLD.items()

    write_site(site, "site", files())
    assert said == [["site-busy", "site"]]
    assert tree(site) == clean(tmp_path, OLD)


def test_a_lock_left_by_a_dead_build_stops_nobody(site, tmp_path):
    (site / ".publisher").mkdir(parents=True)
    (site / ".publisher/lock").write_bytes(b"12345")
    write(site, OLD)
    assert tree(site) == clean(tmp_path, OLD)


def test_a_lock_removed_between_opening_and_locking_is_taken_anew(site, tmp_path, monkeypatch):
    real, calls = lock._is_taken, []

    def taken(file):
        calls.append(file)
        if len(calls) == 1:
            (site / ".publisher/lock").unlink()
        return real(file)

    monkeypatch.setattr(lock, "_is_taken", taken)
    write(site, OLD)
    assert len(calls) == 2
    assert tree(site) == clean(tmp_path, OLD)


def test_a_drive_that_knows_no_locks_can_be_written(site, monkeypatch):
    def take(file):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(lock, "_take", take)
    assert write(site, OLD).pages == 4


# Killed

KILL = """
    import os, signal, sys
    from pathlib import Path
    from publisher.write import write_site

    def dying(function, countdown):
        left = [countdown]
        def counted(*args, **options):
            left[0] -= 1
            if left[0] == 0 and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = function(*args, **options)
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result
        return counted

    site, name, countdown, when, files = Path(sys.argv[1]), *sys.argv[2:]
    countdown, files = int(countdown), eval(files)
    step = lambda item: item
    if name == "iterator":
        step = dying(step, countdown)
    else:
        setattr(os, name, dying(getattr(os, name), countdown))
    write_site(site, "site", (step(item) for item in files.items()))
"""
SITES = {"old": OLD, "new": NEW, "reshaped": RESHAPED}
POINTS = [
    ("iterator", (1, 3)),
    ("write", (1, 3, 4, 5)),
    ("link", (1, 2)),
    ("replace", range(1, 10)),
    ("mkdir", range(1, 7)),
    ("rmdir", range(1, 5)),
    ("unlink", range(1, 5)),
]


def killed(site, files, name, countdown, when):
    """False when the build ended before that point came."""
    code = run(KILL, site, name, countdown, when, repr(files)).returncode
    assert code in {0, -9}
    return code == -9


@posix
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("name", "countdown"), [(name, count) for name, counts in POINTS for count in counts])
def test_after_a_kill_the_next_build_gives_what_a_clean_one_gives(site, tmp_path, name, countdown, when):
    wanted = {after: clean(tmp_path, files) for after, files in SITES.items()}
    for meant in ("new", "reshaped"):
        write(site, OLD)
        (site / "CNAME").write_bytes(b"example.org")
        if not killed(site, SITES[meant], name, countdown, when):
            continue
        half = tree(site)
        for after, files in SITES.items():
            again = tmp_path / "again"
            shutil.copytree(site, again)
            write(again, files)
            assert tree(again) == wanted[after] | {"CNAME": b"example.org"}, (meant, after, half)
            shutil.rmtree(again)
        write(site, {})


@posix
def test_a_kill_leaves_no_half_written_file(site):
    whole = {path: {OLD.get(path), NEW.get(path)} for path in OLD | NEW}
    for countdown in range(1, 9):
        write(site, OLD)
        assert killed(site, NEW, "replace", countdown, "after") or countdown > 6
        for path, allowed in whole.items():
            assert (site / path).read_bytes() in allowed if (site / path).exists() else True


@posix
def test_builds_killed_one_after_another_leave_nothing_behind(site, tmp_path):
    write(site, OLD)
    assert killed(site, RESHAPED, "replace", 4, "after")
    assert killed(site, {"third.html": b"3", "x/y.html": b"y"}, "replace", 3, "after")
    assert killed(site, NEW, "replace", 2, "after")
    write(site, OLD)
    assert tree(site) == clean(tmp_path, OLD)


@posix
def test_a_build_that_fails_after_a_kill_does_not_forget_what_the_killed_one_wrote(site, tmp_path):
    write(site, OLD)
    assert killed(site, NEW, "replace", 5, "after")
    with pytest.raises(RuntimeError):
        write_site(site, "site", failing(RESHAPED, RuntimeError()))
    write(site, OLD)
    assert tree(site) == clean(tmp_path, OLD)


def test_an_interrupt_in_the_middle_of_replacing_brings_the_old_site_back(site, monkeypatch):
    write(site, OLD)
    before = tree(site)
    real = swap.Swap.drop

    def interrupted(self, path):
        real(self, path)
        raise KeyboardInterrupt

    monkeypatch.setattr(swap.Swap, "drop", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(site, NEW)
    assert tree(site) == before


def test_a_thousand_pages_are_written_in_good_time_and_read_once(site, monkeypatch):
    files = {f"rounds/{number % 9}/{number}.html": b"%d" % number * 1000 for number in range(1000)}
    write(site, files)
    real, opened = os.open, []

    def counted(path, *rest, **options):
        opened.append(path)
        return real(path, *rest, **options)

    monkeypatch.setattr(os, "open", counted)
    write(site, files)
    pages = [path for path in opened if str(path).endswith(".html")]
    assert len(pages) == len(set(pages)) == 1000
