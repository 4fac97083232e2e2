// Decisions: what is counted, what is next, and that undoing puts back exactly what was there.
import assert from "node:assert/strict";
import test from "node:test";
import { Choices, pairKey } from "../../geo/static/review/choices.js";
import { addedCandidate, takeFile, toFile } from "../../geo/static/review/decision_file.js";
import { faults, fieldOfKey } from "../../geo/static/review/fields.js";
import { fromTyping, fromWords, inProvince } from "../../geo/static/review/fill.js";
import { beside, filtered, noFilters, openPairs, progress, sure } from "../../geo/static/review/queue.js";

const one = (id, values = {}, more = {}) => ({
  id,
  digest: `d-${id}`,
  article: "paper",
  paragraph: 1,
  sentence: { start: Number(id.slice(1)) * 10, end: Number(id.slice(1)) * 10 + 9 },
  point: null,
  values: {
    kind: "incident",
    title: `Title ${id}`,
    status: "stated",
    date_precision: "unknown",
    geo_precision: "unknown",
    ...values,
  },
  evidence: {},
  rivals: {},
  blank: {},
  confidence: { record: 0.5 },
  ...more,
});

const north = { code: "XT-N", name: "North", country: "XT", until: null, label: [62, 33.5], rings: [] };
const data = () => ({
  mode: "candidates",
  version: "1",
  file: "c.geojson",
  key: "k",
  words: {},
  articles: [{ id: "paper", sha256: "abc", text: "", paragraphs: [] }],
  candidates: [
    one("c1"),
    one("c2", { kind: "statistic", measure: "m", value: 1 }),
    one("c3", {}, { confidence: { record: 0.99 } }),
  ],
  records: { r1: { title: "old" } },
  pairs: [
    { a: "c1", b: "c3", score: 0.8, reasons: [] },
    { a: "c1", b: "r1", score: 0.6, reasons: [] },
  ],
  places: {
    northtown: {
      name: "Northtown",
      geo_precision: "city",
      country_code: "XT",
      admin1_code: "XT-N",
      admin1_name: "North",
      point: [61, 33],
      past: ["XT-O", "Old", "2018-05-30"],
    },
    north: {
      name: "North",
      geo_precision: "province",
      country_code: "XT",
      admin1_code: "XT-N",
      admin1_name: "North",
      point: null,
      past: null,
    },
  },
  map: { steps: 50, areas: [north, { ...north, code: "XT-O", name: "Old", until: "2018-05-30" }] },
});
const make = () => {
  const choices = new Choices(data(), () => "2024-01-01T00:00:00Z");
  choices.coder = "ana";
  return choices;
};
const state = (choices) => JSON.stringify([[...choices.choices], [...choices.pairs], choices.added]);

test("undo takes back any row of actions, one by one, to exactly what was there", () => {
  const choices = make();
  const actions = [
    () => choices.decide("c1", "accept"),
    () => choices.mend("c1", { place: "Northtown" }, { place: { start: 1, end: 3 } }, [61, 33]),
    () => choices.tell(choices.data.pairs[0], "same"),
    () => choices.acceptAll(["c2", "c3"], 0.9, "c1"),
    () =>
      choices.add(addedCandidate({ id: "c9", text: "In May 2020 it fell." }, "paper", 1, { start: 25, end: 30 }), "c1"),
    () => choices.decide("c9", "reject"),
    () => choices.mend("c1", { place: null }),
  ];
  const before = [];
  for (const act of actions) {
    before.push(state(choices));
    act();
  }
  while (before.length) {
    choices.undo();
    assert.equal(state(choices), before.pop());
  }
  assert.equal(choices.undo(), undefined);
});

test("undo leads back to where the reader was", () => {
  const choices = make();
  choices.decide("c2", "skip");
  choices.tell(choices.data.pairs[0], "same");
  assert.equal(choices.undo(), pairKey(choices.data.pairs[0]));
  assert.equal(choices.undo(), "c2");
});

