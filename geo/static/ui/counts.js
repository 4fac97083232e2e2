/* What a map counts, in words and numbers: what is shown now, and all there is. */

import { t } from "../core/i18n.js";
import * as describe from "./describe.js";

/** What a map counts, in words, that shows claimed strongholds or attacks across borders and nothing else; null for any other. */
export function countedAlone(model) {
  const { layers, years } = model.state;
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

const counted = new WeakMap();

/** All records of a kind in the data, with and without marks, whatever is shown; counted once. */
function countKind({ rows }, word) {
  if (!counted.has(rows)) {
    const counts = new Uint32Array(rows.words("kind").length + 1);
    rows.column("kind").forEach((kind, i) => {
      counts[kind] += rows.weight[i];
    });
    counted.set(rows, counts);
  }
  return counted.get(rows)[rows.words("kind").indexOf(word) + 1] ?? 0;
}

/** All incidents of the data, with and without marks. */
export const countIncidents = (model) => countKind(model, "incident");
