"""The repository's own root is a complete bureau: without a problem, in both languages, with the documented figures."""

import csv
import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from conftest import at_noon

from publisher import addresses
from publisher.checking import checked
from publisher.words import words_of

ROOT = Path(__file__).parent.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def pages(site):
    return sorted(site.rglob("*.html"))


def text_of(path):
    """What a reader sees of a page, without its head."""
    body = path.read_text("utf-8").partition("<body>")[2]
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def parts(path):
    """The page cut at its tags."""
    return [html.unescape(part).strip() for part in re.split(r"<[^>]+>", path.read_text("utf-8"))]


def companies():
    with (ROOT / "content" / "companies.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


MEANT = {"answer-missing", "overdue-without-event", "answers-alike"}
"""Warnings that the sample shows on purpose: what `check` says of a ledger that is not in order."""


def test_sample_has_no_problem_and_every_warning_that_is_meant():
    found = checked(ROOT, at_noon)
    assert found.errors == []
    assert {one.code for one in found.problems} == MEANT


def test_the_english_sample_has_the_same_warnings(copy_of):
    folder = copy_of(ROOT)
    settings = folder / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: zh-Hans", "language: en"), "utf-8")
    assert list(checked(folder, at_noon).problems) == list(checked(ROOT, at_noon).problems)


def test_every_noun_has_its_page(sample):
    content, results = ROOT / "content", ROOT / "results"
    there = {path.relative_to(sample).as_posix() for path in pages(sample)}
    expected = {
        "index.html",
        "404.html",
        "sitemap.html",
        "follow-up.html",
        "corrections.html",
        "search.html",
        "compare.html",
        "verify.html",
        "data/index.html",
    }
    expected |= {"follow-up/companies.html", "follow-up/topics.html"}
    expected |= {f"{kind}/index.html" for kind in ("rounds", "companies", "notices", "meetings")}
    expected |= {f"companies/{id_}.html" for id_ in companies()}
    expected |= {f"notices/{path.stem}.html" for path in (content / "notices").glob("*.md")}
    expected |= {f"meetings/{path.stem}.html" for path in (content / "meetings").glob("*.md")}
    expected |= {f"{path.stem}.html" for path in (content / "pages").glob("*.md")}
    for path in (content / "schemes").glob("*.yaml"):
        expected.add(f"methods/{path.stem}.html")
        indicators = yaml.safe_load(path.read_text("utf-8"))["indicators"]
        expected |= {f"indicators/{path.stem}/{one['id']}.html" for one in indicators}
    rounds = {path.parent.name for path in results.glob("*/round.yaml")}
    expected |= {f"rounds/{id_}/index.html" for id_ in rounds}
    together = Counter((id_, companies()[company]["sector"]) for id_, company in list_of_scorecards(sample))
    expected |= {f"compare/{id_}.html" for (id_, _), count in together.items() if count > 1}
    old = {path for path in there if re.search(r"\.v\d+\.html$", path)}
    assert {path.split("/")[1] for path in old} == {"2026-q1"}
    scorecards = {path for path in there if path.startswith("rounds/")} - expected - old
    expected |= {path.replace("rounds/", "embed/", 1) for path in scorecards}
    expected |= {f"embed/{company}.html" for _, company in list_of_scorecards(sample)}
    expected |= {path.replace("notices/", "embed/notices/") for path in expected if addresses.is_notice(path)}
    assert there - scorecards - old == expected
    assert len(scorecards) == len(list_of_scorecards(sample))


def list_of_scorecards(site):
    """One for each company of each round, as the data files tell."""
    found = set()
    for path in sorted((site / "data" / "rounds").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {(row["round"], row["company"]) for row in csv.DictReader(file) if row["company"]}
    return found


def test_every_page_says_that_the_data_are_samples(sample, english_sample):
    for site, language in ((sample, "zh-Hans"), (english_sample, "en")):
        words = words_of(language)
        for path in pages(site):
            card = path.relative_to(site).parts[0] == "embed"  # has room for the mark alone
            body = path.read_text("utf-8").partition("<h1" if card else "<main")[0]
            assert words("sample.mark") in body, path
            assert card or words("sample.text") in html.unescape(body), path


def test_every_company_of_the_sample_is_marked_as_invented_or_documented():
    for row in companies().values():
        assert row["name"].endswith(("（样例）", "（文献实录）"))
        assert row["name_en"].endswith(("(sample)", "(documented figures)"))


@pytest.mark.parametrize(
    ("page", "figure"),
    [
        ("rounds/jingmen-satisfaction/jingmen-water.html", "70.85%"),
        ("rounds/jingmen-satisfaction/jingmen-water.html", "94.35%"),
        ("rounds/jingmen-satisfaction/jingmen-water.html", "80.26%"),
        ("rounds/jingmen-satisfaction/jingmen-water.html", "83.07"),
        ("rounds/jingmen-satisfaction/index.html", "83.07"),
        ("rounds/jingmen-satisfaction/jingmen-water.html", "916"),
        ("rounds/jingmen-satisfaction/jingmen-water.html", "15844"),
        ("rounds/jingmen-satisfaction/jingmen-water.html", "76"),
        *[
            ("rounds/jiaozhou-2020-h1/jiaozhou-water.html", figure)
            for figure in ("3373", "305", "93", "340", "127", "52", "75", "119")
        ],
    ],
)
def test_documented_figures_are_printed(sample, page, figure):
    assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d]|\.\d)", text_of(sample / page))


