/* Sentences about a record: pure functions of its fields, in the page's language. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";

const NUMBERS = [
  "fatalities_low",
  "fatalities_best",
  "fatalities_high",
  "injuries_low",
  "injuries_best",
  "injuries_high",
  "value",
];
const TEXTS = ["id", "title", "description", "date_start", "date_end", "place", "note"];
const WORDS = [
  "kind",
  "event_type",
  "sub_event_type",
  "date_precision",
  "geo_precision",
  "country_code",
  "admin1_code",
  "admin1_name",
  "admin2_name",
  "actor1",
  "actor2",
  "group",
  "role",
  "tier",
  "status",
  "claimed_by",
  "denied_by",
  "unit",
  "measure",
];
const FLAGS = ["date_inferred", "cross_border"];

/** What a line about a record needs: texts are decoded for each read, and a list of rows reads many. */
const BRIEF = new Set([
  "title",
  "date_start",
  "date_end",
  "date_precision",
  "kind",
  "event_type",
  "place",
  "admin1_name",
  "country_code",
  "fatalities_low",
  "fatalities_best",
  "fatalities_high",
]);

/**
 * The fields of record `i` as the record schema names them, null where the source says nothing; `only`: a Set of those wanted.
 * @returns {import("../types/data.d.ts").RecordFields}
 */
export function recordFields(store, i, only = null) {
  const wanted = (names) => (only ? names.filter((name) => only.has(name)) : names);
  /** @type {any} */
  const fields = { index: i, lat: store.lat(i), lng: store.lng(i), sources: store.sources(i) };
  for (const name of wanted(TEXTS)) fields[name] = store.text(name, i) || null;
  for (const name of wanted(WORDS)) fields[name] = store.word(name, i) || null;
  for (const name of wanted(FLAGS)) fields[name] = Boolean(store.value(name, i));
  for (const name of wanted(NUMBERS)) {
    const value = store.value(name, i);
    fields[name] = Number.isNaN(value) ? null : value;
  }
  return fields;
}

const PARTS = {
  day: { year: "numeric", month: "long", day: "numeric" },
  month: { year: "numeric", month: "long" },
  year: { year: "numeric" },
};

function format(iso, part) {
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? iso
    : new Intl.DateTimeFormat(i18n.locale(), { ...PARTS[part], timeZone: "UTC" }).format(date);
}

/** How fine a bound of a range reads: a whole year needs no month, the first of a month no day. */
function fineness(start, end) {
  if (start.endsWith("-01-01") && end.endsWith("-12-31")) return "year";
  const last = new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0)).getUTCDate();
  return start.endsWith("-01") && Number(end.slice(8)) === last ? "month" : "day";
}

/** The date as exact as it is known: "26 August 2021", "August 2021", "2021", "2019 to 2021", "date not known". */
export function when({ date_start: start, date_end: end, date_precision: precision }) {
  if (!start && !end) return t("date.none");
  if (!end) return t("date.since", { date: format(start, PARTS[precision] ? precision : "day") });
  if (!start) return t("date.until", { date: format(end, PARTS[precision] ? precision : "day") });
  const part = PARTS[precision] ? precision : fineness(start, end);
  const [from, to] = [format(start, part), format(end, part)];
  return from === to ? from : t("date.range", { from, to });
}

/** Short form for the table: ISO as far as it is known, so that the column lines up and sorts by eye. */
export function whenShort({ date_start: start, date_end: end, date_precision: precision }) {
  if (!start && !end) return "–";
  const length =
    { day: 10, month: 7, year: 4 }[precision] ??
    { day: 10, month: 7, year: 4 }[start && end ? fineness(start, end) : "day"];
  const [from, to] = [start?.slice(0, length), end?.slice(0, length)];
  if (!from) return t("date.until", { date: to });
  if (!to) return t("date.since", { date: from });
  if (from === to) return from;
  // As ISO 8601 writes intervals: what both ends share is not said twice.
  const shared = [8, 5].find((cut) => cut < length && from.slice(0, cut) === to.slice(0, cut)) ?? 0;
  return `${from}–${to.slice(shared)}`;
}

/** A figure with its bounds: "54", "at least 54", "up to 35", "54 (50 to 60)"; "" where no source gives one. */
export function figure(low, best, high) {
  const middle = best ?? low;
  if (middle === null || middle === undefined)
    return high === null || high === undefined ? "" : t("figure.up_to", { high });
  const below = low !== null && low !== undefined && low < middle;
  const above = high !== null && high !== undefined && high > middle;
  if (best === null || best === undefined)
    return above ? t("figure.between", { low, high }) : t("figure.at_least", { low });
  if (below || above) return t("figure.bounds", { best, low: below ? low : best, high: above ? high : best });
  return low === best && (high === null || high === undefined) ? t("figure.at_least", { low }) : i18n.number(best);
}

/** "Bazarak, Bazarak District, Panjshir": the place as the source spells it, then the areas round it, each once. */
export function where({ place, admin2_name: district, admin1_name: province, country_code: country }) {
  const names = [place, district, province, country && countryName(country)];
  const said = new Set();
  return names.filter((name) => {
    if (!name || said.has(bare(name))) return false;
    for (const part of name.split(",")) said.add(bare(part));
    return true;
  });
}

/** "Nangarhar Province" says the same place as "Nangarhar". */
function bare(name) {
  return name
    .trim()
    .toLowerCase()
    .replace(/ (province|district|oblast|region|agency)$/, "");
}

export function countryName(code) {
  try {
    return new Intl.DisplayNames([i18n.locale()], { type: "region" }).of(code);
  } catch {
    return code; // not a country code: show what the record says
  }
}

/** The period as the page names it everywhere: "all years", "2021", "2021–2023". */
export function period(years) {
  if (!years) return t("years.all");
  return years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`;
}

/** What is shown, in one sentence: the card, the live region, the picture and the print say the same. */
export function shown(totals, of, years, leftOut = "") {
  const parts = [t("shown.incidents", { count: totals.incidents, of, period: period(years) })];
  if (totals.unplaced) parts.push(t("shown.unplaced", { count: totals.unplaced }));
  if (totals.undated) parts.push(t(years ? "shown.undated_left_out" : "shown.undated", { count: totals.undated }));
  if (leftOut) parts.push(leftOut);
  return parts.join("; ");
}

export const briefFields = (store, i) => recordFields(store, i, BRIEF);
