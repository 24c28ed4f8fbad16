"""Rules that inputs must keep. Each is a small named function; all run, so that all faults are told at once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial

from publisher.aside import Aside, here
from publisher.check.ageing import AGEING_RULES, repeated_questions_are_linked
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
from publisher.check.site import SITE_RULES, texts_keep_off_footer_marks
from publisher.check.texts import TEXT_RULES, signs_are_what_they_seem, texts_are_published_as_written
from publisher.check.withdrawn import WITHDRAWN_RULES
from publisher.cleared import Cleared
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


LONG: tuple[tuple[Rule, ...], ...] = (
    PRIVACY_RULES,
    (texts_are_published_as_written,),
    (repeated_questions_are_linked, signs_are_what_they_seem, texts_keep_off_footer_marks),
)
"""Most of the time is theirs, about as much for each group; nothing that is computed rests on what they find."""
MANY = 20_000
"""Texts from which on that time is worth a process."""
Said = tuple[list[list[Problem]], frozenset[bytes]]
"""What each rule found, and the signs of texts that they cleared."""


def context_of(
    bureau: Bureau,
    as_of: date,
    broken: Collection[tuple[str, str]] = (),
    *,
    today: date | None = None,
    moment: datetime | None = None,
    files: Collection[str] = (),
    on_site: Collection[str] = (),
    cleared: Cleared | None = None,
) -> Context:
    """What rules look at.

    `broken` are records that were reported already when they were read; `files` are paths that were reported
    then; `today` is the present day, if the site is to speak of an earlier one; `moment` is the moment of
    `as_of` of which the site speaks, its end if left out; `on_site` are addresses of rounds and notices that the
    site has now; `cleared` are texts in which nothing was found before.
    """
    moment = moment or end_of(as_of, bureau.site.zone)
    days = (as_of, today or as_of, moment)
    return Context(bureau, frozenset(broken), *days, frozenset(files), frozenset(on_site), cleared or Cleared())


@contextmanager
def begun(context: Context, aside: Aside) -> Iterator[tuple[list[Problem], Callable[[], list[Problem]]]]:
    """What rules find that run here; and, once those that run aside are done, every problem of the folder, in order."""
    if len(context.written) < MANY:
        aside = here
    long = () if aside is here else LONG
    elsewhere = {rule for rules in long for rule in rules}
    with aside([partial(_said, rules, context) for rules in long]) as answers:
        found = {rule: list(rule(context)) for rule in RULES if rule not in elsewhere}

        def whole() -> list[Problem]:
            for rules, answer in zip(long, answers, strict=True):
                problems, signs = answer()
                found.update(zip(rules, problems, strict=True))
                context.cleared.also(signs)
            return [problem for rule in RULES for problem in found[rule]]

        yield [problem for rule in RULES for problem in found.get(rule, ())], whole


def _said(rules: Sequence[Rule], context: Context) -> Said:
    return [list(rule(context)) for rule in rules], context.cleared.now
