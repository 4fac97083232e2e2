/* Reported totals: a boxed value at the area it is reported for; never added to the incidents. */
(function (geo) {
  "use strict";

  const WAITING = { name: "statistics", pane: "geo-statistics", z: 430 };

  geo.layers.statistics = function (model, options = {}) {
    const layer = geo.layers.canvas(model, geo.layers.whenReady(model, () => painter(model), WAITING), options);
    geo.layers.wish(model, options);
    return layer;
  };

  function painter(model) {
    const { store, marks } = model;
    const tools = geo.symbols.tools(model);
    const kinds = store.column("kind");
    const statistic = store.words("kind").indexOf("statistic") + 1;
    const wants = (i) => kinds[i] === statistic && marks.form[i] !== geo.marks.FORM.NONE;
    const text = ([i]) => {
      const value = store.value("value", i);
      return `Σ ${Number.isNaN(value) ? "?" : geo.i18n.number(value)}`;
    };
    const badges = geo.layers.countryBadges(model, wants, { text, each: true });
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
