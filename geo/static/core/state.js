/* The state: what the reader has chosen. Its initial value, merging, and differences; fragment.js formats it as an address. */

/** @import { LayerName, PartialState, State, Part, StatePart, Years } from "../types/model.d.ts" */

/** @type {LayerName[]} */
export const LAYERS = ["choropleth", "strongholds", "statistics", "cross_border", "incidents"]; // lowest on the map first
/** @type {StatePart[]} */
const PARTS = ["years", "metric", "layers", "view", "filters"];

/**
 * @param {string} metric
 * @returns {State}
 */
export function initialState(metric) {
  return {
    years: null,
    metric,
    layers: LAYERS.filter((name) => name !== "statistics"),
    view: null,
    filters: { event_type: [], group: [], precision: "all", cross_border: false, text: "", on: "" },
  };
}

/**
 * A period in order and inside the data's years; null for all years, the period before where `value` is no period.
 * @param {unknown} value
 * @param {Years | null} before
 * @param {Years | null} extent
 * @returns {Years | null}
 */
function period(value, before, extent) {
  if (value === null || !extent) return null;
  if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isFinite)) return before;
  const [from, to] = value.map((year) => Math.min(Math.max(Math.round(year), extent[0]), extent[1]));
  return from <= to ? [from, to] : [to, from];
}

/**
 * Merge `partial` into the state.
 * @param {State} state
 * @param {PartialState} partial
 * @param {{extent: Years | null, metrics: string[]}} known
 * @returns {State}
 */
export function mergeState(state, partial, { extent, metrics }) {
  const next = { ...state };
  if ("years" in partial) next.years = period(partial.years, state.years, extent);
  if (partial.metric !== undefined && metrics.includes(partial.metric)) next.metric = partial.metric;
  const { layers } = partial;
  if (Array.isArray(layers)) next.layers = LAYERS.filter((name) => layers.includes(name));
  if (partial.view) next.view = { ...partial.view };
  if (partial.filters) next.filters = { ...state.filters, ...partial.filters };
  return next;
}

/** @type {(a: unknown, b: unknown) => boolean} */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * The names of the parts in which two states differ.
 * @param {State} before
 * @param {State} after
 * @returns {Set<Part>}
 */
export function stateDifferences(before, after) {
  return new Set(PARTS.filter((part) => !same(before[part], after[part])));
}
