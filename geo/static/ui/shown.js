/* What the map shows now, in words: the line that head, embed, picture, print, announcements and saved files share. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import * as binText from "./bin_text.js";
import { isoDay, period } from "./describe.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").PartialState} PartialState */
/** @typedef {import("../types/model.d.ts").Tally} Tally */
/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {{ name: string, text: string, without: PartialState }} ActiveFilter `without`: what to set to remove it. */

/**
 * How many records of one kind are shown: "3 of 61 distinct incidents in 5 reports, 2021".
 * @param {Tally} tally
 * @param {Years | null} years
 */
function counted({ counted: kind, count, of, reports }, years) {
  const key = kind === "incident" && reports !== count ? "distinct" : kind;
  return t(`shown.${key}`, { count, of, reports, period: period(years) });
}

/**
 * The parts of the head: counts, what is not placed, and what belongs to no year ("27 undated; 2 known only to be before a date").
 * @param {Tally[]} tallies
 * @param {Years | null} years
 */
export function head(tallies, years) {
  /** @param {"unplaced" | "undated" | "before"} name */
  const sum = (name) => tallies.reduce((all, one) => all + one[name], 0);
  const [unplaced, undated, before] = [sum("unplaced"), sum("undated"), sum("before")];
  const noYear = [
    undated && t(years ? "shown.undated_left_out" : "shown.undated", { count: undated }),
    before && t("shown.before", { count: before }),
  ];
  return {
    counts: tallies.map((one) => counted(one, years)).join("; "),
    unplaced: unplaced ? t("shown.unplaced", { count: unplaced }) : "",
    undated: noYear.filter(Boolean).join("; "),
    noYear: undated + before,
    before,
  };
}

/**
 * Where the next records are, or the last ones before, if the period has none; null where it has some, or nothing passes the filters.
 * @param {Model} model
 * @returns {Years | null}
 */
export function nearest({ state: { years }, derived: { tallies, byYear } }) {
  if (!years || tallies.some(({ count }) => count > 0)) return null;
  const width = byYear.types.length;
  const full = byYear.years.filter((_, k) => byYear.counts.subarray(k * width, (k + 1) * width).some((n) => n > 0));
  const year = full.find((one) => one > years[1]) ?? full.findLast((one) => one < years[0]);
  return year === undefined ? null : [year, year];
}

/**
 * The filters that are set, each with the state without it.
 * @param {Model} model
 * @returns {ActiveFilter[]}
 */
export function activeFilters({ state: { years, filters } }) {
  /** @type {ActiveFilter[]} */
  const out = [];
  if (years) out.push({ name: "years", text: period(years), without: { years: null } });
  for (const column of /** @type {const} */ (["event_type", "group"])) {
    for (const word of filters[column]) {
      const others = filters[column].filter((other) => other !== word);
      const text = t("filter.is", { name: t(`filter.${column}`), value: i18n.word(column, word) });
      out.push({ name: column, text, without: { filters: { [column]: others } } });
    }
  }
  if (filters.precision === "exact")
    out.push({ name: "precision", text: t("filter.exact"), without: { filters: { precision: "all" } } });
  if (filters.cross_border)
    out.push({ name: "cross_border", text: t("filter.cross_border"), without: { filters: { cross_border: false } } });
  if (filters.on)
    out.push({ name: "on", text: t("filter.on", { date: isoDay(filters.on) }), without: { filters: { on: "" } } });
  if (filters.text)
    out.push({ name: "text", text: t("filter.text", { text: filters.text }), without: { filters: { text: "" } } });
  return out;
}

/**
 * The filters other than the period, which the counts name, in words; "" for none.
 * @param {Model} model
 */
export function filterWords(model) {
  return activeFilters(model)
    .filter(({ name }) => name !== "years")
    .map(({ text }) => text)
    .join("; ");
}

/**
 * What the map shows now, with every filter, in one sentence.
 * @param {Model} model
 * @returns {string}
 */
export function shownNow(model) {
  const { counts, unplaced, undated } = head(model.derived.tallies, model.state.years);
  return [counts, filterWords(model), unplaced, undated, binText.leftOut(model)].filter(Boolean).join("; ");
}

/**
 * How far the data reach: "Records to 23 March 2024; 3 of 5 sources undated"; "" where nothing is dated.
 * @param {Options} options
 */
export function dataDate({ about = {} }) {
  const { last_record: last, sources = [] } = about;
  const undated = sources.filter(({ published }) => !published).length;
  const parts = [
    last && t("data.last", { date: isoDay(last) }),
    undated && t("data.undated", { count: undated, of: sources.length }),
  ];
  return parts.filter(Boolean).join("; ");
}
