import assert from "node:assert/strict";
import test from "node:test";
import { countedBy, members } from "../../geo/static/core/tally.js";
import { modelOf } from "./blocks.mjs";
import { RECORDS } from "./records.mjs";

test("a map counts the kind of record that its layers draw", () => {
  assert.deepEqual(countedBy(["choropleth", "strongholds"]), ["incident"]);
  assert.deepEqual(countedBy(["strongholds", "statistics"]), ["stronghold"]);
  assert.deepEqual(countedBy(["cross_border", "strongholds"]), ["stronghold", "cross_border"]);
  assert.deepEqual(countedBy(["statistics"]), ["statistic"]);
  assert.deepEqual(countedBy([]), ["incident"]);
});

test("bars and tallies follow the layers, under the same filters", async () => {
  const model = await modelOf(RECORDS);
  const bars = () => {
    const { years, types, counts } = model.derived.byYear;
    return years.map((_, k) => types.reduce((sum, __, m) => sum + counts[k * types.length + m], 0));
  };
  const brief = () => model.derived.tallies.map(({ counted, count, of }) => [counted, count, of]);
  assert.deepEqual([bars(), brief()], [[1, 1, 1, 2], [["incident", 5, 5]]]);
  await model.set({ layers: ["strongholds"] });
  const camp = RECORDS.find(({ title }) => title === "Camp");
  const during = [2018, 2019, 2020, 2021].map((year) =>
    Number(camp.date_start.slice(0, 4) <= year && year <= camp.date_end.slice(0, 4)),
  );
  assert.deepEqual([bars(), brief()], [during, [["stronghold", 1, 1]]]);
  await model.set({ filters: { group: ["Blue"] } });
  assert.deepEqual([bars(), brief()], [[0, 0, 0, 0], [["stronghold", 0, 1]]]);
  await model.set({ layers: ["cross_border"], filters: { group: [] } });
  assert.deepEqual([bars(), brief()], [[0, 0, 0, 1], [["cross_border", 1, 1]]]);
});

test("the members of a group are as many as the tally counts", async () => {
  const model = await modelOf([
    { title: "here", admin1_code: "XT-A", date_start: "2020-01-01" },
    { title: "no province", date_start: "2020-01-01" },
    { title: "neither" },
    { title: "a repetition", counts_as: 0 },
    { title: "a claim", kind: "stronghold" },
  ]);
  const { unplaced, undated, before } = model.derived.tallies[0];
  assert.deepEqual([unplaced, undated, before], [2, 1, 0]);
  const list = ["here", "no province", "neither", "a repetition", "a claim"];
  const named = (kinds, group) => list.filter((_, i) => members(model.rows, kinds, group)[i]);
  assert.deepEqual(named(["incident"], "unplaced"), ["no province", "neither"]);
  assert.deepEqual(named(["incident"], "undated"), ["neither"]);
  assert.deepEqual(named(["stronghold"], "undated"), ["a claim"]);
  await model.set({ years: [2020, 2020] });
  assert.deepEqual(named(["incident"], "unplaced"), ["no province"]);
  assert.deepEqual(named(["incident"], "undated"), ["neither"]);
});
