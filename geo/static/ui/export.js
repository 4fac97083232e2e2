/* The records shown now as a file: CSV for tables, GeoJSON for other maps. Pure functions of records. */

import { recordFields } from "./describe.js";

const COLUMNS = [
  "id",
  "kind",
  "title",
  "description",
  "event_type",
  "sub_event_type",
  "date_start",
  "date_end",
  "date_precision",
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
  "value",
  "unit",
  "measure",
  "cross_border",
  "sources",
  "conflicts_with",
  "same_as",
  "note",
];

/** The records of the list, in its order of dates, with the ids that link them. */
export function shownRecords(model) {
  const { store, derived } = model;
  return Array.from(derived.order, (i) => {
    const fields = recordFields(store, i);
    for (const name of ["conflicts_with", "same_as"])
      fields[name] = Array.from(store.links(name, i), (other) => store.text("id", other));
    return fields;
  });
}

/** One cell of RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function flat(name, value) {
  if (name === "sources")
    return value.map(({ source, paragraph }) => (paragraph ? `${source}:${paragraph}` : source)).join("; ");
  return Array.isArray(value) ? value.join("; ") : value;
}

/** A table with a header, CRLF line ends and a byte-order mark, without which spreadsheets garble names. */
export function csv(records) {
  const columns = [...COLUMNS, "longitude", "latitude"];
  const rows = records.map((fields) => {
    const point = { longitude: fields.lng, latitude: fields.lat };
    return columns
      .map((name) => cell(name in point ? (Number.isNaN(point[name]) ? null : point[name]) : flat(name, fields[name])))
      .join(",");
  });
  return `\uFEFF${[columns.join(","), ...rows].join("\r\n")}\r\n`;
}

/** A FeatureCollection of RFC 7946 in the schema of the package's own files; records without a point have a null geometry. */
export function geojson(records) {
  const features = records.map((fields) => ({
    type: "Feature",
    id: fields.id,
    properties: Object.fromEntries(COLUMNS.map((name) => [name, fields[name]])),
    geometry: Number.isNaN(fields.lat) ? null : { type: "Point", coordinates: [fields.lng, fields.lat] },
  }));
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}
