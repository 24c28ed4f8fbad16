"""A noun that is made in the quick way is, in every respect, one that `dataclass` made."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import figures, results
from publisher.model.frozen import changed, quick
from publisher.pages import charts


@dataclass(frozen=True, slots=True)
class Plain:
    first: int
    second: str = "two"
    third: list = field(default_factory=list)
    fourth: tuple = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    first: int
    second: str = "two"
    third: list = field(default_factory=list)
    fourth: tuple = ()


VALUES = {"first": st.integers(), "second": st.text(max_size=2), "third": st.lists(st.none()), "fourth": st.just((1,))}
KINDS = [
    one
    for module in (figures, results, charts)
    for one in vars(module).values()
    if isinstance(one, type) and one.__module__ == module.__name__ and hasattr(one, "__dataclass_fields__")
]


def parts(noun):
    return {one.name: getattr(noun, one.name) for one in fields(noun)}


@given(st.data(), st.sets(st.sampled_from(["second", "third", "fourth"])))
def test_a_noun_made_quickly_has_the_parts_that_it_was_given(data, named):
    values = {name: data.draw(VALUES[name]) for name in ("first", *sorted(named))}
    made, plain = Quick(**values), Plain(**values)
    assert type(made) is Quick
    assert parts(made) == parts(plain)
    assert repr(made) == repr(plain).replace("Plain", "Quick")
    assert made == Quick(*parts(plain).values())
    assert parts(pickle.loads(pickle.dumps(made))) == parts(copy.deepcopy(made)) == parts(plain)  # noqa: S301
    changes = {name: data.draw(VALUES[name]) for name in data.draw(st.sets(st.sampled_from(sorted(VALUES))))}
    assert changed(made, **changes) == replace(made, **changes)
    assert type(changed(made, **changes)) is Quick


def test_each_has_an_own_part_that_is_made_for_it():
    assert Quick(1).third is not Quick(1).third


@pytest.mark.parametrize("wrong", [{}, {"second": "x"}, {"first": 1, "fifth": 5}])
def test_a_noun_without_a_part_or_with_one_too_many_is_not_made(wrong):
    for kind in (Plain, Quick):
        with pytest.raises(TypeError):
            kind(**wrong)
    with pytest.raises(KeyError):
        changed(Quick(1), fifth=5)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_result_can_be_changed_once_it_is_made(kind):
    names = [one.name for one in fields(kind)]
    made = kind(*names)
    assert type(made) is kind
    assert parts(made) == dict(zip(names, names, strict=True))
    assert list(inspect.signature(kind).parameters) == names
    for name in names:
        with pytest.raises(FrozenInstanceError):
            setattr(made, name, 1)
        with pytest.raises(FrozenInstanceError):
            delattr(made, name)
    if len(names) > 1:
        assert changed(made, **{names[-1]: 1}) == replace(made, **{names[-1]: 1})


def test_a_noun_of_a_narrower_kind_stays_one():
    narrower = type("Narrower", (Quick,), {"__slots__": ()})
    assert type(narrower(1)) is narrower
    assert parts(narrower(1)) == parts(Quick(1))


def test_only_nouns_are_made_quickly_whose_parts_are_all_given():
    with pytest.raises(TypeError):

        @quick
        @dataclass(frozen=True, slots=True)
        class Named:
            first: int = field(kw_only=True)

    with pytest.raises(TypeError):

        @quick
        @dataclass(frozen=True, slots=True)
        class Checked:
            first: int

            def __post_init__(self):
                """Asks something."""
