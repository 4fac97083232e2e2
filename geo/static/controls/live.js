/* Tells a screen reader what a change shows, once the reader rests: sight sees the map change, this says it. */

import { shownNow } from "../ui/bin_text.js";
import { el, setText } from "../ui/dom.js";

const QUIET_MS = 500;

export function createLive(model) {
  const element = el("div", { class: "geo-visually-hidden", role: "status", "aria-live": "polite" });
  let timer = null;

  function say() {
    timer = null;
    setText(element, shownNow(model));
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
}
