/* Narrows the list of items by company, topic and status. Without this script the page shows them all. */
(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) return;
  var selects = [].slice.call(form.querySelectorAll("select"));
  var shown = form.querySelector("output");

  function fits(item) {
    return selects.every(function (select) {
      return !select.value || item.getAttribute("data-" + select.name) === select.value;
    });
  }

  /* The count of a shelf is of all its items, so it goes while only some are shown; the link to an empty shelf goes too. */
  function tidy(shelf, narrowed) {
    var heading = shelf.querySelector("h2");
    var link = document.querySelector('.parts a[href="#' + heading.id + '"]');
    shelf.hidden = !shelf.querySelector("article:not([hidden])");
    heading.querySelector("small").hidden = narrowed;
    if (link) link.parentNode.hidden = shelf.hidden;
  }

  function all(what) { return [].slice.call(document.querySelectorAll(what)); }

  function narrow() {
    var count = 0;
    var narrowed = selects.some(function (select) { return select.value; });
    all("article[data-standing]").forEach(function (item) {
      item.hidden = !fits(item);
      if (!item.hidden) count += 1;
    });
    all("section.shelf").forEach(function (shelf) { tidy(shelf, narrowed); });
    shown.textContent = shown.getAttribute("data-words").replace("{n}", String(count));
  }

  form.hidden = false;
  form.addEventListener("change", narrow);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  /* The items stand below and are not there yet; the count has its line. */
  shown.textContent = "\u00a0";
  document.addEventListener("DOMContentLoaded", narrow);
})();
