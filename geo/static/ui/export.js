/* The records shown now as a file: CSV for tables, GeoJSON for other maps. Pure functions of records. */

import { recordFields } from "./describe.js";
import { activeFilters, shownNow } from "./shown.js";

/** @typedef {import("../types/data.d.ts").RecordFields} RecordFields */
/** @typedef {import("../types/data.d.ts").Source} Source */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {RecordFields & { conflicts_with: string[], same_as: string[] }} LinkedFields A record with the ids of those it is linked to. */
/** @typedef {string | number | boolean | null | undefined} Cell */
/**
 * @typedef {{ records: LinkedFields[], selection: string, level: string }} Shown
 *   The records shown, the filters in words ("" for none), and what the areas of the map are: "province" or "district".
 */

/** @type {(keyof LinkedFields)[]} */
const COLUMNS = [
  "id",
  "kind",
  "title",
  "description",
  "event_type",
  "sub_event_type",
  "clarity",
  "date_start",
  "date_end",
  "date_precision",
  "date_kind",
  "date_inferred",
  "place",
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
  "unit",
  "measure",
  "cross_border",
  "sources",
  "conflicts_with",
  "same_as",
  "note",
];

// On a map by district, a record's area is no province.
const DISTRICT_COLUMNS = new Map([
  ["admin1_code", "district_code"],
  ["admin1_name", "district_name"],
]);

/**
 * The name of a column in the files of a map.
 * @param {string} level
 * @returns {(column: string) => string}
 */
const columnName = (level) => (column) => (level === "district" && DISTRICT_COLUMNS.get(column)) || column;

/**
 * The records shown, the newest first, as in the list.
 * @param {Model} model
 * @returns {Shown}
 */
export function shownRecords(model) {
  const { store, derived } = model;
  const records = Array.from(derived.order, (i) => {
    /** @param {"conflicts_with" | "same_as"} name */
    const ids = (name) => Array.from(store.links(name, i), (other) => store.text("id", other));
    return { ...recordFields(store, i), conflicts_with: ids("conflicts_with"), same_as: ids("same_as") };
  });
  return { records, selection: activeFilters(model).length ? shownNow(model) : "", level: store.header.level };
}

// As in geo/cells.py, so that geo reads the file back.
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/**
 * One cell of RFC 4180; an apostrophe goes before text that a spreadsheet would run as a formula.
 * @param {Cell} value
 * @returns {string}
 */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A list as one text; a cited source as "key:paragraph".
 * @param {LinkedFields[keyof LinkedFields]} value
 * @returns {Cell}
 */
function flat(value) {
  return Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : citation(one))).join("; ") : value;
}

/** @param {Source} cited */
const citation = ({ source, paragraph }) => (paragraph ? `${source}:${paragraph}` : source);

/**
 * A table with a header and CRLF line ends; without the byte-order mark spreadsheets do not read it as UTF-8. Filtered records
 * have a last column that names the filters, as a line before the header would not be CSV.
 * @param {Shown} shown
 * @returns {string}
 */
export function csv({ records, selection, level }) {
  /** @param {number} degrees */
  const coordinate = (degrees) => cell(Number.isNaN(degrees) ? null : degrees);
  /** @param {string} text */
  const last = (text) => (selection ? [text] : []);
  const rows = records.map((fields) =>
    [
      ...COLUMNS.map((name) => cell(flat(fields[name]))),
      coordinate(fields.lng),
      coordinate(fields.lat),
      ...last(cell(selection)),
    ].join(","),
  );
  const head = [...COLUMNS.map(columnName(level)), "longitude", "latitude", ...last("selection")].join(",");
  return `\uFEFF${[head, ...rows].join("\r\n")}\r\n`;
}

/**
 * A FeatureCollection of RFC 7946 in the schema of the package's own files; records without a point have a null geometry. Filtered
 * records have the filters as the member "selection" of the collection.
 * @param {Shown} shown
 * @returns {string}
 */
export function geojson({ records, selection, level }) {
  const named = columnName(level);
  const features = records.map((fields) => ({
    type: "Feature",
    id: fields.id,
    properties: Object.fromEntries(COLUMNS.map((name) => [named(name), fields[name]])),
    geometry: Number.isNaN(fields.lat) ? null : { type: "Point", coordinates: [fields.lng, fields.lat] },
  }));
  return JSON.stringify({ type: "FeatureCollection", ...(selection ? { selection } : {}), features }, null, 1);
}
