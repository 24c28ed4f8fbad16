/* Two or three companies of one sector side by side. The figures of a round load as a script, so that this works from a
   folder too. Without this script the page leads to a table of neighbours for each round. */
(function () {
  "use strict";
  var form = document.getElementById("compare");
  if (!form) return;
  var picks = [].slice.call(form.querySelectorAll("select"));
  var round = picks[0], sector = picks[1], chosen = picks.slice(2);
  var table = form.querySelector("table");
  var answer = table.parentNode;
  var told = form.querySelector("output");
  var files = {};
  var turn = 0;

  /* Every file is a call of this. */
  window.publisherCompare = function (name, data) { files[name] = data; };

  function load(name, done) {
    if (files[name]) { done(); return; }
    var script = document.createElement("script");
    script.src = round.options[round.selectedIndex].getAttribute("data-file");
    script.onload = done;
    script.onerror = function () { told.textContent = say("failed"); answer.hidden = true; form.className = "failed"; };
    document.head.appendChild(script);
  }

  function say(key, values) {
    return form.getAttribute("data-" + key).replace(/\{(\w+)\}/g, function (whole, name) { return values && values[name] || whole; });
  }

  function element(name, text, parent) {
    var one = document.createElement(name);
    if (text) one.textContent = text;
    return parent ? parent.appendChild(one) : one;
  }

  function link(text, address, parent) {
    var one = element("a", text, parent);
    one.href = address;
    return one;
  }

  /* A cell is: what is printed, its marks, its interval, its base; and the two ends of what it may be, if they are known. */
  function likeness(one, other) {
    if (one.length < 2 || other.length < 2) return "none";
    if (one[0] === other[0]) return "same";
    if (one.length < 6 || other.length < 6) return "unknown";
    var a = one.slice(4).map(Number), b = other.slice(4).map(Number);
    var sampled = a[0] < a[1] || b[0] < b[1];
    return sampled && a[0] <= b[1] && b[0] <= a[1] ? "alike" : "apart";
  }

  function difference(names, cells) {
    var pairs = [];
    cells.forEach(function (one, n) {
      cells.slice(n + 1).forEach(function (other, m) { pairs.push([names[n], names[n + 1 + m], likeness(one, other)]); });
    });
    if (pairs.every(function (pair) { return pair[2] === pairs[0][2]; })) return say("all-" + pairs[0][2]);
    var words = pairs.filter(function (pair) { return pair[2] !== "apart" && pair[2] !== "none"; });
    return words.map(function (pair) { return say("pair-" + pair[2], {one: pair[0], other: pair[1]}); }).join(say("and")) || say("all-apart");
  }

  function cell(found, name, row) {
    var one = element("td", "", row);
    one.className = "n";
    one.setAttribute("data-label", name);
    var inner = element("span", "", one);
    element("span", found[0], inner).className = found.length < 2 ? "nil" : "num";
    if (found[1]) {
      inner.appendChild(document.createTextNode(" "));
      element("small", found[1], inner).className = "flag";
    }
    if (found[2]) below(found[2], inner, say("interval"));
    if (found[3]) below(found[3], inner);
  }

  /* On a line of its own; what it is called is said to those who do not see where it stands. */
  function below(text, parent, called) {
    element("br", "", parent);
    var small = element("small", "", parent);
    if (called) element("span", called + " ", small).className = "sr";
    small.appendChild(document.createTextNode(text));
  }

  function line(found, names, places, body) {
    var row = element("tr", "", body);
    var head = element("th", "", row);
    head.scope = "row";
    if (found[1]) link(found[0], found[1], head); else element("strong", found[0], head);
    if (found[2]) { element("br", "", head); element("small", found[2], head); }
    var cells = places.map(function (place) { return found[3][place]; });
    cells.forEach(function (one, n) { cell(one, names[n], row); });
    var last = element("td", found[2] ? difference(names, cells) : say("all-listed"), row);
    last.setAttribute("data-label", say("difference"));
  }

  function show() {
    var here = files[round.value][sector.value];
    var places = chosen.map(function (one) { return one.value; }).filter(function (value, n, all) {
      return value !== "" && all.indexOf(value) === n;
    }).map(Number);
    var companies = places.map(function (place) { return here.companies[place]; });
    var names = companies.map(function (one) { return one[2]; });
    var body = table.tBodies[0], head = table.tHead.rows[0];
    var full = companies.map(function (one) { return one[1]; }).join(say("comma"));
    body.textContent = "";
    while (head.cells.length > 1) head.removeChild(head.lastChild);
    table.caption.textContent = say("caption", {names: full});
    companies.forEach(function (one) {
      var th = element("th", "", head);
      th.scope = "col";
      th.className = "n";
      link(one[2], one[3], th);
    });
    element("th", say("difference"), head).scope = "col";
    here.rows.forEach(function (found) { line(found, names, places, body); });
    answer.hidden = places.length < 2;
    told.textContent = "";
    history.replaceState(null, "", "#" + [round.value].concat(companies.map(function (one) { return one[0]; })).join("/"));
  }

  /* Options 0, 1, ... with these texts; what stood there before is replaced, but for what has no value. */
  function fill(select, texts, value) {
    [].slice.call(select.options).forEach(function (one) { if (one.value !== "") select.removeChild(one); });
    texts.forEach(function (text, n) { element("option", text, select).value = n; });
    select.value = value;
  }

  /* `asked` are ids of companies: the sector is that of the first. */
  function choose(asked) {
    var mine = turn += 1;
    load(round.value, function () {
      if (mine !== turn) return;
      var data = files[round.value];
      var of = 0;
      data.forEach(function (one, n) { if (place(one, asked[0]) >= 0) of = n; });
      fill(sector, data.map(function (one) { return one.name; }), of);
      if (data.length) companies(asked); else { answer.hidden = true; told.textContent = say("none"); }
    });
  }

  function place(group, id) { return group.companies.map(function (one) { return one[0]; }).indexOf(id); }

  function companies(asked) {
    var group = files[round.value][sector.value];
    var names = group.companies.map(function (one) { return one[2]; });
    chosen.forEach(function (select, n) {
      var found = place(group, asked[n]);
      fill(select, names, found >= 0 ? found : n < 2 ? n : "");
    });
    show();
  }

  function follow() {
    var asked = location.hash.slice(1).split("/");
    round.value = asked[0];
    if (round.selectedIndex < 0) round.selectedIndex = 0;
    choose(asked.slice(1));
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  round.addEventListener("change", function () { choose([]); });
  sector.addEventListener("change", function () { companies([]); });
  chosen.forEach(function (select) { select.addEventListener("change", show); });
  window.addEventListener("hashchange", follow);
  follow();
})();
