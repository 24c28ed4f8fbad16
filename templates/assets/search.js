/* Finds what is typed in the index of the site. Its files load as scripts, so that this works from a folder too.
   Without this script the page lists the companies. */
(function () {
  "use strict";
  var MOST = 60;
  var form = document.getElementById("search");
  if (!form) return;
  var field = form.querySelector("input");
  var told = form.querySelector("output");
  var list = form.querySelector("ol");
  /* The index lies beside the page: every language of a site has its own. */
  var base = "search/";
  var files = {};
  var turn = 0;

  /* Every file is a call of this. */
  window.publisherSearch = function (name, data) { files[name].data = data; };

  function load(name, done) {
    var file = files[name];
    if (!file) {
      file = files[name] = { data: null, waiting: [] };
      var script = document.createElement("script");
      script.src = base + name + ".js";
      script.onload = function () { settle(file); };
      script.onerror = function () { delete files[name]; told.textContent = form.getAttribute("data-failed"); };
      document.head.appendChild(script);
    }
    file.waiting.push(done);
    if (file.data) settle(file);
  }

  function settle(file) {
    var waiting = file.waiting;
    file.waiting = [];
    waiting.forEach(function (done) { done(file.data); });
  }

  function loadAll(names, done) {
    var wanted = names.filter(function (name, n) { return names.indexOf(name) === n; });
    var left = wanted.length;
    if (!left) done();
    wanted.forEach(function (name) {
      load(name, function () { left -= 1; if (!left) done(); });
    });
  }

  /* As the index writes it: small letters, half-width signs; the length stays. */
  function plain(text) {
    return text.replace(/[\uff01-\uff5e]/g, function (sign) {
      return String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
    }).toLowerCase();
  }

  /* Signs, not halves of one. */
  function signs(word) { return word.match(/[\ud800-\udbff][\udc00-\udfff]|[^]/g) || []; }

  function shard(sign) {
    var high = sign.charCodeAt(0);
    var code = sign.length > 1 ? (high - 0xd800) * 0x400 + sign.charCodeAt(1) - 0xdc00 + 0x10000 : high;
    return "p" + (code % files.about.data.files);
  }

  function numbers(listed) {
    var sum = 0;
    return listed ? listed.split(",").map(function (gap) { sum += parseInt(gap, 36); return sum; }) : [];
  }

  function either(under) {
    var seen = {};
    Object.keys(under).forEach(function (second) {
      numbers(under[second]).forEach(function (number) { seen[number] = true; });
    });
    return Object.keys(seen).map(Number).sort(function (one, other) { return one - other; });
  }

  function both(some, others) {
    var there = {};
    others.forEach(function (number) { there[number] = true; });
    return some.filter(function (number) { return there[number]; });
  }

  /* The entries that may hold a word: where all its pairs are. */
  function holding(word) {
    var parts = signs(word);
    var found = null;
    for (var n = 0; n < Math.max(parts.length - 1, 1); n += 1) {
      var under = files[shard(parts[n])].data[parts[n]] || {};
      var here = parts.length === 1 ? either(under) : numbers(under[parts[n + 1]]);
      found = found ? both(found, here) : here;
    }
    return found;
  }

  function fileOf(number) { return Math.floor(number / files.about.data.entries); }

  function entry(number) { return files["t" + fileOf(number)].data[number % files.about.data.entries]; }

  function holds(text, words) {
    var all = plain(text);
    return words.every(function (word) { return all.indexOf(word) >= 0; });
  }

  function marked(parent, text, words) {
    var rest = plain(text);
    var at = 0;
    while (at < text.length) {
      var next = text.length, length = 0;
      words.forEach(function (word) {
        var place = rest.indexOf(word, at);
        if (place >= 0 && (place < next || (place === next && word.length > length))) { next = place; length = word.length; }
      });
      parent.appendChild(document.createTextNode(text.slice(at, next)));
      if (!length) return;
      var mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      parent.appendChild(mark);
      at = next + length;
    }
  }

  /* The words round the first place in the text. */
  function excerpt(text, words) {
    var all = plain(text);
    var first = words.reduce(function (least, word) {
      var place = all.indexOf(word);
      return place >= 0 && (least < 0 || place < least) ? place : least;
    }, -1);
    var start = Math.max(first - 24, 0);
    return (start ? "…" : "") + text.slice(start, start + 100) + (text.length > start + 100 ? "…" : "");
  }

  function shown(one, words) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var kind = document.createElement("small");
    link.href = base.replace("search/", "") + one[2];
    marked(link, one[1], words);
    kind.textContent = files.about.data.kinds[one[0]];
    /* One block, so that a short text does not stand beside its title. */
    var block = item.appendChild(document.createElement("div"));
    block.appendChild(link);
    block.appendChild(document.createTextNode(" "));
    block.appendChild(kind);
    if (one[3]) {
      var text = document.createElement("p");
      text.className = "note";
      marked(text, excerpt(one[3], words), words);
      block.appendChild(text);
    }
    return item;
  }

  function show(found, more, words) {
    list.textContent = "";
    found.sort(function (one, other) { return holds(other[1], words) - holds(one[1], words); });
    found.forEach(function (one) { list.appendChild(shown(one, words)); });
    var key = !found.length ? "data-none" : more ? "data-many" : "data-some";
    told.textContent = form.getAttribute(key).replace("{n}", String(found.length));
  }

  function look() {
    var mine = turn += 1;
    /* Signs that nobody sees come along with what is pasted. */
    var words = plain(field.value.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")).split(/\s+/).filter(Boolean);
    function still(go) { return function () { if (mine === turn) go(); }; }
    history.replaceState(null, "", words.length ? "#q=" + encodeURIComponent(field.value) : location.href.split("#")[0]);
    if (!words.length) {
      list.textContent = told.textContent = "";
      return;
    }
    loadAll(["about"], still(function () {
      var shards = [];
      words.forEach(function (word) {
        signs(word).forEach(function (sign, n, all) { if (!n || n + 1 < all.length) shards.push(shard(sign)); });
      });
      loadAll(shards, still(function () {
        var numbersFound = words.map(holding).reduce(both);
        collect(numbersFound, 0, [], words, still);
      }));
    }));
  }

  /* Texts are fetched as far as they are needed for a full list. */
  function collect(candidates, from, found, words, still) {
    if (from >= candidates.length || found.length >= MOST) {
      show(found.slice(0, MOST), from < candidates.length || found.length > MOST, words);
      return;
    }
    var some = candidates.slice(from, from + MOST);
    loadAll(some.map(function (number) { return "t" + fileOf(number); }), still(function () {
      var fitting = some.map(entry).filter(function (one) { return holds([one[1], one[3], one[4]].join("\n"), words); });
      collect(candidates, from + MOST, found.concat(fitting), words, still);
    }));
  }

  var timer = 0;
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); look(); });
  field.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(look, 120); });
  function follow() {
    var asked = /#q=(.*)/.exec(location.hash);
    if (asked) {
      try { field.value = decodeURIComponent(asked[1]); } catch (broken) { field.value = asked[1]; }
      look();
    }
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
