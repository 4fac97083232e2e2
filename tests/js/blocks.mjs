// Data blocks made by hand, and models of them without a browser.
import { gzipSync } from "node:zlib";
import * as decode from "../../geo/static/core/decode.js";
import { createModel } from "../../geo/static/core/model.js";

const TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
  utf8: Uint8Array,
  prose: Uint8Array,
};

/** base64 of a block; `sections`: {name: [type, values, notes]}. Written after docs/design.md, not after geo/payload/container.py. */
export function block(header, sections) {
  const list = [];
  const parts = [];
  let offset = 0;
  for (const [name, [type, values, notes]] of Object.entries(sections)) {
    const bytes = Buffer.from(new Uint8Array(TYPES[type].from(values).buffer));
    const padded = Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
    list.push({ name, type, offset, length: bytes.length, ...notes });
    parts.push(padded);
    offset += padded.length;
  }
  const head = Buffer.from(JSON.stringify({ ...header, sections: list }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const gap = Buffer.alloc((8 - ((4 + head.length) % 8)) % 8);
  return gzipSync(Buffer.concat([length, head, gap, ...parts])).toString("base64");
}

const NONE = -(2 ** 31);
export const day = (iso) => (iso ? Date.parse(iso) / 864e5 : NONE);
const steps = (degrees) => (degrees === undefined || degrees === null ? NONE : Math.round(degrees * 1e5));

const codes = (words, values) => values.map((value) => (value ? words.indexOf(value) + 1 : 0));
const counts = (values) => values.map((value) => (value === undefined || value === null ? 0 : value + 1));

/** The kind of a record's date as it follows from its bounds; see the rules of counting in docs/design.md. */
function dateKind({ kind, date_start: start, date_end: end }) {
  if (!start) return end ? "by" : "unknown";
  if (!end) return "since";
  return start === end ? "at" : kind === "incident" || kind === undefined ? "within" : "throughout";
}

/** The signed numbers as zigzag variable-length bytes. */
export function varint(numbers) {
  const bytes = [];
  for (const number of numbers) {
    let value = number < 0 ? -number * 2 - 1 : number * 2;
    while (value > 127) {
      bytes.push((value % 128) + 128);
      value = Math.floor(value / 128);
    }
    bytes.push(value);
  }
  return bytes;
}

/**
 * The two blocks of a small data set. Two provinces of the country XT share a border: A (0..1 E) and B (1..2 E), both 0..1 N;
 * until the end of 2019, A was two: A (0..0.5 E) and O (0.5..1 E), which A took in.
 */
export function blocks(given) {
  const records = given.map((record) => ({ date_kind: dateKind(record), ...record }));
  const column = (name) => records.map((record) => record[name]);
  const words = {};
  const sections = {};
  const kept = [
    "kind",
    "event_type",
    "date_precision",
    "date_kind",
    "geo_precision",
    "country_code",
    "role",
    "tier",
    "unit",
    "measure",
  ];
  for (const name of kept) {
    words[name] = [...new Set(column(name).filter(Boolean))].sort();
    sections[name] = ["u8", codes(words[name], column(name))];
  }
  const parties = [...new Set(["group", "actor1", "actor2"].flatMap((name) => column(name)).filter(Boolean))].sort();
  for (const name of ["group", "actor1", "actor2"]) {
    words[name] = parties;
    sections[name] = ["u8", codes(parties, column(name))];
  }
  sections.date_start = ["i32", column("date_start").map(day)];
  sections.days = [
    "i32",
    records.map(({ date_start: start, date_end: end }) => (start && end ? day(end) - day(start) : day(end))),
  ];
  sections.lng = ["i32", column("lng").map(steps)];
  sections.lat = ["i32", column("lat").map(steps)];
  for (const name of ["cross_border", "date_inferred"])
    sections[name] = ["u8", column(name).map((flag) => (flag ? 1 : 0))];
  for (const side of ["low", "best", "high"]) {
    for (const name of [`fatalities_${side}`, `injuries_${side}`])
      sections[name] = ["u16", counts(column(name)), { plus: 1 }];
  }
  for (const name of ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"])
    sections[name] = ["u16", counts(column(name)), { plus: 1 }];
  sections.counts_as = ["u8", column("counts_as").map((times) => times ?? 1)];
  sections.value = ["f64", column("value").map((value) => value ?? NaN)];
  const places = ["XT-A", "XT-B", "XT-O", "ZZ-9"];
  sections.admin1_code = ["u8", codes(places, column("admin1_code"))];
  const square = (west, east) =>
    [west, 0, east, 0, east, 1, west, 1, west, 0].map((degree) => Math.round(degree * 1e5));
  const ring = (west, east) => {
    const points = square(west, east);
    return points.map((value, k) => (k < 2 ? value : value - points[k - 2]));
  };
  // Four areas of one ring each; shared arcs are tried in topology.test.mjs.
  const starts = [
    [0, 1],
    [1, 2],
    [0, 0.5],
    [0.5, 1],
  ];
  let before = [0, 0];
  const arcs = starts.flatMap(([west, east]) => {
    const deltas = ring(west, east);
    const first = deltas.slice(0, 2);
    deltas[0] -= before[0];
    deltas[1] -= before[1];
    before = first;
    return deltas;
  });
  sections.arcs = ["u8", varint(arcs)];
  sections["arcs:lengths"] = ["u8", [5, 5, 5, 5]];
  sections.ring_arcs = ["i32", [0, 1, 2, 3]];
  sections["ring_arcs:lengths"] = ["u8", [1, 1, 1, 1]];
  sections["areas:lengths"] = ["u8", [1, 1, 1, 1]];
  const metrics = ["incidents", "fatalities_best", "incidents_per_10000_km2"];
  const data = block(
    {
      n: records.length,
      words,
      metrics,
      ...Object.fromEntries(
        ["classes", "year_classes"].map((name) => [
          name,
          Object.fromEntries(metrics.map((metric) => [metric, { metric, bounds: [1, 3], labels: ["1", "2–3"] }])),
        ]),
      ),
      styles: {
        event_types: words.event_type.map((word) => ({ word, shape: "circle", colour: "#000" })),
        other: { shape: "cross", colour: "#666" },
        groups: [],
      },
      codes: places,
      names: ["Alpha", "Beta", "Old", "ZZ-9"],
      areas: {
        code: [1, 2, 1, 3],
        country: ["XT", "XT", "XT", "XT"],
        from: ["2020-01-01", null, null, null],
        to: [null, null, "2019-12-31", "2019-12-31"],
        km2: [20000, 5000, 10000, 10000],
        lng: [0.5, 1.5, 0.25, 0.75],
        lat: [0.5, 0.5, 0.5, 0.5],
      },
      successors: { "XT-O": "XT-A" },
      countries: { XT: { lng: 1, lat: 0.5, covered: true } },
    },
    sections,
  );
  const text = {};
  for (const name of ["id", "title", "description", "place", "note"]) {
    const rows = column(name).map((value) => Buffer.from(value ?? ""));
    text[name] = ["utf8", [...Buffer.concat(rows)]];
    text[`${name}:lengths`] = ["u16", rows.map((row) => row.length)];
  }
  const cited = column("sources").map((list) => list ?? []);
  const keys = [...new Set(cited.flat().map(({ source }) => source))];
  text["sources:lengths"] = ["u8", cited.map((list) => list.length)];
  text.sources = ["u8", cited.flat().map(({ source }) => keys.indexOf(source) + 1)];
  text.source_keys = ["utf8", [...Buffer.from(keys.join(""))]];
  text["source_keys:lengths"] = ["u8", keys.map((key) => Buffer.from(key).length)];
  text.paragraphs = ["u8", cited.flat().map(({ paragraph }) => paragraph ?? 0)];
  for (const name of ["conflicts_with", "same_as"]) {
    text[`${name}:lengths`] = ["u8", column(name).map((list) => list?.length ?? 0)];
    text[name] = [
      "u32",
      column(name).flatMap((list) => (list ?? []).map((id) => records.findIndex((record) => record.id === id))),
    ];
  }
  return { data, text: block({ words: {}, paragraphs: [null, 1, 2, 3, 4, 5] }, text) };
}

/** A model of two blocks in base64. */
export const openBlocks = (data, text) =>
  createModel(
    async () => decode.block(data),
    async () => decode.block(text),
  );

/** A model of records, ready. */
export async function modelOf(records) {
  const { data, text } = blocks(records.map((record, k) => ({ id: `r${k}`, kind: "incident", ...record })));
  const model = openBlocks(data, text);
  await model.ready;
  return model;
}
