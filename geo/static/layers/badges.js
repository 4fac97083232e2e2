/* Boxed numbers on the label points of countries and provinces: for what is known of an area as a whole. */
(function (geo) {
  "use strict";

  /** Badges of those of `records` that are selected: one for each area. `text(records, more)` says what stands on it, `lift` pixels above the area's label point; `others()`: Map of country code -> how many more there are without a mark. */
  geo.layers.badges = function (model, records, { text, others = () => new Map(), lift = 0, ...look }) {
    const tools = geo.symbols.tools(model);
    const { store, marks } = model;
    let made = null;
    let drawn = [];

    function list() {
      const { selected } = model.derived;
      if (made?.of === selected) return made.badges;
      const badges = new Map();
      for (const i of geo.layers.selectedOf(model, records)) {
        const place = `${marks.x[i]} ${marks.y[i]}`;
        if (!badges.has(place)) badges.set(place, { x: marks.x[i], y: marks.y[i], country: store.word("country_code", i), records: [], more: 0 });
        badges.get(place).records.push(i);
      }
      for (const [country, count] of others()) {
        const { lng, lat } = store.header.countries[country];
        const [x, y] = [geo.topology.mercatorX(lng), geo.topology.mercatorY(lat)];
        const place = `${x} ${y}`;
        if (!badges.has(place)) badges.set(place, { x, y, country, records: [], more: 0 });
        badges.get(place).more += count;
      }
      made = { of: selected, badges: [...badges.values()] };
      return made.badges;
    }

    /** On a country the badge names it: in the middle of the map it would seem to speak of the province beneath. */
    function wording({ records: here, country, more }) {
      return !here.length || marks.form[here[0]] === geo.marks.FORM.COUNTRY ? `${country} ${text(here, more)}` : text(here, more);
    }

    return {
      list,
      draw(context, view) {
        drawn = list().map((badge) => {
          const x = badge.x * view.scale - view.left;
          const y = badge.y * view.scale - view.top - lift;
          return { ...badge, x, y, half: tools.badge(context, wording(badge), x, y, look), latlng: L.latLng(geo.topology.latitude(badge.y), geo.topology.longitude(badge.x)) };
        });
        return drawn.length > 0;
      },
      hit(point) {
        const found = drawn.findLast(({ x, y, half }) => Math.abs(x - point.x) <= half.x && Math.abs(y - point.y) <= Math.max(half.y, model.styles.sizes.touch / 2));
        if (!found) return null;
        const { records, latlng, country, more } = found;
        return {
          key: `badge ${country} ${records[0]} ${records.length}`,
          lines: () => [...records.slice(0, 3).map((i) => store.text("title", i)), more && geo.layers.withoutMark(more)].filter(Boolean),
          click: () => model.select(records.length === 1 ? records[0] : records, { latlng }),
        };
      },
    };
  };

  /** A painter that comes to life with the model: before that it draws nothing. */
  geo.layers.whenReady = function (model, make, { name, pane, z }) {
    let live = null;
    const get = () => (live ??= model.store ? make() : null);
    return {
      name, pane, z,
      changes: (changed) => get()?.changes(changed) ?? false,
      draw: (context, view) => get()?.draw(context, view),
      hit: (point, view) => get()?.hit(point, view) ?? null,
      legend: () => get()?.legend() ?? [],
    };
  };

  /** Indices of all records of a kind that `wants` picks, whatever the filters: made once, so that a change looks at no others. */
  geo.layers.recordsOf = function (model, kind, wants = () => true) {
    const kinds = model.store.column("kind");
    const code = model.store.words("kind").indexOf(kind) + 1;
    const list = [];
    for (let i = 0; i < model.store.n; i++) if (kinds[i] === code && wants(i)) list.push(i);
    return Int32Array.from(list);
  };

  /** Of `records` those that are selected now. */
  geo.layers.selectedOf = function (model, records) {
    const { selected } = model.derived;
    const out = new Int32Array(records.length);
    let count = 0;
    for (let k = 0; k < records.length; k++) if (selected[records[k]]) out[count++] = records[k];
    return out.subarray(0, count);
  };

  /** Selected ones of `records`, counted by code. */
  geo.layers.countBy = function (model, records, codes, size) {
    const { selected } = model.derived;
    const counts = new Uint32Array(size);
    for (let k = 0; k < records.length; k++) if (selected[records[k]]) counts[codes[records[k]]]++;
    return counts;
  };
})((globalThis.geo ??= {}));
