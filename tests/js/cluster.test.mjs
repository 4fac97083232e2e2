import assert from "node:assert/strict";
import test from "node:test";
import { clusterMarks, densest, radiusBy } from "../../geo/static/core/cluster.js";

/** Marks at pixel positions of a world of 1000 pixels. */
function marks(points, category = points.map(() => 0)) {
  return {
    indices: Int32Array.from(points.keys()),
    categories: Math.max(0, ...category) + 1,
    category,
    form: points.map(() => 1),
    x: points.map(([x]) => x / 1000),
    y: points.map(([, y]) => y / 1000),
  };
}
const view = { scale: 1000, left: 0, top: 0, width: 1000, height: 1000 };
const none = () => 0;

test("marks of one cell become one cluster at their mean, split by category", () => {
  const points = [
    [10, 10],
    [20, 20],
    [30, 15],
    [510, 510],
  ];
  const { clusters, members } = clusterMarks(marks(points, [0, 2, 2, 1]), view, 40, none);
  assert.equal(clusters.length, 2);
  const [first, second] = clusters;
  assert.deepEqual([first.count, Math.round(first.x), Math.round(first.y), [...first.counts]], [3, 20, 15, [1, 0, 2]]);
  assert.deepEqual(members(first), [0, 1, 2]);
  assert.deepEqual([second.count, second.first, members(second)], [1, 3, [3]]);
  assert.deepEqual(
    first.box.map((side) => Math.round(side * 1000)),
    [10, 10, 30, 20],
  );
});

test("neighbours whose circles touch are one cluster, others stay two", () => {
  const points = [
    [38, 20],
    [42, 20],
    [43, 20],
    [200, 20],
  ];
  assert.deepEqual(
    clusterMarks(marks(points), view, 40, () => 11).clusters.map(({ count }) => count),
    [3, 1],
  );
  assert.deepEqual(
    clusterMarks(marks(points), view, 40, () => 1).clusters.map(({ count }) => count),
    [2, 1, 1],
  );
});

test("the box of a merged cluster holds all of its marks", () => {
  const points = [
    [38, 38],
    [37, 36],
    [36, 37],
    [44, 42],
    [42, 45],
    [30, 46],
    [50, 33],
  ];
  const { clusters } = clusterMarks(marks(points), view, 40, () => 20);
  assert.equal(clusters.length, 1);
  assert.deepEqual(
    clusters[0].box.map((side) => Math.round(side * 1000)),
    [30, 33, 50, 46],
  );
});

test("no mark in view is lost or counted twice", () => {
  let seed = 3;
  const next = (n) => {
    seed = (seed * 16807) % 2147483647;
    return seed % n;
  };
  for (let round = 0; round < 50; round++) {
    const points = Array.from({ length: 200 }, () => [next(1000), next(1000)]);
    const { clusters, members } = clusterMarks(marks(points), view, 40, (count) => 8 + Math.sqrt(count));
    assert.equal(
      clusters.reduce((sum, { count }) => sum + count, 0),
      200,
    );
    const all = clusters.flatMap(members).sort((a, b) => a - b);
    assert.deepEqual(all, [...points.keys()]);
  }
});

test("panning moves no cluster", () => {
  const points = [
    [310, 310],
    [330, 333],
    [350, 318],
    [505, 505],
    [541, 505],
  ];
  const at = (left) =>
    clusterMarks(marks(points), { ...view, left, top: left, width: 600, height: 600 }, 40, () => 9).clusters.map(
      ({ count, x, y }) => [count, Math.round(x + left), Math.round(y + left)],
    );
  assert.deepEqual(at(0), at(17));
  assert.deepEqual(at(0), at(63));
});

test("marks outside the view are left out", () => {
  const { clusters } = clusterMarks(
    marks([
      [10, 10],
      [-500, 10],
      [10, 5000],
    ]),
    view,
    40,
    none,
  );
  assert.deepEqual(
    clusters.map(({ first }) => first),
    [0],
  );
});

test("the densest cell is counted wherever it lies", () => {
  assert.equal(
    densest(
      marks([
        [10, 10],
        [11, 11],
        [900, 900],
        [901, 901],
        [902, 902],
      ]),
      1000,
      40,
    ),
    3,
  );
  assert.equal(densest(marks([]), 1000, 40), 1);
});

test("a circle's area is in proportion to its count between the smallest and the largest", () => {
  const radius = radiusBy(10000, 11, 30);
  assert.equal(radius(10000), 30);
  assert.ok(Math.abs(radius(5000) ** 2 / radius(10000) ** 2 - 0.5) < 1e-12);
  assert.equal(radius(2), 11);
  assert.ok(radius(1) < radius(2));
});
