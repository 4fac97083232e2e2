/* The title card: what the map is, and what of it is shown now. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  /** `actions.about()` opens the About panel, `actions.list(group)` the list at one of its groups. */
  geo.controls.card = function (model, options, actions) {
    const incidents = countIncidents(model);
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
      geo.setText(counts, geo.t("shown.incidents", { count: totals.incidents, of: incidents, period: geo.describe.period(years) }));
      leftOut.hidden = !geo.describeRest.leftOut(model);
      geo.setText(leftOut, geo.describeRest.leftOut(model));
      note(unplaced, totals.unplaced, geo.t("shown.unplaced", { count: totals.unplaced }));
      note(undated, totals.undated, geo.t(years ? "shown.undated_left_out" : "shown.undated", { count: totals.undated }));
    }

    const stop = model.on("change", ({ changed }) => (changed.has("years") || changed.has("filters")) && update());
    update();
    return { element, destroy: stop };
  };

  function note(button, count, text) {
    button.hidden = count === 0;
    geo.setText(button, text);
  }

  const counted = new WeakMap();

  /** All incidents of the data, with and without marks, whatever is shown; counted once. */
  function countIncidents({ store, rest }) {
    if (!counted.has(store)) {
      const kinds = store.column("kind");
      const incident = store.words("kind").indexOf("incident") + 1;
      counted.set(
        store,
        kinds.reduce((sum, kind) => sum + (kind === incident ? 1 : 0), rest?.about.incidents ?? 0),
      );
    }
    return counted.get(store);
  }

  geo.countIncidents = countIncidents;
})((globalThis.geo ??= {}));
