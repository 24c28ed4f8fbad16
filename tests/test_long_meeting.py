"""A meeting of many questions: an index by topic, and the way back from each question."""

import re

from conftest import NOON, ROOT, at_noon

from publisher.build import publication_of
from publisher.checking import checked
from publisher.pages import site_pages
from publisher.render import Renderer, theme_folders

PAGE = "meetings/water-2026-06.html"
ROW = "m{n},water-2026-06,water-a,2026-06-25,居民,{topic},billing,问题{n}？,副总经理,2026-06-25,答复{n}。,,,,,\n"
FEW, MANY = 12, 200


def meeting(copy_of, count, address=PAGE):
    """The page, or another one, of a meeting with so many questions, on two topics by turns and without one."""
    root = copy_of(ROOT / "tests" / "bureau")
    path = root / "content" / "items.csv"
    head, *rows = path.read_text("utf-8").splitlines(keepends=True)
    others = [row for row in rows if ",water-2026-06," not in row]
    asked = [ROW.format(n=n, topic=("账单", "水质", "")[n % 3]) for n in range(count)]
    path.write_text(head + "".join(asked + others), encoding="utf-8")
    (root / "content" / "events.csv").unlink()
    publication = publication_of(checked(root, at_noon).bureau, NOON)
    page = next(one for one in site_pages(publication) if one.path == address)
    return Renderer(publication, theme_folders(ROOT)).page(page).decode()


def test_a_long_meeting_has_an_index_by_topic_that_opens_without_a_script(copy_of):
    html = meeting(copy_of, MANY)
    index = re.search(r'<nav class="parts" id="by-topic".*?</nav>', html, re.DOTALL)[0]
    assert "<details><summary>" in index
    heads = re.findall(r"<dt>(.*?)<br>(\d+)</dt>", index)
    assert [name for name, _ in heads][:2] == ["账单", "水质"]
    assert sum(int(count) for _, count in heads) == MANY
    listed = re.findall(r'href="#(q-[^"]+)"', index)
    assert sorted(listed) == sorted(re.findall(r'<article class="item" id="(q-[^"]+)"', html))
    assert html.count('<p class="more screen"><a href="#by-topic">') == MANY


def test_a_short_meeting_is_its_own_index(copy_of):
    assert "by-topic" not in meeting(copy_of, FEW)
