"""A build of what was built already: it says what it would say, and reads nothing."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cache import read_cache, write_cache
from publisher.stamp import (
    Asked,
    Before,
    Glance,
    Seen,
    Sight,
    Stamp,
    UnsureError,
    built,
    folders_of,
    glance_of,
    glance_told,
    hashed,
    inputs_hold,
    looked_at,
    program,
    read_glance,
    read_stamp,
    seen_by,
    sight_of,
    still_holds,
    still_lies,
    told,
)

if TYPE_CHECKING:
    from publisher.checking import Checked
    from publisher.cleared import Cleared
    from publisher.kept import Memory, Rounds
    from publisher.load.folder import Known
    from publisher.model.bureau import Bureau
    from publisher.model.fields import Noun
    from publisher.model.settings import Site
    from publisher.write import Written

CACHE = ".publisher-cache"
"""In the bureau's folder. It may be deleted at any time."""
_SECOND = 1_000_000_000


@dataclass(frozen=True)
class Attempt:
    """One build: what it is asked for, and what is known of the last one."""

    root: Path
    site: Path
    asked: Asked
    at: int
    """The present when it began, in nanoseconds."""
    before: Before | None = None
    seen: Seen = field(default_factory=Seen)
    """The site as it was last looked at."""

    def begun(self) -> "Attempt":
        """Looked at what it is about to read."""
        return replace(self, before=looked_at(self.root, self.at), seen=seen_by(self.stamp))

    @cached_property
    def stamp(self) -> Stamp | None:
        """What the last build kept."""
        return read_stamp(self.path)

    @property
    def path(self) -> Path:
        """Each folder that is built into has a stamp of its own."""
        return self.root / CACHE / f"{sha256(self.asked.site.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.json"

    @property
    def glance(self) -> Path:
        """How everything lay when it was last found as the stamp says."""
        return self.path.with_suffix(".glance")

    @property
    def files(self) -> Path:
        """What each file of the site was made of."""
        return self.path.with_suffix(".files")

    @property
    def rounds(self) -> Path:
        """Results of rounds."""
        return self.path.with_suffix(".rounds")

    @property
    def rows(self) -> Path:
        """Rounds whose rows were in order."""
        return self.path.with_suffix(".rows")

    @property
    def records(self) -> Path:
        """What documents and tables said."""
        return self.path.with_suffix(".records")

    @property
    def texts(self) -> Path:
        """Texts in which rules found nothing."""
        return self.path.with_suffix(".texts")


def attempt(root: Path, site: Path, as_of: str | None, language: str) -> Attempt:
    at = time.time_ns()
    return Attempt(root, site, Asked(program(), as_of, str(site.absolute()), language), at)


def last_build(one: Attempt) -> Glance | Stamp | None:
    """What the last build said, if a build now would change nothing."""
    glance = read_glance(read_cache(one.glance))
    if still_lies(glance, one.asked, one.root, one.site, one.at):
        return glance
    stamp = one.stamp
    if stamp is None or not inputs_hold(stamp, one.asked, one.root, one.at):
        return None
    folders = folders_of(stamp)
    before = _sight(one, folders)
    found = still_holds(stamp, one.asked, one.root, one.site, one.at)
    if found and found is not stamp:
        keep(one, found)
    if found and before and before == _sight(one, folders) and (glance := glance_of(found, before, folders, one.at)):
        write_cache(one.glance, glance_told(glance))
    return found


def _sight(one: Attempt, folders: Sequence[str]) -> Sight | None:
    try:
        return sight_of(one.root, one.site, folders)
    except UnsureError:
        return None


def keep(one: Attempt, stamp: Stamp) -> None:
    write_cache(one.path, told(stamp))


def memory_of(one: Attempt, site: "Site") -> "Memory | None":
    """What the last build into this folder made, if program, settings and theme are the same; none: nothing is sure."""
    from publisher.kept import Fingerprints, remembered  # noqa: PLC0415

    if one.before is None:
        return None
    theme = [path for path in one.before.states if path.startswith("templates/")]
    try:
        sums = hashed(one.root, one.before.states, theme)
    except UnsureError:
        return None
    of = Fingerprints().of((one.asked.program, site, sorted(sums.items())))
    return remembered(read_cache(one.files), of)


def rounds_of(one: Attempt, site: "Site", memory: "Memory | None") -> "Rounds | None":
    """Results that the last build computed; their fingerprints serve `memory`."""
    from publisher.kept import Fingerprints, kept_rounds  # noqa: PLC0415

    if memory is None:
        return None
    return kept_rounds(read_cache(one.rounds), Fingerprints().of((one.asked.program, site)), memory.prints)


