/* What words that a reader selects, types or chooses make of a record. */

import { FIELD, FIELDS, SUB_TYPES } from "./fields.js";
import { boundsIn, numberIn } from "./figures.js";
import { fromEdtf, whenIn } from "./when.js";

/** @typedef {import("../types/review.d.ts").Area} Area */
/** @typedef {import("../types/review.d.ts").PageData} PageData */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("../types/review.d.ts").Value} Value */
/** @typedef {import("../types/review.d.ts").Values} Values */
/** @typedef {{ values: Values, point?: [number, number] | null, message?: string }} Filling */

/** What is known only of a country, or of nothing at all. */
const NOWHERE = { admin1_code: null, admin1_name: null, admin2_name: null };

/**
 * What selected words make of a field; a message where they do not say it.
 * @param {string} field
 * @param {string} words
 * @param {Values} values Of the record as it stands.
 * @param {PageData} data
 * @returns {Filling}
 */
export function fromWords(field, words, values, data) {
  const { type } = FIELD.get(field) ?? { type: "text" };
  if (field === "date_start") {
    const when = whenIn(words);
    return when ? { values: { ...when } } : { values: {}, message: "review.no_date" };
  }
  if (field === "fatalities_best" || field === "injuries_best") {
    const bounds = boundsIn(words);
    if (!bounds) return { values: {}, message: "review.no_number" };
    const what = field.split("_")[0];
    return { values: { [`${what}_low`]: bounds.low, [`${what}_best`]: bounds.best, [`${what}_high`]: bounds.high } };
  }
  if (type === "count" || type === "number") {
    const number = numberIn(words);
    return number === null ? { values: {}, message: "review.no_number" } : { values: { [field]: number } };
  }
  if (type === "word") return { values: {}, message: "review.choose" };
  const plain = words.replace(/\s+/g, " ").trim();
  return field === "place" ? placed(plain, values, data) : { values: { [field]: plain } };
}

/**
 * A place by its words: with its province and point where the page knows it, else known only to the country.
 * @param {string} words
 * @param {Values} values
 * @param {PageData} data
 * @returns {Filling}
 */
export function placed(words, values, data) {
  const known = data.places[words.toLowerCase()];
  if (!known) {
    const country = values.country_code ?? null;
    return {
      values: { ...NOWHERE, place: words, geo_precision: country ? "country" : "unknown" },
      point: null,
      message: "review.no_place",
    };
  }
  const { past } = known;
  const day = values.date_start ?? values.date_end;
  const [code, name] = past && day && day <= past[2] ? past : [known.admin1_code, known.admin1_name];
  const area = data.map.areas.find((one) => one.code === code);
  const point = known.point ?? area?.label ?? null;
  const precision = known.point ? known.geo_precision : point ? "province" : "country";
  return {
    values: {
      place: words,
      geo_precision: precision,
      country_code: known.country_code,
      admin1_code: point ? code : null,
      admin1_name: point ? name : null,
      admin2_name: precision === "district" ? known.name : null,
    },
    point,
  };
}

/**
 * A province that the reader chooses, on the map or by name; a record that was known to less takes the province's point.
 * @param {Area | undefined} area
 * @param {Values} values
 * @param {[number, number] | null} point
 * @returns {Filling}
 */
export function inProvince(area, values, point) {
  if (!area) return { values: { ...NOWHERE, geo_precision: values.country_code ? "country" : "unknown" }, point: null };
  const own = { admin1_code: area.code, admin1_name: area.name, country_code: area.country };
  const moved = values.admin1_code !== area.code;
  if (!moved && point) return { values: own };
  return { values: { ...own, admin2_name: null, geo_precision: "province" }, point: area.label };
}

/**
 * What a reader types into a field or chooses in it.
 * @param {string} field "date" for the dates together.
 * @param {string} typed
 * @param {Values} values
 * @param {PageData} data
 * @param {[number, number] | null} point
 * @returns {Filling}
 */
export function fromTyping(field, typed, values, data, point) {
  const plain = typed.trim();
  if (field === "date") {
    const when = fromEdtf(plain);
    return when ? { values: { ...when } } : { values: {}, message: "review.not_a_date" };
  }
  if (field === "admin1_code")
    return inProvince(
      data.map.areas.find((one) => one.code === plain),
      values,
      point,
    );
  if (field === "place") return plain ? placed(plain, values, data) : { values: { place: null } };
  if (field === "kind") return { values: ofKind(plain, values) };
  if (field === "sub_event_type") return { values: { sub_event_type: plain, ...typeOf(plain) } };
  const { type } = FIELD.get(field) ?? { type: "text" };
  if (type === "flag") return { values: { [field]: plain === "true" } };
  if (plain === "") return { values: { [field]: null } };
  if (type === "count" || type === "number") {
    const number = numberIn(plain);
    const whole = number !== null && (type === "number" || Number.isInteger(number));
    return whole ? { values: { [field]: number } } : { values: {}, message: "review.not_a_number" };
  }
  return { values: { [field]: plain } };
}

/** @param {string} subType @returns {Values} */
function typeOf(subType) {
  const found = Object.entries(SUB_TYPES).find(([, names]) => names.includes(subType));
  return found ? { event_type: found[0] } : {};
}

/**
 * Another kind of record: what only the old one has becomes blank.
 * @param {string} kind
 * @param {Values} values
 * @returns {Values}
 */
function ofKind(kind, values) {
  /** @type {Values} */
  const out = { kind };
  for (const { name, kinds } of FIELDS) if (kinds && !kinds.includes(kind) && values[name] != null) out[name] = null;
  if (kind === "incident" && !values.status) out.status = "stated";
  return out;
}
