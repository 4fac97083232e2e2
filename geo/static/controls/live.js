/* Tells a screen reader what a change shows, once the reader rests: sight sees the map change, this says it. */
(function (geo) {
  "use strict";

  geo.controls ??= {};
  const QUIET_MS = 500;

  geo.controls.live = function (model) {
    const element = geo.el("div", { class: "geo-visually-hidden", role: "status", "aria-live": "polite" });
    let timer = null;

    function say() {
      timer = null;
      geo.setText(element, geo.shownNow(model));
    }

    const stop = model.on("change", ({ changed }) => {
      if (!changed.has("years") && !changed.has("filters")) return;
      clearTimeout(timer);
      timer = setTimeout(say, QUIET_MS);
    });
    return {
      element,
      destroy() {
        clearTimeout(timer);
        stop();
      },
    };
  };
})((globalThis.geo ??= {}));