test("a value mended back to the extracted one is no change; the original of a changed one is kept", () => {
  const choices = make();
  choices.mend("c1", { title: "Mine" });
  choices.mend("c1", { actor1: "" });
  choices.decide("c1", "accept");
  const [decision] = toFile(choices).decisions;
  assert.deepEqual(decision.values, { title: "Mine" });
  assert.deepEqual(decision.original, { title: "Title c1" });
  assert.equal(decision.of, "d-c1");
  choices.mend("c1", { title: "Title c1" });
  assert.deepEqual(toFile(choices).decisions[0].values, {});
});

test("what was decided survives a file, and decisions of another text are refused", () => {
  const choices = make();
  choices.decide("c1", "accept");
  choices.decide("c3", "accept");
  choices.tell(choices.data.pairs[0], "unsure");
  choices.add(addedCandidate({ id: "paper-added-1" }, "paper", 1, { start: 25, end: 30 }), "c1");
  choices.mend("paper-added-1", { title: "Missed" });
  const file = JSON.parse(JSON.stringify(toFile(choices)));
  const again = make();
  assert.equal(takeFile(again, file), null);
  assert.deepEqual(JSON.parse(JSON.stringify(toFile(again))), file);
  assert.equal(takeFile(make(), { ...file, articles: [{ id: "paper", sha256: "other" }] }), "review.other_text");
  const other = { ...file, decisions: [{ ...file.decisions[0], of: "else" }] };
  assert.equal(takeFile(make(), other), "review.other_candidates");
  assert.equal(takeFile(make(), { type: "FeatureCollection" }), "review.not_decisions");
  assert.equal(takeFile(make(), null), "review.not_decisions");
});

test("candidates are in the order of the text, added ones in their place", () => {
  const choices = make();
  choices.add(addedCandidate({ id: "c9" }, "paper", 1, { start: 25, end: 30 }), null);
  assert.deepEqual(
    choices.candidates.map((each) => each.id),
    ["c1", "c2", "c9", "c3"],
  );
});

test("filters and counts leave nothing out", () => {
  const choices = make();
  choices.decide("c1", "reject");
  choices.decide("c2", "skip");
  const ids = (filters) => filtered(choices, { ...noFilters(), ...filters }).map((each) => each.id);
  assert.deepEqual(ids({}), ["c1", "c2", "c3"]);
  assert.deepEqual(ids({ state: "open" }), ["c2", "c3"]);
  assert.deepEqual(ids({ state: "skip" }), ["c2"]);
  assert.deepEqual(ids({ kind: "statistic" }), ["c2"]);
  assert.deepEqual(ids({ text: "title C3" }), ["c3"]);
  assert.deepEqual(ids({ repeats: true }), ["c1", "c3"]);
  const now = progress(choices, filtered(choices, { ...noFilters(), state: "open" }));
  assert.deepEqual(now, { accept: 0, reject: 1, skip: 1, open: 1, all: 3, shown: 2, pairs: 0, decided: 1 });
  assert.equal(now.accept + now.reject + now.skip + now.open, now.all);
});

test("the next candidate goes round the list, and never is the one before the reader", () => {
  const list = data().candidates;
  assert.equal(beside(list, "c3", 1).id, "c1");
  assert.equal(beside(list, "c1", -1).id, "c3");
  assert.equal(beside(list, null, 1).id, "c1");
  assert.equal(
    beside(list, "c2", 1, (each) => each.id === "c2"),
    null,
  );
  assert.equal(beside([], null, 1), null);
});

test("two candidates are compared once both are accepted, a record at once", () => {
  const choices = make();
  choices.decide("c1", "accept");
  const others = () => openPairs(choices, "c1").map((pair) => pair.b);
  assert.deepEqual(others(), ["r1"]);
  choices.decide("c3", "accept");
  assert.deepEqual(others(), ["c3", "r1"]);
  choices.tell(choices.data.pairs[0], "different");
  assert.deepEqual(others(), ["r1"]);
});

test("only undecided candidates above the stated confidence are accepted at once", () => {
  const choices = make();
  assert.deepEqual(
    sure(choices, choices.candidates, 0.99).map((each) => each.id),
    ["c3"],
  );
  choices.decide("c3", "reject");
  assert.deepEqual(
    sure(choices, choices.candidates, 0.5).map((each) => each.id),
    ["c1", "c2"],
  );
});

