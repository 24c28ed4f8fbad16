/* Narrows the list of items by company, topic and status. Without this script the page shows them all. */
(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) return;
  var items = [].slice.call(document.querySelectorAll("article[data-standing]"));
  var shelves = [].slice.call(document.querySelectorAll("section.shelf"));
  var shown = form.querySelector("output");

  function fits(item) {
    return [].every.call(form.querySelectorAll("select"), function (select) {
      return !select.value || item.getAttribute("data-" + select.name) === select.value;
    });
  }

  function narrow() {
    var count = 0;
    items.forEach(function (item) {
      item.hidden = !fits(item);
      if (!item.hidden) count += 1;
    });
    shelves.forEach(function (shelf) {
      shelf.hidden = !shelf.querySelector("article:not([hidden])");
    });
    shown.textContent = shown.getAttribute("data-words").replace("{n}", String(count));
  }

  form.hidden = false;
  form.addEventListener("change", narrow);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  narrow();
})();
