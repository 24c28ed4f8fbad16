"""The same scorecards as a project of Hugo's, from the figures that our build published: Hugo has nothing to compute.

`python tests/bench/hugo.py BUREAU PROJECT WAY`: the bureau must have been built. WAY is `markdown`, a file for each
scorecard, or `adapter`, pages made from data files. The frame of the pages is taken from ours.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

CONFIG = """baseURL = "https://bench.example/pingjia/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]
uglyURLs = true
[markup.goldmark.renderer]
unsafe = false
"""
ADAPTER = """{{ range $round, $pages := hugo.Data.pages }}{{ range $pages }}
{{ $.AddPage (dict "path" (printf "rounds/%s/%s" .round .company) "title" .title "params" .
"content" (dict "mediaType" "text/markdown" "value" .statement)) }}
{{ end }}{{ end }}
"""
LAYOUT = Path(__file__).with_name("hugo.html")
"""What stands in a page: first a part that several places use."""


def main() -> None:
    bureau, project, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    rounds = sorted(path.name for path in (bureau / "results").iterdir())
    asked = _asked(bureau)
    history: dict[str, list[dict[str, object]]] = defaultdict(list)
    for round_ in rounds:
        pages = list(_pages(bureau, round_, history, asked))
        if way == "adapter":
            _write(project / f"data/pages/{round_}.json", json.dumps(pages, ensure_ascii=False))
            continue
        for page in pages:
            statement = page.pop("statement")
            text = json.dumps({"title": page["title"], "params": page}, ensure_ascii=False)
            _write(project / f"content/rounds/{round_}/{page['company']}.md", f"{text}\n\n{statement}")
    if way == "adapter":
        _write(project / "content/_content.gotmpl", ADAPTER)
    _write(project / "data/history.json", json.dumps(history, ensure_ascii=False))
    _write(project / "hugo.toml", CONFIG)
    _write(project / "layouts/single.html", _framed(bureau, rounds[-1]))


def _pages(bureau, round_, history, asked):
    companies: dict[str, dict] = {}
    averages: dict[tuple[str, str], str] = {}
    with (bureau / f"site/data/rounds/{round_}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["company"]:
                _add(companies, row)
            elif row["record"] == "sector-indicator":
                averages[row["sector"], row["indicator"]] = row["value"]
    name = round_.replace("-q", "年第") + "季度"
    for id_, page in companies.items():
        for row in page["rows"]:
            row["average"] = averages[page["sector"], row["id"]]
        history[id_].append({"round": round_, "name": name, **page["total"]})
        text = (bureau / f"content/statements/{round_}/{id_}.md").read_text("utf-8").split("---\n\n", 1)[1]
        title = f"{page['label']} {name}服务评价成绩单"
        more = {"round": round_, "name": name, "title": title, "published": round_, "number": len(history[id_])}
        yield page | more | {"statement": text, "items": asked[round_, id_]}


def _add(companies, row) -> None:
    page = companies.setdefault(
        row["company"], {"company": row["company"], "label": row["company_name"], "sector": row["sector"], "rows": []}
    )
    numbers = {key: float(row[key]) if row[key] else None for key in ("value", "low", "high", "change")}
    if row["record"] == "composite":
        page["total"] = numbers | {key: row[key] for key in ("base", "place", "alike")}
    elif row["record"] == "indicator":
        head = {"id": row["indicator"], "name": row["indicator_name"], "weight": "6%", "base": row["base"], "no": 0}
        page["rows"].append(numbers | head | {"answers": []})
    elif row["record"] == "answer":
        page["rows"][-1]["answers"].append({"id": row["answer"], "share": numbers["value"]})


def _asked(bureau):
    found = defaultdict(list)
    for path in sorted((bureau / "content/items").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[path.stem, row["company"]].append(row)
    return found


def _framed(bureau: Path, round_: str) -> str:
    """What stands round the main part in one of our pages, with its names as Hugo's variables."""
    path = min((bureau / f"site/rounds/{round_}").glob("*.html"))
    text = path.read_text("utf-8").replace("{", "&#123;")
    method = text[text.index('<section id="method"') :]
    head = text[: text.index("<main")]
    title = head.partition("<title>")[2].partition(" –")[0]
    change, _, main = LAYOUT.read_text("utf-8").partition("\n")
    framed = head + main + method
    variables = {
        title: "{{ .Title }}",
        f"rounds/{round_}/{path.stem}": "rounds/{{ .Params.round }}/{{ .Params.company }}",
    }
    for shown, variable in variables.items():
        framed = framed.replace(shown, variable)
    return change + framed


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
