/* What is known to a country only, as a line of text a country: on the map it would stand on a province that no source names. */

import { t } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { countryName } from "./describe.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {{ country: string, records: number[], counts: Record<string, number>, text: string }} Strip */

/** The order in which a strip counts. */
const PARTS = ["strongholds", "incidents", "cross_border", "statistics"];

/**
 * One strip for each country, the one with the most records first; only of the layers that are on the map.
 * @param {Model} model
 * @returns {Strip[]}
 */
export function countryStrips(model) {
  const { store, derived, rows, state } = model;
  const [kind, abroad] = ["kind", "cross_border"].map((name) => store.column(name));
  const partOf = store
    .words("kind")
    .map((word) => ({ stronghold: "strongholds", statistic: "statistics" })[word] ?? "");
  const on = new Set(state.layers);
  /** @type {Map<string, Strip>} */
  const strips = new Map();
  /** @type {(country: string, part: string, count: number) => Strip} */
  const add = (country, part, count) => {
    const strip = strips.get(country) ?? { country, records: [], counts: {}, text: "" };
    strip.counts[part] = (strip.counts[part] ?? 0) + count;
    strips.set(country, strip);
    return strip;
  };
  for (const i of countryRecords(model)) {
    if (!derived.selected[i]) continue;
    const part = partOf[kind[i] - 1] || (abroad[i] && on.has("cross_border") ? "cross_border" : "incidents");
    if (on.has(part)) add(store.word("country_code", i), part, rows.weight[i]).records.push(i);
  }
  if (on.has("cross_border"))
    for (const [country, count] of derived.rest?.countries ?? []) if (count) add(country, "cross_border", count);
  const total = (/** @type {Strip} */ { counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const found = [...strips.values()].sort((a, b) => total(b) - total(a) || (a.country < b.country ? -1 : 1));
  for (const strip of found) {
    const { counts, country } = strip;
    const parts = PARTS.filter((part) => counts[part]).map((part) => t(`strip.${part}`, { count: counts[part] }));
    strip.text = t("strip.country", { country: countryName(country), parts: parts.join(", ") });
  }
  return found;
}

/** @type {WeakMap<Model, Int32Array>} */
const known = new WeakMap();

/**
 * Records known to a country only, whatever the filters: found once.
 * @param {Model} model
 */
function countryRecords(model) {
  let list = known.get(model);
  if (!list) {
    const { form } = model.marks;
    /** @type {number[]} */
    const found = [];
    for (let i = 0; i < model.store.n; i++) if (form[i] === FORM.COUNTRY) found.push(i);
    list = Int32Array.from(found);
    known.set(model, list);
  }
  return list;
}
