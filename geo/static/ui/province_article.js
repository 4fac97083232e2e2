/* The card of a province. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { withoutMark } from "../layers/grid.js";
import * as describe from "./describe.js";
import { briefFields, recordFields } from "./describe.js";
import { button, el, link } from "./dom.js";
import * as timescale from "./timescale.js";

/** @typedef {import("../types/data.d.ts").Store} Store */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Child} Child */
/** @typedef {import("../types/page.d.ts").Sources} Sources */
/** @typedef {import("../types/page.d.ts").SourceLine} SourceLine */
/** @typedef {ReturnType<typeof binnedInside>} BinSums */

/**
 * The card of a province as drawn: its incidents by year, people killed, strongholds, records and sources.
 * @param {Model} model
 * @param {string} code
 * @param {Sources} sources
 * @returns {HTMLElement}
 */
export function provinceArticle(model, code, sources) {
  const { store, state, derived } = model;
  const province = store.provinces.find((one) => one.code === code) ?? { code, name: code, country: "" };
  const inside = records(model, code);
  const binned = binnedInside(model, code);
  const shown = inside.filter((i) => derived.selected[i]);
  const incidents = shown.filter((i) => store.word("kind", i) === "incident");
  const strongholds = shown.filter((i) => store.word("kind", i) === "stronghold");
  const count = incidents.length + binned.incidents;
  const covered = count > 0 || areasOf(model, code).some((area) => model.areas.covered(area));
  return el(
    "article",
    { class: "geo-record geo-province" },
    el(
      "p",
      { class: "geo-kicker" },
      el("bdi", {}, [province.country && describe.countryName(province.country), code].filter(Boolean).join(" · ")),
    ),
    el("h2", { class: "geo-record-title", dir: "auto", tabindex: "-1" }, province.name),
    el(
      "p",
      { class: "geo-province-count" },
      covered ? t("province.incidents", { count, period: describe.period(state.years) }) : t("province.no_data"),
    ),
    covered && chart(model, inside, binned),
    count > 0 && facts(fatalities(store, incidents, binned)),
    strongholds.length > 0 &&
      section(
        "province.strongholds",
        el(
          "ul",
          { class: "geo-plain" },
          strongholds.map((i) => stronghold(model, i)),
        ),
      ),
    count > 0 &&
      section(
        "province.records",
        recordLinks(model, incidents),
        binned.incidents > 0 && el("p", { class: "geo-how" }, withoutMark(binned.incidents)),
      ),
    shown.length > 0 &&
      el("section", { class: "geo-cited" }, el("h3", {}, t("record.sources")), cited(store, shown, sources)),
  );
}

/**
 * @param {string} key
 * @param {...Child} children
 */
function section(key, ...children) {
  return el("section", {}, el("h3", {}, t(key)), children);
}

/** @param {Child} killed */
function facts(killed) {
  return el("dl", { class: "geo-facts" }, el("div", {}, el("dt", {}, t("record.killed")), el("dd", {}, killed)));
}

/**
 * By code number: 1 where records of the code count in the province `code` as drawn.
 * @param {Model} model
 * @param {string} code
 */
function counted(model, code) {
  return Uint8Array.from([0, ...model.store.codes.map((own) => (model.drawnCode(own) === code ? 1 : 0))]);
}

/**
 * The records that count in a province as drawn, in any period, in the order of the list.
 * @param {Model} model
 * @param {string} code
 */
function records(model, code) {
  const { store } = model;
  const codes = store.column("admin1_code");
  const wanted = counted(model, code);
  return Array.from(store.newest.filter((i) => wanted[codes[i]] === 1));
}

const SUMMED = /** @type {const} */ (["incidents", "low", "best", "high", "unknown", "lowKnown", "bestKnown"]);

/**
 * Binned incidents in a province as drawn: sums of those that pass the filters, and counts by year in any period.
 * @param {Model} model
 * @param {string} code
 */
function binnedInside(model, code) {
  const sums = { incidents: 0, low: 0, best: 0, high: 0, unknown: 0, lowKnown: 0, bestKnown: 0 };
  /** @type {Map<number, number>} */
  const years = new Map();
  model.rest?.inside(counted(model, code), (row, passes) => {
    if (row.first)
      for (let year = row.first; year <= row.last; year++) years.set(year, (years.get(year) ?? 0) + row.incidents);
    if (passes) for (const name of SUMMED) sums[name] += row[name];
  });
  return { ...sums, years };
}

const FIGURES = /** @type {const} */ (["low", "best", "high"]);

/**
 * Sums of low, best and high as the whole map counts them, a dash for a sum without figures. A missing high counts as best, else low.
 * @param {Store} store
 * @param {number[]} incidents
 * @param {BinSums} binned
 * @returns {Child}
 */
