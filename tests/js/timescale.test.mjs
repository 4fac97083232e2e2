import assert from "node:assert/strict";
import test from "node:test";
import * as timescale from "../../geo/static/ui/timescale.js";

const TEN = [2015, 2024];

test("a place on the bar is a year, its ends included", () => {
  assert.deepEqual(
    [-1, 0, 0.0999, 0.1, 0.5, 0.9999, 1, 3].map((at) => timescale.yearAt(at, TEN)),
    [2015, 2015, 2015, 2016, 2020, 2024, 2024, 2024],
  );
  assert.deepEqual(
    [-1, 0, 0.04, 0.06, 0.5, 1, 2].map((at) => timescale.edgeAt(at, TEN)),
    [0, 0, 0, 1, 5, 10, 10],
  );
});

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

test("a step from all years begins at the end it comes from", () => {
  assert.deepEqual(timescale.step(null, 1, TEN), [2015, 2015]);
  assert.deepEqual(timescale.step(null, -1, TEN), [2024, 2024]);
  assert.deepEqual(timescale.step([2017, 2018], 1, TEN), [2018, 2019]);
});

test("labels keep their distance at every width", () => {
  assert.deepEqual(timescale.labels(TEN, 800, 38), [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024]);
  assert.deepEqual(timescale.labels(TEN, 300, 38), [2016, 2018, 2020, 2022, 2024]);
  for (const width of [40, 120, 300, 900]) {
    const labels = timescale.labels([1970, 2024], width, 38);
    for (let k = 1; k < labels.length; k++)
      assert.ok(((labels[k] - labels[k - 1]) / 55) * width >= 38, `${width}px: ${labels}`);
  }
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
