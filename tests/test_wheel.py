"""What is installed is what was tested: the wheel holds the theme, the words and the starter, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import click
import pytest

from publisher import __version__

ROOT = Path(__file__).parent.parent
SHIPPED = ("publisher", "templates")
REFERENCES = ("content/README.md", "content/README-problems.md", "results/README.md")
pytestmark = pytest.mark.xdist_group("wheel")
"""One worker makes the wheel and the environment; two would make them twice."""


def files_for_git():
    """Tracked, or about to be; what git ignores never comes along."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        ignored = {".venv", "site", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
        return [path for path in ROOT.rglob("*") if not ignored & set(path.parts) and "__pycache__" not in path.parts]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A clean checkout."""
    copy = tmp_path_factory.mktemp("source") / "checkout"
    for path in files_for_git():
        if path.is_file():
            target = copy / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return copy


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
        cwd=out,
    )
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_is_for_every_system_and_of_this_version(wheel):
    assert wheel.name == f"publisher-{__version__}-py3-none-any.whl"


def test_the_wheel_holds_package_theme_words_and_starter_and_nothing_else(wheel, source):
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = set()
    for top in SHIPPED:
        below = "publisher/templates" if top == "templates" else top
        for path in (source / top).rglob("*"):
            if path.is_file():
                expected.add(f"{below}/{path.relative_to(source / top).as_posix()}")
    references = {f"publisher/starter/reference/{name}" for name in REFERENCES}
    assert names == expected | references
    assert {"publisher/templates/base.html", "publisher/locales/zh_Hans/site.po", "publisher/py.typed"} <= names
    assert "publisher/starter/zh-Hans/content/site.yaml" in names
    assert not [name for name in names if name.startswith(("tests/", "content/", "results/", "site/"))]


def test_the_wheel_brings_the_command_and_the_licence(wheel):
    package = ZipFile(wheel)
    info = f"publisher-{__version__}.dist-info"
    assert "publisher = publisher.cli:main" in package.read(f"{info}/entry_points.txt").decode()
    assert f"{info}/licenses/LICENSE" in package.namelist()
    metadata = package.read(f"{info}/METADATA").decode()
    assert "Requires-Python: >=3.11" in metadata


def test_the_wheel_is_the_same_twice(wheel, source, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment with the wheel; the libraries are those that the tests use. Nothing is fetched."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    libraries = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # Without --ignore-installed, pip takes the publisher out of the environment that runs the tests.
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--ignore-installed", "--no-deps", "--no-index"]
    done = subprocess.run([*pip, "--prefix", str(folder), str(wheel)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    here = Path(click.__file__).parent.parent
    # Behind the environment's own folder, so that the wheel wins; without the .pth files there.
    (Path(libraries) / "libraries.pth").write_text(f"{here}\n", "utf-8")
    return python


def run(python, *words, cwd):
    return subprocess.run(
        [python, "-m", "publisher", *words],
        cwd=cwd,
        check=False,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "LANG": "C"},
    )


def test_the_installed_command_starts_and_builds_a_bureau(installed, tmp_path):
    told = run(installed, "--version", cwd=tmp_path)
    assert told.stdout.decode().strip() == f"publisher {__version__}", told.stderr.decode()
    assert run(installed, "init", "demo", "--language", "zh-Hans", cwd=tmp_path).returncode == 0
    built = run(installed, "build", "--as-of", "2026-11-21", cwd=tmp_path / "demo")
    assert built.returncode == 0, built.stderr.decode()
    where = subprocess.run(
        [installed, "-c", "import publisher; print(publisher.__file__)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert str(installed.parent.parent) in where


def test_the_installed_theme_is_that_of_the_repository(installed, tmp_path, build):
    run(installed, "init", "demo", "--language", "en", cwd=tmp_path)
    with (tmp_path / "demo" / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("print: no\n")  # here the extra may be installed, there it is not
    built = run(installed, "build", "--as-of", "2026-11-21", cwd=tmp_path / "demo")
    assert built.returncode == 0, built.stderr.decode()
    build(tmp_path / "demo", tmp_path / "here")
    assert (tmp_path / "demo" / "site" / "SHA256SUMS").read_bytes() == (tmp_path / "here" / "SHA256SUMS").read_bytes()
