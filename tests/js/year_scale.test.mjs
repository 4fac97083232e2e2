import assert from "node:assert/strict";
import test from "node:test";
import { createScale } from "../../geo/static/ui/year_scale.js";

const TEN = [2015, 2024];
const plain = createScale(TEN, Array(10).fill(5));
// 18 years of which one has an incident, then eight full ones: as one wide slot and eight.
const long = createScale([1996, 2021], [...Array(5).fill(0), 1, ...Array(12).fill(0), ...Array(8).fill(30)]);

test("a place on the bar is a year, its ends included", () => {
  assert.deepEqual(
    [-1, 0, 0.0999, 0.1001, 0.5001, 0.9999, 1, 3].map(plain.yearAt),
    [2015, 2015, 2015, 2016, 2020, 2024, 2024, 2024],
  );
  assert.deepEqual([-1, 0, 0.04, 0.06, 0.5, 1, 2].map(plain.edgeAt), [2015, 2015, 2015, 2016, 2020, 2025, 2025]);
});

test("a long stretch of next to nothing is one slot of two years' width", () => {
  assert.deepEqual([long.slots.length, long.slots[0].from, long.slots[0].to], [9, 1996, 2013]);
  assert.ok(Math.abs(long.slots[0].width - 0.2) < 1e-9);
  assert.ok(Math.abs(long.end(2013) - 0.2) < 1e-9 && Math.abs(long.start(2014) - 0.2) < 1e-9);
  assert.ok(Math.abs(long.start(2005) - 0.1) < 1e-9); // years within it keep their order
  assert.deepEqual([0, 0.06, 0.15, 0.21].map(long.edgeAt), [1996, 1996, 2014, 2014]);
  assert.equal(long.slotAt(0.1).to, 2013);
});

test("a few empty years, or nothing but empty ones, are not folded", () => {
  assert.equal(createScale([2018, 2023], [1, 0, 3, 4, 0, 0]).slots.length, 6);
  assert.equal(createScale([2000, 2009], Array(10).fill(0)).slots.length, 10);
});

test("a step goes from slot to slot, and moves other periods by a year", () => {
  assert.deepEqual(long.step(null, 1), [1996, 2013]);
  assert.deepEqual(long.step(null, -1), [2021, 2021]);
  assert.deepEqual(long.step([1996, 2013], 1), [2014, 2014]);
  assert.deepEqual(long.step([2014, 2014], -1), [1996, 2013]);
  assert.deepEqual(long.step([2021, 2021], 1), [2021, 2021]);
  assert.deepEqual(long.step([2017, 2018], 1), [2018, 2019]);
  assert.deepEqual(long.step([2020, 2021], 1), [2020, 2021]);
});

test("labels keep their distance at every width, and a fold is named where there is room", () => {
  const texts = (scale, width) => scale.labels(width, 38).map(({ text }) => text);
  assert.deepEqual(
    texts(plain, 800),
    Array.from({ length: 10 }, (_, k) => String(2015 + k)),
  );
  assert.deepEqual(texts(plain, 300), ["2016", "2018", "2020", "2022", "2024"]);
  assert.equal(texts(long, 800)[0], "1996–2013");
  for (const width of [120, 300, 500, 900]) {
    const at = long.labels(width, 38).map((label) => label.at * width);
    for (let k = 1; k < at.length; k++) assert.ok(at[k] - at[k - 1] >= 38, `${width}px: ${at}`);
  }
});
