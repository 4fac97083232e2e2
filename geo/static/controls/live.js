/* A live region: screen readers announce what the map shows after a change. */

import { el, setText } from "../ui/dom.js";
import { shownNow } from "../ui/shown.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Control} Control */

const QUIET_MS = 500; // without a change, before the announcement: while playing or dragging there would be too many

/**
 * The live region of the page.
 * @param {Model} model
 * @returns {Control}
 */
export function createLive(model) {
  const element = el("div", { class: "geo-visually-hidden", role: "status", "aria-live": "polite" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function say() {
    setText(element, shownNow(model));
  }

  const stop = model.on("change", ({ changed }) => {
    if (!changed.has("years") && !changed.has("filters") && !changed.has("layers")) return;
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
