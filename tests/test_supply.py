"""What comes from others: every package pinned by version and hash, with its licence; nothing is fetched unseen."""

import re
import subprocess
import sys
import tomllib
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files, metadata, requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "constraints.txt").read_text("utf-8")
PINS = {canonicalize_name(name): (number, marks) for name, number, marks in re.findall(
    r"^([\w.-]+)==([\w.!+]+)(?: ; [^\\]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", TEXT, re.MULTILINE
)}  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def section(*names):
    """What .ci/setup hands to pip."""
    command = ["sh", "-c", '. .ci/setup; pinned "$@"', "sh", *names]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def needed(wanted):
    """Every package that comes with these on this system."""
    found, open_ = set(), [Requirement(one) for one in wanted]
    while open_:
        one = open_.pop()
        name = canonicalize_name(one.name)
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        open_ += [Requirement(other) for other in requires(name) or ()]
    return found


def test_the_file_holds_versions_and_hashes_and_nothing_else():
    rest = re.sub(r"^[\w.-]+==.*?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n", "", TEXT, flags=re.MULTILINE)
    assert [line for line in rest.splitlines() if line and not line.startswith("# ")] == []
    assert len(re.findall(r"^[\w.-]+==", TEXT, re.MULTILINE)) == len(PINS)
    assert "://" not in TEXT


@pytest.mark.parametrize("kind", ["core", "test"])
def test_everything_that_the_project_brings_along_is_pinned(kind):
    extras = PROJECT["optional-dependencies"]
    wanted = PROJECT["dependencies"] if kind == "core" else [one for more in extras.values() for one in more]
    names = needed(wanted)
    assert sorted(names - set(PINS)) == []
    if kind == "core":
        text = section("build", "core")
        assert [name for name in sorted(names) if not re.search(rf"^{name}==", text, re.MULTILINE)] == []


def test_the_pins_are_within_what_the_project_allows():
    everything = [
        *PROJECT["dependencies"],
        *(one for more in PROJECT["optional-dependencies"].values() for one in more),
    ]
    for one in map(Requirement, everything):
        assert one.specifier.contains(PINS[canonicalize_name(one.name)][0]), one


def test_setup_takes_every_file_by_its_hash_and_no_package_behind_our_back():
    script = (ROOT / ".ci" / "setup").read_text("utf-8")
    installs = [line for line in script.splitlines() if re.search(r"pip_install |pip install", line)]
    assert [line for line in installs if "--require-hashes" not in line and "--no-deps" not in line] == [
        '    quietly .venv/bin/python -m pip install --disable-pip-version-check --no-build-isolation "$@"'
    ]


def wheel_of(folder, text):
    folder.mkdir()
    path = folder / "pinned_thing-1.0-py3-none-any.whl"
    with ZipFile(path, "w") as package:
        package.writestr("pinned_thing.py", text)
        info = "pinned_thing-1.0.dist-info"
        package.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: pinned-thing\nVersion: 1.0\n")
        package.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        package.writestr(f"{info}/RECORD", "")
    return path


@pytest.mark.parametrize(("text", "taken"), [("a = 1", True), ("a = 2", False)])
def test_a_file_that_somebody_changed_is_not_installed_even_from_a_folder_of_wheels(tmp_path, text, taken):
    good = wheel_of(tmp_path / "good", "a = 1")
    offered = wheel_of(tmp_path / "offered", text)
    pins = tmp_path / "pins.txt"
    pins.write_text(f"pinned-thing==1.0 --hash=sha256:{sha256(good.read_bytes()).hexdigest()}\n")
    where = ["--no-index", f"--find-links={offered.parent}", f"--target={tmp_path / 'there'}"]
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--require-hashes", "-r", str(pins), *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == taken == (tmp_path / "there" / "pinned_thing.py").exists(), done.stderr


# Licences, as the table of README says

FAMILIES = {
    "MIT": r"\bMIT\b",
    "MIT-0": r"MIT-0",
    "BSD": r"BSD",
    "Apache-2.0": r"Apache",
    "PSF-2.0": r"PSF|Python Software Foundation",
    "MPL-2.0": r"MPL|Mozilla",
    "LGPL-2.1 or later": r"LGPL",
    "OFL-1.1": r"SIL OPEN FONT LICENSE Version 1\.1",
}


def licences():
    text = (ROOT / "README.md").read_text("utf-8")
    table = text.partition("| licence |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([^|-][^|]*) \|([^|]*)\|([^|]*)\|$", table, re.MULTILINE)
    return [(name, family) for family, *cells in rows for cell in cells for name in cell.replace(",", " ").split()]


def stated(name):
    """What the package says of itself: in its metadata, or in the licence it brings."""
    about = metadata(name)
    classifiers = [one for one in about.get_all("Classifier") or [] if one.startswith("License")]
    said = [about.get("License-Expression"), about.get("License"), *classifiers]
    return "\n".join(filter(None, said)) or "\n".join(
        path.read_text() for path in files(name) or () if path.name.startswith("LICENSE")
    )


def test_the_licence_of_every_package_is_listed_once():
    assert sorted(name for name, _ in licences()) == sorted(PINS)


@pytest.mark.parametrize(("name", "family"), licences())
def test_a_licence_is_the_one_that_the_package_states(name, family):
    try:
        assert re.search(FAMILIES[family], stated(name)), stated(name)
    except PackageNotFoundError:
        assert f"{name}==" in TEXT
        assert "sys_platform" in TEXT.partition(f"\n{name}==")[2].partition("\n")[0] or name in section("print", "sign")


# The threat table of README


def test_every_threat_names_a_test_that_is_there():
    text = (ROOT / "README.md").read_text("utf-8")
    table = text.partition("## Who may attack what")[2].partition("\n\nNot stopped")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and "proved by" not in line]
    assert len(rows) >= 9
    for row in rows:
        named = re.findall(r"`(tests/[a-z_]+\.py)`", row.rpartition(" | ")[2])
        assert named, row
        assert [one for one in named if "\ndef test_" not in (ROOT / one).read_text("utf-8")] == [], row


@pytest.mark.xdist_group("together")
def test_groups_of_tests_stay_together(request):
    """pytest-xdist adds the name of the group; releases that do not fit together drop it in silence."""
    assert request.node.nodeid.endswith("@together") == getattr(request.config.option, "loadgroup", False)