@dataclass
class Kept:
    """What the last build left for this one."""

    cleared: "Cleared"
    known: "Known"
    memory: "Memory | None" = None
    rounds: "Rounds | None" = None

    def read(self, one: Attempt, site: "Site") -> "Rounds | None":
        """What is only good under the same settings; gives the results of rounds."""
        self.memory = memory_of(one, site)
        if self.memory:
            for record, sign in self.known.records.signs:
                self.memory.prints.trust(record, sign)
        self.rounds = rounds_of(one, site, self.memory)
        return self.rounds

    def sign_of(self, noun: "Noun") -> str:
        """How a noun is told among what files are made of; empty if that is not known."""
        from publisher.kept import UntoldError  # noqa: PLC0415

        try:
            return self.memory.prints.noun(noun) if self.memory else ""
        except UntoldError:
            return ""


def kept_of(one: Attempt) -> Kept:
    """What is good under any settings: texts, rows and records in which the last build found nothing wrong."""
    from publisher.cleared import cleared_by  # noqa: PLC0415
    from publisher.load.folder import Known  # noqa: PLC0415
    from publisher.load.known import known_records  # noqa: PLC0415
    from publisher.load.scores import known_rows  # noqa: PLC0415

    program = one.asked.program
    rows, records = known_rows(program, read_cache(one.rows)), known_records(program, read_cache(one.records))
    return Kept(cleared_by(program, read_cache(one.texts)), Known(rows, records))


def keep_found(one: Attempt, kept: Kept, sound: Mapping[str, Mapping[str, str]]) -> None:
    """After a build; `sound` are rounds in which nothing was wrong, none if their files changed meanwhile."""
    write_cache(one.texts, kept.cleared.told(one.asked.program))
    write_cache(one.rows, kept.known.rows.told(one.asked.program, sound))
    write_cache(one.records, kept.known.records.told(one.asked.program, kept.sign_of))
    if kept.rounds:
        write_cache(one.rounds, kept.rounds.told())


def sound_rows(found: "Checked", rounds: "Rounds | None") -> Mapping[str, Mapping[str, str]]:
    """Rounds of whose files nothing was told; of the companies of each how its rows are told."""
    from publisher.model.rows import LateRows  # noqa: PLC0415

    paths = [one.place.path for one in found.of_inputs]
    troubled = {path.split("/")[1] for path in paths if path.startswith("results/")}
    quiet = not any(path.startswith(("results/", "content/schemes/")) for path in paths)
    sound: dict[str, Mapping[str, str]] = {}
    for id_, rows in found.bureau.scores.items():
        if isinstance(rows, LateRows):
            sound[id_] = rows.companies
        elif rounds and id_ not in troubled and _needs_no_look(found.bureau, id_, quiet=quiet):
            companies = rounds.rows_told(id_)
            if [*companies] == [*found.bureau.scored(id_)]:
                sound[id_] = companies
    return sound


def _needs_no_look(bureau: "Bureau", id_: str, *, quiet: bool) -> bool:
    """Units in rows are texts that rules read: those of the scheme are read there, if nothing is told of any."""
    units = {row.unit for row in bureau.scores[id_]} - {None}
    scheme = bureau.schemes[bureau.rounds[id_].scheme]
    return not units or (quiet and units <= {unit for one in scheme.indicators for unit in (one.unit, one.unit_en)})


def remember(one: Attempt, bureau: "Bureau", written: "Written", lines: Sequence[str], memory: "Memory | None") -> bool:
    """After a build: what it read and wrote, unless something changed meanwhile; whether it could."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from publisher.checking import looked_for  # noqa: PLC0415
    from publisher.until import same_until  # noqa: PLC0415

    absent = tuple(path for path in looked_for(bureau) if path not in written.sums)
    found = built(one.before, one.root, one.site, written.sums, written.stood, one.stamp) if one.before else None
    if found:
        inputs, output = found
        until = int(same_until(bureau, datetime.fromtimestamp(one.at // _SECOND, UTC)).timestamp()) * _SECOND
        count, unprinted = written.pages, written.unprinted
        told_of = one.asked, one.at, until, count, unprinted, tuple(lines)
        keep(one, Stamp(*told_of, read=one.at, checked=one.at, inputs=inputs, output=output, absent=absent))
        if memory:
            write_cache(one.files, memory.told(written.sums))
    return found is not None
