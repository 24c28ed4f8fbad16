"""Signatures: Debian's minisign accepts ours, ours accepts minisign's, and neither accepts what was altered."""

import stat
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from patience import WAIT
from tampering import cover, flip

from publisher.cli import commands
from publisher.problems import PublisherError
from publisher.signature import new_pair, sign_site
from publisher.signing.errors import KeyUnreadableError, WrongPasswordError
from publisher.signing.keys import is_locked, read_public, read_secret
from publisher.signing.signatures import is_valid, read_signature
from publisher.verify import verify
from publisher.words import words_of

COMMENT = "timestamp:1795329287\tfile:SHA256SUMS\thashed"


def chance(count):
    """Bytes for keys of tests: always the same."""
    return bytes(range(7, 7 + count))


def minisign(*words, given=b""):
    return subprocess.run(["minisign", *map(str, words)], input=given, capture_output=True, check=False, timeout=WAIT)


@pytest.fixture
def site(build, root, tmp_path):
    build(root / "tests" / "bureau", tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def key(tmp_path):
    return new_pair(tmp_path / "own.key", "", chance)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """A pair made by minisign, with a password: this takes it some seconds."""
    folder = tmp_path_factory.mktemp("minisign")
    made = minisign("-G", "-p", folder / "a.pub", "-s", folder / "a.key", given="密码 one\n密码 one\n".encode())
    assert made.returncode == 0, made.stderr
    return folder


def test_minisign_accepts_our_signature_and_refuses_an_altered_file(site, key, tmp_path):
    sign_site(site, tmp_path / "own.key", "", COMMENT)
    sums = site / "SHA256SUMS"
    accepted = minisign("-Vm", sums, "-P", key.shown)
    assert accepted.returncode == 0, accepted.stderr
    assert COMMENT.encode() in accepted.stdout
    assert minisign("-Vm", sums, "-p", tmp_path / "own.pub").returncode == 0
    flip(sums)
    assert minisign("-Vm", sums, "-P", key.shown).returncode != 0


@pytest.mark.parametrize("old", [False, True])
def test_we_accept_the_signature_of_minisign_and_refuse_an_altered_file(site, tmp_path, old):
    """Also of the older kind, which signs the file itself."""
    minisign("-G", "-W", "-p", tmp_path / "a.pub", "-s", tmp_path / "a.key")
    made = minisign(*(["-l"] if old else []), "-Sm", site / "SHA256SUMS", "-s", tmp_path / "a.key")
    assert made.returncode == 0, made.stderr
    key = read_public((tmp_path / "a.pub").read_text("utf-8"))
    assert verify(site, key=key).signed_by == key.name
    (site / "about.html").write_text("<p>another")
    cover(site)
    assert [one.code for one in verify(site, key=key).findings if not one.told] == ["signature-wrong"]


def test_minisign_opens_our_locked_key(site, tmp_path):
    key = new_pair(tmp_path / "own.key", "密码 two", chance)
    made = minisign("-Sm", site / "SHA256SUMS", "-s", tmp_path / "own.key", given="密码 two\n".encode())
    assert made.returncode == 0, made.stderr
    assert verify(site, key=key).proved
    assert minisign("-Sm", site / "SHA256SUMS", "-s", tmp_path / "own.key", given=b"other\n").returncode != 0


def test_we_open_the_locked_key_of_minisign(site, theirs):
    text = (theirs / "a.key").read_text("utf-8")
    assert is_locked(text)
    with pytest.raises(WrongPasswordError):
        read_secret(text, "密码 two")
    sign_site(site, theirs / "a.key", "密码 one", COMMENT)
    assert minisign("-Vm", site / "SHA256SUMS", "-p", theirs / "a.pub").returncode == 0


def test_a_secret_key_of_minisign_is_read_as_it_writes_it(tmp_path):
    minisign("-G", "-W", "-p", tmp_path / "a.pub", "-s", tmp_path / "a.key")
    secret = read_secret((tmp_path / "a.key").read_text("utf-8"), "")
    assert secret.public == read_public((tmp_path / "a.pub").read_text("utf-8"))


@pytest.mark.parametrize("line", [1, 2, 3])
def test_every_line_of_a_signature_counts(site, key, tmp_path, line):
    sign_site(site, tmp_path / "own.key", "", COMMENT)
    path = site / "SHA256SUMS.minisig"
    lines = path.read_text("utf-8").split("\n")
    lines[line] = lines[line].replace("1795", "1695") if line == 2 else f"{lines[line][:20]}AAAA{lines[line][24:]}"
    path.write_text("\n".join(lines), "utf-8")
    assert [one.code for one in verify(site, key=key).findings if not one.told] == ["signature-wrong"]


def test_the_signature_of_another_key_is_told(site, key, tmp_path):
    sign_site(site, tmp_path / "own.key", "", COMMENT)
    other = new_pair(tmp_path / "other.key", "", bytes)
    assert [one.code for one in verify(site, key=other).findings if not one.told] == ["other-key"]


def test_a_signature_that_was_taken_away_is_missed(site, key, tmp_path):
    assert [one.code for one in verify(site, key=key).findings if not one.told] == ["unsigned"]


def test_without_a_key_a_signature_is_told_as_not_checked(site, key, tmp_path):
    sign_site(site, tmp_path / "own.key", "", COMMENT)
    found = verify(site)
    assert found.proved
    assert "unchecked" in {one.code for one in found.findings}
    assert found.signed_by == ""


def test_what_is_not_proved_is_not_signed(site, key, tmp_path):
    flip(site / "about.html")
    with pytest.raises(PublisherError, match="sign-not-proved"):
        sign_site(site, tmp_path / "own.key", "", COMMENT)
    assert not (site / "SHA256SUMS.minisig").exists()


def test_a_build_that_changes_the_site_takes_its_old_signature_away_and_says_so(site, key, build, root, tmp_path):
    bureau = root / "tests" / "bureau"
    sign_site(site, tmp_path / "own.key", "", COMMENT)
    same = build(bureau, site)
    assert not same.unsigned
    assert verify(site, key=key).proved, "the same site keeps its signature"
    (site / "about.html").unlink()
    assert not build(bureau, site).unsigned, "what was mended has the list of hashes that was signed"
    (site / "SHA256SUMS").write_bytes((site / "SHA256SUMS").read_bytes().replace(b"a", b"b", 1))
    assert build(bureau, site).unsigned
    assert not (site / "SHA256SUMS.minisig").exists()


def test_a_secret_key_is_for_its_owner_alone_and_never_over_another_file(tmp_path):
    new_pair(tmp_path / "own.key", "", chance)
    assert stat.S_IMODE((tmp_path / "own.key").stat().st_mode) == 0o600
    for name in ("own.key", "own.other"):
        with pytest.raises(PublisherError, match="file-exists"):
            new_pair(tmp_path / name, "", chance)


@pytest.mark.parametrize("place", ["content", "results", "templates", "site", "content/attachments", "out/deep"])
def test_a_secret_key_does_not_lie_where_it_is_published(tmp_path, place):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: x")
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / "out").mkdir(exist_ok=True)
    (tmp_path / "out" / "SHA256SUMS").write_text("")
    with pytest.raises(PublisherError, match="key-place"):
        new_pair(tmp_path / place / "own.key", "", chance)
    new_pair(tmp_path / "own.key", "", chance)


