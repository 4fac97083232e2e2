/* Attacks outside the country in which their group is based: ringed marks; those known to a country only, as a number on the outlined country. */
(function (geo) {
  "use strict";

  const WAITING = { name: "cross_border", pane: "geo-cross-border", z: 440 };

  geo.layers.cross_border = function (model, options = {}) {
    const layer = geo.layers.canvas(model, geo.layers.whenReady(model, () => painter(model, () => layer._map), WAITING), options);
    geo.layers.wish(model, options);
    return layer;
  };

  function painter(model, mapNow) {
    const { store, marks } = model;
    const { FORM } = geo.marks;
    const tools = geo.symbols.tools(model);
    const kinds = store.column("kind");
    const incident = store.words("kind").indexOf("incident") + 1;
    const abroad = store.column("cross_border");
    const own = (i) => kinds[i] === incident && abroad[i] === 1;
    const looks = geo.layers.eventLooks(model);
    const points = geo.layers.marksPainter(model, {
      ...WAITING, looks, category: store.column("event_type"), abroad: true,
      wants: (i) => own(i) && marks.form[i] !== FORM.NONE && marks.form[i] !== FORM.COUNTRY,
    }, mapNow);
    const countries = geo.layers.countryBadges(model, (i) => own(i) && marks.form[i] === FORM.COUNTRY, { text: (records) => geo.symbols.short(records.length), abroad: true });

    return {
      ...WAITING,
      changes: points.changes,
      draw(context, view) {
        outline(context, model, view, countries.list());
        countries.draw(context, view);
        points.draw(context, view);
      },
      hit: (point, view) => points.hit(point) ?? countries.hit(point, view),
      legend() {
        const grey = { shape: "circle", colour: model.colour("muted") };
        return [
          { word: "place", label: geo.words("legend.cross_border_place", "at a place or in a province"), count: geo.layers.count(model, (i) => own(i) && marks.form[i] !== FORM.COUNTRY && marks.form[i] !== FORM.NONE), paint: (context, width, height) => tools.mark(context, grey, FORM.POINT, width / 2, height / 2, { abroad: true }) },
          { word: "country", label: geo.words("legend.cross_border_country", "in a country, place not known"), count: geo.layers.count(model, (i) => own(i) && marks.form[i] === FORM.COUNTRY), paint: (context, width, height) => tools.badge(context, "1", width / 2, height / 2, { abroad: true }) },
        ];
      },
    };
  }

  function outline(context, model, view, badges) {
    const paths = geo.layers.paths(model, view);
    paths.place(context, view, () => {
      context.strokeStyle = model.colour("cross_border");
      context.lineWidth = 2.2;
      context.setLineDash([8, 4]);
      for (const { country } of badges) context.stroke(paths.country(country));
      context.setLineDash([]);
    });
  }
})((globalThis.geo ??= {}));
