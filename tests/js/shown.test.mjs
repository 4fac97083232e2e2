import assert from "node:assert/strict";
import test from "node:test";
import { activeFilters, dataDate, filterWords, head, shownNow } from "../../geo/static/ui/shown.js";
import { modelOf } from "./blocks.mjs";
import { RECORDS } from "./records.mjs";
import "./words.mjs";

const tally = (fields) => ({
  counted: "incident",
  count: 23,
  of: 80,
  reports: 23,
  unplaced: 0,
  undated: 0,
  before: 0,
  ...fields,
});

test("the head names counts, period, and what has no place or no year", () => {
  const said = (fields, years) => {
    const { counts, unplaced, undated } = head([tally(fields)], years);
    return [counts, unplaced, undated];
  };
  assert.deepEqual(said({ unplaced: 9 }, [2021, 2023]), ["23 of 80 incidents, 2021–2023", "9 not placed", ""]);
  assert.deepEqual(said({ undated: 2 }, null), ["23 of 80 incidents, all years", "", "2 undated"]);
  assert.deepEqual(said({ undated: 2 }, [2021, 2021]), ["23 of 80 incidents, 2021", "", "2 undated left out"]);
  assert.deepEqual(said({ reports: 30, before: 1 }, null), [
    "23 of 80 distinct incidents in 30 reports, all years",
    "",
    "1 known only to be before a date",
  ]);
  const both = head(
    [tally({ counted: "stronghold", unplaced: 4 }), tally({ counted: "cross_border", unplaced: 3 })],
    null,
  );
  assert.equal(both.counts, "23 of 80 claimed strongholds, all years; 23 of 80 attacks across borders, all years");
  assert.equal(both.unplaced, "7 not placed");
});

test("every filter is named, and taking one away leaves the others", async () => {
  const model = await modelOf(RECORDS);
  assert.deepEqual(activeFilters(model), []);
  await model.set({
    years: [2018, 2021],
    filters: {
      event_type: ["Battles", "Explosions"],
      group: ["Red"],
      precision: "exact",
      cross_border: true,
      text: "si",
    },
  });
  assert.deepEqual(
    activeFilters(model).map(({ text }) => text),
    [
      "2018–2021",
      "Event type: Battles",
      "Event type: Explosions",
      "Group or actor: Red",
      "Towns and sites only",
      "Across borders only",
      "Search: si",
    ],
  );
  for (let left = 6; left >= 0; left--) {
    await model.set(activeFilters(model)[0].without);
    assert.equal(activeFilters(model).length, left);
  }
  await model.set({ years: [2020, 2021], filters: { group: ["Red"] } });
  assert.equal(filterWords(model), "Group or actor: Red");
  assert.equal(shownNow(model), "1 of 5 incidents, 2020–2021; Group or actor: Red");
});

test("how far the data reach counts the sources without a date", () => {
  const sources = [{ published: "2021-12-11" }, { published: null }, {}];
  assert.equal(
    dataDate({ about: { last_record: "2024-03", sources } }),
    "Records to March 2024; 2 of 3 sources undated",
  );
  assert.equal(
    dataDate({ about: { last_record: "2024-03-23", sources: sources.slice(0, 1) } }),
    "Records to 23 March 2024",
  );
  assert.equal(dataDate({}), "");
});
