"""What the preview answers is what a build writes at that moment: every path, byte for byte, and nothing else."""

import hashlib
import shutil
from functools import partial
from pathlib import Path

import pytest
from conftest import at_noon
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_any_edits import (
    change_back,
    change_score,
    change_settings,
    change_template,
    change_text,
    delete_page,
    delete_templates,
    rename_page,
    touch_all,
)
from test_unchanged import SMALL, tree

from publisher import addresses
from publisher.build import build
from publisher.check.privacy import records_of
from publisher.cleared import Cleared
from publisher.compiled import compiled
from publisher.live import inputs, site_of
from publisher.load import attachments
from publisher.load.folder import load
from publisher.model.fields import Record
from publisher.previewing import preview
from publisher.problems import PublisherError
from publisher.qr import code_of
from publisher.recall import Recall, same
from publisher.render import Renderer, theme_folders

ABSENT = ("none.html", "rounds/none.html", "assets/none.css", "index.html/", "", "rounds", "data", ".publisher/journal")


def change_table(folder):
    """A row above the others: every company stands on another line."""
    companies = folder / "content/companies.csv"
    head, _, rest = companies.read_text("utf-8").partition("\n")
    first, _, others = rest.partition("\n")
    companies.write_text("\n".join([head, *others.splitlines(), first]) + "\n", "utf-8")


def rename_company(folder):
    companies = folder / "content/companies.csv"
    companies.write_text(companies.read_text("utf-8").replace("公司", "集团公司"), "utf-8")


def change_weight(folder):
    for path in (folder / "content/schemes").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("points: 80", "points: 75"), "utf-8")


def damage_table(folder):
    scores = folder / "results/2026-q2/scores.csv"
    scores.write_bytes(scores.read_bytes()[:-3] + b"\xff\xff\n")


def damage_settings(folder):
    (folder / "content/site.yaml").write_text("title: [", "utf-8")


def damage_template(folder):
    own = folder / "templates/about.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text("{% block", "utf-8")


def mend(folder):
    for name in ("content", "results"):
        shutil.rmtree(folder / name)
        shutil.copytree(SMALL / name, folder / name)
    delete_templates(folder)


def change_style(folder):
    own = folder / "templates/assets/own.css"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"main {{ margin: {len(list(folder.rglob('*')))}px }}", "utf-8")


DEEDS = (
    *(change_text, change_back, change_score, change_settings, delete_page, rename_page, change_template, touch_all),
    *(change_table, rename_company, change_weight, damage_table, damage_settings, damage_template, mend, mend),
    *(change_style, delete_templates),
)


def outcome(make):
    """What is there in the end, or what is to be mended."""
    try:
        return make()
    except PublisherError as error:
        return error.problems


def built(folder, into):
    build(folder, into, at_noon)
    return tree(into)


def answered(folder, recall, cleared, paths):
    site = site_of(folder, at_noon, at_noon, recall, cleared)
    # The rarest first: whatever order files are asked for in, they are the same.
    found = {path: site(path) for path in sorted(paths, key=lambda path: hashlib.sha256(path.encode()).digest())}
    assert not [path for path in ABSENT if site(path) is not None]
    return found


@pytest.fixture(scope="module")
def folder(copy_of):
    return copy_of(SMALL)


@pytest.mark.unmeasured
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=3), min_size=2, max_size=4))
def test_after_any_edits_every_path_is_answered_as_a_clean_build_writes_it(folder, tmp_path_factory, sequence):
    mend(folder)
    recall, cleared = Recall(), Cleared()
    for deeds in sequence:
        for deed in deeds:
            deed(folder)
        clean = outcome(lambda: built(folder, Path(tmp_path_factory.mktemp("clean")) / "site"))
        paths = clean if isinstance(clean, dict) else ["index.html", "about.html"]
        assert outcome(lambda p=paths: answered(folder, recall, cleared, p)) == clean


def test_a_preview_of_everything_is_answered_as_build_writes_it(folder, tmp_path):
    mend(folder)
    where = preview(folder, tmp_path, at_noon, token=tmp_path.name, today=at_noon).folder
    written = tree(where)
    site = site_of(folder, at_noon, at_noon, Recall(), Cleared(), ahead=True)
    assert len(written) > 50
    assert {path: site(path) for path in written} == written
    assert not [path for path in ABSENT if site(path) is not None]


