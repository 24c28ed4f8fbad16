"""The whole way: load -> check -> release -> analyse -> cite -> pages -> render -> write."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from publisher import addresses
from publisher.ahead import apart
from publisher.analyse import analyse
from publisher.aside import Aside, here
from publisher.assets import OWN_STYLE, STYLE_PARTS, is_asset
from publisher.checking import Checked, Now, checked
from publisher.cited import with_figures
from publisher.contents import contents
from publisher.editions.affected import affected
from publisher.editions.restore import restored
from publisher.editions.revisions import Revision, revisions
from publisher.kept import Memory, Rounds
from publisher.ledger import lives
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD
from publisher.model.settings import Site
from publisher.pages import Page, Publication
from publisher.pages.page import Superseded
from publisher.pages.preview import Preview
from publisher.parts import Makers, Progress, silent
from publisher.permanent import address_problems, addresses_of
from publisher.press import available
from publisher.problems import Problem, PublisherError, in_order
from publisher.recall import Recall
from publisher.released import released
from publisher.remade import made, remade
from publisher.render import Renderer, theme_folders
from publisher.speaking import in_language
from publisher.stamp import Seen
from publisher.standing import begun
from publisher.theme.idle import theme_warnings
from publisher.withdrawn import Gone, gone_of, without
from publisher.words import words_of
from publisher.working import crew
from publisher.write import Written, write_site


def with_refusals(found: Checked, root: Path) -> Checked:
    """Also what `build` refuses though every rule is kept: addresses that would be lost, and faults of own templates.

    No page is made, so `build` may find more.
    """
    bureau, theme = found.bureau, theme_folders(root)
    if found.errors or not (bureau.sealed.entries or bureau.withdrawals or len(theme) > 1):
        return found
    publication = publication_of(bureau, found.as_of)
    lost = list(address_problems(bureau, publication, found.as_of))
    faults = [] if any(not one.warning for one in lost) else Renderer(publication, theme).faults()
    return replace(found, problems=in_order([*found.problems, *lost, *faults, *unnoticed(root)]))


def unnoticed(root: Path) -> list[Problem]:
    """Warnings of the bureau's own `templates/`: what changes nothing there, or what could hardly be read."""
    return in_order(theme_warnings(theme_folders(root), is_asset, (*STYLE_PARTS, OWN_STYLE)))


def publication_of(
    bureau: Bureau, as_of: datetime, recall: Recall | None = None, kept: Rounds | None = None
) -> Publication:
    """What the public may see at a moment, computed; `kept` has results of the last build."""
    return computed(released(bureau, as_of), as_of, recall=recall, kept=kept)


def computed(
    public: Bureau,
    as_of: datetime,
    preview: Preview | None = None,
    recall: Recall | None = None,
    kept: Rounds | None = None,
) -> Publication:
    """What may be shown, computed; `public` has nothing in it that may not.

    What was withdrawn is taken out before; the addresses that are lost with it say so.
    """
    gone = gone_of(public)
    if public.sealed.entries or gone.any:
        recall = recall or Recall()  # superseded editions share most rounds with what is in force
    publication = _computed(public, gone, as_of, preview, recall, kept)
    if not gone.any:
        return publication
    lost = addresses_of(_computed(public, Gone(), as_of, preview, recall)) - addresses_of(publication)
    plain = {addresses.unspoken(address, public.site.other_languages) for address in lost}
    return replace(publication, along={address: gone.by(address) for address in sorted(plain)})


def _computed(
    public: Bureau,
    gone: Gone,
    as_of: datetime,
    preview: Preview | None,
    recall: Recall | None,
    kept: Rounds | None = None,
) -> Publication:
    today = as_of.astimezone(public.site.zone).date()
    standing = without(public, gone)
    analysis = analyse(standing, gone.pairs, recall, kept)
    if preview:
        analysis = apart(analysis, preview.apart)
    words = words_of(public.site.language)
    publication = Publication(
        # pages print results; the rows behind them may be many
        bureau=replace(with_figures(standing, analysis, words, public), scores={}),
        analysis=analysis,
        lives=lives(standing, today),
        as_of=today,
        words=words,
        preview=preview,
        prints=public.site.print is not False and available(),
        gone=gone,
    )
    found = tuple(one for one in revisions(public) if one.subject == RECORD or one.subject in standing.rounds)
    publication = replace(publication, revisions=found, superseded=_superseded(public, publication, found, recall))
    others = (in_language(public, publication, one) for one in public.site.other_languages)
    return replace(publication, others=tuple(others))


