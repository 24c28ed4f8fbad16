"""Check digits: a mistyped code must be seen."""

import pytest

from publisher.identifiers import is_credit_code

PUBLISHED = "91350100M000100Y43"
"""An example that circulates in descriptions of GB 32100-2015."""


def test_a_right_code_is_accepted():
    assert is_credit_code(PUBLISHED)


def test_no_single_sign_can_be_mistyped_unseen():
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for place, right in enumerate(PUBLISHED):
        for wrong in signs.replace(right, ""):
            assert not is_credit_code(PUBLISHED[:place] + wrong + PUBLISHED[place + 1 :]), (place, wrong)


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", PUBLISHED + "0", PUBLISHED.lower(), "91350100O000100Y43"])
def test_other_lengths_and_signs_are_refused(code):
    assert not is_credit_code(code)


def test_the_organisation_code_within_is_checked_too():
    """The outer digit alone would accept it: position 17 should be 7."""
    assert not is_credit_code("91110105MA0000000Y")
