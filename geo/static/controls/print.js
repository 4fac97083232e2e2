/* Print: a sheet with the map as seen, drawn anew in the light theme because paper has another size and colour than the screen. */
(function (geo) {
  "use strict";

  geo.pagePrint = function (map, model, options, frame, theme) {
    const sheet = geo.el("section", { class: "geo-print", "aria-hidden": "true" });
    frame.root.append(sheet);

    const before = () => {
      theme.apply("light");
      const picture = geo.el("canvas", { class: "geo-print-map" });
      sheet.replaceChildren(picture, ...content(model, options));
      geo.draw(model, map, picture, { scale: 2 }); // its one wait is over before the browser lays the sheet out
    };
    const after = () => {
      theme.apply(theme.present());
      sheet.replaceChildren();
    };
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return {
      destroy() {
        removeEventListener("beforeprint", before);
        removeEventListener("afterprint", after);
        sheet.remove();
      },
    };
  };

  function content(model, options) {
    const { about = {} } = options;
    const lines = [about.attribution, about.boundaries, about.data_date && geo.t("print.data_date", { date: about.data_date })].filter(
      Boolean,
    );
    return [
      geo.el(
        "p",
        { class: "geo-print-shown" },
        [geo.shownNow(model), geo.describeRest.rule(model)].filter(Boolean).join(". "),
      ),
      ...model.state.layers.map((name) => legend(model, name)),
      ...lines.map((line) => geo.el("p", { dir: "auto" }, line)),
      geo.el("h2", {}, geo.t("about.sources")),
      geo.el(
        "ol",
        {},
        (about.sources ?? []).map((line) =>
          geo.el("li", {}, [line.title || line.source, line.author, line.publisher, line.published].filter(Boolean).join(", ")),
        ),
      ),
    ];
  }

  function legend(model, name) {
    const entries = model.layers[name]?.legend() ?? [];
    if (!entries.length) return "";
    const title = geo.legendTitle(model, name);
    return geo.el(
      "div",
      { class: "geo-print-legend" },
      geo.el("b", {}, title),
      entries.map(({ label, paint }) => {
        const canvas = geo.el("canvas", { class: "geo-swatch" });
        geo.swatch(canvas, geo.swatchSize(name), paint);
        return geo.el("span", {}, canvas, label);
      }),
    );
  }
})((globalThis.geo ??= {}));
