/* Statistics: reported totals, as a boxed value on the area that they are reported for. They are never added to incidents. */

import * as i18n from "../core/i18n.js";
import { t, textOr } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { createBadges } from "./badges.js";
import { applyOptions, canvasLayer, whenReady } from "./canvas.js";
import { recordsOf } from "./selection.js";
import { symbolTools } from "./symbols.js";

/** @import { LayerOptions } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { Painter } from "../types/page.d.ts" */

const LIFT_PX = 27; // above the mark or the number that may stand on the same label point
const WAITING = { name: "statistics", pane: "geo-statistics", z: 430 };

/**
 * @param {Model} model
 * @param {LayerOptions} [options]
 */
export function statisticsLayer(model, options = {}) {
  const layer = canvasLayer(
    model,
    whenReady(model, () => painter(model), WAITING),
    options,
  );
  applyOptions(model, options);
  return layer;
}

/**
 * @param {Model} model
 * @returns {Painter}
 */
function painter(model) {
  const { store, marks } = model;
  const tools = symbolTools(model);
  const records = recordsOf(model, "statistic", (i) => marks.form[i] !== FORM.NONE);
  /** @type {(here: number[]) => string} */
  const text = (here) => {
    if (here.length > 1)
      return i18n.has("badge.totals") ? t("badge.totals", { count: here.length }) : `${here.length} totals`;
    const value = store.value("value", here[0]);
    return Number.isNaN(value) ? textOr("badge.no_figure", "total, no figure") : `Σ ${i18n.number(value)}`;
  };
  const badges = createBadges(model, records, { text, lift: LIFT_PX, stripped: true });
  return {
    ...WAITING,
    changes: (changed) => changed.has("years") || changed.has("filters"),
    draw: badges.draw,
    hit: badges.hit,
    obstacles: badges.obstacles,
    where: badges.where,
    legend: () => [
      {
        word: "statistic",
        label: textOr("legend.statistic", "Σ: a total as reported for the area"),
        count: null,
        paint: (context, width, height) => tools.badge(context, "Σ", width / 2, height / 2),
      },
    ],
  };
}
