/* Counts of what is shown now, in words, and of all records in the data. */

import { t } from "../core/i18n.js";
import * as describe from "./describe.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/data.d.ts").Rows} Rows */

/**
 * The count, in words, on a map that shows only claimed strongholds or only attacks across borders; null on other maps.
 * @param {Model} model
 * @returns {string | null}
 */
export function countedAlone(model) {
  const { layers, years } = model.state;
  /** @param {string} name */
  const has = (name) => layers.includes(name);
  if (has("choropleth") || has("incidents") || has("strongholds") === has("cross_border")) return null;
  const period = describe.period(years);
  if (has("cross_border")) return t("shown.cross_border", { count: model.derived.layers.cross_border, period });
  return t("shown.strongholds", {
    count: model.derived.totals.strongholds,
    of: countKind(model, "stronghold"),
    period,
  });
}

/** @type {WeakMap<Rows, Uint32Array>} Weights of each kind, by code of the kind. */
const counted = new WeakMap();

/**
 * Number of records of a kind, filtered out or not; a bin counts as many as it has incidents.
 * @param {Model} model
 * @param {string} word
 */
function countKind({ rows }, word) {
  let counts = counted.get(rows);
  if (!counts) {
    counts = new Uint32Array(rows.words("kind").length + 1);
    const kind = rows.column("kind");
    for (let i = 0; i < rows.n; i++) counts[kind[i]] += rows.weight[i];
    counted.set(rows, counts);
  }
  return counts[rows.words("kind").indexOf(word) + 1] ?? 0;
}

/**
 * Number of incidents in the data, individual and binned.
 * @param {Model} model
 */
export const countIncidents = (model) => countKind(model, "incident");
