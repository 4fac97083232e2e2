/* What the page says of incidents without a mark of their own, in words. */

import { t } from "../core/i18n.js";
import { countedAlone, countIncidents } from "./counts.js";
import * as describe from "./describe.js";

/** The rule by which incidents keep a mark; "" where all do. */
export function rule(model) {
  if (!model.rest) return "";
  const { marks, keep } = model.rest.about;
  return t(`rest.rule.${keep}`, { marks, of: countIncidents(model) });
}

/** How many of those that the filters leave out for want of a row of their own; "" for none. */
export function leftOut(model) {
  const count = model.derived.rest?.leftOut ?? 0;
  return count ? t("rest.left_out", { count }) : "";
}

/** How many of those shown have no row, or are not in a file: `key` is "no_row" or "not_saved"; "" for none. */
export function without(model, key) {
  const count = model.derived.rest?.incidents ?? 0;
  return count ? t(`rest.${key}.${model.rest.about.keep}`, { count }) : "";
}

/** What a model shows now, in one sentence. */
export const shownNow = (model) =>
  countedAlone(model) ?? describe.shown(model.derived.totals, countIncidents(model), model.state.years, leftOut(model));
