/* Claimed strongholds: provinces hatched by group, each group at an angle of its own so that several stay readable; shields where a place is known. */
(function (geo) {
  "use strict";

  const WAITING = { name: "strongholds", pane: "geo-strongholds", z: 320 };
  const EDGE_PX = 2.5;
  const TIERS = ["assessed", "reported", "claimed"]; // the best first

  geo.layers.strongholds = function (model, options = {}) {
    const layer = geo.layers.canvas(model, geo.layers.whenReady(model, () => painter(model, () => layer._map), WAITING), options);
    geo.layers.wish(model, options);
    return layer;
  };

  function painter(model, mapNow) {
    const { store, marks } = model;
    const { FORM } = geo.marks;
    const kinds = store.column("kind");
    const stronghold = store.words("kind").indexOf("stronghold") + 1;
    const own = (i) => kinds[i] === stronghold && marks.form[i] !== FORM.NONE;
    const wholeProvince = (i) => own(i) && marks.form[i] === FORM.PROVINCE && store.column("admin1_code")[i] !== 0;
    const groups = store.column("group");
    const tierOf = (i) => store.word("tier", i) || "claimed";
    const points = geo.layers.marksPainter(model, {
      ...WAITING,
      wants: (i) => own(i) && !wholeProvince(i),
      category: groups,
      get looks() { return looks(model); },
      options: (i) => ({ dash: model.styles.tiers[tierOf(i)] }),
    }, mapNow);

    /** Hatched areas: for each area its groups in the legend's order, each with the best tier that is said of it. */
    function areas() {
      const found = new Map();
      for (const i of model.derived.order) {
        if (!wholeProvince(i)) continue;
        const area = model.drawn.areaOf(model.drawn.home[store.column("admin1_code")[i]]);
        if (area < 0) continue;
        if (!found.has(area)) found.set(area, new Map());
        const of = found.get(area);
        const now = of.get(groups[i]);
        if (!now || TIERS.indexOf(tierOf(i)) < TIERS.indexOf(now.tier)) of.set(groups[i], { group: groups[i], tier: tierOf(i), records: now?.records ?? [] });
        of.get(groups[i]).records.push(i);
      }
      return found;
    }

    function draw(context, view) {
      const paths = geo.layers.paths(model, view);
      const styles = looks(model);
      paths.place(context, view, () => {
        for (const [area, of] of areas()) {
          const list = [...of.values()].sort((a, b) => styles[a.group].rank - styles[b.group].rank);
          for (const { group } of list) {
            context.fillStyle = pattern(context, model, styles[group]);
            context.fill(paths.area(area), "evenodd");
          }
          edges(context, model, paths.area(area), list.map(({ group, tier }) => ({ colour: styles[group].colour, dash: model.styles.tiers[tier] })));
        }
      });
      points.draw(context, view);
    }

    return {
      ...WAITING, draw, hit: (point, view) => points.hit(point, view),
      changes: (changed) => changed.has("years") || changed.has("filters"),
      legend: () => legend(model, own, groups, tierOf),
    };
  }

  /** Looks of groups by code of the column group; 0 is a stronghold without one. */
  function looks(model) {
    const known = new Map(model.styles.groups.map((style, rank) => [style.word, { ...style, rank }]));
    const none = { light: model.styles.other.colour, dark: model.styles.other.colour, angle: 67.5, rank: known.size };
    return ["", ...model.store.words("group")].map((word) => {
      const style = known.get(word) ?? none;
      return { word, label: word || geo.words("legend.no_group", "group not given"), shape: "shield", colour: style[model.theme], angle: style.angle, rank: style.rank };
    });
  }

  function pattern(context, model, { colour, angle }) {
    const { hatch, hatch_line: width } = model.styles.sizes;
    return geo.symbols.hatch(context, { colour, halo: model.colour("halo"), angle, spacing: hatch, width });
  }

  /** One line a group along the inside of the area's edge, the first outermost; the dash says who says so. */
  function edges(context, model, path, list) {
    context.save();
    context.clip(path, "evenodd");
    for (let k = list.length - 1; k >= 0; k--) {
      context.setLineDash([]);
      context.lineWidth = 2 * (EDGE_PX * (k + 1) + 1);
      context.strokeStyle = model.colour("halo");
      context.stroke(path);
      context.setLineDash(list[k].dash);
      context.lineWidth = 2 * EDGE_PX * (k + 1);
      context.strokeStyle = list[k].colour;
      context.stroke(path);
    }
    context.restore();
  }

  function legend(model, own, groups, tierOf) {
    const styles = looks(model);
    const counts = new Uint32Array(styles.length);
    const said = Object.fromEntries(TIERS.map((tier) => [tier, 0]));
    const { selected } = model.derived;
    for (let i = 0; i < selected.length; i++) {
      if (!selected[i] || !own(i)) continue;
      counts[groups[i]]++;
      said[tierOf(i)]++;
    }
    const used = new Set(model.styles.groups.map(({ word }) => word));
    const everUsed = geo.layers.groupsWithStrongholds(model, own, groups);
    const rows = styles.map((style, code) => ({ style, code })).filter(({ style, code }) => everUsed[code] && (code === 0 || used.has(style.word))).sort((a, b) => a.style.rank - b.style.rank);
    const grey = model.colour("muted");
    return [
      ...rows.map(({ style, code }) => ({
        word: style.word, label: style.label, count: counts[code],
        paint(context, width, height) {
          context.fillStyle = pattern(context, model, style);
          context.fillRect(0, 0, width, height);
          context.strokeStyle = style.colour;
          context.lineWidth = 2;
          context.strokeRect(1, 1, width - 2, height - 2);
        },
      })),
      ...TIERS.map((tier) => ({
        word: `tier.${tier}`, label: geo.i18n.word("tier", tier), count: said[tier],
        paint(context, width, height) {
          context.setLineDash(model.styles.tiers[tier]);
          context.strokeStyle = grey;
          context.lineWidth = 2.5;
          context.beginPath();
          context.moveTo(1, height / 2);
          context.lineTo(width - 1, height / 2);
          context.stroke();
          context.setLineDash([]);
        },
      })),
    ];
  }

  /** By group code: whether any stronghold of the data belongs to it, whatever the filters. */
  geo.layers.groupsWithStrongholds = function (model, own, groups) {
    const has = new Uint8Array(model.store.words("group").length + 1);
    for (let i = 0; i < model.store.n; i++) if (own(i)) has[groups[i]] = 1;
    return has;
  };
})((globalThis.geo ??= {}));
