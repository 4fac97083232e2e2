/* What the page says of incidents without a mark of their own, in words. */
(function (geo) {
  "use strict";

  /** The rule by which incidents keep a mark; "" where all do. */
  function rule(model) {
    if (!model.rest) return "";
    const { marks, keep } = model.rest.about;
    return geo.t(`rest.rule.${keep}`, { marks, of: geo.countIncidents(model) });
  }

  /** How many of those that the filters leave out for want of a row of their own; "" for none. */
  function leftOut(model) {
    const count = model.derived.rest?.leftOut ?? 0;
    return count ? geo.t("rest.left_out", { count }) : "";
  }

  /** How many of those shown have no row, or are not in a file: `key` is "no_row" or "not_saved"; "" for none. */
  function without(model, key) {
    const count = model.derived.rest?.incidents ?? 0;
    return count ? geo.t(`rest.${key}.${model.rest.about.keep}`, { count }) : "";
  }

  /** What a model shows now, in one sentence. */
  geo.shownNow = (model) => geo.countedAlone(model) ?? geo.describe.shown(model.derived.totals, geo.countIncidents(model), model.state.years, leftOut(model));

  geo.describeRest = { rule, leftOut, without };
})((globalThis.geo ??= {}));