test("words fill fields: a place with its province of that day, a number with its bounds", () => {
  const page = data();
  const placed = fromWords("place", "Northtown", { date_start: "2021-01-01" }, page);
  assert.deepEqual([placed.values.admin1_code, placed.values.geo_precision, placed.point], ["XT-N", "city", [61, 33]]);
  assert.equal(fromWords("place", "Northtown", { date_start: "2018-05-30" }, page).values.admin1_code, "XT-O");
  assert.deepEqual(fromWords("place", "North", {}, page).point, north.label);
  const unknown = fromWords("place", "Elsewhere", { country_code: "XT", admin1_code: "XT-N" }, page);
  assert.deepEqual([unknown.values.admin1_code, unknown.values.geo_precision, unknown.point], [null, "country", null]);
  assert.equal(unknown.message, "review.no_place");
  assert.deepEqual(fromWords("fatalities_best", "at least two", {}, page).values, {
    fatalities_low: 2,
    fatalities_best: 2,
    fatalities_high: null,
  });
  assert.deepEqual(fromWords("date_start", "Friday", {}, page), { values: {}, message: "review.no_date" });
  assert.deepEqual(fromWords("actor1", "The\n  Front", {}, page).values, { actor1: "The Front" });
});

test("what is typed is read by the type of its field", () => {
  const page = data();
  const typed = (field, text, values = {}, point = null) => fromTyping(field, text, values, page, point);
  assert.deepEqual(typed("fatalities_high", "1,200").values, { fatalities_high: 1200 });
  assert.deepEqual(typed("fatalities_high", "").values, { fatalities_high: null });
  assert.equal(typed("fatalities_high", "many").message, "review.not_a_number");
  assert.equal(typed("fatalities_high", "1.5").message, "review.not_a_number");
  assert.deepEqual(typed("value", "1.5").values, { value: 1.5 });
  assert.deepEqual(typed("sub_event_type", "Suicide bomb").values, {
    sub_event_type: "Suicide bomb",
    event_type: "Explosions/Remote violence",
  });
  assert.deepEqual(typed("kind", "stronghold", { kind: "statistic", value: 3, measure: "m" }).values, {
    kind: "stronghold",
    value: null,
    measure: null,
  });
  assert.deepEqual(typed("cross_border", "true").values, { cross_border: true });
  assert.equal(typed("admin1_code", "XT-N").values.geo_precision, "province");
  assert.deepEqual(inProvince(undefined, { country_code: "XT" }, [1, 2]).values.geo_precision, "country");
  // The province of a known point keeps the point.
  assert.equal(typed("admin1_code", "XT-N", { admin1_code: "XT-N", geo_precision: "city" }, [61, 33]).point, undefined);
});

test("no key stands for two things", () => {
  const deciding = "arszbm?";
  for (const key of "abcdefghijklmnopqrstuvwxyz0123456789?") {
    if (deciding.includes(key)) assert.equal(fieldOfKey(key), null, key);
  }
  assert.equal(fieldOfKey("d"), "date_start");
  assert.equal(fieldOfKey("k"), "fatalities_best");
});

test("a record with a fault is not accepted", () => {
  const values = one("c1").values;
  assert.deepEqual(faults(values, null), []);
  const fields = (more, point = null) => faults({ ...values, ...more }, point).map(([field]) => field);
  assert.deepEqual(fields({ title: null }), ["title"]);
  assert.deepEqual(fields({ kind: "stronghold" }), ["role", "tier"]);
  assert.deepEqual(fields({ date_start: "2021-02-01", date_end: "2021-01-01" }), ["date_start"]);
  assert.deepEqual(fields({ fatalities_low: 3, fatalities_high: 2 }), ["fatalities_low"]);
  assert.deepEqual(fields({ geo_precision: "city" }), ["geo_precision"]);
  assert.deepEqual(fields({ geo_precision: "city" }, [1, 2]), []);
  assert.deepEqual(fields({ country_code: "XT" }), ["geo_precision"]);
});
