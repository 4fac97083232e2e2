/* What the reader has chosen: where it starts, and what may be laid over it. The address that says the same is in fragment.js. */

export const LAYERS = ["choropleth", "strongholds", "statistics", "cross_border", "incidents"]; // lowest on the map first
const PARTS = ["years", "metric", "layers", "view", "filters"];

export function initialState(metric) {
  return {
    years: null,
    metric,
    layers: LAYERS.filter((name) => name !== "statistics"),
    view: null,
    filters: { event_type: [], group: [], precision: "all", cross_border: false, text: "" },
  };
}

/** A period in order and inside the data's years; null for all years, the period before for what is none. */
function period(value, before, extent) {
  if (value === null || !extent) return null;
  if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isFinite)) return before;
  return value.map((year) => Math.min(Math.max(Math.round(year), extent[0]), extent[1])).sort((a, b) => a - b);
}

/** The state with `partial` laid over it. */
export function mergeState(state, partial, { extent, metrics }) {
  const next = { ...state };
  if ("years" in partial) next.years = period(partial.years, state.years, extent);
  if (metrics.includes(partial.metric)) next.metric = partial.metric;
  if (Array.isArray(partial.layers)) next.layers = LAYERS.filter((name) => partial.layers.includes(name));
  if (partial.view) next.view = { ...partial.view };
  if (partial.filters) next.filters = { ...state.filters, ...partial.filters };
  return next;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The names of the parts in which two states differ. */
export function stateDifferences(before, after) {
  return new Set(PARTS.filter((part) => !same(before[part], after[part])));
}