def test_the_weighted_result_is_exact_and_not_the_sum_of_rounded_parts(sample):
    """21 + 38 + 24 = 83 in the document, each part rounded first; exactly it is 83.07."""
    exact = 0.3 * 649 / 916 + 0.4 * 14949 / 15844 + 0.3 * 61 / 76
    assert f"{100 * exact:.2f}" == "83.07"
    with (sample / "data" / "rounds" / "jingmen-satisfaction.csv").open(encoding="utf-8-sig", newline="") as file:
        values = [row["value"] for row in csv.DictReader(file) if row["record"] == "composite"]
    assert values == ["83.07"]


def test_a_dimension_without_items_says_that_it_was_not_surveyed(sample):
    """Two of the four dimensions of the quarterly scheme have no question on the form."""
    scheme = yaml.safe_load((ROOT / "content" / "schemes" / "quarterly-service.yaml").read_text("utf-8"))
    asked = {one.get("dimension") for one in scheme["indicators"]}
    empty = [one["name"] for one in scheme["dimensions"] if one["id"] not in asked]
    assert empty
    words = words_of("zh-Hans")
    for path in sorted((sample / "rounds" / "2026-q3").glob("*-*.html")):
        cells = [part for part in parts(path) if part]
        for name in empty:
            assert name in cells, path
            after = cells[cells.index(name) + 1 : cells.index(name) + 3]
            assert f"{words('symbol.not-surveyed')} {words('state.not-surveyed')}" in after, path


def test_a_company_without_statement_is_said_to_have_sent_none(sample):
    words = words_of("zh-Hans")
    sent = {(path.parent.name, path.stem) for path in (ROOT / "content" / "statements").glob("*/*.md")}
    missing = list_of_scorecards(sample) - sent
    assert sent
    assert missing
    for round_, company in sorted(missing):
        asked = "statements_due:" in (ROOT / "results" / round_ / "round.yaml").read_text("utf-8")
        said = words("statement.missing" if asked else "statement.not-asked")
        assert said in text_of(sample / "rounds" / round_ / f"{company}.html")
    for round_, company in sorted(sent):
        assert words("statement.missing") not in text_of(sample / "rounds" / round_ / f"{company}.html")


def test_every_statement_is_printed_in_full(sample):
    for path in sorted((ROOT / "content" / "statements").glob("*/*.md")):
        body = path.read_text("utf-8").split("\n---", 1)[1]
        shown = re.sub(r"\s", "", text_of(sample / "rounds" / path.parent.name / f"{path.stem}.html"))
        plain = re.sub(r"[\s*#>|`_-]|^\d+\.", "", body, flags=re.MULTILINE)
        for sentence in re.split(r"[。；]", plain):
            assert sentence.strip() in re.sub(r"[*#>|`_-]", "", shown), path


def test_every_question_has_an_address_and_stands_on_its_page(sample):
    with (ROOT / "content" / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        page = (sample / "meetings" / f"{row['meeting']}.html").read_text("utf-8")
        assert f'id="q-{row["id"]}"' in page
        assert row["question"] in html.unescape(page)


def strings_in(value):
    if isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from strings_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings_in(one)
    elif value is not None:
        yield str(value)


def own_texts():
    """Everything that the bureau wrote in its folder, as one text without spaces and marks of Markdown."""
    found = []
    for path in sorted([*(ROOT / "content").rglob("*"), *(ROOT / "results").rglob("*")]):
        if path.suffix in {".md", ".yaml"} or (path.suffix == ".csv" and path.parent == ROOT / "content"):
            text = path.read_text("utf-8-sig")
            found.append(text)
            if path.suffix == ".yaml":
                found += strings_in(yaml.safe_load(text))
    return re.sub(r"[\s*_`>|#-]", "", "\n".join(found))


def test_the_english_pages_hold_no_chinese_but_the_bureaus_own_texts(english_sample):
    own = own_texts()
    foreign = {}
    for path in pages(english_sample):
        source = path.read_text("utf-8")
        assert '<html lang="en">' in source
        source = re.sub(r'<p lang="zh-Hans">.*?</p>', "", source)  # how the page is cited in Chinese
        for part in CHINESE.findall(re.sub(r"[*_`>|#]", "", html.unescape(re.sub(r"<[^>]*>", "\n", source)))):
            if part not in own:
                foreign.setdefault(part, path.relative_to(english_sample).as_posix())
    assert not foreign, json.dumps(foreign, ensure_ascii=False, indent=1)


def test_the_english_pages_use_the_english_names(english_sample):
    for id_, row in companies().items():
        page = (english_sample / "companies" / f"{id_}.html").read_text("utf-8")
        heading = html.unescape(re.search(r"<h1>(.*?)</h1>", page)[1])
        assert heading == row["name_en"]


def test_both_languages_have_the_same_pages(sample, english_sample):
    def names(site):
        return {path.relative_to(site) for path in site.rglob("*") if path.is_file()}

    assert names(sample) == names(english_sample)
