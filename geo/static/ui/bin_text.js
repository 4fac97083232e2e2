/* Sentences about the incidents that are binned instead of drawn one by one. */

import { t } from "../core/i18n.js";

/** @typedef {import("../types/model.d.ts").Model} Model */

/**
 * Which incidents have a mark of their own; "" where all have.
 * @param {Model} model
 * @returns {string}
 */
export function rule(model) {
  if (!model.rest) return "";
  const { marks, keep, reports } = model.rest.about;
  return t(`rest.rule.${keep}`, { marks, of: marks + reports });
}

/**
 * How many binned incidents are left out because the filters need a record's own fields; "" for none.
 * @param {Model} model
 * @returns {string}
 */
export function leftOut(model) {
  const count = model.derived.rest?.leftOut ?? 0;
  return count ? t("rest.left_out", { count }) : "";
}

/**
 * How many of the binned incidents shown have no row in the list, or are missing from a saved file; "" for none.
 * @param {Model} model
 * @param {"no_row" | "not_saved"} key
 * @returns {string}
 */
export function missing(model, key) {
  const count = model.derived.rest?.incidents ?? 0;
  return count && model.rest ? t(`rest.${key}.${model.rest.about.keep}`, { count }) : "";
}
