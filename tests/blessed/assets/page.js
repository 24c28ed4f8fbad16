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
window.addEventListener("storage", recall);
window.addEventListener("pageshow", recall);
recall();
if (on.length) root.style.visibility = "hidden";
sheet.onload = sheet.onerror = window.onload = function () { root.style.visibility = ""; };
function button(label, act) {
var one = document.createElement("button");
one.type = "button";
one.textContent = label;
one.addEventListener("click", act);
return one;
}
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
