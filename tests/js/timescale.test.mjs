import assert from "node:assert/strict";
import test from "node:test";
import * as timescale from "../../geo/static/ui/timescale.js";

const TEN = [2015, 2024];

test("a handle stops at the extent and at the other handle", () => {
  assert.deepEqual(timescale.resize([2017, 2019], "from", 2016, TEN), [2016, 2019]);
  assert.deepEqual(timescale.resize([2017, 2019], "from", 2022, TEN), [2019, 2019]);
  assert.deepEqual(timescale.resize([2017, 2019], "to", 2000, TEN), [2017, 2017]);
  assert.deepEqual(timescale.resize([2017, 2019], "to", 2050, TEN), [2017, 2024]);
  assert.deepEqual(timescale.resize(null, "from", 2020, TEN), [2020, 2024]);
  assert.deepEqual(timescale.resize(null, "to", 2020, TEN), [2015, 2020]);
});

test("a period moved keeps its length inside the extent", () => {
  assert.deepEqual(timescale.shift([2017, 2019], 2, TEN), [2019, 2021]);
  assert.deepEqual(timescale.shift([2017, 2019], 99, TEN), [2022, 2024]);
  assert.deepEqual(timescale.shift([2017, 2019], -99, TEN), [2015, 2017]);
  assert.deepEqual(timescale.shift([2017, 2019], -Infinity, TEN), [2015, 2017]);
});

test("records without any date leave one year, which nobody sees", () => {
  assert.deepEqual(timescale.extent({ extent: null }), [0, 0]);
  assert.deepEqual(timescale.extent({ extent: TEN }), TEN);
});

test("keys move a handle by a year, by five, or to an end", () => {
  const keys = [
    "ArrowLeft",
    "ArrowDown",
    "ArrowRight",
    "ArrowUp",
    "PageDown",
    "PageUp",
    "Home",
    "End",
    "a",
    "toString",
  ];
  assert.deepEqual(
    keys.map((key) => timescale.yearByKey(key, 2020, TEN)),
    [2019, 2019, 2021, 2021, 2015, 2025, 2015, 2024, undefined, undefined],
  );
});
