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
    try { return localStorage.getItem(KEY); } catch (refused) { return on.join(" "); }
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
  /* Switched in another tab, or on a page to which the reader goes back. */
  window.addEventListener("storage", recall);
  window.addEventListener("pageshow", recall);
  recall();
  /* No browser waits for a sheet that a script asks for: nothing is drawn until it came, or failed to. */
  if (on.length) root.style.visibility = "hidden";
  sheet.onload = sheet.onerror = window.onload = function () { root.style.visibility = ""; };

  /* What only a script can do on a page that reads without one: buttons that print it, and that copy a text. */

  function button(label, act) {
    var one = document.createElement("button");
    one.type = "button";
    one.textContent = label;
    one.addEventListener("click", act);
    return one;
  }

  /* Where a page is not served safely (from a folder, over plain http) the clipboard is closed to scripts. */
  function copy(source, done) {
    window.getSelection().selectAllChildren(source);
    if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(done, function () {});
    else if (document.execCommand("copy")) done();
  }

  function each(things, act) {
    [].forEach.call(things, act);
  }

  document.addEventListener("DOMContentLoaded", function () {
    set(on);
    each(document.querySelectorAll("[data-print]"), function (place) {
      place.appendChild(button(place.getAttribute("data-print"), function () { window.print(); }));
    });
    /* Every citation and every line of code in a list that says how the button is called. */
    each(document.querySelectorAll("[data-copy]"), function (list) {
      each(list.querySelectorAll("p[lang], pre"), function (source) {
        var one = button(list.getAttribute("data-copy"), function () {
          copy(source, function () { one.textContent = list.getAttribute("data-copied"); });
        });
        source.parentNode.insertBefore(one, source.nextSibling);
      });
    });
  });
})();
