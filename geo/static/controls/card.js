/* The title card: what the map is, and what of it is shown now. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  /** `actions.about()` opens the About panel, `actions.list(group)` the list at one of its groups. */
  geo.controls.card = function (model, options, actions) {
    const counts = geo.el("span", { class: "geo-card-counts" });
    const unplaced = geo.button("geo-card-link", { text: " " }, () => actions.list("unplaced"));
    const undated = geo.button("geo-card-link", { text: " " }, () => actions.list("undated"));
    const leftOut = geo.el("p", { class: "geo-rest geo-rest-left-out", hidden: true });
    const element = geo.el(
      "div",
      { class: "geo-card" },
      geo.el(
        "div",
        { class: "geo-card-head" },
        geo.el("h1", { class: "geo-title", dir: "auto" }, options.title || geo.t("title")),
        geo.button("geo-about-open", { icon: "info", label: geo.t("about.open"), "aria-haspopup": "dialog" }, actions.about),
      ),
      options.subtitle && geo.el("p", { class: "geo-subtitle", dir: "auto" }, options.subtitle),
      geo.el("p", { class: "geo-summary" }, counts, unplaced, undated),
      model.rest && geo.el("p", { class: "geo-rest" }, geo.describeRest.rule(model)),
      leftOut,
    );

    function update() {
      const { totals } = model.derived;
      const { years } = model.state;
      const alone = countedAlone(model);
      geo.setText(
        counts,
        alone ?? geo.t("shown.incidents", { count: totals.incidents, of: countIncidents(model), period: geo.describe.period(years) }),
      );
      leftOut.hidden = !geo.describeRest.leftOut(model);
      geo.setText(leftOut, geo.describeRest.leftOut(model));
      note(unplaced, alone ? 0 : totals.unplaced, geo.t("shown.unplaced", { count: totals.unplaced }));
      note(undated, alone ? 0 : totals.undated, geo.t(years ? "shown.undated_left_out" : "shown.undated", { count: totals.undated }));
    }

    const stop = model.on("change", ({ changed }) => ["years", "filters", "layers"].some((part) => changed.has(part)) && update());
    update();
    return { element, destroy: stop };
  };

  function note(button, count, text) {
    button.hidden = count === 0;
    geo.setText(button, text);
  }

  /** What a map counts, in words, that shows claimed strongholds or attacks across borders and nothing else; null for any other. */
  function countedAlone(model) {
    const { layers, years } = model.state;
    const has = (name) => layers.includes(name);
    if (has("choropleth") || has("incidents") || has("strongholds") === has("cross_border")) return null;
    const period = geo.describe.period(years);
    if (has("cross_border")) return geo.t("shown.cross_border", { count: model.derived.layers.cross_border, period });
    return geo.t("shown.strongholds", { count: model.derived.totals.strongholds, of: countKind(model, "stronghold"), period });
  }

  const counted = new WeakMap();

  /** All records of a kind that have a row in the data, whatever is shown; counted once. */
  function countKind({ store }, word) {
    if (!counted.has(store)) {
      const counts = new Uint32Array(store.words("kind").length + 1);
      for (const kind of store.column("kind")) counts[kind]++;
      counted.set(store, counts);
    }
    return counted.get(store)[store.words("kind").indexOf(word) + 1] ?? 0;
  }

  /** All incidents of the data, with and without marks. */
  const countIncidents = (model) => countKind(model, "incident") + (model.rest?.about.incidents ?? 0);

  geo.countedAlone = countedAlone;
  geo.countIncidents = countIncidents;
})((globalThis.geo ??= {}));