def test_a_page_is_made_alone_and_once(folder, monkeypatch):
    mend(folder)
    made = []
    whole = Renderer.page
    monkeypatch.setattr(Renderer, "page", lambda self, page: made.append(page.path) or whole(self, page))
    site = site_of(folder, at_noon, at_noon, Recall(), Cleared())
    assert made == []
    assert site("index.html") == site("index.html")
    assert made == ["index.html"]
    assert site("none.html") is None
    assert made == ["index.html"]


def test_what_is_laid_beside_an_open_file_is_no_input(tmp_path):
    for name in ("content/a.md", "results/b/c.xlsx", "templates/assets/d.css"):
        for one in (name, f"{Path(name).parent}/~${Path(name).name}", f"{Path(name).parent}/.{Path(name).name}.swp"):
            (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / one).write_text("x")
    found = {Path(path).relative_to(tmp_path).as_posix() for path in inputs(tmp_path)}
    assert found == {"content/a.md", "results/b/c.xlsx", "templates/assets/d.css"}


def attach(folder, data):
    notice = next((folder / "content/notices").glob("*.md"))
    head, _, rest = notice.read_text("utf-8").partition("---\n")[2].partition("---\n")
    notice.write_text(f"---\n{head}attachments:\n  - title: 附表\n    file: a.txt\n---\n{rest}", "utf-8")
    (folder / "content/attachments").mkdir(exist_ok=True)
    (folder / "content/attachments/a.txt").write_bytes(data)


def test_an_attachment_is_looked_through_again_only_when_it_changed(folder, monkeypatch):
    mend(folder)
    looked = []
    whole = attachments.look_through
    monkeypatch.setattr(attachments, "look_through", lambda *given: looked.append(given[0]) or whole(*given))
    attach(folder, b"")
    recall = Recall()
    for text in ("甲", "甲", "乙"):
        (folder / "content/attachments/a.txt").write_text(text, "utf-8")
        load(folder, recall)
    assert looked == ["甲".encode(), "乙".encode()]


def test_a_fault_of_a_template_is_told_from_the_save_that_made_it_to_the_one_that_mends_it(folder):
    """Also one that no page shows: templates are looked through again after any edit of one."""
    mend(folder)
    own, recall, cleared = folder / "templates/404.html", Recall(), Cleared()
    own.parent.mkdir()
    good = '{% extends "theme/404.html" %}'
    bad = good + '{% block main %}{% if false %}{{ t("no.such.words") }}{% endif %}{% endblock %}'
    told = []
    for text in (good, bad, bad, good):
        own.write_text(text, "utf-8")
        found = outcome(partial(site_of(folder, at_noon, at_noon, recall, cleared), "index.html"))
        told.append([] if isinstance(found, bytes) else [(one.code, one.place.path) for one in found])
    fault = told[1]
    assert fault
    assert {path for _, path in fault} == {"templates/404.html"}
    assert told == [[], fault, fault, []]


def test_a_making_that_fails_is_a_turn_too(folder):
    mend(folder)
    turned, recall, cleared = [], Recall(), Cleared()
    recall.turn = cleared.turn = lambda **how: turned.append(how)
    site_of(folder, at_noon, at_noon, recall, cleared)
    damage_settings(folder)
    outcome(lambda: site_of(folder, at_noon, at_noon, recall, cleared))
    assert turned == [{"complete": True}] * 2 + [{"complete": False}] * 2


def test_the_bytes_of_a_file_are_not_kept(folder):
    mend(folder)
    attach(folder, b"\xe7\x94\xb2" * 1000)
    recall, given = Recall(), []
    whole = recall.of
    recall.of = lambda key, function, *more: given.append((key, more)) or whole(key, function, *more)
    load(folder, recall)
    assert ("content/attachments/a.txt", ()) in [(key[0], more) for key, more in given]
    lengths = {len(one) for _, more in given for one in more if isinstance(one, bytes)}
    assert lengths == {hashlib.sha256().digest_size}, "digests, and no contents"


