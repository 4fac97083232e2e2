import assert from "node:assert/strict";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { block, blocks, openBlocks } from "./blocks.mjs";

const RECORDS = [
  {
    title: "Raid",
    date_start: "2021-03-01",
    date_end: "2021-03-01",
    admin1_code: "XT-A",
    geo_precision: "city",
    lng: 0.2,
    lat: 0.2,
    event_type: "Battles",
    actor1: "Red",
    country_code: "XT",
    fatalities_low: 1,
    fatalities_best: 2,
    fatalities_high: 5,
  },
  {
    title: "Bomb",
    date_start: "2020-01-01",
    date_end: "2020-01-01",
    admin1_code: "XT-B",
    geo_precision: "district",
    lng: 1.2,
    lat: 0.4,
    event_type: "Explosions",
    country_code: "XT",
    actor1: "Green",
  },
  {
    title: "Rumour",
    geo_precision: "province",
    admin1_code: "XT-A",
    event_type: "Explosions",
    country_code: "XT",
    date_start: "2021-01-01",
    date_end: "2021-01-01",
  },
  {
    title: "Abroad",
    geo_precision: "country",
    country_code: "XT",
    event_type: "Battles",
    cross_border: true,
    date_start: "2021-01-01",
    date_end: "2021-01-01",
  },
  {
    kind: "stronghold",
    title: "Camp",
    date_start: "2020-01-01",
    date_end: "2021-12-31",
    admin1_code: "XT-B",
    geo_precision: "province",
    country_code: "XT",
    group: "Red",
    tier: "claimed",
  },
];
// Words are sorted: event types Battles 1, Explosions 2; precisions city 1, country 2, district 3, province 4; provinces XT-A 1, XT-B 2, XT-O 3, ZZ-9 4.
const ROWS = [
  // in cell 1, three battles of 2018 in Old, all with figures
  {
    place: 1,
    province: 3,
    first: 2018,
    years: 0,
    type: 1,
    precision: 1,
    point: 1,
    country: 1,
    abroad: 0,
    incidents: 3,
    reports: 4,
    open: 1,
    low: 4,
    best: 6,
    high: 9,
    unknown: 0,
    lowKnown: 2,
    bestKnown: 3,
  },
  // in cell 2, two explosions of 2019 to 2020 in B, no figures
  {
    place: 2,
    province: 2,
    first: 2019,
    years: 1,
    type: 2,
    precision: 3,
    point: 1,
    country: 1,
    abroad: 1,
    incidents: 2,
    reports: 3,
    open: 2,
    low: 0,
    best: 0,
    high: 0,
    unknown: 2,
    lowKnown: 0,
    bestKnown: 0,
  },
  // undated, known to the country only, across a border
  {
    place: 0,
    province: 0,
    first: 0,
    years: 0,
    type: 1,
    precision: 2,
    point: 0,
    country: 1,
    abroad: 1,
    incidents: 5,
    reports: 6,
    open: 4,
    low: 0,
    best: 0,
    high: 7,
    unknown: 4,
    lowKnown: 0,
    bestKnown: 0,
  },
  // known to the province A only, 2021
  {
    place: 0,
    province: 1,
    first: 2021,
    years: 0,
    type: 2,
    precision: 4,
    point: 0,
    country: 1,
    abroad: 0,
    incidents: 10,
    reports: 11,
    open: 9,
    low: 1,
    best: 1,
    high: 1,
    unknown: 9,
    lowKnown: 1,
    bestKnown: 1,
  },
];

/** A model whose data block has rows of counts besides its records. */
async function withRows() {
  const { data, text } = blocks(RECORDS.map((record, k) => ({ id: `r${k}`, kind: "incident", ...record })));
  const raw = gunzipSync(Buffer.from(data, "base64"));
  const length = raw.readUInt32LE(0);
  const header = JSON.parse(raw.subarray(4, 4 + length).toString());
  const start = Math.ceil((4 + length) / 8) * 8;
  const sections = {};
  const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f64: Float64Array };
  for (const { name, type, offset, length: bytes, plus } of header.sections) {
    const copy = raw.subarray(start + offset, start + offset + bytes);
    const values = Array.from(new TYPES[type](new Uint8Array(copy).buffer));
    sections[name] = [type, values, plus ? { plus } : {}];
  }
  delete header.sections;
  const names = {
    place: "place",
    province: "admin1_code",
    first: "first",
    years: "years",
    type: "event_type",
    precision: "geo_precision",
    point: "point",
    country: "country_code",
    abroad: "cross_border",
    incidents: "incidents",
    reports: "reports",
    open: "fatalities_open",
    low: "fatalities_low",
    best: "fatalities_best",
    high: "fatalities_high",
    unknown: "fatalities_unknown",
    lowKnown: "low_known",
    bestKnown: "best_known",
  };
  for (const [key, name] of Object.entries(names)) sections[`cells:${name}`] = ["u16", ROWS.map((row) => row[key])];
  sections["places:row"] = ["u16", [180, 181]];
  sections["places:column"] = ["u16", [360, 362]];
  header.cells = {
    n: ROWS.length,
    incidents: 20,
    reports: 24,
    marks: 4,
    keep: "newest",
    degrees: 0.5,
    bounds: [1, 5],
    labels: ["1", "2–5"],
  };
  const model = openBlocks(block(header, sections), text);
  await model.ready;
  return model;
}