def test_a_name_for_the_public_key_is_refused(tmp_path):
    with pytest.raises(PublisherError, match="key-suffix"):
        new_pair(tmp_path / "own.pub", "", chance)


# The command


def run(*words, given=None):
    return CliRunner().invoke(commands(words_of("en")), ["sign", *map(str, words)], input=given)


def test_the_command_makes_keys_asks_twice_and_signs(site, tmp_path):
    made = run("--new-key", tmp_path / "k.key", given="one\none\n")
    assert made.exit_code == 0, made.output
    public = (tmp_path / "k.pub").read_text("utf-8").split()[-1]
    assert f"public_key: {public}" in made.output
    assert "one\n" not in made.output
    wrong = run(site, "--key", tmp_path / "k.key", given="two\n")
    assert (wrong.exit_code, "key-password" in wrong.output) == (1, True)
    signed = run(site, "--key", tmp_path / "k.key", given="one\n")
    assert signed.exit_code == 0, signed.output
    assert verify(site, key=read_public(public)).proved


@pytest.mark.parametrize("given", ["one\ntwo\n", "\n\n"])
def test_two_passwords_that_differ_or_none_make_no_key(tmp_path, given):
    made = run("--new-key", tmp_path / "k.key", given=given)
    assert made.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_prompt_does_not_hang_where_nobody_answers(command, tmp_path):
    """No terminal and nothing to read: the command ends."""
    new_pair(tmp_path / "k.key", "one", chance)
    (tmp_path / "site").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "publisher", "sign", "site", "--key", "k.key"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(commands.__code__.co_filename).rsplit("/publisher/", 1)[0], "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=WAIT,
        start_new_session=True,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("words", [[], ["--key", "a", "--new-key", "b"], ["--key", "a", "--no-password"]])
def test_wrong_usage_ends_with_2(words):
    assert run(*words).exit_code == 2


def test_without_the_extra_one_message_says_what_to_install(site, key, tmp_path, monkeypatch):
    sign_site(site, tmp_path / "own.key", "", COMMENT)
    for name in [one for one in sys.modules if one.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for words in ([site, "--key", tmp_path / "own.key"], ["--new-key", tmp_path / "x.key", "--no-password"]):
        done = run(*words)
        assert (done.exit_code, done.output.count("publisher[sign]")) == (1, 1), done.output
    assert [one.code for one in verify(site, key=key).findings if not one.told] == ["extra-missing"]
    assert verify(site).proved, "who checks no signature needs no extra"


# Keys and signatures of garbage


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_no_garbage_is_a_key(text):
    for read in (read_public, lambda one: read_secret(one, "")):
        with pytest.raises(KeyUnreadableError):
            read(text)


@given(st.binary(max_size=400))
def test_no_garbage_is_a_signature(data):
    assert read_signature(data) is None


def test_a_key_that_asks_for_all_memory_is_refused():
    import base64  # noqa: PLC0415

    for n in (b"\xff" * 8, (2**50).to_bytes(8, "little")):
        data = b"EdScB2" + bytes(32) + n + n + bytes(104)
        with pytest.raises(KeyUnreadableError):
            read_secret(base64.b64encode(data).decode(), "x")


def test_a_valid_signature_is_of_one_file_and_one_key(key, tmp_path):
    from publisher.signing.signatures import signature_file  # noqa: PLC0415

    secret = read_secret((tmp_path / "own.key").read_text("utf-8"), "")
    found = read_signature(signature_file(secret, b"data", COMMENT))
    assert is_valid(found, key, b"data")
    assert not is_valid(found, key, b"Data")
