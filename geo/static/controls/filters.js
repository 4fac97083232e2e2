/* Filters other than the years: event type, group, precision, cross-border; each option with its count under the other filters. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { button, el, setText } from "../ui/dom.js";

/** @typedef {import("../types/model.d.ts").Filters} Filters */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {"event_type" | "group"} ListColumn */
/** @typedef {(filters: Partial<Filters>) => void} SetFilters */

/** @type {Filters} */
const NONE = { event_type: [], group: [], precision: "all", cross_border: false, text: "", on: "" };
const EXACT = ["site", "city"];
const FIRST = 8; // options shown before "show all"

/**
 * The section of filters; the search of the list is shown here, because the reset button clears it as well.
 * @param {Model} model
 * @returns {Control}
 */
export function createFilters(model) {
  /** @type {SetFilters} */
  const set = (filters) => model.set({ filters: { ...model.state.filters, ...filters } }, { source: "filters" });
  /** @type {ReturnType<typeof wordList>[]} */
  const lists = [wordList(model, "event_type", set), wordList(model, "group", set)];
  const exact = flag("filter.exact", (on) => set({ precision: on ? "exact" : "all" }));
  const abroad = flag("filter.cross_border", (on) => set({ cross_border: on }));
  const searched = el("p", { class: "geo-searched", dir: "auto" });
  const reset = button("geo-reset", { text: t("filter.reset") }, () => set({ ...NONE }));
  const element = el(
    "section",
    { class: "geo-section geo-filters", "aria-label": t("filter.region") },
    el("div", { class: "geo-section-head" }, el("h2", {}, t("filter.title")), reset),
    lists.map((list) => list.element),
    model.rest && el("p", { class: "geo-how" }, t("rest.groups")),
    exact.element,
    abroad.element,
    searched,
  );

  function update() {
    const { filters } = model.state;
    const { facets } = model.derived;
    for (const list of lists) list.update();
    exact.update(
      filters.precision === "exact",
      EXACT.reduce((sum, word) => sum + (facets.precision.get(word) ?? 0), 0),
    );
    abroad.update(filters.cross_border, facets.cross_border);
    searched.hidden = !filters.text;
    setText(searched, t("filter.text", { text: filters.text }));
    reset.disabled = !filterActive(filters);
  }

  const stop = model.on("change", ({ changed }) => (changed.has("years") || changed.has("filters")) && update());
  update();
  return { element, destroy: stop };
}

/**
 * Whether any filter other than the years is set.
 * @param {Filters} filters
 */
function filterActive(filters) {
  return (
    filters.event_type.length > 0 ||
    filters.group.length > 0 ||
    filters.precision !== "all" ||
    filters.cross_border ||
    filters.text !== ""
  );
}

/**
 * A checkbox; `onchange` is called when the reader changes it.
 * @param {() => void} onchange
 */
function checkbox(onchange) {
  return el("input", { type: "checkbox", onchange });
}

/**
 * A filter that is on or off, with the number of records that pass it.
 * @param {string} key
 * @param {(on: boolean) => void} onchange
 */
function flag(key, onchange) {
  const input = checkbox(() => onchange(input.checked));
  const count = el("span", { class: "geo-count" });
  return {
    element: el("label", { class: "geo-option" }, input, el("span", { class: "geo-entry-name" }, t(key)), count),
    /**
     * @param {boolean} on
     * @param {number} number
     */
    update(on, number) {
      input.checked = on;
      setText(count, i18n.number(number));
    },
  };
}

/**
 * The options of one column, sorted by their counts at the start and not again, so that no option moves under the pointer.
 * @param {Model} model
 * @param {ListColumn} column
 * @param {SetFilters} set
 */
function wordList(model, column, set) {
  const words = byFrequency(model.derived.facets[column]);
  const state = el("span", { class: "geo-filter-state", dir: "auto" });
  const options = el("div", { class: "geo-options", role: "group", "aria-label": t(`filter.${column}`) });
  const element = el(
    "details",
    { class: "geo-filter" },
    el("summary", {}, el("span", {}, t(`filter.${column}`)), state),
    options,
  );
  const rows = words.map((word, k) => row(word, k));
  const more = button("geo-more", { text: t("filter.more", { count: words.length }) }, () => {
    for (const one of rows) one.element.hidden = false;
    more.remove();
  });
  options.append(...rows.map((one) => one.element));
  if (words.length > FIRST) options.append(more);
  element.hidden = words.length === 0;

  /**
   * @param {string} word
   * @param {number} k
   */
  function row(word, k) {
    const input = checkbox(() => {
      const others = model.state.filters[column].filter((other) => other !== word);
      set({ [column]: input.checked ? [...others, word] : others });
    });
    const count = el("span", { class: "geo-count" });
    const label = el(
      "label",
      { class: "geo-option", hidden: k >= FIRST },
      input,
      el("span", { class: "geo-entry-name", dir: "auto" }, i18n.word(column, word)),
      count,
    );
    return { element: label, word, input, count };
  }

  return {
    element,
    update() {
      const chosen = model.state.filters[column];
      const counts = model.derived.facets[column];
      for (const { element: label, word, input, count } of rows) {
        const number = counts.get(word) ?? 0;
        input.checked = chosen.includes(word);
        if (input.checked) label.hidden = false;
        label.classList.toggle("geo-none", number === 0);
        setText(count, i18n.number(number));
      }
      setText(state, chosen.length ? chosen.map((word) => i18n.word(column, word)).join(", ") : t("filter.all"));
    },
  };
}

/**
 * @param {Map<string, number>} counts
 * @returns {string[]}
 */
function byFrequency(counts) {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
}
