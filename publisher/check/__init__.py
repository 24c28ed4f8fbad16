"""Rules that inputs must keep. Each is a small named function; all run, so that all faults are told at once."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

from publisher.check.ageing import AGEING_RULES
from publisher.check.attachments import ATTACHMENT_RULES
from publisher.check.cited import CITED_RULES
from publisher.check.context import Context
from publisher.check.dates import DATE_RULES
from publisher.check.ledger import LEDGER_RULES
from publisher.check.people import PEOPLE_RULES
from publisher.check.plausible import PLAUSIBLE_RULES
from publisher.check.privacy import PRIVACY_RULES
from publisher.check.rounds import ROUND_RULES
from publisher.check.samples import SAMPLE_RULES
from publisher.check.schemes import SCHEME_RULES
from publisher.check.scores import SCORE_RULES
from publisher.check.sealed import SEALED_RULES
from publisher.check.signoff import SIGN_OFF_RULES
from publisher.check.site import SITE_RULES
from publisher.check.texts import TEXT_RULES
from publisher.check.withdrawn import WITHDRAWN_RULES
from publisher.model.bureau import Bureau
from publisher.moments import end_of
from publisher.problems import Problem

Rule = Callable[[Context], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    *SCHEME_RULES,
    *SITE_RULES,
    *ROUND_RULES,
    *SAMPLE_RULES,
    *SCORE_RULES,
    *PEOPLE_RULES,
    *LEDGER_RULES,
    *DATE_RULES,
    *AGEING_RULES,
    *PLAUSIBLE_RULES,
    *SIGN_OFF_RULES,
    *CITED_RULES,
    *TEXT_RULES,
    *ATTACHMENT_RULES,
    *PRIVACY_RULES,
    *SEALED_RULES,
    *WITHDRAWN_RULES,
)
"""A new rule is one function and its name in the table of its module."""


def check(
    bureau: Bureau,
    as_of: date,
    broken: Collection[tuple[str, str]] = (),
    *,
    today: date | None = None,
    moment: datetime | None = None,
    files: Collection[str] = (),
    on_site: Collection[str] = (),
) -> list[Problem]:
    """Every problem of the folder.

    `broken` are records that were reported already when they were read; `files` are paths that were reported
    then; `today` is the present day, if the site is to speak of an earlier one; `moment` is the moment of
    `as_of` of which the site speaks, its end if left out; `on_site` are addresses of rounds and notices that the
    site has now.
    """
    moment = moment or end_of(as_of, bureau.site.zone)
    context = Context(bureau, frozenset(broken), as_of, today or as_of, moment, frozenset(files), frozenset(on_site))
    return [problem for rule in RULES for problem in rule(context)]
