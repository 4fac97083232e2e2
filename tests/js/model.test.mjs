import assert from "node:assert/strict";
import test from "node:test";
import { latitude, longitude } from "../../geo/static/core/topology.js";
import { blocks, modelOf, openBlocks } from "./blocks.mjs";

const RECORDS = [
  {
    title: "Raid",
    date_start: "2018-03-01",
    date_end: "2018-03-01",
    admin1_code: "XT-O",
    geo_precision: "province",
    event_type: "Battles",
    actor1: "Red",
    actor2: "Blue",
    fatalities_low: 1,
    fatalities_best: 2,
    fatalities_high: 5,
  },
  {
    title: "Siege",
    date_start: "2019-06-01",
    date_end: "2021-02-01",
    admin1_code: "XT-A",
    geo_precision: "city",
    lng: 0.2,
    lat: 0.2,
    event_type: "Battles",
    group: "Red",
    fatalities_low: 10,
  },
  {
    title: "Bomb",
    date_start: "2021-01-01",
    date_end: null,
    admin1_code: "XT-B",
    geo_precision: "district",
    lng: 1.2,
    lat: 0.4,
    event_type: "Explosions",
    actor1: "Green",
    fatalities_high: 3,
    cross_border: true,
  },
  { title: "Rumour", geo_precision: "country", country_code: "XT", event_type: "Explosions" },
  {
    title: "Far away",
    date_start: null,
    date_end: "2020-05-05",
    admin1_code: "ZZ-9",
    geo_precision: "site",
    lng: 5,
    lat: 5,
  },
  {
    kind: "stronghold",
    title: "Camp",
    date_start: "2020-01-01",
    date_end: "2021-12-31",
    admin1_code: "XT-B",
    geo_precision: "province",
    group: "Red",
    tier: "claimed",
  },
  {
    kind: "statistic",
    title: "Total",
    value: 4.5,
    date_start: "2020-01-01",
    date_end: "2020-12-31",
    country_code: "XT",
    geo_precision: "country",
  },
];
const titles = (model, list) => Array.from(list, (i) => RECORDS[i].title);

test("all years: everything counts, undated and unplaced included", async () => {
  const model = await modelOf(RECORDS);
  assert.deepEqual(model.extent, [2018, 2021]);
  assert.deepEqual(model.derived.totals, {
    incidents: 5,
    strongholds: 1,
    statistics: 1,
    unplaced: 1,
    undated: 1,
    fatalities: { low: 11, best: 2, high: 5 + 10 + 3 },
    fatalities_unknown: 2,
    provinces: {
      "XT-A": { incidents: 1, fatalities_best: 0 },
      "XT-B": { incidents: 1, fatalities_best: 0 },
      "XT-O": { incidents: 1, fatalities_best: 2 },
      "ZZ-9": { incidents: 1, fatalities_best: 0 },
    },
  });
  assert.deepEqual(titles(model, model.derived.order), [
    "Bomb",
    "Far away",
    "Camp",
    "Total",
    "Siege",
    "Raid",
    "Rumour",
  ]);
  assert.deepEqual(titles(model, model.derived.undated), ["Rumour"]);
  assert.deepEqual(model.derived.layers, {
    choropleth: 3,
    strongholds: 1,
    statistics: 1,
    cross_border: 1,
    incidents: 4,
  });
});

test("a period takes the dated records that touch it, in provinces as they are at its end", async () => {
  const model = await modelOf(RECORDS);
  await model.set({ years: [2018, 2018] });
  assert.deepEqual(titles(model, model.derived.order), ["Raid"]);
  assert.deepEqual(
    [...model.derived.provinces].map(([code, { incidents }]) => [code, incidents]),
    [
      ["XT-B", 0],
      ["XT-A", 0],
      ["XT-O", 1],
    ],
  );
  assert.equal(model.drawnCode("XT-O"), "XT-O");
  await model.set({ years: [2018, 2020] });
  assert.deepEqual(titles(model, model.derived.order), ["Far away", "Camp", "Total", "Siege", "Raid"]);
  assert.equal(model.drawnCode("XT-O"), "XT-A");
  assert.equal(model.derived.provinces.get("XT-A").incidents, 2);
  assert.deepEqual(model.derived.totals.provinces["XT-O"], { incidents: 1, fatalities_best: 2 });
  assert.deepEqual(model.drawn.moved, [["XT-O", "XT-A"]]);
});

