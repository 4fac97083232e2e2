/* A province's card: incidents by year, fatalities with their bounds, strongholds with tier and period, sources. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { withoutMark } from "../layers/grid.js";
import * as describe from "./describe.js";
import { briefFields, recordFields } from "./describe.js";
import { button, el, link } from "./dom.js";
import * as timescale from "./timescale.js";

export function provinceArticle(model, code, sources) {
  const { store, state, derived } = model;
  const province = store.provinces.find((one) => one.code === code) ?? { code, name: code, country: "" };
  const inside = records(model, code);
  const sums = model.countIn(code);
  const shown = inside.filter((i) => derived.selected[i]);
  const incidents = shown.filter((i) => store.word("kind", i) === "incident");
  const strongholds = shown.filter((i) => store.word("kind", i) === "stronghold");
  const count = sums.incidents;
  const covered =
    count > 0 || model.areas.byCode[model.areas.numberOf.get(code) - 1]?.some((area) => model.areas.covered(area));
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
    covered && chart(model, sums.years),
    count > 0 &&
      el("dl", { class: "geo-facts" }, el("div", {}, el("dt", {}, t("record.killed")), el("dd", {}, fatalities(sums)))),
    strongholds.length > 0 &&
      el(
        "section",
        {},
        el("h3", {}, t("province.strongholds")),
        el(
          "ul",
          { class: "geo-plain" },
          strongholds.map((i) => stronghold(model, i)),
        ),
      ),
    count > 0 &&
      el(
        "section",
        {},
        el("h3", {}, t("province.records")),
        recordLinks(model, incidents),
        sums.withoutMark > 0 && el("p", { class: "geo-how" }, withoutMark(sums.withoutMark)),
      ),
    shown.length > 0 &&
      el("section", { class: "geo-cited" }, el("h3", {}, t("record.sources")), cited(store, shown, sources)),
  );
}

/** The records that count in a province as drawn, whatever the period, in the order of the list. */
function records(model, code) {
  const { store } = model;
  const codes = store.column("admin1_code");
  const counted = Uint8Array.from([0, ...store.codes.map((own) => (model.drawnCode(own) === code ? 1 : 0))]);
  return Array.from(store.newest.filter((i) => counted[codes[i]] === 1));
}

/** Low, best and high as the whole map counts them: a missing high is the next figure the record gives. A dash where none gives one. */
function fatalities({ incidents, low, best, high, unknown, lowKnown, bestKnown }) {
  if (unknown === incidents) return t("figure.unknown");
  const text = t("province.fatalities", { low: lowKnown ? low : "–", best: bestKnown ? best : "–", high });
  return unknown ? [text, el("span", { class: "geo-how" }, t("figure.records_without", { count: unknown }))] : text;
}

/** Small bars: the province's incidents by year of the data, the period's years in full colour. */
function chart(model, years) {
  const { state } = model;
  const extent = timescale.extent(model);
  const counts = new Array(timescale.length(extent)).fill(0);
  for (const [year, count] of years) counts[year - extent[0]] = count;
  const most = Math.max(1, ...counts);
  const [from, to] = state.years ?? extent;
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

function stronghold(model, i) {
  const fields = recordFields(model.store, i);
  const details = [fields.group, i18n.word("role", fields.role), i18n.word("tier", fields.tier), describe.when(fields)];
  return el(
    "li",
    {},
    button("geo-link-button", { text: fields.title, dir: "auto" }, () => model.select(i)),
    el("span", { class: "geo-how", dir: "auto" }, details.filter(Boolean).join(", ")),
  );
}

function recordLinks(model, incidents) {
  const first = incidents.slice(0, 30);
  return [
    el(
      "ul",
      { class: "geo-here" },
      first.map((i) => {
        const fields = briefFields(model.store, i);
        return el(
          "li",
          {},
          button("geo-link-button", { text: fields.title, dir: "auto" }, () => model.select(i)),
          el("span", { class: "geo-how" }, describe.whenShort(fields)),
        );
      }),
    ),
    incidents.length > first.length &&
      el("p", { class: "geo-how" }, t("record.more_here", { count: incidents.length - first.length })),
  ];
}

function cited(store, shown, sources) {
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

/** The label point of a province as drawn. */
export function provincePlace({ areas }, code) {
  const area = areas.byCode[areas.numberOf.get(code) - 1]?.at(-1);
  return area === undefined ? null : L.latLng(areas.lat[area], areas.lng[area]);
}
