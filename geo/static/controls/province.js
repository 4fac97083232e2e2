/* A province's card: incidents by year, fatalities with their bounds, strongholds with tier and period, sources. */
(function (geo) {
  "use strict";

  geo.provinceArticle = function (model, code, sources) {
    const { store, state, derived } = model;
    const province = store.provinces.find((one) => one.code === code) ?? { code, name: code, country: "" };
    const inside = records(model, code);
    const others = withoutMark(model, code);
    const shown = inside.filter((i) => derived.selected[i]);
    const incidents = shown.filter((i) => store.word("kind", i) === "incident");
    const strongholds = shown.filter((i) => store.word("kind", i) === "stronghold");
    const count = incidents.length + others.incidents;
    const covered = count > 0 || model.areas.byCode[model.areas.numberOf.get(code) - 1]?.some((area) => model.areas.covered(area));
    return geo.el(
      "article",
      { class: "geo-record geo-province" },
      geo.el(
        "p",
        { class: "geo-kicker" },
        geo.el("bdi", {}, [province.country && geo.describe.countryName(province.country), code].filter(Boolean).join(" · ")),
      ),
      geo.el("h2", { class: "geo-record-title", dir: "auto", tabindex: "-1" }, province.name),
      geo.el(
        "p",
        { class: "geo-province-count" },
        covered ? geo.t("province.incidents", { count, period: geo.describe.period(state.years) }) : geo.t("province.no_data"),
      ),
      covered && chart(model, inside, others),
      count > 0 &&
        geo.el(
          "dl",
          { class: "geo-facts" },
          geo.el("div", {}, geo.el("dt", {}, geo.t("record.killed")), geo.el("dd", {}, fatalities(store, incidents, others))),
        ),
      strongholds.length > 0 &&
        geo.el(
          "section",
          {},
          geo.el("h3", {}, geo.t("province.strongholds")),
          geo.el(
            "ul",
            { class: "geo-plain" },
            strongholds.map((i) => stronghold(model, i)),
          ),
        ),
      count > 0 &&
        geo.el(
          "section",
          {},
          geo.el("h3", {}, geo.t("province.records")),
          recordLinks(model, incidents),
          others.incidents > 0 && geo.el("p", { class: "geo-how" }, geo.layers.withoutMark(others.incidents)),
        ),
      shown.length > 0 && geo.el("section", { class: "geo-cited" }, geo.el("h3", {}, geo.t("record.sources")), cited(store, shown, sources)),
    );
  };

  /** The records that count in a province as drawn, whatever the period, in the order of the list. */
  function records(model, code) {
    const { store } = model;
    const codes = store.column("admin1_code");
    const counted = Uint8Array.from([0, ...store.codes.map((own) => (model.drawnCode(own) === code ? 1 : 0))]);
    return Array.from(store.newest.filter((i) => counted[codes[i]] === 1));
  }

  /** What incidents without a mark add in a province as drawn: sums of those shown, and counts by year whatever the period. */
  function withoutMark(model, code) {
    const sums = { incidents: 0, low: 0, best: 0, high: 0, unknown: 0, lowKnown: 0, bestKnown: 0, years: new Map() };
    const wanted = Uint8Array.from([0, ...model.store.codes.map((own) => (model.drawnCode(own) === code ? 1 : 0))]);
    model.rest?.inside(wanted, (row, shown) => {
      if (row.first) for (let year = row.first; year <= row.last; year++) sums.years.set(year, (sums.years.get(year) ?? 0) + row.incidents);
      if (shown) for (const name of Object.keys(row).filter((key) => key in sums)) sums[name] += row[name];
    });
    return sums;
  }

  /** Low, best and high as the whole map counts them: a missing high is the next figure the record gives. A dash where none gives one. */
  function fatalities(store, incidents, others) {
    const sums = { low: others.low, best: others.best, high: others.high };
    const known = { low: others.lowKnown > 0, best: others.bestKnown > 0, high: others.incidents > others.unknown };
    let { unknown } = others;
    for (const i of incidents) {
      const [low, best, high] = ["fatalities_low", "fatalities_best", "fatalities_high"].map((name) => store.value(name, i));
      const figures = { low, best, high: [high, best, low].find((value) => !Number.isNaN(value)) ?? NaN };
      if (Number.isNaN(figures.high)) unknown++;
      for (const [name, value] of Object.entries(figures)) {
        if (Number.isNaN(value)) continue;
        sums[name] += value;
        known[name] = true;
      }
    }
    if (unknown === incidents.length + others.incidents) return geo.t("figure.unknown");
    const shown = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, known[name] ? sum : "–"]));
    const text = geo.t("province.fatalities", shown);
    return unknown ? [text, geo.el("span", { class: "geo-how" }, geo.t("figure.records_without", { count: unknown }))] : text;
  }

  /** Small bars: the province's incidents by year of the data, the period's years in full colour. */
  function chart(model, inside, others) {
    const { state, store } = model;
    const extent = geo.timescale.extent(model);
    const counts = new Array(geo.timescale.length(extent)).fill(0);
    for (const i of inside) {
      if (store.word("kind", i) !== "incident") continue;
      if (store.first[i] === 0) continue; // undated
      for (let year = store.first[i]; year <= store.last[i]; year++) counts[year - extent[0]]++;
    }
    for (const [year, count] of others.years) counts[year - extent[0]] += count;
    const most = Math.max(1, ...counts);
    const [from, to] = state.years ?? extent;
    const bars = counts.map((count, k) =>
      geo.el(
        "span",
        {
          class: k + extent[0] >= from && k + extent[0] <= to ? "geo-mini-bar" : "geo-mini-bar geo-mini-off",
          title: geo.t("years.bar", { year: String(k + extent[0]), count }),
        },
        geo.el("span", { style: { height: `${(count / most) * 100}%` } }),
      ),
    );
    const name = counts
      .map((count, k) => count && `${k + extent[0]}: ${count}`)
      .filter(Boolean)
      .join(", ");
    return geo.el(
      "div",
      { class: "geo-mini", dir: "ltr" },
      geo.el(
        "div",
        { class: "geo-mini-bars", role: "img", "aria-label": geo.t("province.chart", { counts: name || geo.t("province.chart_empty") }) },
        bars,
      ),
      geo.el(
        "div",
        { class: "geo-mini-axis", "aria-hidden": "true" },
        geo.el("span", {}, String(extent[0])),
        geo.el("span", {}, String(extent[1])),
      ),
    );
  }

  function stronghold(model, i) {
    const fields = geo.record(model.store, i);
    const details = [fields.group, geo.i18n.word("role", fields.role), geo.i18n.word("tier", fields.tier), geo.describe.when(fields)];
    return geo.el(
      "li",
      {},
      geo.button("geo-link-button", { text: fields.title, dir: "auto" }, () => model.select(i)),
      geo.el("span", { class: "geo-how", dir: "auto" }, details.filter(Boolean).join(", ")),
    );
  }

  function recordLinks(model, incidents) {
    const first = incidents.slice(0, 30);
    return [
      geo.el(
        "ul",
        { class: "geo-here" },
        first.map((i) => {
          const fields = geo.briefly(model.store, i);
          return geo.el(
            "li",
            {},
            geo.button("geo-link-button", { text: fields.title, dir: "auto" }, () => model.select(i)),
            geo.el("span", { class: "geo-how" }, geo.describe.whenShort(fields)),
          );
        }),
      ),
      incidents.length > first.length &&
        geo.el("p", { class: "geo-how" }, geo.t("record.more_here", { count: incidents.length - first.length })),
    ];
  }

  function cited(store, shown, sources) {
    const counts = new Map();
    for (const i of shown)
      for (const key of new Set(store.sources(i).map(({ source }) => source))) counts.set(key, (counts.get(key) ?? 0) + 1);
    return geo.el(
      "ul",
      {},
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .map(([key, count]) => {
          const line = sources.get(key) ?? {};
          return geo.el(
            "li",
            {},
            geo.link(line.url, line.title || key),
            geo.el("span", { class: "geo-how" }, geo.t("about.records", { count })),
          );
        }),
    );
  }

  /** The label point of a province as drawn. */
  geo.provincePlace = function ({ areas }, code) {
    const area = areas.byCode[areas.numberOf.get(code) - 1]?.at(-1);
    return area === undefined ? null : L.latLng(areas.lat[area], areas.lng[area]);
  };
})((globalThis.geo ??= {}));
