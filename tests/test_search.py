"""The index of the search page holds every text that a reader sees, and nothing else."""

import json
import re
import sys
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from conftest import NOON, ROOT

from publisher.build import publication_of
from publisher.initials import initial, initials
from publisher.load.folder import load
from publisher.model.editions import Withdrawal
from publisher.outputs.search import KINDS, Entry, search_files
from publisher.pages.search import index_files

BUREAU = ROOT / "tests" / "bureau"


@pytest.fixture(scope="module")
def publication():
    return publication_of(load(BUREAU).bureau, NOON)


def read(files):
    """Name -> what the script is called with."""
    found = {}
    for path, data in files:
        name, text = re.fullmatch(r'publisherSearch\("(\w+)",(.*)\);\n', data.decode(), re.DOTALL).groups()
        assert path == f"search/{name}.js"
        found[name] = json.loads(text)
    return found


def entries(files):
    texts = sorted((name for name in files if name[0] == "t"), key=lambda name: int(name[1:]))
    return [Entry(KINDS[one[0]], *one[1:2], *one[2:]) for name in texts for one in files[name]]


def pairs(files):
    """(first, second) -> the numbers of the entries."""
    found = {}
    for name in (name for name in files if name[0] == "p"):
        for first, under in files[name].items():
            assert ord(first) % files["about"]["files"] == int(name[1:])
            for second, listed in under.items():
                found[first, second] = list(accumulate(int(gap, 36) for gap in listed.split(",")))
    return found


def test_every_two_neighbouring_signs_lead_to_exactly_the_texts_that_hold_them(publication):
    files = read(search_files(publication))
    every = entries(files)
    found = pairs(files)
    assert len(every) > 20
    assert len(found) > 300
    for (first, second), numbers in found.items():
        assert numbers == [n for n, one in enumerate(every) if first + second in one.searched]
    there = {(a, b) for one in every for a, b in zip(one.searched, one.searched[1:], strict=False) if a != "\n"}
    assert set(found) == there


def test_the_index_is_spread_over_files_that_grow_with_what_there_is(publication, monkeypatch):
    whole = read(search_files(publication))
    for module in ("publisher.outputs.search", "publisher.pages.search"):
        monkeypatch.setattr(sys.modules[module], "ENTRIES_A_FILE", 5)
    files = read(search_files(publication))
    count = files["about"]["files"]
    assert count > 4
    assert files["about"]["entries"] == 5
    assert sorted(f"search/{name}.js" for name in files) == sorted(index_files(publication))
    assert max(len(files[f"t{n}"]) for n in range(count)) == 5
    assert entries(files) == entries(whole)
    assert pairs(files) == pairs(whole)


def test_every_kind_of_thing_is_there_and_leads_to_a_page(publication, build, tmp_path):
    every = entries(read(search_files(publication)))
    assert {one.kind for one in every} == set(KINDS)
    assert [KINDS.index(one.kind) for one in every] == sorted(KINDS.index(one.kind) for one in every)
    build(BUREAU, tmp_path / "site")
    for one in every:
        path, _, anchor = one.path.partition("#")
        page = (tmp_path / "site" / path).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in page


def test_what_was_withdrawn_is_not_found(publication):
    before = entries(read(search_files(publication)))
    gone = next(one.path.partition("#")[0] for one in before if one.kind == "question")
    words = {one.title for one in before if one.path.startswith(gone)}
    withdrawal = Withdrawal(
        id="w",
        addresses=(gone,),
        reason="r",
        decided_by="d",
        withdrawn_on=date(2026, 11, 1),
        origin=publication.bureau.site.origin,
    )
    bureau = replace(publication.bureau, withdrawals=(withdrawal,))
    after = b"".join(data for _, data in search_files(replace(publication, bureau=bureau))).decode()
    assert gone not in after
    assert words
    assert not [text for text in words if text in after]


def test_companies_are_found_by_letters_area_and_the_other_language(publication):
    every = entries(read(search_files(publication)))
    for company in publication.bureau.companies.values():
        (one,) = (one for one in every if one.kind == "company" and one.path == f"companies/{company.id}.html")
        for words in (company.name, company.name_en, company.short_name, company.area, initials(company.name)):
            assert not words or words.lower() in one.searched


@pytest.mark.parametrize(
    ("name", "letters", "first"),
    [
        ("清源水务", "QYSW", "Q"),
        ("啊座", "AZ", "A"),
        ("安居燃气", "AJRQ", "A"),
        ("匝", "Z", "Z"),
        ("鑫", "", "#"),  # of the second level: its sound is not known
        ("12345热线", "12345RX", "#"),
        ("Best 水", "BESTS", "B"),
        ("（甲）乙", "JY", "#"),
        ("𠮷", "", "#"),
        ("", "", "#"),
    ],
)
def test_letters_of_names(name, letters, first):
    assert (initials(name), initial(name)) == (letters, first)


def test_signs_that_end_a_line_in_old_scripts_are_written_as_numbers(publication):
    article = publication.bureau.articles[0].model_copy(update={"title": "一\u2028二\u2029三"})
    changed = replace(publication, bureau=replace(publication.bureau, articles=(article,)))
    data = b"".join(data for _, data in search_files(changed)).decode()
    assert "\\u2028二\\u2029" in data
    assert "\u2028" not in data
