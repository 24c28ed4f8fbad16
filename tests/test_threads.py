"""The same problem raised again: who belongs to a thread, and for how many quarters running."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from test_ledger import FIRST, bureau_of, item

from publisher.ledger import Life, Thread, lives, threads
from publisher.model.settings import LedgerRules

tried = settings(deadline=None, max_examples=200, derandomize=True, database=None)


def raised(*rows: tuple[str, date, str | None], as_of: date = date(2030, 1, 1)) -> tuple[Life, ...]:
    """Lives of (id, raised on, repeats)."""
    items = [item(id_=id_).model_copy(update={"raised_on": day, "repeats": repeats}) for id_, day, repeats in rows]
    return lives(bureau_of(items, [], LedgerRules()), as_of)


def quarters(*days: date) -> int:
    rows = [(f"q{n}", day, f"q{n - 1}" if n else None) for n, day in enumerate(days)]
    return threads(raised(*rows))["q0"].quarters_running


def ids(thread: Thread) -> list[str]:
    return [life.item.id for life in thread.lives]


def test_an_item_alone_is_no_thread() -> None:
    assert threads(raised(("a", FIRST, None), ("b", FIRST, None))) == {}
    assert threads(()) == {}


def test_a_chain_and_a_fork_are_one_thread_first_raised_first() -> None:
    rows = [("a", FIRST, None), ("b", FIRST + timedelta(9), "a"), ("c", FIRST + timedelta(5), "a")]
    found = threads(raised(*rows, ("d", FIRST + timedelta(20), "b"), ("x", FIRST, None)))
    assert set(found) == {"a", "b", "c", "d"}
    assert all(found[one] is found["a"] for one in "bcd")
    assert ids(found["a"]) == ["a", "c", "b", "d"]
    assert found["a"].times == 4


def test_an_earlier_item_that_is_not_public_does_not_break_the_thread_of_the_others() -> None:
    found = threads(raised(("b", FIRST, "hidden"), ("c", FIRST + timedelta(1), "b")))
    assert ids(found["b"]) == ["b", "c"]
    assert threads(raised(("b", FIRST, "hidden"))) == {}


def test_tomorrows_item_makes_no_thread_today() -> None:
    rows = [("a", FIRST, None), ("b", FIRST + timedelta(9), "a")]
    assert threads(raised(*rows, as_of=FIRST + timedelta(8))) == {}
    assert set(threads(raised(*rows, as_of=FIRST + timedelta(9)))) == {"a", "b"}


def test_quarters_running_count_back_from_the_last_one() -> None:
    assert quarters(date(2026, 4, 21), date(2026, 7, 22), date(2026, 10, 13)) == 3
    assert quarters(date(2026, 3, 31), date(2026, 4, 1)) == 2  # one day apart, two quarters
    assert quarters(date(2026, 1, 1), date(2026, 3, 31)) == 1  # one quarter
    assert quarters(date(2025, 12, 31), date(2026, 1, 1)) == 2  # over the turn of the year
    assert quarters(date(2026, 1, 5), date(2026, 7, 5), date(2026, 10, 5)) == 2  # a quarter left out
    assert quarters(date(2025, 1, 5), date(2026, 1, 5)) == 1  # the same quarter of another year


@tried
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(-3, 9)), max_size=10))
def test_threads_are_what_links_join(rows) -> None:
    """Against painting: everything linked takes one colour until nothing changes."""
    ordered = sorted(FIRST + timedelta(number) for number, _ in rows)
    links = [number if 0 <= number < place else None for place, (_, number) in enumerate(rows)]
    repeats = [None if link is None else f"q{link}" for link in links]
    told = [(f"q{n}", day, earlier) for n, (day, earlier) in enumerate(zip(ordered, repeats, strict=True))]
    colours = list(range(len(told)))
    for _ in told:
        for place, link in enumerate(links):
            if link is not None:
                colours[place] = colours[link] = min(colours[place], colours[link])
    found = threads(raised(*told))
    for place, colour in enumerate(colours):
        same = {f"q{n}" for n, other in enumerate(colours) if other == colour}
        if len(same) == 1:
            assert f"q{place}" not in found
        else:
            thread = found[f"q{place}"]
            assert set(ids(thread)) == same
            assert [life.item.raised_on for life in thread.lives] == sorted(
                life.item.raised_on for life in thread.lives
            )
            names = {f"{life.item.raised_on.year}-{(life.item.raised_on.month - 1) // 3}" for life in thread.lives}
            assert 1 <= thread.quarters_running <= len(names)
