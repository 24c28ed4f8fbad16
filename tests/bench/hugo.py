"""The same scorecards as a project of Hugo's, from the figures that our build published: Hugo has nothing to compute.

`python tests/bench/hugo.py BUREAU PROJECT markdown|adapter`: the bureau's `site/` must have been built. `markdown` has a
file for each scorecard, `adapter` makes the pages from data files. The frame of the pages is taken from ours.
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
MAIN = """<main id="main" class="wrap">
<header class="hero">
<h1><small>{{ .Params.name }} · 服务评价成绩单</small>{{ .Params.label }}</h1>
<p class="meta">{{ .Params.sector }} · 发布时间：{{ .Params.published }}</p>
</header>
{{ $p := .Params }}
<section id="result"><h2>本期结果</h2><div class="score rate"><div class="big"><p class="num">{{ .Params.total.value }}<small>分</small></p></div>
<dl class="rows"><div><dt>名次</dt><dd>第{{ .Params.total.place }}名</dd></div><div><dt>95%区间</dt><dd>{{ .Params.total.low }}至{{ .Params.total.high }}</dd></div>
<div><dt>较上期</dt><dd>{{ template "change" .Params.total }}</dd></div><div><dt>有效样本</dt><dd>{{ .Params.total.base }}份</dd></div></dl></div></section>
<section id="worst"><h2>主要不足</h2><div class="three">{{ range slice "value" "no" "change" }}<section><ol>
{{ range first 3 (sort $p.rows .) }}<li><a href="../../indicators/service/{{ .id }}.html">{{ .name }}</a>
<span class="num">{{ .value }}</span></li>
{{ end }}</ol></section>{{ end }}</div></section>
<section id="indicators" aria-labelledby="indicators-h">
<h2 id="indicators-h">全部指标</h2>
<table class="cards">
<tbody>
{{ range .Params.rows }}<tr><th scope="row"><a href="../../indicators/service/{{ .id }}.html">{{ .name }}</a><br><small>权重{{ .weight }}；越高越好</small>
</th>
<td data-label="结果" class="n strong"><span><span class="num">{{ .value }}</span><br>
<small><span class="sr">95%区间</span> {{ .low }}至{{ .high }}</small></span></td>
<td data-label="答复分布" class="dist"><svg class="bar" width="100%" height="10" stroke-width=".5" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
{{ $x := 0.0 }}{{ range .answers }}<rect class="{{ .id }}" x="{{ $x }}" width="{{ .share }}" height="8"/>{{ $x = add $x .share }}{{ end }}</svg>

<ul class="split">
{{ range .answers }}<li><i class="key {{ .id }}"></i>{{ .id }} <span class="num">{{ .share }}%</span></li>
{{ end }}</ul>
</td>
<td data-label="有效样本" class="n"><span class="num">{{ .base }}</span></td>
<td data-label="行业平均" class="n"><span class="num">{{ .average }}</span></td>
<td data-label="较上期" class="n">{{ template "change" . }}
</td></tr>
{{ end }}</tbody>
</table>
</section>
{{ $past := first .Params.number (index hugo.Data.history .Params.company) }}
<section id="trend" aria-labelledby="trend-h">
<h2 id="trend-h">历次变化</h2>
<svg class="trend" width="100%" overflow="visible" text-anchor="middle" font-size="12" viewBox="0 0 640 240" role="img">
{{ range seq 0 4 }}<line stroke="currentColor" stroke-opacity=".2" class="grid" x1="48" x2="616" y1="{{ mul . 44 }}" y2="{{ mul . 44 }}"/>
{{ end }}{{ $step := div 536.0 (math.Max 1 (sub (len $past) 1)) }}
<polyline fill="none" stroke-width="3" class="line" points="{{ range $i, $one := $past }}{{ math.Round (add 64 (mul $i $step)) }},{{ sub 240 (mul $one.value 2) }} {{ end }}"/>
{{ range $i, $one := $past }}<circle stroke-width="3" class="dot" cx="{{ math.Round (add 64 (mul $i $step)) }}" cy="{{ sub 240 (mul $one.value 2) }}" r="5"/>
{{ if modBool $i 7 }}<text font-weight="700" stroke-width="5" paint-order="stroke" class="val mid" x="{{ add 64 (mul $i $step) }}" y="{{ sub 240 (mul $one.value 2) }}" dy="-12">{{ $one.value }}</text>
<text class="mid" x="{{ add 64 (mul $i $step) }}" y="240" dy="-8">{{ $one.name }}</text>
{{ end }}{{ end }}</svg>

<table class="tight">
<tbody>
{{ range $past }}<tr><th scope="row"><a href="../../rounds/{{ .round }}/{{ $p.company }}.html">{{ .name }}</a></th><td class="n strong"><span><span class="num">{{ .value }}</span><br>
<small><span class="sr">95%区间</span> {{ .low }}至{{ .high }}</small></span></td><td class="n"><span class="num">{{ .place }}</span><small title="与第{{ .alike }}名不可区分"><span aria-hidden="true">≈</span><span class="sr">与第{{ .alike }}名不可区分</span></small></td><td class="n wide">{{ template "change" . }}
</td><td class="n wide"><span class="num">{{ .base }}</span></td></tr>
{{ end }}</tbody>
</table>
</section>
<section id="reply"><h2>企业说明</h2><div class="score words"><div class="prose">{{ .Content }}</div>
<p class="signed"><span>{{ .Params.label }}</span><span>总经理</span></p></div></section>
<section id="questions"><h2>居民的提问</h2>
{{ range .Params.items }}<article class="item" data-company="{{ $p.company }}" data-topic="{{ .topic }}" data-standing="answered">
<h3><a href="../../meetings/{{ .meeting }}.html#q-{{ .id }}">{{ .topic }}</a> <span class="badge none">已回复</span></h3>
<p class="meta">{{ .raised_on }}提出</p>
<dl class="rows qa">
<div><dt>提问</dt><dd class="said">{{ .question }}</dd></div>
<div><dt>答复</dt>
<dd class="said">{{ .answer }}</dd>
</div>
</dl>
</article>
{{ end }}</section>
"""
CHANGE = """{{ define "change" }}{{ with .change }}<span class="chg {{ if gt . 0 }}better{{ else }}worse{{ end }}"><span class="num">{{ if gt . 0 }}▲{{ else }}▼{{ end }} {{ math.Abs . }}</span> <small>{{ if gt . 0 }}变好{{ else }}变差{{ end }}</small></span>{{ else }}<span class="nil" aria-hidden="true">—</span><span class="sr">没有上期数据可比</span>{{ end }}{{ end }}"""


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
            text = json.dumps({"title": page["title"], "params": page}, ensure_ascii=False)
            statement = page.pop("statement")
            text = json.dumps({"title": page["title"], "params": page}, ensure_ascii=False)
            _write(project / f"content/rounds/{round_}/{page['company']}.md", f"{text}\n\n{statement}")
    if way == "adapter":
        _write(project / "content/_content.gotmpl", ADAPTER)
    _write(project / "data/history.json", json.dumps(history, ensure_ascii=False))
    _write(project / "hugo.toml", CONFIG)
    _write(project / "layouts/single.html", CHANGE + _framed(bureau, rounds[-1]))


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
    framed = head + MAIN + method
    variables = {title: "{{ .Title }}", f"rounds/{round_}/{path.stem}": "rounds/{{ .Params.round }}/{{ .Params.company }}"}
    for shown, variable in variables.items():
        framed = framed.replace(shown, variable)
    return framed


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