def nouns_of(bureau):
    """Every record of the folder, by where it stands."""
    return {
        (one.origin.where.path, one.origin.where.line, getattr(one, "id", "")): one
        for _, one in records_of(bureau)
        if isinstance(one, Record)
    }


def test_only_a_file_that_was_edited_is_read_again(folder):
    """What is kept is what reading anew gives, and every other file gives the very same nouns again."""
    mend(folder)
    recall = Recall()
    load(folder, recall)
    before = nouns_of(load(folder, recall).bureau)
    for name in ("results/2026-q2/scores.csv", "content/items.csv", "content/companies.csv"):
        path = folder / name
        path.write_bytes(path.read_bytes() + b"\n")
        after, anew = nouns_of(load(folder, recall).bureau), nouns_of(load(folder).bureau)
        assert after == anew
        assert all(map(same, after.values(), anew.values()))
        edited = {key[0] for key, one in after.items() if one is not before[key]}
        assert edited == {"content/site.yaml", name}
        before = after


def test_names_that_a_table_is_read_with_are_no_part_of_its_bytes(folder):
    """Another name of a company gives other rows of scores, though nobody edited these."""
    mend(folder)
    recall, told = Recall(), []
    scores, companies = folder / "results/2026-q2/scores.csv", folder / "content/companies.csv"
    first = next(iter(load(folder, recall).bureau.companies.values()))
    scores.write_text(scores.read_text("utf-8-sig").replace(f"\n{first.id},", f"\n{first.name},"), "utf-8")
    for name in (first.name, "别的名字", first.name):
        lines = companies.read_text("utf-8-sig").splitlines()
        changed = [
            line.replace(line.split(",")[1], name) if line.startswith(f"{first.id},") else line for line in lines
        ]
        companies.write_text("\n".join(changed), "utf-8")
        found = load(folder, recall)
        assert found.problems == load(folder).problems
        told.append("unknown-company" in {one.code for one in found.problems})
    assert told == [False, True, False]


def test_what_is_wrong_with_a_file_is_told_at_every_reading_of_it(folder):
    recall = Recall()
    for name, line in (("results/2026-q2/scores.csv", "!,b\n"), ("content/items.csv", "a,b,c\n")):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(line)
    (folder / "content/pages/torn.md").write_text("---\ntitle: [\n---\n", "utf-8")
    anew = load(folder)
    assert len({one.place.path for one in anew.problems}) > 2
    for _ in range(3):
        found = load(folder, recall)
        assert (found.problems, found.broken) == (anew.problems, anew.broken)
        recall.turn(complete=False)


def test_a_fault_of_one_part_hides_no_other(folder):
    mend(folder)
    change_style(folder)
    (folder / "templates/assets/own.css").write_bytes("main { font-family: 宋体 }".encode("gbk"))
    site = site_of(folder, at_noon, at_noon, Recall(), Cleared())
    assert all(map(site, (addresses.ROBOTS, addresses.SITE_MAP, addresses.FEED, addresses.HOME)))
    for path in (addresses.STYLE, "none.html"):
        found = outcome(partial(site, path))
        assert [(one.code, one.place.path) for one in found] == [("wrong-encoding", "templates/assets/own.css")]


def test_a_preview_of_everything_has_no_list_of_hashes_as_build_writes_none(folder):
    mend(folder)
    assert site_of(folder, at_noon, at_noon, Recall(), Cleared(), ahead=True)("SHA256SUMS") is None
    assert site_of(folder, at_noon, at_noon, Recall(), Cleared())("SHA256SUMS")


def test_of_a_template_that_is_saved_often_only_the_last_text_is_kept_compiled(folder):
    mend(folder)
    own = folder / "templates/404.html"
    own.parent.mkdir()
    kept = compiled("zh-Hans", theme_folders(folder)[-1]).codes
    counts = []
    for n in range(4):
        own.write_text(f'{{% extends "theme/404.html" %}}{{% block foot %}}{n}{{% endblock %}}', "utf-8")
        page = site_of(folder, at_noon, at_noon, Recall(), Cleared())("404.html")
        assert f"{n}</div>".encode() in page.replace(b"\n", b"")
        counts.append(len(kept))
    assert len({*counts}) == 1


def test_codes_are_not_kept_without_end():
    assert code_of.cache_info().maxsize
