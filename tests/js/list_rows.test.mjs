import assert from "node:assert/strict";
import test from "node:test";
import * as listRows from "../../geo/static/ui/list_rows.js";

const mask = (n, ...on) => Uint8Array.from({ length: n }, (_, i) => (on.includes(i) ? 1 : 0));

test("records come in three groups, each in the order of the sort, headings before the last two", () => {
  const { rows, counts } = listRows.rows({
    permutation: Int32Array.from([6, 5, 4, 3, 2, 1, 0]),
    selected: mask(7, 0, 1, 2, 4, 5),
    extra: mask(7, 6),
    undated: mask(7, 6, 5),
    unplaced: mask(7, 1, 5, 3),
  });
  assert.deepEqual([...rows], [4, 2, 0, -2, 1, -3, 6, 5]);
  assert.deepEqual(counts, [3, 1, 2]);
});

test("a group without records has no heading, and nothing at all is no rows", () => {
  const none = { permutation: Int32Array.from([0, 1]), extra: mask(2), undated: mask(2), unplaced: mask(2) };
  assert.deepEqual([...listRows.rows({ ...none, selected: mask(2, 0, 1) }).rows], [0, 1]);
  assert.deepEqual([...listRows.rows({ ...none, selected: mask(2) }).rows], []);
});

test("sorting is stable and leaves what is missing at the end either way", () => {
  const base = Int32Array.from([4, 3, 2, 1, 0]);
  const keys = Float64Array.from([7, NaN, 7, 1, NaN]);
  assert.deepEqual([...listRows.permutation(base, keys, false)], [3, 2, 0, 4, 1]);
  assert.deepEqual([...listRows.permutation(base, keys, true)], [2, 0, 3, 4, 1]);
});

test("words rank as a reader of the language sorts them, numbers in them by value", () => {
  const ranks = listRows.ranks(["b10", "Änne", "b9", "", "anna", "b9"], "en");
  assert.deepEqual(
    [...ranks].map((rank) => (Number.isNaN(rank) ? null : rank)),
    [3, 1, 2, null, 0, 2],
  );
});

test("only the rows in view are drawn, with a few to spare", () => {
  assert.deepEqual(listRows.windowOf(0, 340, 34, 100_000), [0, 16]);
  assert.deepEqual(listRows.windowOf(3_400_000 - 340, 340, 34, 100_000), [99_984, 100_000]);
  assert.deepEqual(listRows.windowOf(0, 340, 34, 0), [0, 0]);
});

test("keys move to the next record, past headings, and stay on the list", () => {
  const rows = Int32Array.from([4, 2, -2, 1, 7]);
  const moves = [
    ["ArrowDown", 0, 1],
    ["ArrowDown", 1, 3],
    ["ArrowUp", 3, 1],
    ["ArrowUp", 0, 0],
    ["ArrowDown", 4, 4],
    ["PageDown", 0, 4],
    ["PageUp", 4, 0],
    ["Home", 3, 0],
    ["End", 1, 4],
    ["a", 1, undefined],
    ["toString", 1, undefined],
  ];
  for (const [key, from, to] of moves) assert.equal(listRows.rowByKey(rows, from, key), to, `${key} from ${from}`);
  const long = Int32Array.from({ length: 30 }, (_, i) => i);
  assert.deepEqual([listRows.rowByKey(long, 3, "PageDown"), listRows.rowByKey(long, 25, "PageUp")], [13, 15]);
  assert.equal(listRows.rowByKey(Int32Array.from([-2, 5]), 1, "ArrowUp"), 0, "a heading where nothing else is left");
});