function fatalities(store, incidents, binned) {
  const sums = { low: binned.low, best: binned.best, high: binned.high };
  const known = { low: binned.lowKnown > 0, best: binned.bestKnown > 0, high: binned.incidents > binned.unknown };
  let { unknown } = binned;
  for (const i of incidents) {
    const [low, best, high] = ["fatalities_low", "fatalities_best", "fatalities_high"].map((name) =>
      store.value(name, i),
    );
    const figures = { low, best, high: [high, best, low].find((value) => !Number.isNaN(value)) ?? NaN };
    if (Number.isNaN(figures.high)) unknown++;
    for (const name of FIGURES) {
      if (Number.isNaN(figures[name])) continue;
      sums[name] += figures[name];
      known[name] = true;
    }
  }
  if (unknown === incidents.length + binned.incidents) return t("figure.unknown");
  const shown = Object.fromEntries(FIGURES.map((name) => [name, known[name] ? sums[name] : "–"]));
  const text = t("province.fatalities", shown);
  return unknown ? [text, el("span", { class: "geo-how" }, t("figure.records_without", { count: unknown }))] : text;
}

/**
 * Incidents in a province by year of the data, whatever the period.
 * @param {Model} model
 * @param {number[]} inside
 * @param {BinSums} binned
 */
function countByYear(model, inside, binned) {
  const { store } = model;
  const extent = timescale.extent(model);
  /** @type {number[]} */
  const counts = new Array(timescale.length(extent)).fill(0);
  for (const i of inside) {
    if (store.word("kind", i) !== "incident") continue;
    if (store.first[i] === 0) continue; // undated
    for (let year = store.first[i]; year <= store.last[i]; year++) counts[year - extent[0]]++;
  }
  for (const [year, count] of binned.years) counts[year - extent[0]] += count;
  return counts;
}

/**
 * Small bars of the incidents by year; years outside the period are pale.
 * @param {Model} model
 * @param {number[]} inside
 * @param {BinSums} binned
 */
function chart(model, inside, binned) {
  const extent = timescale.extent(model);
  const counts = countByYear(model, inside, binned);
  const most = Math.max(1, ...counts);
  const [from, to] = model.state.years ?? extent;
  const bars = counts.map((count, k) =>
    el(
      "span",
      {
        class: k + extent[0] >= from && k + extent[0] <= to ? "geo-mini-bar" : "geo-mini-bar geo-mini-off",
        title: t("years.bar", { year: String(k + extent[0]), count }),
      },
      el("span", { style: { height: `${(count / most) * 100}%` } }),
    ),
  );
  const name = counts
    .map((count, k) => count && `${k + extent[0]}: ${count}`)
    .filter(Boolean)
    .join(", ");
  return el(
    "div",
    { class: "geo-mini", dir: "ltr" },
    el(
      "div",
      {
        class: "geo-mini-bars",
        role: "img",
        "aria-label": t("province.chart", { counts: name || t("province.chart_empty") }),
      },
      bars,
    ),
    el(
      "div",
      { class: "geo-mini-axis", "aria-hidden": "true" },
      el("span", {}, String(extent[0])),
      el("span", {}, String(extent[1])),
    ),
  );
}

/**
 * @param {Model} model
 * @param {number} i
 */
function stronghold(model, i) {
  const fields = recordFields(model.store, i);
  const details = [fields.group, i18n.word("role", fields.role), i18n.word("tier", fields.tier), describe.when(fields)];
  return el(
    "li",
    {},
    recordLink(model, i, fields.title),
    el("span", { class: "geo-how", dir: "auto" }, details.filter(Boolean).join(", ")),
  );
}

/**
 * @param {Model} model
 * @param {number} i
 * @param {string | null} title
 */
function recordLink(model, i, title) {
  return button("geo-link-button", { text: title, dir: "auto" }, () => model.select(i));
}

const MOST_LINKS = 30;

/**
 * @param {Model} model
 * @param {number[]} incidents
 * @returns {Child[]}
 */
function recordLinks(model, incidents) {
  const first = incidents.slice(0, MOST_LINKS);
  return [
    el(
      "ul",
      { class: "geo-here" },
      first.map((i) => {
        const fields = briefFields(model.store, i);
        return el(
          "li",
          {},
          recordLink(model, i, fields.title),
          el("span", { class: "geo-how" }, describe.whenShort(fields)),
        );
      }),
    ),
    incidents.length > first.length &&
      el("p", { class: "geo-how" }, t("record.more_here", { count: incidents.length - first.length })),
  ];
}

/**
 * The sources of the records shown, with the number of records that cite each.
 * @param {Store} store
 * @param {number[]} shown
 * @param {Sources} sources
 */
function cited(store, shown, sources) {
  /** @type {Map<string | null, number>} */
  const counts = new Map();
  for (const i of shown)
    for (const key of new Set(store.sources(i).map(({ source }) => source)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  return el(
    "ul",
    {},
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([key, count]) => {
        /** @type {Partial<SourceLine>} */
        const line = sources.get(key) ?? {};
        return el(
          "li",
          {},
          link(line.url, line.title || key),
          el("span", { class: "geo-how" }, t("about.records", { count })),
        );
      }),
  );
}

/**
 * Numbers of the areas of a code, the oldest first.
 * @param {Model} model
 * @param {string} code
 */
function areasOf({ areas }, code) {
  return areas.byCode[(areas.numberOf.get(code) ?? 0) - 1] ?? [];
}

/**
 * The label point of a province as drawn.
 * @param {Model} model
 * @param {string} code
 * @returns {import("leaflet").LatLng | null}
 */
export function provincePlace(model, code) {
  const { lat, lng } = model.areas;
  const area = areasOf(model, code).at(-1);
  return area === undefined ? null : L.latLng(lat[area], lng[area]);
}
