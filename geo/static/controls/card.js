/* The title card: title, subtitle, the counts of what is shown now, the filters that are set, and how far the data reach. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { button, el, icon, setText } from "../ui/dom.js";
import * as shown from "../ui/shown.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Part} Part */
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
  const next = button("geo-card-link geo-card-next", { text: " " }, () => {
    const years = shown.nearest(model);
    if (years) model.set({ years }, { source: "timebar" });
  });
  const chips = createChips(model);
  const date = shown.dataDate(options);
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
    el("p", { class: "geo-summary" }, counts, next, unplaced, undated),
    chips.element,
    date && el("p", { class: "geo-data-date" }, date),
    model.rest && el("p", { class: "geo-rest" }, binText.rule(model)),
    leftOut,
  );

  function update() {
    const head = shown.head(model.derived.tallies, model.state.years);
    setText(counts, head.counts);
    leftOut.hidden = !binText.leftOut(model);
    setText(leftOut, binText.leftOut(model));
    const near = shown.nearest(model);
    note(next, near ? t("shown.nearest", { year: String(near[0]) }) : "");
    note(unplaced, head.unplaced);
    note(undated, head.undated);
    chips.update();
  }

  const stop = model.on("change", ({ changed, source }) => {
    if (!COUNTED.some((part) => changed.has(part))) return;
    // While it plays the card does not shrink and grow with its lines: on a phone the map lies under it.
    element.style.minHeight = source === "player" ? `${element.getBoundingClientRect().height}px` : "";
    update();
  });
  update();
  return { element, destroy: stop };
}

/**
 * Show how many records are in a group that the counts leave out, if any.
 * @param {HTMLButtonElement} button
 * @param {string} text
 */
const note = (button, text) => {
  button.hidden = text === "";
  setText(button, text);
};

/**
 * The filters that are set, each a button that removes it; the focus stays in the row, or goes to the title card's first button.
 * @param {Model} model
 */
function createChips(model) {
  const element = el("ul", { class: "geo-chips", "aria-label": t("filter.set"), hidden: true });
  let drawn = "";

  function update() {
    const filters = shown.activeFilters(model);
    const now = JSON.stringify(filters);
    if (now === drawn) return;
    drawn = now;
    const focused = [...element.children].findIndex((item) => item.contains(document.activeElement));
    element.hidden = filters.length === 0;
    element.replaceChildren(...filters.map(chip));
    if (focused < 0) return;
    const next = element.children[Math.min(focused, filters.length - 1)]?.querySelector("button");
    const other = element.parentElement?.querySelector("button");
    (next ?? other)?.focus({ preventScroll: true });
  }

  /** @param {shown.ActiveFilter} filter */
  function chip({ name, text, without }) {
    const remove = () => {
      const filters = { ...model.state.filters, ...without.filters };
      model.set({ ...without, filters }, { source: "filters" });
    };
    return el(
      "li",
      { class: `geo-filter-chip geo-filter-chip-${name}` },
      el(
        "button",
        { type: "button", class: "geo-button", "aria-label": t("filter.remove", { filter: text }), onclick: remove },
        el("bdi", {}, text),
        icon("close"),
      ),
    );
  }

  return { element, update };
}
