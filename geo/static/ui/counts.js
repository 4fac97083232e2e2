/* Counts of what is shown now, in words, and of all records in the data. */

import { t } from "../core/i18n.js";
import * as describe from "./describe.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/data.d.ts").Store} Store */

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

/** @type {WeakMap<Store, Uint32Array>} Records of each kind, by code of the kind. */
const counted = new WeakMap();

/**
 * Number of records of a kind, filtered out or not; bins are not records.
 * @param {Model} model
 * @param {string} word
 */
function countKind({ store }, word) {
  let counts = counted.get(store);
  if (!counts) {
    counts = new Uint32Array(store.words("kind").length + 1);
    for (const kind of store.column("kind")) counts[kind]++;
    counted.set(store, counts);
  }
  return counts[store.words("kind").indexOf(word) + 1] ?? 0;
}

/**
 * Number of incidents in the data, individual and binned.
 * @param {Model} model
 */
export const countIncidents = (model) => countKind(model, "incident") + (model.rest?.about.incidents ?? 0);
