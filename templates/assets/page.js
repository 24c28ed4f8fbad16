/* What only a script can do on a page that reads without one: buttons that print it, and that copy a text. */
(function () {
  "use strict";

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

  function add() {
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
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", add);
  else add();
})();
