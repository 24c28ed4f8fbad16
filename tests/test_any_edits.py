"""Whatever is done to a bureau's folder between builds, the site is byte for byte that of a clean build."""

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_unchanged import CACHE, SMALL, run, tree

FOREIGN = "CNAME"
LONG_NAME = 20
ASKED = (
    'bureau.companies.values()|map(attribute="name")|join',
    "bureau.items|length",
    "(bureau.notices|last).title",
    "as_of",
    "threads|length",
    'bureau.statements|map(attribute="body")|join|length',
)


def change_text(folder):
    page = folder / "content/pages/about.md"
    if page.is_file():
        page.write_text(page.read_text("utf-8") + "\n又一段。\n", "utf-8")


def change_back(folder):
    for path in ("content/pages/about.md", "content/site.yaml"):
        shutil.copyfile(SMALL / path, folder / path)


def change_score(folder):
    scores = folder / "results/2026-q2/scores.csv"
    text = scores.read_text("utf-8")
    scores.write_text(
        text.replace(",18,72,", ",19,71,") if ",18,72," in text else text.replace(",19,71,", ",18,72,"), "utf-8"
    )


def change_settings(folder):
    site = folder / "content/site.yaml"
    text = site.read_text("utf-8")
    site.write_text(
        text.replace("highlights: 2", "highlights: 3") + "licence: 可以转载。\n" * ("licence" not in text), "utf-8"
    )


def delete_page(folder):
    (folder / "content/pages/about.md").unlink(missing_ok=True)


def rename_page(folder):
    page = folder / "content/pages/about.md"
    if page.is_file():
        page.rename(page.with_name("about-us.md"))


def change_template(folder):
    own = folder / "templates/404.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text('{% extends "theme/404.html" %}{# ' + "x" * len(list(folder.rglob("*"))) + " #}", "utf-8")


def delete_templates(folder):
    shutil.rmtree(folder / "templates", ignore_errors=True)


def touch_all(folder):
    for path in folder.rglob("*"):
        os.utime(path)


def edit_output(folder):
    (folder / "site/index.html").write_text("by hand")


def delete_output(folder):
    shutil.rmtree(folder / "site/rounds", ignore_errors=True)


def add_output(folder):
    (folder / "site" / FOREIGN).write_text("service.example")


def swap_outputs(folder):
    """Two files of the site change places: no file is new, and no content."""
    one, two, between = (folder / "site" / name for name in ("about.html", "search.html", "between"))
    if one.is_file() and two.is_file():
        one.rename(between)
        two.rename(one)
        between.rename(two)


def damage_cache(folder):
    for path in (folder / CACHE).glob("*.*"):
        if path.suffix != ".files":
            path.write_bytes(path.read_bytes()[:-40])


def damage_memory(folder):
    """What the files were made of; half of it, or with the hash of another file."""
    for path in (folder / CACHE).glob("*.files"):
        text = path.read_text("utf-8")
        sums = re.findall(r"[0-9a-f]{64}", text)
        path.write_text(text.replace(sums[0], sums[-1]) if len(text) % 2 else text[: len(text) // 2], "utf-8")


def change_statement(folder):
    path = folder / "content/statements/2026-q2/gas-a.md"
    if path.is_file():
        path.write_text(path.read_text("utf-8") + "\n再补充一句。\n", "utf-8")


def delete_statement(folder):
    (folder / "content/statements/2026-q2/gas-b.md").unlink(missing_ok=True)


def restore_statements(folder):
    shutil.copytree(SMALL / "content/statements", folder / "content/statements", dirs_exist_ok=True)


def rename_company(folder):
    table = folder / "content/companies.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    first = lines[1].split(",")
    lines[1] = ",".join([first[0], first[1] + "甲" if len(first[1]) < LONG_NAME else first[1][:4], *first[2:]])
    table.write_text("".join(lines), "utf-8")


def answer(folder):
    """The last event of the ledger says more."""
    table = folder / "content/events.csv"
    table.write_text(table.read_text("utf-8").rstrip("\n") + "。\n", "utf-8")


def read_all_over(folder):
    """A template of the bureau's own that prints things of the whole site on every page, each time others."""
    own = folder / "templates/base.html"
    own.parent.mkdir(exist_ok=True)
    asked = ASKED[len(list(folder.rglob("*"))) % len(ASKED)]
    own.write_text(
        '{% extends "theme/base.html" %}{% block foot %}{{ super() }}<p>{{ ' + asked + " }}</p>{% endblock %}", "utf-8"
    )


def nothing(folder):
    pass


DEEDS = (
    *(change_statement, delete_statement, restore_statements, rename_company, answer, read_all_over, damage_memory),
    *(change_text, change_back, change_score, change_settings, delete_page, rename_page, change_template),
    *(
        delete_templates,
        touch_all,
        edit_output,
        delete_output,
        add_output,
        swap_outputs,
        damage_cache,
        nothing,
        nothing,
    ),
)


DAYS = st.sampled_from(["2026-11-20", "2026-11-20", "2026-11-21", "2026-12-05", "2026-11-09"])
SEVERAL = st.lists(st.sampled_from(DEEDS), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def folder(copy_of):
    return copy_of(SMALL)


@pytest.mark.unmeasured
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(st.sampled_from("12"), st.lists(DAYS, min_size=3, max_size=3), st.lists(SEVERAL, min_size=2, max_size=3))
def test_any_sequence_of_deeds_ends_in_the_site_of_a_clean_build(folder, tmp_path_factory, jobs, days, sequence):
    for day, deeds in zip(days, sequence, strict=False):
        (folder / "site").mkdir(exist_ok=True)
        for deed in deeds:
            if (folder / "site/index.html").is_file() or deed is not edit_output:
                deed(folder)
        done = run(folder, "--jobs", jobs, "--as-of", day)
        assert done.exit_code == 0, done.output
        clean = Path(tmp_path_factory.mktemp("clean")) / "site"
        assert run(folder, "--output", str(clean), "--as-of", day).exit_code == 0
        found = tree(folder / "site")
        found.pop(FOREIGN, None)
        assert found == tree(clean)
