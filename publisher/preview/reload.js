// Reloads the page when the preview has built a newer version than the one it was sent with.
(() => {
  "use strict";
  const mine = new URL(document.currentScript.src).search.slice(1);
  let events = null;

  const listen = () => {
    events ??= new EventSource("/-/events");
    events.onmessage = (event) => {
      if (event.data !== mine) location.reload();
    };
  };

  const rest = () => {
    events?.close();
    events = null;
  };

  // Browsers allow some six connections to one server: pages in the background give theirs up.
  const update = () => (document.hidden ? rest() : listen());

  document.addEventListener("visibilitychange", update);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", update);
  update();
})();
