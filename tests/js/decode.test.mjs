import assert from "node:assert/strict";
import test from "node:test";
import * as decode from "../../geo/static/core/decode.js";
import { block } from "./blocks.mjs";

test("a block gives back its header and its sections", async () => {
  const made = block(
    { n: 3, word: "کابل" },
    { small: ["u8", [1, 2, 255]], big: ["i32", [-5, 2 ** 31 - 1]], real: ["f64", [0.1, NaN]], none: ["u32", []] },
  );
  const found = await decode.block(`\n${made}\n`);
  assert.equal(found.header.word, "کابل");
  assert.deepEqual([...found.section("small")], [1, 2, 255]);
  assert.deepEqual([...found.section("big")], [-5, 2147483647]);
  assert.deepEqual([...found.section("real")], [0.1, NaN]);
  assert.equal(found.section("none").length, 0);
  assert.equal(found.has("small"), true);
  assert.equal(found.has("other"), false);
});

test("a header of any length leaves the sections aligned", async () => {
  for (let length = 0; length < 9; length++) {
    const found = await decode.block(block({ word: "x".repeat(length) }, { real: ["f64", [length]] }));
    assert.deepEqual([...found.section("real")], [length]);
  }
});

test("lengths become ends", () => {
  assert.deepEqual([...decode.ends(Uint8Array.of(0, 3, 0, 255))], [0, 3, 3, 258]);
});