def _superseded(
    public: Bureau, now: Publication, found: Sequence[Revision], recall: Recall | None
) -> tuple[Superseded, ...]:
    """Each superseded edition analysed again; what its correction changed is seen against the one that followed."""
    rounds = [one for one in found if one.subject != RECORD]
    before = [_as_sealed(public, now, one, rounds, recall) for one in rounds]
    made = []
    for place, (one, old) in enumerate(zip(rounds, before, strict=True)):
        later = [n for n in range(place + 1, len(rounds)) if rounds[n].subject == one.subject]
        after = before[later[0]] if later else now
        companies = affected(old.analysis, after.analysis, one.subject, one.changes)
        made.append(Superseded(one, old, companies))
    return tuple(made)


def _as_sealed(
    public: Bureau, now: Publication, revision: Revision, found: Sequence[Revision], recall: Recall | None
) -> Publication:
    """The corrections that took the edition out of force, and later ones of the round, were not made yet."""
    whole = restored(public, revision.old)
    bureau = without(whole, now.gone)
    own = [one for one in found if one.subject == revision.subject and one.old.number >= revision.old.number]
    later = {by.id for one in own for by in one.corrections}
    corrections = tuple(one for one in bureau.corrections if one.id not in later)
    analysis = analyse(bureau, now.gone.pairs, recall)
    kept = replace(with_figures(bureau, analysis, now.words, whole), scores={}, corrections=corrections)
    return replace(now, bureau=kept, analysis=analysis)


def build(
    root: Path,
    site: Path,
    now: Now,
    *,
    today: Now | None = None,
    jobs: int | None = 1,
    progress: Progress = silent,
) -> Written:
    """Builds `root` into `site`; `now` and `today` are those of `checked`.

    Raises PublisherError with every problem if there is one; the old site is then untouched.
    """
    return build_checked(checked(root, now, today, site), root, site, workers=crew(jobs), progress=progress)


def checked_and_computed(
    check: Callable[..., Checked], kept: Callable[[Site], Rounds | None]
) -> tuple[Checked, Publication]:
    """The folder checked, and what it publishes, computed while the long rules run.

    `check` is `checked` of the folder; `kept` gives results of the last build under these settings. Raises
    PublisherError with every problem.
    """
    done: list[Publication] = []

    def ahead(found: Checked) -> None:
        with suppress(PublisherError):  # raised when it is computed again, if the long rules find nothing worse
            done.append(publishable(found, kept=kept(found.bureau.site)))

    found = check(ahead=ahead)
    if found.errors:
        raise PublisherError(found.errors)
    return found, done[0] if done else publishable(found)


def build_checked(
    found: Checked,
    root: Path,
    site: Path,
    *,
    workers: AbstractContextManager[Makers | None],
    aside: Aside = here,
    progress: Progress = silent,
    memory: Memory | None = None,
    seen: Seen | None = None,
    publication: Publication | None = None,
) -> Written:
    """The same for a folder that was checked already, with `site` given; `memory` and `seen` are of the last build.

    `publication` is what is published of it, where that was computed already; then `found` needs no rows.
    """
    publication = publication or publishable(found)
    parts = list(contents(publication, theme_folders(root)))
    with workers as makers, begun(parts, memory, aside) as (parts, last):
        written = write_site(site, site.name, remade(parts, progress, last, makers), seen)
    return replace(written, unprinted=found.bureau.site.print is not False and not publication.prints)


def publishable(found: Checked, recall: Recall | None = None, kept: Rounds | None = None) -> Publication:
    """What a folder without errors publishes; raises PublisherError with what is in the way of it."""
    if found.errors:
        raise PublisherError(found.errors)
    publication = publication_of(found.bureau, found.as_of, recall, kept)
    lost = list(address_problems(found.bureau, publication, found.as_of))
    if lost:
        raise PublisherError(lost)
    return publication


def files(
    publication: Publication,
    theme: list[Path],
    *,
    pages: Sequence[Page] = (),
    progress: Progress = silent,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site; `pages` are those of it, where they were listed already."""
    return made(contents(publication, theme, pages), progress)
