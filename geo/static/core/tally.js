/* What the head and the time bar count: the kinds of record that the layers on the map draw. */

import { FAILS } from "./filter.js";
import { FORM } from "./marks.js";

/** @import { Rows } from "../types/data.d.ts" */
/** @import { Counted, Tally, Years } from "../types/model.d.ts" */
/** @typedef {(i: number) => boolean} Test */

/** @type {Record<Counted, string>} The kind of record that each stands for. */
const KIND = { incident: "incident", stronghold: "stronghold", cross_border: "incident", statistic: "statistic" };

/**
 * What a map with these layers counts: incidents where it draws them, else claimed strongholds, attacks across borders, reported
 * totals, whichever it draws. A map without layers counts incidents.
 * @param {string[]} layers
 * @returns {Counted[]}
 */
export function countedBy(layers) {
  if (layers.includes("choropleth") || layers.includes("incidents")) return ["incident"];
  /** @type {[string, Counted][]} */
  const others = [
    ["strongholds", "stronghold"],
    ["cross_border", "cross_border"],
  ];
  const drawn = others.filter(([layer]) => layers.includes(layer)).map(([, counted]) => counted);
  return drawn.length ? drawn : [layers.includes("statistics") ? "statistic" : "incident"];
}

/**
 * Whether a row is of what is counted.
 * @param {Rows} rows
 * @param {Counted} counted
 * @returns {Test}
 */
export function isCounted(rows, counted) {
  const kind = rows.column("kind");
  const code = rows.words("kind").indexOf(KIND[counted]) + 1;
  if (!code) return () => false;
  if (counted !== "cross_border") return (i) => kind[i] === code;
  const abroad = rows.column("cross_border");
  return (i) => kind[i] === code && abroad[i] === 1;
}

/**
 * Whether a row is placed: an incident in a province, anything else by a mark on the map.
 * @param {Rows} rows
 * @param {Counted} counted
 * @returns {Test}
 */
function isPlaced(rows, counted) {
  const { form } = rows;
  if (counted !== "incident") return (i) => form[i] !== FORM.NONE;
  const province = rows.column("admin1_code");
  return (i) => province[i] !== 0;
}

/** A row that belongs to no year and passes every other filter. @param {Rows} rows @returns {Test} */
const isUndated =
  ({ first, fails }) =>
  (i) =>
    first[i] === 0 && (fails[i] & ~FAILS.years) === 0;

/**
 * Count the rows of one kind under the filters that `rows.fails` holds.
 * @param {Rows} rows
 * @param {Counted} counted
 * @returns {Tally}
 */
export function tally(rows, counted) {
  const { n, fails, last, weight, reports } = rows;
  const [is, placed, undated] = [isCounted(rows, counted), isPlaced(rows, counted), isUndated(rows)];
  const out = { counted, count: 0, of: 0, reports: 0, unplaced: 0, undated: 0, before: 0 };
  for (let i = 0; i < n; i++) {
    if (!is(i)) continue;
    const times = weight[i];
    out.of += times;
    if (undated(i)) out[last[i] === 0 ? "undated" : "before"] += times;
    if (fails[i]) continue;
    out.count += times;
    out.reports += reports[i];
    if (!placed(i)) out.unplaced += times;
  }
  return out;
}

/**
 * How many rows of some kinds each year has, whatever the filters.
 * @param {Rows} rows
 * @param {Counted[]} kinds
 * @param {Years} extent
 */
export function inEachYear(rows, kinds, [from, to]) {
  const counts = new Uint32Array(to - from + 1);
  for (const is of kinds.map((one) => isCounted(rows, one))) {
    for (let i = 0; i < rows.n; i++) {
      if (rows.first[i] === 0 || !is(i)) continue;
      for (let year = rows.first[i]; year <= rows.last[i]; year++) counts[year - from] += rows.weight[i];
    }
  }
  return counts;
}

/**
 * How many rows of some kinds touch a period and pass all filters but the years: each once, however many of its years it touches.
 * @param {Rows} rows
 * @param {Counted[]} kinds
 * @param {Years} period
 */
export function between(rows, kinds, [from, to]) {
  const { n, fails, first, last, weight } = rows;
  const tests = kinds.map((one) => isCounted(rows, one));
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (fails[i] & ~FAILS.years || first[i] === 0 || first[i] > to || last[i] < from) continue;
    if (tests.some((is) => is(i))) count += weight[i];
  }
  return count;
}

/**
 * Mask of the records that `tally` counts as unplaced or as undated: what a reader finds behind the number.
 * @param {Rows} rows
 * @param {Counted[]} kinds
 * @param {"unplaced" | "undated"} group
 */
export function members(rows, kinds, group) {
  const { records, fails, weight } = rows;
  const mask = new Uint8Array(records);
  const undated = isUndated(rows);
  for (const counted of kinds) {
    const [is, placed] = [isCounted(rows, counted), isPlaced(rows, counted)];
    for (let i = 0; i < records; i++) {
      if (weight[i] && is(i) && (group === "undated" ? undated(i) : fails[i] === 0 && !placed(i))) mask[i] = 1;
    }
  }
  return mask;
}
