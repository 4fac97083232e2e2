import assert from "node:assert/strict";
import test from "node:test";
import { inProvinces } from "../../geo/static/core/aggregate.js";
import { modelOf } from "./blocks.mjs";
import { RECORDS } from "./records.mjs";

const titles = (list) => Array.from(list, (i) => RECORDS[i].title);

test("all years: everything counts, undated and unplaced included", async () => {
  const model = await modelOf(RECORDS);
  assert.deepEqual(model.extent, [2018, 2021]);
  // Far away is known only to be not later than a day of 2020; of Siege, Rumour and Far away no source gives an upper bound.
  assert.deepEqual(model.derived.totals, {
    incidents: 5,
    reports: 5,
    strongholds: 1,
    statistics: 1,
    unplaced: 1,
    undated: 1,
    before: 1,
    fatalities: { low: 11, best: 2, high: null },
    fatalities_open: 3,
    fatalities_unknown: 2,
    provinces: {
      "XT-A": { incidents: 1, fatalities_best: 0 },
      "XT-B": { incidents: 1, fatalities_best: 0 },
      "XT-O": { incidents: 1, fatalities_best: 2 },
      "ZZ-9": { incidents: 1, fatalities_best: 0 },
    },
  });
  assert.deepEqual(titles(model.derived.order), ["Bomb", "Far away", "Camp", "Total", "Siege", "Raid", "Rumour"]);
  assert.deepEqual(titles(model.derived.undated), ["Rumour", "Far away"]);
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
  assert.deepEqual(titles(model.derived.order), ["Raid"]);
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
  assert.deepEqual(titles(model.derived.order), ["Camp", "Total", "Siege", "Raid"]);
  assert.equal(model.drawnCode("XT-O"), "XT-A");
  assert.equal(model.derived.provinces.get("XT-A").incidents, 2);
  assert.deepEqual(model.derived.totals.provinces["XT-O"], { incidents: 1, fatalities_best: 2 });
  assert.deepEqual(model.drawn.moved, [["XT-O", "XT-A"]]);
});

test("values and classes follow the metric; a province without any figure has a class of its own, not zero", async () => {
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
      [null, -2],
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
  const shown = () => titles(model.derived.order).sort();
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
    2020: { Battles: 1, Explosions: 0, "": 0 },
    2021: { Battles: 1, Explosions: 1, "": 0 },
  };
  assert.deepEqual(bars(), expected);
  await model.set({ years: [2018, 2018] });
  assert.deepEqual(bars(), expected);
  await model.set({ filters: { event_type: ["Battles"] } });
  assert.deepEqual(bars()[2021], { Battles: 1, Explosions: 0, "": 0 });
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

test("a record that counts as none is listed but adds to no count and no sum", async () => {
  const counted = async (keep) => {
    const model = await modelOf(RECORDS.map((record) => ({ ...record, counts_as: Number(keep(record.title)) })));
    assert.equal(model.derived.order.length, RECORDS.length);
    return {
      ...model.derived,
      years: model.derived.byYear,
      inside: inProvinces(model.rows, Uint8Array.of(0, 1, 1, 1, 1)),
    };
  };
  const without = ["Siege", "Rumour", "Camp"];
  const some = await counted((title) => !without.includes(title));
  // What is left: Raid (1, 2, 5), Bomb (-, -, 3), Far away (no figure), and the statistic.
  assert.deepEqual(some.totals, {
    incidents: 3,
    reports: 5,
    strongholds: 0,
    statistics: 1,
    unplaced: 0,
    undated: 0,
    before: 1,
    fatalities: { low: 1, best: 2, high: null },
    fatalities_open: 1,
    fatalities_unknown: 1,
    provinces: {
      "XT-B": { incidents: 1, fatalities_best: 0 },
      "XT-O": { incidents: 1, fatalities_best: 2 },
      "ZZ-9": { incidents: 1, fatalities_best: 0 },
    },
  });
  assert.deepEqual(titles(some.undated), ["Rumour", "Far away"]);
  assert.deepEqual(some.layers, { choropleth: 2, strongholds: 0, statistics: 1, cross_border: 1, incidents: 3 });
  assert.deepEqual(Object.fromEntries(some.facets.event_type), { Battles: 1, Explosions: 1 });
  assert.deepEqual(Object.fromEntries(some.facets.group), { Blue: 1, Green: 1, Red: 1 });
  // 2018 Raid, a battle; 2021 Bomb, an explosion.
  assert.deepEqual([...some.years.counts], [1, 0, 0, /**/ 0, 0, 0, /**/ 0, 0, 0, /**/ 0, 1, 0]);
  assert.deepEqual([some.inside.incidents, some.inside.lowKnown, some.inside.bestKnown], [3, 1, 1]);
  assert.deepEqual([[...some.legend.types], some.legend.abroad], [[1, 1, 1], { place: 1, country: 0 }]);
  const only = await counted((title) => title === "Raid" || title === "Bomb");
  assert.deepEqual(only.totals.fatalities, { low: 1, best: 2, high: 5 + 3 });
});

test("what began and is not said to have ended lasts to the end of the data", async () => {
  const model = await modelOf([
    { title: "rule", kind: "stronghold", date_start: "2001-12-01", date_end: "2024-03-23", date_kind: "since" },
    { title: "camp", kind: "stronghold", date_start: "2019-01-01", date_kind: "since" },
    { title: "raid", date_start: "2022-01-01", date_end: "2022-01-01" },
  ]);
  assert.deepEqual(model.extent, [2001, 2024]);
  const at = async (year) => {
    await model.set({ years: [year, year] });
    return model.derived.totals.strongholds;
  };
  assert.deepEqual([await at(2001), await at(2018), await at(2019), await at(2024)], [1, 1, 2, 2]);
});