test("all years: rows count as many times as they have incidents, and the data reach back to their years", async () => {
  const model = await withRows();
  assert.deepEqual(model.extent, [2018, 2021]);
  const { totals, layers, rest } = model.derived;
  assert.deepEqual(totals, {
    incidents: 4 + 20,
    strongholds: 1,
    statistics: 0,
    unplaced: 1 + 5,
    reports: 4 + 24,
    undated: 5,
    before: 0,
    fatalities: { low: 1 + 4 + 1, best: 2 + 6 + 1, high: null },
    fatalities_open: 3 + 1 + 2 + 4 + 9,
    fatalities_unknown: 3 + 2 + 4 + 9,
    provinces: {
      "XT-A": { incidents: 2 + 10, fatalities_best: 2 + 1 },
      "XT-B": { incidents: 1 + 2, fatalities_best: 0 },
      "XT-O": { incidents: 3, fatalities_best: 6 },
    },
  });
  // Marks and squares in places; a country only has no place among the incidents.
  assert.deepEqual(layers, {
    choropleth: 3 + 15,
    strongholds: 1,
    statistics: 0,
    cross_border: 1 + 7,
    incidents: 3 + 15,
  });
  assert.deepEqual([...rest.grid], [3, 2]);
  assert.deepEqual([...rest.byType], [0, 3, 12]);
  assert.deepEqual([rest.incidents, rest.abroad, [...rest.countries], rest.leftOut], [20, 2, [["XT", 5]], 0]);
  assert.deepEqual([model.derived.order.length, model.store.n], [5, 5]);
  // The legend counts both: two battles at places by records, none by type 0; one record and two of a bin across a border at a place.
  const { types, abroad } = model.derived.legend;
  assert.deepEqual([[...types], abroad], [[0, 1 + 3, 2 + 12], { place: 2, country: 1 + 5 }]);
});

test("a province's sums hold its records and bins, shown ones alone; its years are counted whatever the filters", async () => {
  const model = await withRows();
  const expected = {
    incidents: 2 + 10 + 3,
    low: 1 + 1 + 4,
    best: 2 + 1 + 6,
    high: 5 + 1 + 9,
    open: 1 + 1 + 9,
    unknown: 1 + 9,
    lowKnown: 1 + 1 + 2,
    bestKnown: 1 + 1 + 3,
    undated: 0,
    withoutMark: 10 + 3,
  };
  const years = (count) => Object.fromEntries(count.years);
  const all = model.countIn("XT-A"); // with XT-O, which it has taken in
  assert.deepEqual({ ...expected, years: years(all) }, { ...all, years: { 2018: 3, 2021: 12 } });
  await model.set({ filters: { event_type: ["Battles"] } });
  const battles = model.countIn("XT-A");
  assert.deepEqual([battles.incidents, battles.best, battles.withoutMark], [1 + 3, 2 + 6, 3]);
  assert.deepEqual(years(battles), { 2018: 3, 2021: 12 });
});

test("a period takes the rows that touch it; a merged province has the rows of the former one", async () => {
  const model = await withRows();
  await model.set({ years: [2018, 2018] });
  assert.deepEqual(
    [model.derived.totals.incidents, model.derived.totals.undated, [...model.derived.rest.grid]],
    [3, 5, [3, 0]],
  );
  assert.equal(model.derived.provinces.get("XT-O").incidents, 3);
  await model.set({ years: [2018, 2020] });
  assert.deepEqual([model.derived.totals.incidents, [...model.derived.rest.grid]], [3 + 2 + 1, [3, 2]]);
  assert.equal(model.derived.provinces.get("XT-A").incidents, 3);
  assert.deepEqual([...model.derived.byYear.years], [2018, 2019, 2020, 2021]);
  const { counts, types } = model.derived.byYear;
  assert.deepEqual(types, ["Battles", "Explosions", ""]);
  assert.deepEqual([...counts], [3, 0, 0, /**/ 0, 2, 0, /**/ 0, 3, 0, /**/ 2, 11, 0]);
});

test("a province of whose incidents no row has a best figure has no data, not zero", async () => {
  const model = await withRows();
  await model.set({ metric: "fatalities_best" });
  assert.equal(model.derived.provinces.get("XT-B").value, null);
  assert.equal(model.derived.provinces.get("XT-A").value, 2 + 1 + 6);
});

test("types, precision and borders filter rows exactly; facets count them under the other filters", async () => {
  const model = await withRows();
  await model.set({ filters: { event_type: ["Battles"] } });
  assert.deepEqual(
    [model.derived.totals.incidents, [...model.derived.facets.event_type]],
    [
      2 + 8,
      [
        ["Battles", 10],
        ["Explosions", 14],
      ],
    ],
  );
  assert.equal(model.derived.facets.cross_border, 1 + 5);
  await model.set({ filters: { event_type: [], precision: "exact" } });
  assert.deepEqual([model.derived.totals.incidents, model.derived.facets.precision.get("city")], [1 + 3, 4]);
  await model.set({ filters: { precision: "all", cross_border: true } });
  assert.deepEqual([model.derived.totals.incidents, [...model.derived.rest.grid]], [1 + 7, [0, 2]]);
});

test("group and text leave rows out, and say how many the other filters would show", async () => {
  const model = await withRows();
  await model.set({ filters: { group: ["Red"] } });
  assert.deepEqual([model.derived.totals.incidents, model.derived.rest.leftOut], [1, 20]);
  await model.set({ years: [2018, 2018], filters: { text: "raid" } });
  assert.deepEqual([model.derived.totals.incidents, model.derived.rest.leftOut], [0, 3]);
  await model.set({ filters: { group: [] } });
  assert.equal(model.derived.rest.leftOut, 3);
  await model.set({ filters: { text: "" } });
  assert.deepEqual([model.derived.totals.incidents, model.derived.rest.leftOut], [3, 0]);
});
