/* The switches for the senior view, large type and high contrast. This device remembers them; where it may not, they
   hold for the page. Stands in the head, so that the first thing drawn is right. Without it there are no switches. */
(function () {
  "use strict";
  var KEY = "publisher-modes";
  var KNOWN = ["senior", "large", "contrast"];
  var root = document.documentElement;
  var sheet = document.querySelector("link[disabled]");
  var on = [];

  function remembered() {
    try { return localStorage.getItem(KEY); } catch (refused) { return null; }
  }

  function remember() {
    try { localStorage.setItem(KEY, on.join(" ")); } catch (refused) { return; }
  }

  /* Only these words, whatever is stored. */
  function set(words) {
    on = KNOWN.filter(function (mode) { return words.indexOf(mode) >= 0; });
    root.setAttribute("data-modes", on.join(" "));
    sheet.disabled = !on.length;
    KNOWN.forEach(function (mode) {
      var button = document.querySelector('[data-mode="' + mode + '"]');
      if (button) button.setAttribute("aria-pressed", String(on.indexOf(mode) >= 0));
    });
  }

  function recall() { set((remembered() || "").split(" ")); }

  document.addEventListener("click", function (event) {
    var mode = event.target.getAttribute("data-mode");
    if (!mode) return;
    set(on.indexOf(mode) < 0 ? on.concat(mode) : on.filter(function (one) { return one !== mode; }));
    remember();
  });
  document.addEventListener("DOMContentLoaded", function () { set(on); });
  /* Switched in another tab, or on a page to which the reader goes back. */
  window.addEventListener("storage", function (event) { if (event.key === KEY) recall(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) recall(); });
  recall();
})();
