"""Writes constraints.txt: every package that is installed, its version, and the SHA-256 of the files it may come as.

    .venv/bin/python .ci/pins.py [NAME==VERSION ...]

Run it in the environment of the tests after a dependency was added, changed or merged; it works out again what the
project needs and asks pip for the hashes. Versions are those named behind it, else those of the environment that runs
it, else those pinned so far: what only Windows needs is in no other environment. The file names no host, so that
it serves with any index or folder of wheels that pip is told to use.
"""

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version
from pip._internal.commands import create_command
from pip._internal.index.collector import LinkCollector, parse_links
from pip._internal.models.link import Link

ROOT = Path(__file__).parent.parent
FILE = ROOT / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {"linux": ("Linux", "posix"), "win32": ("Windows", "nt"), "darwin": ("Darwin", "posix")}
BUILD = ("hatchling", "setuptools")
"""What builds the project itself, and what comes as source only: pip fetches nothing behind our back."""
HEAD = """\
# Every package that is installed, with the SHA-256 of all its files. Written by .ci/pins.py, whose first lines say how.
"""


def main() -> None:
    given = dict(one.split("==") for one in sys.argv[1:])
    versions = {**_pinned(), **{canonicalize_name(name): number for name, number in given.items()}}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = dict(project.get("optional-dependencies", {}))
    sections = {"build": BUILD, "core": project["dependencies"], "test": extras.pop("test"), **extras}
    needed: dict[str, dict[str, set[str]]] = {}
    for section in ("build", "core", *sorted(extras), "test"):
        found = _closure(sections[section], versions, given)
        known = {name for one in needed.values() for name in one}
        needed[section] = {name: systems for name, systems in sorted(found.items()) if name not in known}
    wanted = {name: versions[name] for one in needed.values() for name in one}
    hashes = _hashes(wanted)
    FILE.write_text("".join(_lines(needed, wanted, hashes)), "utf-8", newline="\n")


def _pinned() -> dict[str, str]:
    text = FILE.read_text("utf-8") if FILE.exists() else ""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): number for name, number in found}


def _closure(wanted: Iterable[str], versions: dict[str, str], given: Collection[str]) -> dict[str, set[str]]:
    """Every package that comes with these, and the systems that need it; `versions` learns what is installed."""
    found: dict[str, set[str]] = defaultdict(set)
    for system in SYSTEMS:
        open_ = [Requirement(one) for one in wanted]
        while open_:
            one = open_.pop()
            name = canonicalize_name(one.name)
            if not _applies(one, system) or system in found[name]:
                continue
            found[name].add(system)
            open_ += _requirements(name, versions, given)
    return {name: systems for name, systems in found.items() if systems}


def _applies(one: Requirement, system: str) -> bool:
    name, os_name = SYSTEMS[system]
    there = {"sys_platform": system, "platform_system": name, "os_name": os_name, "extra": ""}
    return one.marker is None or any(
        one.marker.evaluate({**there, "python_version": python, "python_full_version": f"{python}.0"})
        for python in PYTHONS
    )


def _requirements(name: str, versions: dict[str, str], given: Collection[str]) -> list[Requirement]:
    try:
        if name not in given:
            versions[name] = version(name)
        return [Requirement(one) for one in requires(name) or ()]
    except PackageNotFoundError:
        if name not in versions:
            sys.exit(f"{name} is neither installed nor pinned: name its version, {name}==...")
        return []


def _hashes(wanted: Mapping[str, str]) -> dict[str, list[str]]:
    """Of every package the hashes of all files of its version: wheels of every platform, and the source."""
    command = create_command("download")
    options, _ = command.parser.parse_args([])
    with command.main_context():
        session = command._build_session(options)  # type: ignore[attr-defined]  # noqa: SLF001  (pip has no other way)
        collector = LinkCollector.create(session, options=options)
        return {name: sorted(set(_of_version(collector, name, number))) for name, number in wanted.items()}


def _of_version(collector: LinkCollector, name: str, number: str) -> Iterator[str]:
    pages = [collector.fetch_response(Link(url)) for url in collector.search_scope.get_index_urls_locations(name)]
    links = [link for page in pages if page for link in parse_links(page)]
    digests = [
        one.hash for one in links if one.hash_name == "sha256" and one.hash and _version_of(one) == Version(number)
    ]
    if not digests:
        sys.exit(f"No hash of {name}=={number} was found.")
    yield from digests


def _version_of(link: Link) -> Version | None:
    """None of a file that is neither a wheel nor a source, such as an old installer of Windows."""
    try:
        if link.filename.endswith(".whl"):
            return parse_wheel_filename(link.filename)[1]
        return parse_sdist_filename(link.filename)[1]
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None


def _lines(
    needed: Mapping[str, Mapping[str, set[str]]], wanted: Mapping[str, str], hashes: Mapping[str, list[str]]
) -> Iterator[str]:
    yield HEAD
    for section, packages in needed.items():
        yield f"\n# {section}\n"
        for name, systems in packages.items():
            marker = f' ; sys_platform == "{next(iter(systems))}"' if len(systems) == 1 else ""
            marks = "".join(f" \\\n    --hash=sha256:{digest}" for digest in hashes[name])
            yield f"{name}=={wanted[name]}{marker}{marks}\n"


if __name__ == "__main__":
    main()
