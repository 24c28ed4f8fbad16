"""The extra `cluster`: the same batches of files on the machines of a Dask cluster, which see the bureau's folder.

The cluster is the bureau's own and trusted: whoever may send it work may run what he likes on its machines.
"""

import importlib.metadata
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from publisher.cache import write_cache
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.working import Crew

SCHEME = "dask://"
_PATIENCE = 15
"""Seconds until a scheduler counts as not there."""
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class About:
    """A machine of the cluster."""

    program: str
    """The publisher, its theme and the libraries that pages are made with, in a few signs."""
    sees: bool
    """The bureau's folder is there, at the same path."""


@contextmanager
def cluster(address: str, folder: Path, token: str) -> Iterator[Crew]:
    """Workers behind the scheduler at `dask://HOST:PORT`; `folder` is one that all of them see at the same path.

    `token` tells this build from another in it.

    Raises PublisherError if there is no such cluster, or one that would not give the same bytes.
    """
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError as error:
        raise PublisherError([problem("cluster-missing", Place(address))]) from error
    try:
        connect: Any = Client
        client = connect(f"tcp://{address.removeprefix(SCHEME)}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PublisherError([problem("cluster-unreachable", Place(address))]) from error
    file = folder.absolute() / f"batches-{token}"
    with client:
        crew = Crew(client.get_executor(), 1, file, forked=False)
        try:
            write_cache(file, b"")
            found: dict[str, About] = client.run(about, os.fspath(file))
            if faults := list(_faults(address, found)):
                raise PublisherError(faults)
            crew.workers = len(found)
            yield crew
        finally:
            crew.end()
            with suppress(OSError):
                file.unlink()


def _faults(address: str, found: dict[str, About]) -> Iterator[Problem]:
    if not found:
        yield problem("cluster-empty", Place(address))
    own = program()
    for worker, one in sorted(found.items()):
        if not one.sees:
            yield problem("cluster-blind", Place(address), worker)
        elif one.program != own:
            yield problem("cluster-other", Place(address), worker)


def about(file: str) -> About:
    """In a worker."""
    return About(program(), Path(file).is_file())


def program() -> str:
    """The same on two machines if they make the same bytes of the same."""
    tops = [one for one in (_HERE, _HERE.parent / "templates") if one.is_dir()]
    files = sorted(path for top in tops for path in top.rglob("*") if path.is_file() and path.suffix != ".pyc")
    found = sha256(repr((sys.version_info[:2], *sorted(_libraries()))).encode())
    for path in files:
        found.update(path.relative_to(_HERE.parent).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _libraries() -> Iterator[tuple[str, str]]:
    for one in importlib.metadata.distributions():
        if one.name.lower() in {"jinja2", "markdown", "nh3", "markupsafe", "xlsxwriter", "babel", "pydantic", "segno"}:
            yield one.name.lower(), one.version
