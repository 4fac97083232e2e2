/* The card of a province. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { withoutMark } from "../layers/grid.js";
import * as describe from "./describe.js";
import { briefFields, recordFields } from "./describe.js";
import { button, el, link } from "./dom.js";
import { recordsIn } from "./province_records.js";
import * as timescale from "./timescale.js";

/** @typedef {import("../types/data.d.ts").Store} Store */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Child} Child */
/** @typedef {import("../types/page.d.ts").Sources} Sources */
/** @typedef {import("../types/page.d.ts").SourceLine} SourceLine */
/** @typedef {import("../types/model.d.ts").ProvinceCount} ProvinceCount */

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
  const counts = model.countIn(code);
  const shown = recordsIn(model, code).filter((i) => derived.selected[i]);
  const incidents = shown.filter((i) => store.word("kind", i) === "incident");
  const strongholds = shown.filter((i) => store.word("kind", i) === "stronghold");
  const count = counts.incidents;
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
    covered && counts.years.size > 0 && chart(model, counts.years),
    counts.undated > 0 &&
      el(
        "p",
        { class: "geo-how" },
        t(counts.years.size ? "province.undated" : "province.all_undated", { count: counts.undated }),
      ),
    count > 0 && facts(fatalities(counts)),
    strongholds.length > 0 &&
      section(
        "province.strongholds",
        el("ul", { class: "geo-plain" }, ...strongholds.map((i) => stronghold(model, i))),
      ),
    count > 0 &&
      section(
        "province.records",
        recordLinks(model, incidents),
        counts.withoutMark > 0 && el("p", { class: "geo-how" }, withoutMark(counts.withoutMark)),
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
 * People killed: sums of low, best and high, with a dash for a sum without figures.
 * @param {ProvinceCount} counts
 * @returns {Child}
 */
function fatalities({ incidents, low, best, high, open, unknown, lowKnown, bestKnown }) {
  if (unknown === incidents) return t("figure.unknown");
  const known = { low: lowKnown ? low : "–", best: bestKnown ? best : "–", high };
  const text = t(open ? "province.fatalities_open" : "province.fatalities", known);
  return unknown ? [text, el("span", { class: "geo-how" }, t("figure.records_without", { count: unknown }))] : text;
}

/**
 * Small bars of the incidents by year; years outside the period are pale.
 * @param {Model} model
 * @param {Map<number, number>} years
 */
function chart(model, years) {
  const extent = timescale.extent(model);
  const counts = Array.from({ length: timescale.length(extent) }, (_, k) => years.get(extent[0] + k) ?? 0);
  const most = Math.max(1, ...counts);
  const [from, to] = model.state.years ?? extent;
  const bars = counts.map((count, k) =>
    el(
      "span",
      {
        class: k + extent[0] >= from && k + extent[0] <= to ? "geo-mini-bar" : "geo-mini-bar geo-mini-off",
        title: t("years.bar", { year: String(k + extent[0]), what: t("years.incident", { count }) }),
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

/** The date in a list, where "not known" alone would speak of the claim. @param {import("./describe.js").Dated} fields */
const when = (fields) => (fields.date_start || fields.date_end ? describe.when(fields) : t("date.unknown"));

/**
 * @param {Model} model
 * @param {number} i
 */
function stronghold(model, i) {
  const fields = recordFields(model.store, i);
  const details = [fields.group, i18n.word("role", fields.role), i18n.word("tier", fields.tier), when(fields)];
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
