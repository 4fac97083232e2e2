/* Dates, figures and places of a record in the page's language: pure functions of its fields. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";

/** @typedef {import("../types/data.d.ts").RecordFields} RecordFields */
/** @typedef {import("../types/data.d.ts").Store} Store */
/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {"day" | "month" | "year"} DatePart */
/** @typedef {Pick<RecordFields, "date_start" | "date_end" | "date_precision"> & { date_kind?: string | null }} Dated */
/** @typedef {Pick<RecordFields, "place" | "admin2_name" | "admin1_name" | "country_code">} Placed */

const NUMBERS = [
  "fatalities_low",
  "fatalities_best",
  "fatalities_high",
  "injuries_low",
  "injuries_best",
  "injuries_high",
  "deaths_a",
  "deaths_b",
  "deaths_civilians",
  "deaths_unknown",
  "value",
];
const TEXTS = ["id", "title", "description", "date_start", "date_end", "place", "note"];
const WORDS = [
  "kind",
  "event_type",
  "sub_event_type",
  "clarity",
  "date_precision",
  "date_kind",
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

/** The fields that one line about a record needs: each text is decoded on every read, and a list reads many. */
const BRIEF = new Set([
  "title",
  "date_start",
  "date_end",
  "date_precision",
  "date_kind",
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
 * The fields of record `i` by their names in the record schema, null where the source gives none; `only` limits what is read.
 * @param {Store} store
 * @param {number} i
 * @param {Set<string> | null} [only]
 * @returns {RecordFields}
 */
export function recordFields(store, i, only = null) {
  /** @param {string[]} names */
  const wanted = (names) => (only ? names.filter((name) => only.has(name)) : names);
  /** @type {Record<string, unknown>} */
  const fields = { index: i, lat: store.lat(i), lng: store.lng(i), sources: store.sources(i) };
  for (const name of wanted(TEXTS)) fields[name] = store.text(name, i) || null;
  for (const name of wanted(WORDS)) fields[name] = store.word(name, i) || null;
  for (const name of wanted(FLAGS)) fields[name] = Boolean(store.value(name, i));
  for (const name of wanted(NUMBERS)) {
    const value = store.value(name, i);
    fields[name] = Number.isNaN(value) ? null : value;
  }
  return /** @type {RecordFields} */ (/** @type {unknown} */ (fields));
}

const LENGTH = { day: 10, month: 7, year: 4 }; // characters of an ISO date down to each part

/** @type {Record<DatePart, Intl.DateTimeFormatOptions>} */
const PARTS = {
  day: { year: "numeric", month: "long", day: "numeric" },
  month: { year: "numeric", month: "long" },
  year: { year: "numeric" },
};

/**
 * @param {string} iso
 * @param {DatePart} part
 * @returns {string}
 */
function format(iso, part) {
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? iso
    : new Intl.DateTimeFormat(i18n.locale(), { ...PARTS[part], timeZone: "UTC" }).format(date);
}

/**
 * An ISO date in words, down to the part that it gives: "23 March 2024", "March 2024", "2024".
 * @param {string} iso
 */
export function isoDay(iso) {
  const part = iso.length === LENGTH.year ? "year" : iso.length === LENGTH.month ? "month" : "day";
  return format(part === "year" ? `${iso}-01-01` : part === "month" ? `${iso}-01` : iso, part);
}

/**
 * The finest part that a range needs: whole years need no month, whole months no day.
 * @param {string} start
 * @param {string} end
 * @returns {DatePart}
 */
function fineness(start, end) {
  if (start.endsWith("-01-01") && end.endsWith("-12-31")) return "year";
  const last = new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0)).getUTCDate();
  return start.endsWith("-01") && Number(end.slice(8)) === last ? "month" : "day";
}

/**
 * The part of the date to which `precision` says it is known; other precisions ("range", "unknown") say no part.
 * @param {string | null} precision
 * @param {DatePart} otherwise
 * @returns {DatePart}
 */
function partOf(precision, otherwise) {
  return precision === "day" || precision === "month" || precision === "year" ? precision : otherwise;
}

/**
 * The date as exact as it is known, with what its bounds mean: "26 August 2021", "August 2021", "2021", "2019 to 2021", "some time
 * between 2019 and 2021", "since August 2021, no end reported", "not later than 2 May 2022", "date not known".
 * @param {Dated} fields
 * @returns {string}
 */
export function when({ date_start: start, date_end: end, date_precision: precision, date_kind: kind }) {
  if (!start) return end ? t("date.by", { date: format(end, partOf(precision, "day")) }) : t("date.none");
  if (!end) return t("date.no_end", { date: format(start, partOf(precision, "day")) });
  if (kind === "since") return t("date.attested", { date: format(start, "day"), until: format(end, "day") });
  const part = partOf(precision, fineness(start, end));
  const [from, to] = [format(start, part), format(end, part)];
  return from === to ? from : t(kind === "within" ? "date.within" : "date.range", { from, to });
}

/**
 * Short form for the table: ISO as far as it is known, so that the column lines up and sorts by eye.
 * @param {Dated} fields
 * @returns {string}
 */
export function whenShort({ date_start: start, date_end: end, date_precision: precision, date_kind: kind }) {
  const length = LENGTH[partOf(precision, start && end ? fineness(start, end) : "day")];
  const [from, to] = [start?.slice(0, length), end?.slice(0, length)];
  if (!from) return to ? t("date.until", { date: to }) : "–";
  if (!to || kind === "since") return t("date.since", { date: from });
  if (from === to) return from;
  // As in ISO 8601 intervals: the year or month that both ends share is written once.
  const shared = [8, 5].find((cut) => cut < length && from.slice(0, cut) === to.slice(0, cut)) ?? 0;
  return `${from}–${to.slice(shared)}`;
}

/**
 * A figure with its bounds: "54", "at least 54", "up to 35", "54 (50 to 60)"; "" where no source gives one.
 * @param {number | null} low
 * @param {number | null} best
 * @param {number | null} high
 * @returns {string}
 */
export function figure(low, best, high) {
  const middle = best ?? low;
  if (middle === null || middle === undefined)
    return high === null || high === undefined ? "" : t("figure.up_to", { high });
  const below = low !== null && low !== undefined && low < middle;
  const above = high !== null && high !== undefined && high > middle;
  if (best === null || best === undefined)
    return above ? t("figure.between", { low: middle, high }) : t("figure.at_least", { low: middle });
  if (below || above) return t("figure.bounds", { best, low: below ? low : best, high: above ? high : best });
  return low === best && (high === null || high === undefined) ? t("figure.at_least", { low }) : i18n.number(best);
}

/**
 * "Bazarak, Bazarak District, Panjshir": the place as the source spells it, then the areas that contain it, each once.
 * @param {Placed} fields
 * @returns {string[]}
 */
export function where({ place, admin2_name: district, admin1_name: province, country_code: country }) {
  const names = [];
  const seen = new Set();
  for (const name of [place, district, province, country && countryName(country)]) {
    if (!name || seen.has(bare(name))) continue;
    for (const part of name.split(",")) seen.add(bare(part));
    names.push(name);
  }
  return names;
}

/**
 * A name without its type word, in lower case: "Nangarhar Province" is the same place as "Nangarhar".
 * @param {string} name
 */
function bare(name) {
  return name
    .trim()
    .toLowerCase()
    .replace(/ (province|district|oblast|region|agency)$/, "");
}

/**
 * The name of a country in the page's language.
 * @param {string} code
 * @returns {string}
 */
export function countryName(code) {
  try {
    return new Intl.DisplayNames([i18n.locale()], { type: "region" }).of(code) ?? code;
  } catch {
    return code; // Intl throws on what is not a country code: show it as the record gives it
  }
}

/**
 * The period in words: "all years", "2021", "2021–2023".
 * @param {Years | null} years
 * @returns {string}
 */
export function period(years) {
  if (!years) return t("years.all");
  return years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`;
}

/**
 * Deaths by side: "20 of the first party, 3 of the second, 5 civilians, 2 of unknown side"; "" where no source says so.
 * @param {Pick<RecordFields, "deaths_a" | "deaths_b" | "deaths_civilians" | "deaths_unknown">} fields
 */
export function sides(fields) {
  const counts = /** @type {const} */ (["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]).map((name) => {
    const count = fields[name];
    return count === null || count === undefined ? "" : t(`sides.${name}`, { count });
  });
  return counts.filter(Boolean).join(", ");
}

/**
 * The fields that one line about a record needs; the others are missing.
 * @param {Store} store
 * @param {number} i
 * @returns {RecordFields}
 */
export const briefFields = (store, i) => recordFields(store, i, BRIEF);
