/* Reported totals: a boxed value at the area it is reported for; never added to the incidents. */
(function (geo) {
  "use strict";

  const LIFT_PX = 27; // above the mark or the number that may stand on the same label point
  const WAITING = { name: "statistics", pane: "geo-statistics", z: 430 };

  geo.layers.statistics = function (model, options = {}) {
    const layer = geo.layers.canvas(model, geo.layers.whenReady(model, () => painter(model), WAITING), options);
    geo.layers.wish(model, options);
    return layer;
  };

  function painter(model) {
    const { store, marks } = model;
    const tools = geo.symbols.tools(model);
    const records = geo.layers.recordsOf(model, "statistic", (i) => marks.form[i] !== geo.marks.FORM.NONE);
    const text = (here) => {
      if (here.length > 1) return `Σ ×${here.length}`;
      const value = store.value("value", here[0]);
      return `Σ ${Number.isNaN(value) ? "?" : geo.i18n.number(value)}`;
    };
    const badges = geo.layers.badges(model, records, { text, lift: LIFT_PX });
    return {
      ...WAITING,
      changes: (changed) => changed.has("years") || changed.has("filters"),
      draw: badges.draw,
      hit: badges.hit,
      legend: () => [{
        word: "statistic", label: geo.words("legend.statistic", "a total as reported for the area"), count: null,
        paint: (context, width, height) => tools.badge(context, "Σ", width / 2, height / 2),
      }],
    };
  }
})((globalThis.geo ??= {}));