test("values and classes follow the metric; a province without any figure has no data, not zero", async () => {
  const model = await modelOf(RECORDS);
  const now = (code) => {
    const { value, class: number } = model.derived.provinces.get(code);
    return [value, number];
  };
  assert.deepEqual(
    [now("XT-A"), now("XT-B")],
    [
      [2, 2],
      [1, 1],
    ],
  );
  await model.set({ metric: "fatalities_best" });
  assert.deepEqual(
    [now("XT-A"), now("XT-B")],
    [
      [2, 2],
      [null, -1],
    ],
  );
  await model.set({ metric: "incidents_per_10000_km2" });
  assert.deepEqual(
    [now("XT-A"), now("XT-B")],
    [
      [1, 1],
      [2, 2],
    ],
  );
  await model.set({ years: [2018, 2018], metric: "incidents" });
  assert.deepEqual(now("XT-B"), [0, 0]);
});

test("filters combine, and facets count what each choice would show", async () => {
  const model = await modelOf(RECORDS);
  const shown = () => titles(model, model.derived.order).sort();
  await model.set({ filters: { group: ["Red"] } });
  assert.deepEqual(shown(), ["Camp", "Raid", "Siege"]);
  assert.deepEqual(Object.fromEntries(model.derived.facets.event_type), { Battles: 2, Explosions: 0 });
  assert.deepEqual(Object.fromEntries(model.derived.facets.group), { Blue: 1, Green: 1, Red: 3 });
  await model.set({ filters: { precision: "exact" } });
  assert.deepEqual(shown(), ["Siege"]);
  await model.set({ filters: { group: [], precision: "all", event_type: ["Explosions"] } });
  assert.deepEqual(shown(), ["Bomb", "Camp", "Rumour", "Total"]);
  await model.set({ filters: { cross_border: true } });
  assert.deepEqual(shown(), ["Bomb"]);
  assert.equal(model.derived.facets.cross_border, 1);
  await model.set({ filters: { cross_border: false, event_type: [], text: "RAID" } });
  assert.deepEqual(shown(), ["Raid"]);
  await model.set({ filters: { text: "green" } });
  assert.deepEqual(shown(), ["Bomb"]);
  await model.set({ filters: { text: "alpha" } });
  assert.deepEqual(shown(), ["Siege"]);
});

test("bars count incidents by year and type under every filter but the years", async () => {
  const model = await modelOf(RECORDS);
  const bars = () => {
    const { years, types, counts } = model.derived.byYear;
    return Object.fromEntries(
      years.map((year, k) => [year, Object.fromEntries(types.map((type, m) => [type, counts[k * types.length + m]]))]),
    );
  };
  const expected = {
    2018: { Battles: 1, Explosions: 0, "": 0 },
    2019: { Battles: 1, Explosions: 0, "": 0 },
    2020: { Battles: 1, Explosions: 0, "": 1 },
    2021: { Battles: 1, Explosions: 1, "": 0 },
  };
  assert.deepEqual(bars(), expected);
  await model.set({ years: [2018, 2018] });
  assert.deepEqual(bars(), expected);
  await model.set({ filters: { event_type: ["Battles"] } });
  assert.deepEqual(bars()[2021], { Battles: 1, Explosions: 0, "": 0 });
});

test("a record stands where its precision allows", async () => {
  const model = await modelOf(RECORDS);
  const { x, y, form } = model.marks;
  assert.deepEqual([...form], [3, 1, 2, 4, 1, 3, 4]);
  const at = (i) => [longitude(x[i]), latitude(y[i])].map((degree) => Number(degree.toFixed(6)));
  assert.deepEqual(at(0), [0.75, 0.5]); // the label point of the province as it was in 2018
  assert.deepEqual(at(1), [0.2, 0.2]);
  assert.deepEqual(at(3), [1, 0.5]);
  assert.deepEqual(at(5), [1.5, 0.5]);
});

