/* The title card: title, subtitle and the counts of what is shown now. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { countedAlone, countIncidents } from "../ui/counts.js";
import * as describe from "../ui/describe.js";
import { button, el, setText } from "../ui/dom.js";

/** @typedef {import("../types/model.d.ts").Part} Part */

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Options} Options */

/** @type {Part[]} The parts of the state on which the counts depend. */
const COUNTED = ["years", "filters", "layers"];

/**
 * The title card, with buttons that open "About this map" and the list at its group of unplaced or undated records.
 * @param {Model} model
 * @param {Options} options
 * @param {Actions} actions
 * @returns {Control}
 */
export function createCard(model, options, actions) {
  const counts = el("span", { class: "geo-card-counts" });
  const unplaced = button("geo-card-link", { text: " " }, () => actions.list("unplaced"));
  const undated = button("geo-card-link", { text: " " }, () => actions.list("undated"));
  const leftOut = el("p", { class: "geo-rest geo-rest-left-out", hidden: true });
  const element = el(
    "div",
    { class: "geo-card" },
    el(
      "div",
      { class: "geo-card-head" },
      el("h1", { class: "geo-title", dir: "auto" }, options.title || t("title")),
      button("geo-about-open", { icon: "info", label: t("about.open"), "aria-haspopup": "dialog" }, actions.about),
    ),
    options.subtitle && el("p", { class: "geo-subtitle", dir: "auto" }, options.subtitle),
    el("p", { class: "geo-summary" }, counts, unplaced, undated),
    model.rest && el("p", { class: "geo-rest" }, binText.rule(model)),
    leftOut,
  );

  function update() {
    const { totals } = model.derived;
    const { years } = model.state;
    const alone = countedAlone(model);
    setText(counts, alone ?? describe.counted(totals, countIncidents(model), years));
    leftOut.hidden = !binText.leftOut(model);
    setText(leftOut, binText.leftOut(model));
    note(unplaced, alone ? 0 : totals.unplaced, t("shown.unplaced", { count: totals.unplaced }));
    note(undated, alone ? 0 : totals.undated + totals.before, describe.undated(totals, years));
  }

  const stop = model.on("change", ({ changed }) => COUNTED.some((part) => changed.has(part)) && update());
  update();
  return { element, destroy: stop };
}

/**
 * Show how many records are in a group that the counts leave out, if any.
 * @param {HTMLButtonElement} button
 * @param {number} count
 * @param {string} text
 */
const note = (button, count, text) => {
  button.hidden = count === 0;
  setText(button, text);
};
