/* The legend of an embedded map: a chip with the metric and its classes; opened, the symbols of the layers too. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  geo.controls.chip = function (model, options, actions) {
    const ramp = geo.el("span", { class: "geo-chip-ramp", "aria-hidden": "true" });
    const name = geo.el("span", { class: "geo-chip-name" });
    const legend = geo.controls.legend(model);
    const full = geo.el("a", { class: "geo-chip-full", target: "_blank", rel: "noopener" }, geo.t("embed.full"), geo.icon("outside"));
    const note = geo.el("p", { class: "geo-chip-note", dir: "auto" }, options.title, " ", full);
    const element = geo.el(
      "details",
      { class: "geo-chip", onkeydown: escape, ontoggle: update },
      geo.el("summary", {}, name, ramp),
      model.rest && geo.el("p", { class: "geo-rest" }, geo.describeRest.rule(model)),
      legend.element,
      note,
    );

    function escape(event) {
      if (event.key !== "Escape" || !element.open) return;
      element.open = false;
      element.querySelector("summary").focus();
    }

    function update() {
      const shown = model.state.layers.includes("choropleth") && model.layers.choropleth;
      geo.setText(name, shown ? geo.t(`metric.${model.state.metric}`) : geo.t("layers.title"));
      const entries = shown ? model.layers.choropleth.legend() : [];
      ramp.hidden = !shown;
      const swatches = entries.map(({ label, paint }) => {
        const canvas = geo.el("canvas", { class: "geo-swatch" });
        geo.swatch(canvas, [22, 10], paint);
        return geo.el("span", {}, canvas, label);
      });
      ramp.replaceChildren(...swatches);
      const address = actions.share.address();
      full.hidden = address === null;
      if (address) full.href = address;
    }

    const stop = model.on("change", ({ changed }) => {
      if (changed.has("metric") || changed.has("layers") || changed.has("theme") || (changed.has("years") && element.open)) update();
    });
    update();
    return {
      element,
      destroy() {
        stop();
        legend.destroy();
      },
    };
  };
})((globalThis.geo ??= {}));
