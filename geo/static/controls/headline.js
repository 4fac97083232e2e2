/* The head of an embedded map: its title, and in one line what is shown, every filter included. */

import { t } from "../core/i18n.js";
import { el, setText } from "../ui/dom.js";
import { shownNow } from "../ui/shown.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Options} Options */

/**
 * The head of an embedded map.
 * @param {Model} model
 * @param {Options} options
 * @param {boolean} [titled] Whether it shows the title: not below a headline that says the same.
 * @returns {Control}
 */
export function createHeadline(model, options, titled = true) {
  const shown = el("p", { class: "geo-headline-shown", dir: "auto" });
  const element = el(
    "div",
    { class: "geo-headline" },
    el(
      "h1",
      { class: titled ? "geo-headline-title" : "geo-visually-hidden", dir: "auto" },
      options.title || t("title"),
    ),
    shown,
  );

  function update() {
    setText(shown, shownNow(model));
  }

  const stop = model.on(
    "change",
    ({ changed }) => (changed.has("years") || changed.has("filters") || changed.has("layers")) && update(),
  );
  update();
  return { element, destroy: stop };
}
