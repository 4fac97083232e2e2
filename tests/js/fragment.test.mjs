import assert from "node:assert/strict";
import test from "node:test";
import * as fragment from "../../geo/static/core/fragment.js";

const words = {
  event_type: new Set(["Battles", "Explosions/Remote violence", "a,b"]),
  group: new Set(["ISKP", "TTP & allies", "گروه"]),
};
const known = {
  extent: [2015, 2024],
  metrics: ["incidents", "fatalities_best"],
  layers: ["choropleth", "incidents", "strongholds"],
  words: (column) => words[column],
};
const NONE = { event_type: [], group: [], precision: "all", cross_border: false, text: "", on: "" };
const plain = {
  years: null,
  metric: "incidents",
  layers: ["choropleth", "incidents"],
  view: { lat: 34.5, lng: 69.2, zoom: 6 },
  filters: NONE,
};

test("a state reads as the documented address", () => {
  assert.equal(fragment.format(plain), "#years=all&metric=incidents&layers=choropleth,incidents&map=6/34.50/69.20");
  assert.equal(
    fragment.format({
      ...plain,
      years: [2021, 2022],
      filters: { ...NONE, event_type: ["Battles"], precision: "exact", cross_border: true, text: "50 % & more" },
    }),
    "#years=2021-2022&metric=incidents&layers=choropleth,incidents&map=6/34.50/69.20&type=Battles&precision=exact&cross_border=1&q=50+%25+%26+more",
  );
});

test("what was written reads back the same, with commas, slashes, ampersands and other scripts in words", () => {
  const filters = {
    event_type: ["a,b", "Explosions/Remote violence"],
    group: ["TTP & allies", "گروه"],
    precision: "exact",
    cross_border: true,
    text: "a+b = c #1",
    on: "2021-08-26",
  };
  for (const years of [null, [2015, 2015], [2016, 2024]]) {
    for (const layers of [[], ["incidents"], known.layers]) {
      const state = { ...plain, years, layers, filters };
      assert.deepEqual(fragment.parse(fragment.format(state), known), state);
    }
  }
});

test("filters that an address does not name are off", () => {
  assert.deepEqual(fragment.parse("#years=2020", known), { years: [2020, 2020], filters: NONE });
});

test("a day that the calendar does not have is no day", () => {
  for (const day of ["2021-02-30", "2021-8-26", "x", "2021-13-01"])
    assert.equal(fragment.parse(`#years=2020&on=${day}`, known).filters.on, "");
  assert.equal(fragment.parse("#years=2020&on=2021-08-26", known).filters.on, "2021-08-26");
});

test("impossible values are brought within bounds", () => {
  assert.deepEqual(fragment.parse("#years=1900-2099", known).years, [2015, 2024]);
  assert.deepEqual(fragment.parse("#years=2022-2017", known).years, [2017, 2022]);
  assert.deepEqual(fragment.parse("#map=99/123/-500", known).view, { zoom: 22, lat: 90, lng: -180 });
});

test("unknown parts and values are left out", () => {
  assert.equal(fragment.parse("", known), null);
  assert.equal(fragment.parse("#section-2", known), null);
  assert.equal(fragment.parse("#utm_source=x", known), null);
  const state = fragment.parse(
    "#years=soon&metric=tea&layers=roads,incidents,incidents&map=6/x/y&type=Tea,Battles&precision=very&q=%E0%A4%A&toString=1",
    known,
  );
  assert.deepEqual(state, { layers: ["incidents"], filters: { ...NONE, event_type: ["Battles"] } });
});

test("a state from a script or a host page is checked the same way", () => {
  for (const nonsense of [
    null,
    undefined,
    7,
    "x",
    [],
    { years: "2021", layers: "all", view: { lat: 1 }, filters: 3, metric: {} },
  ]) {
    assert.deepEqual(fragment.clean(nonsense, known), {});
  }
  assert.deepEqual(fragment.clean({ years: [2030.2, 2016.6], view: { lat: 1, lng: 2, zoom: NaN }, extra: 1 }, known), {
    years: [2017, 2024],
  });
  assert.deepEqual(
    fragment.clean(
      { years: null, filters: { group: ["ISKP", "Nobody", 5], text: "x", precision: "exact", cross_border: "yes" } },
      known,
    ),
    {
      years: null,
      filters: { group: ["ISKP"], text: "x", precision: "exact" },
    },
  );
});
