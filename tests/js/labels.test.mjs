import assert from "node:assert/strict";
import { test } from "node:test";
import { placeLabels, spotsBeside, spotsInside } from "../../geo/static/core/labels.js";

const PICTURE = { width: 400, height: 300 };
const HALF = { x: 30, y: 8 };

/** A label with one spot after the other. */
function label(key, ...points) {
  const spots = points.map(([x, y]) => ({ x, y, half: HALF, form: 0 }));
  return { key, forms: 1, spots: () => spots };
}

const keys = (placed) => placed.map(({ label: { key }, spot: { x, y } }) => `${key} ${x} ${y}`);

test("the first of two labels that want one place gets it, the other its next spot", () => {
  const placed = placeLabels([label("a", [100, 100]), label("b", [120, 105], [120, 150])], [], PICTURE);
  assert.deepEqual(keys(placed), ["a 100 100", "b 120 150"]);
});

test("a label without a free spot is left out, and takes no room", () => {
  const placed = placeLabels([label("a", [100, 100]), label("b", [100, 110]), label("c", [100, 118])], [], PICTURE);
  assert.deepEqual(keys(placed), ["a 100 100", "c 100 118"]);
});

test("labels touch no obstacle and do not leave the picture", () => {
  const mark = { x: 100, y: 100, half: { x: 12, y: 12 } };
  const placed = placeLabels([label("a", [60, 100], [20, 200], [390, 200], [200, 4], [58, 100])], [mark], PICTURE);
  assert.deepEqual(keys(placed), ["a 58 100"]);
});

test("where a label stood is tried first, and left when it is taken", () => {
  const spots = [
    [100, 100],
    [100, 200],
  ];
  const stayed = { ...label("a", ...spots), last: { x: 100, y: 200, half: HALF, form: 0 } };
  assert.deepEqual(keys(placeLabels([stayed], [], PICTURE)), ["a 100 200"]);
  const mark = { x: 100, y: 200, half: { x: 5, y: 5 } };
  assert.deepEqual(keys(placeLabels([stayed], [mark], PICTURE)), ["a 100 100"]);
});

test("a form is asked for only when the forms before it find no room", () => {
  const asked = [];
  const two = {
    key: "two",
    forms: 2,
    spots(form) {
      asked.push(form);
      return [{ x: 100, y: form ? 200 : 100, half: form ? { x: 10, y: 10 } : HALF, form }];
    },
  };
  placeLabels([two], [], PICTURE);
  assert.deepEqual(asked, [0]);
  const [{ spot }] = placeLabels([two], [{ x: 100, y: 100, half: { x: 5, y: 5 } }], PICTURE);
  assert.equal(spot.form, 1);
});

test("a town whose dot is covered has no label", () => {
  const town = { ...label("town", [140, 100]), dot: { x: 100, y: 100 } };
  assert.equal(placeLabels([town], [{ x: 101, y: 101, half: { x: 2, y: 2 } }], PICTURE).length, 0);
  assert.equal(placeLabels([town, label("over", [110, 92])], [], PICTURE).length, 1);
});

test("no two of many labels overlap, in any order of cells", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const many = Array.from({ length: 300 }, (_, k) =>
    label(`l${k}`, [random() * 400, random() * 300], [random() * 400, random() * 300]),
  );
  const placed = placeLabels(many, [], PICTURE);
  assert.ok(placed.length > 20);
  for (const [k, { spot: a }] of placed.entries())
    for (const { spot: b } of placed.slice(k + 1))
      assert.ok(Math.abs(a.x - b.x) >= 2 * HALF.x || Math.abs(a.y - b.y) >= 2 * HALF.y);
});

test("spots beside a mark do not touch it", () => {
  for (const { x, y } of spotsBeside(200, 100, 10, HALF)) {
    const away = Math.hypot(Math.max(0, Math.abs(x - 200) - HALF.x), Math.max(0, Math.abs(y - 100) - HALF.y));
    assert.ok(away >= 10 / Math.SQRT2 - 1e-9, `${x} ${y}`);
  }
});

/** One ring of a polygon as arcs. */
function polygon(...points) {
  const closed = [...points, points[0]];
  return {
    arcs: {
      x: Float64Array.from(closed, ([x]) => x),
      y: Float64Array.from(closed, ([, y]) => y),
      ends: Uint32Array.of(closed.length),
    },
    rings: [Int32Array.of(0)],
  };
}

const window = { left: 0, top: 0, right: 400, bottom: 300 };

test("in a box the anchor itself is the best spot", () => {
  const { arcs, rings } = polygon([0, 0], [200, 0], [200, 100], [0, 100]);
  const [best] = spotsInside(arcs, rings, 1, HALF, { x: 90, y: 40 }, window);
  assert.deepEqual([best.x, best.y], [90, 40]);
});

test("spots in a narrow L lie in its wide foot", () => {
  const { arcs, rings } = polygon([0, 0], [20, 0], [20, 150], [200, 150], [200, 190], [0, 190]);
  const spots = spotsInside(arcs, rings, 1, HALF, { x: 10, y: 80 }, window);
  assert.ok(spots.length > 0);
  for (const { x, y } of spots) {
    assert.ok(x - HALF.x >= 0 && x + HALF.x <= 200, `${x}`);
    assert.ok(y - HALF.y >= 150 && y + HALF.y <= 190, `${y}`);
  }
});

test("a hole is not inside, and an area that is too small has no spot", () => {
  const outer = [0, 0, 200, 0, 200, 100, 0, 100, 0, 0];
  const hole = [40, 20, 160, 20, 160, 80, 40, 80, 40, 20];
  const xs = [...outer, ...hole].filter((_, k) => k % 2 === 0);
  const ys = [...outer, ...hole].filter((_, k) => k % 2 === 1);
  const arcs = { x: Float64Array.from(xs), y: Float64Array.from(ys), ends: Uint32Array.of(5, 10) };
  const spots = spotsInside(arcs, [Int32Array.of(0), Int32Array.of(1)], 1, HALF, { x: 100, y: 50 }, window);
  for (const { x, y } of spots)
    assert.ok(x + HALF.x <= 40 || x - HALF.x >= 160 || y + HALF.y <= 20 || y - HALF.y >= 80, `${x} ${y}`);
  const small = polygon([0, 0], [50, 0], [50, 100], [0, 100]);
  assert.deepEqual(spotsInside(small.arcs, small.rings, 1, HALF, { x: 25, y: 50 }, window), []);
});

test("spots lie in the window, also where the anchor does not", () => {
  const { arcs, rings } = polygon([0, 0], [2000, 0], [2000, 2000], [0, 2000]);
  const far = { left: 1200, top: 1200, right: 1600, bottom: 1500 };
  for (const { x, y } of spotsInside(arcs, rings, 1, HALF, { x: 1000, y: 1000 }, far)) {
    assert.ok(x - HALF.x >= 1200 && x + HALF.x <= 1600 && y - HALF.y >= 1200 && y + HALF.y <= 1500, `${x} ${y}`);
  }
});
