"""Reads a folder and runs every rule: those of the folder itself, and what the site as it is tells of it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from publisher import addresses, datasets
from publisher.analyse import analyse
from publisher.aside import Aside, here
from publisher.check import begun, context_of
from publisher.check.restated import restated, unsealed
from publisher.claims import contradictions, rounds_with_typed_figures
from publisher.cleared import Cleared
from publisher.editions.register import first_difference
from publisher.load.folder import Known, load
from publisher.load.sealed import is_published, published_rows, read_published
from publisher.model.bureau import Bureau
from publisher.model.editions import REGISTER
from publisher.model.records import Notice, Round
from publisher.model.scheme import series_of
from publisher.problems import Place, Problem, in_order, problem
from publisher.recall import Recall
from publisher.released import is_due
from publisher.signoff import lacks_a_stage

Now = Callable[[Bureau], datetime]
"""The moment the site speaks of, asked in the time zone of the bureau."""


@dataclass(frozen=True)
class Checked:
    """A folder that was read and checked."""

    bureau: Bureau
    as_of: datetime
    problems: Sequence[Problem]
    """In order; errors and warnings."""
    of_inputs: Sequence[Problem] = ()
    """Those that reading and rules told, without what the site as it is and the seals tell."""

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.warning]

    def without_rows(self) -> "Checked":
        """Once all is computed: what it was computed from takes more room than what came of it."""
        return replace(self, bureau=replace(self.bureau, scores={}))


def checked(
    root: Path,
    now: Now,
    today: Now | None = None,
    site: Path | None = None,
    recall: Recall | None = None,
    cleared: Cleared | None = None,
    *,
    known: Known | None = None,
    aside: Aside = here,
    ahead: Callable[[Checked], None] | None = None,
) -> Checked:
    """Reads the folder and runs every rule; nothing is written.

    `now` gives the moment the site speaks of, `today` the present one (the same if left out): facts dated
    after the present are faults, those between the two are only not yet shown. `site` is where the register is
    published: the bureau's own must go on from there; `cleared` are texts in which nothing was found before, and
    `known` what was read.
    Long rules may run `aside`; meanwhile `ahead` gets what is known if there is no error so far.
    """
    loaded = load(root, recall, known)
    as_of = now(loaded.bureau)
    present = max(as_of, today(loaded.bureau)) if today else as_of
    zone = loaded.bureau.site.zone
    on_site = _on_site(loaded.bureau, site) if site else frozenset()
    context = context_of(
        loaded.bureau,
        as_of.astimezone(zone).date(),
        loaded.broken,
        today=present.astimezone(zone).date(),
        moment=as_of,
        files={one.place.path for one in loaded.problems},
        on_site=on_site,
        cleared=cleared,
    )
    with begun(context, aside) as (short, whole):
        published = [*_against(loaded.bureau, as_of, site, on_site)] if site else []
        found = Checked(loaded.bureau, as_of, in_order([*loaded.problems, *short, *published]))
        if ahead and not found.errors:
            ahead(found)
        told = [*loaded.problems, *whole()]
        found = replace(found, problems=in_order([*told, *published]), of_inputs=told)
    if found.errors:
        return found
    late = (*_typed(found.bureau, recall), *unsealed(found.bureau, as_of, on_site))
    return replace(found, problems=in_order([*found.problems, *late]))


def _typed(bureau: Bureau, recall: Recall | None) -> Iterator[Problem]:
    """Figures typed into notices; only the schemes that they are about are analysed for it."""
    lines = series_of(bureau.schemes)
    concerned = {lines[bureau.rounds[id_].scheme] for id_ in rounds_with_typed_figures(bureau)}
    rounds = {id_: one for id_, one in bureau.rounds.items() if lines[one.scheme] in concerned}
    if rounds:
        yield from contradictions(bureau, analyse(replace(bureau, rounds=rounds), recall=recall))


def _against(bureau: Bureau, as_of: datetime, site: Path, on_site: Collection[str]) -> Iterator[Problem]:
    """What the site as it is tells of the folder."""
    yield from _behind(bureau, site)
    yield from _vanishing(bureau, as_of, on_site)
    yield from restated(bureau, published_rows(site, addresses.data(datasets.STATEMENTS.name)))


def _behind(bureau: Bureau, site: Path) -> list[Problem]:
    """A register that is shorter than the published one, or another."""
    line = first_difference(read_published(site), bureau.sealed.register)
    return [problem("register-behind", Place(REGISTER, line=line))] if line else []


def looked_for(bureau: Bureau) -> tuple[str, ...]:
    """Everything of the site as it is that the rules look at."""
    return (addresses.REGISTER, addresses.data(datasets.STATEMENTS.name), *_pages(bureau))


def _pages(bureau: Bureau) -> Iterator[str]:
    """Of rounds and notices, out or not."""
    yield from (addresses.round_page(one) for one in bureau.rounds.values())
    yield from (addresses.notice_page(one) for one in bureau.notices)


def _on_site(bureau: Bureau, site: Path) -> frozenset[str]:
    """Pages of rounds and notices that the site has now."""
    return frozenset(one for one in _pages(bureau) if is_published(site, one))


def _vanishing(bureau: Bureau, as_of: datetime, on_site: Collection[str]) -> Iterator[Problem]:
    """Rounds and notices that are on the site and due, and that would go for want of a signature."""
    records: tuple[Round | Notice, ...] = (*bureau.rounds.values(), *bureau.notices)
    for record in records:
        page = addresses.round_page(record) if isinstance(record, Round) else addresses.notice_page(record)
        if page in on_site and lacks_a_stage(bureau, record) and is_due(bureau, record, as_of):
            yield problem("signoff-would-vanish", record.origin.place("signoff"), record.id)