test("listeners hear what has changed, and no more after they leave", async () => {
  const model = await modelOf(RECORDS);
  const heard = [];
  const stop = model.on("change", ({ changed, source }) => heard.push([[...changed].sort().join(), source]));
  await model.set({ years: [2021, 2019] }, { source: "test" });
  assert.deepEqual(model.state.years, [2019, 2021]);
  await model.set({ years: [2019, 2021] });
  await model.set({ metric: "fatalities_best", layers: ["incidents", "nonsense"], filters: { text: "" } });
  assert.deepEqual(model.state.layers, ["incidents"]);
  model.select(2, { latlng: [1, 2] });
  assert.deepEqual(model.selection, { records: [2], latlng: [1, 2] });
  model.selectProvince("XT-A");
  assert.equal(model.selection, null);
  model.setTheme("dark");
  stop();
  model.select(null);
  assert.deepEqual(heard, [
    ["years", "test"],
    ["layers,metric", undefined],
    ["selection", undefined],
    ["selection", undefined],
    ["theme", undefined],
  ]);
});

test("an event that the model does not have is refused, and its listener never called", async () => {
  const model = await modelOf(RECORDS);
  const heard = [];
  for (const name of ["selection", "toString", "", undefined]) {
    assert.throws(() => model.on(name, () => heard.push(name)), /no such event; there is change/);
  }
  await model.set({ years: [2019, 2019] });
  model.select(0);
  assert.deepEqual(heard, []);
});

test("a listener that has ended hears nothing more", async () => {
  const model = await modelOf(RECORDS);
  let heard = 0;
  const stop = model.on("change", () => {
    heard++;
    stop();
  });
  model.select(0);
  model.select(1);
  assert.equal(heard, 1);
});

test("what is asked for before the data are there is not lost", async () => {
  const { data, text } = blocks(RECORDS.map((record, k) => ({ id: `r${k}`, kind: "incident", ...record })));
  const model = openBlocks(data, text);
  const set = model.set({ years: [1990, 2018], metric: "no such metric" });
  await set;
  assert.deepEqual(
    [model.state.years, model.state.metric, model.derived.totals.incidents],
    [[2018, 2018], "incidents", 1],
  );
});

test("text is decoded when it is first read; then sources, links and ids are there too", async () => {
  const model = await modelOf([
    {
      id: "first",
      title: "Ünïcode کابل",
      description: "d",
      sources: [{ source: "a", paragraph: 2 }, { source: "b" }],
      same_as: ["last"],
    },
    { id: "last", title: "", place: "Here" },
  ]);
  const { store } = model;
  assert.equal(store.text("title", 0), "");
  await store.texts;
  assert.equal(store.text("title", 0), "Ünïcode کابل");
  assert.equal(store.text("place", 1), "Here");
  assert.deepEqual(store.sources(0), [
    { source: "a", paragraph: 2 },
    { source: "b", paragraph: null },
  ]);
  assert.deepEqual([...store.links("same_as", 0)], [1]);
  assert.deepEqual([store.find("last"), store.find("first"), store.find("las"), store.find("")], [1, 0, -1, -1]);
  assert.ok(Number.isNaN(store.value("fatalities_best", 0)));
  assert.ok(Number.isNaN(store.lat(0)));
});

test("an empty data set, and one of undated records, are no special case", async () => {
  for (const records of [[], [{ title: "When?" }]]) {
    const model = await modelOf(records);
    assert.equal(model.extent, null);
    assert.equal(model.derived.order.length, records.length);
    assert.deepEqual(model.derived.byYear.years, []);
    await model.set({ years: [2000, 2001] });
    assert.equal(model.state.years, null);
  }
});

test("a party is found in any of its three places, and counted once a record", async () => {
  const model = await modelOf([
    { title: "a", actor1: "Red", actor2: "Blue" },
    { title: "b", group: "Blue", actor1: "Blue", actor2: "Blue" },
    { title: "c", group: "Red", actor1: "Blue", actor2: "Red" },
    { title: "d", actor1: "Red" },
  ]);
  assert.deepEqual(Object.fromEntries(model.derived.facets.group), { Blue: 3, Red: 3 });
  await model.set({ filters: { group: ["Blue"] } });
  assert.deepEqual([...model.derived.selected], [1, 1, 1, 0]);
});

test("a record of a province that changed stands where the province was then", async () => {
  const province = { admin1_code: "XT-A", geo_precision: "province" };
  const model = await modelOf([
    { ...province, date_start: "2018-01-01" },
    { ...province, date_start: "2019-06-01", date_end: "2020-06-01" },
    { ...province },
  ]);
  assert.deepEqual(
    Array.from(model.marks.x, (x) => Number(longitude(x).toFixed(6))),
    [0.25, 0.5, 0.5],
  );
});
