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

  function select(source) {
    window.getSelection().selectAllChildren(source);
  }

  /* Where a page is not served safely (from a folder, over plain http) the clipboard is closed to scripts. */
  function copy(source, done) {
    select(source);
    if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(done, function () {});
    else if (document.execCommand("copy")) done();
  }

  [].forEach.call(document.querySelectorAll("[data-print]"), function (place) {
    place.appendChild(button(place.getAttribute("data-print"), function () { window.print(); }));
  });
  [].forEach.call(document.querySelectorAll("[data-copy]"), function (source) {
    var one = button(source.getAttribute("data-copy"), function () {
      copy(source, function () { one.textContent = source.getAttribute("data-copied"); });
    });
    source.parentNode.insertBefore(one, source.nextSibling);
  });
})();
