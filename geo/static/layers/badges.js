/* Boxed numbers on the label points of countries and provinces: for what is known of an area as a whole. */
(function (geo) {
  "use strict";

  const STEP_PX = 26; // badges on one point stand in a column

  /** Badges of those selected records that `wants` picks, one an area, or one a record where `each` says so. */
  geo.layers.countryBadges = function (model, wants, { text, abroad = false, each = false }) {
    const tools = geo.symbols.tools(model);
    const { store, marks } = model;
    let made = null;
    let drawn = [];

    function list() {
      const { selected } = model.derived;
      if (made?.of === selected) return made.badges;
      const badges = new Map();
      const heights = new Map();
      for (const i of model.derived.order) {
        if (!wants(i)) continue;
        const place = `${marks.x[i]} ${marks.y[i]}`;
        const key = each ? String(i) : place;
        if (!badges.has(key)) {
          badges.set(key, { x: marks.x[i], y: marks.y[i], country: store.word("country_code", i), records: [], row: heights.get(place) ?? 0 });
          heights.set(place, (heights.get(place) ?? 0) + 1);
        }
        badges.get(key).records.push(i);
      }
      made = { of: selected, badges: [...badges.values()] };
      return made.badges;
    }

    return {
      list,
      draw(context, view) {
        drawn = list().map((badge) => {
          const x = badge.x * view.scale - view.left;
          const y = badge.y * view.scale - view.top + badge.row * STEP_PX;
          return { ...badge, x, y, half: tools.badge(context, text(badge.records), x, y, { abroad }), latlng: L.latLng(geo.topology.latitude(badge.y), geo.topology.longitude(badge.x)) };
        });
      },
      hit(point) {
        const found = drawn.findLast(({ x, y, half }) => Math.abs(x - point.x) <= half.x && Math.abs(y - point.y) <= Math.max(half.y, model.styles.sizes.touch / 2));
        if (!found) return null;
        const { records, latlng } = found;
        return {
          key: `badge ${records[0]} ${records.length}`,
          lines: () => records.slice(0, 3).map((i) => store.text("title", i)).filter(Boolean),
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

  /** How many selected records satisfy a condition. */
  geo.layers.count = function (model, condition) {
    const { selected } = model.derived;
    let count = 0;
    for (let i = 0; i < selected.length; i++) if (selected[i] && condition(i)) count++;
    return count;
  };

  /** Selected incidents with a mark, counted by code. */
  geo.layers.countBy = function (model, codes, size) {
    const { selected } = model.derived;
    const { FORM } = geo.marks;
    const kinds = model.store.column("kind");
    const incident = model.store.words("kind").indexOf("incident") + 1;
    const counts = new Uint32Array(size);
    for (let i = 0; i < selected.length; i++) {
      const form = model.marks.form[i];
      if (selected[i] && kinds[i] === incident && form !== FORM.NONE && form !== FORM.COUNTRY) counts[codes[i]]++;
    }
    return counts;
  };
})((globalThis.geo ??= {}));
