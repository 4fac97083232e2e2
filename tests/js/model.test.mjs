import assert from "node:assert/strict";
import test from "node:test";
import { latitude, longitude } from "../../geo/static/core/topology.js";
import { blocks, modelOf, openBlocks } from "./blocks.mjs";
import { RECORDS } from "./records.mjs";

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

test("a sum has an upper bound only where every incident has one", async () => {
  const figures = [
    [1, 4, 9],
    [1, 4, null],
    [2, null, null],
    [null, 0, null],
    [2, 8, null],
    [null, null, null],
  ];
  const model = await modelOf(
    figures.map(([low, best, high]) => ({ fatalities_low: low, fatalities_best: best, fatalities_high: high })),
  );
  const { totals } = model.derived;
  assert.deepEqual(totals.fatalities, { low: 1 + 1 + 2 + 2, best: 4 + 4 + 0 + 8, high: null });
  assert.deepEqual([totals.fatalities_open, totals.fatalities_unknown], [5, 1]);
  const bounded = await modelOf([{ fatalities_high: 9 }, { fatalities_best: 2, fatalities_high: 3 }]);
  assert.deepEqual(bounded.derived.totals.fatalities, { low: 0, best: 2, high: 12 });
});

test("a party in two places of a record counts once, whichever two", async () => {
  for (const record of [
    { group: "Red", actor1: "Red" },
    { group: "Red", actor2: "Red" },
    { actor1: "Red", actor2: "Red" },
  ]) {
    const model = await modelOf([record]);
    assert.deepEqual([...model.derived.facets.group], [["Red", 1]]);
  }
  const model = await modelOf([{ group: "Red", actor1: "Blue", actor2: "Green" }]);
  assert.deepEqual([...model.derived.facets.group].sort(), [
    ["Blue", 1],
    ["Green", 1],
    ["Red", 1],
  ]);
});

test("selecting a record leaves the province, selecting none does not", async () => {
  const model = await modelOf(RECORDS);
  model.selectProvince("XT-A");
  model.select(null);
  assert.equal(model.provinceSelected, "XT-A");
  model.select([1, 2]);
  assert.equal(model.provinceSelected, null);
  assert.deepEqual(model.selection, { records: [1, 2], latlng: null });
  model.selectProvince(null);
  assert.deepEqual(model.selection.records, [1, 2]);
});
