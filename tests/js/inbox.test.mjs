import assert from "node:assert/strict";
import test from "node:test";
import { acceptable, calm, recipients } from "../../geo/static/page/inbox.js";

const set = (state) => ({ type: "geo:set", state });
const HOST = "https://host.example";

test("a message is taken from any origin, or from those named alone", () => {
  assert.equal(acceptable(set({ years: null }), "https://any.example", []), true);
  assert.equal(acceptable(set({ years: null }), HOST, [HOST]), true);
  for (const other of ["https://host.example:8080", "http://host.example", "https://a.host.example", "null"])
    assert.equal(acceptable(set({ years: null }), other, [HOST]), false);
});

test("what is no message, too long, too large or without an end is dropped", () => {
  for (const nonsense of [null, undefined, "geo:set", 3, [], {}, { type: "geo:state" }])
    assert.equal(acceptable(nonsense, HOST, []), false);
  const word = (n) => set({ filters: { text: "x".repeat(n) } });
  assert.equal(acceptable(word(5000), HOST, []), true);
  assert.equal(acceptable(word(20_000), HOST, []), false);
  assert.equal(acceptable(set({ layers: Array(1e6).fill(1) }), HOST, []), false);
  assert.equal(acceptable(set({ ["x".repeat(20_000)]: 1 }), HOST, []), false);
  const loop = {};
  loop.self = loop;
  assert.equal(acceptable(set(loop), HOST, []), false);
  assert.equal(acceptable(set({ view: new Float64Array(1e7) }), HOST, []), false);
});

test("of a flood the first state is taken at once, and the others as one", () => {
  const taken = [];
  const waits = [];
  const take = calm(
    (state) => taken.push(state),
    (run) => waits.push(run),
  );
  for (let year = 2000; year < 2100; year++) take({ years: [year, year], filters: { text: `${year}` } });
  take({ filters: { precision: "exact" } });
  for (const nonsense of ["x", null, undefined, 7]) take(nonsense);
  assert.deepEqual(taken, [{ years: [2000, 2000], filters: { text: "2000" } }]);
  waits.shift()();
  assert.deepEqual(taken[1], { years: [2099, 2099], filters: { text: "2099", precision: "exact" } });
  waits.shift()();
  assert.equal(waits.length + taken.length, 2);
  take({ years: null });
  assert.deepEqual(taken[2], { years: null });
});

test("messages go to any origin, to the holder if it is a host, or to all hosts where it is not known", () => {
  assert.deepEqual(recipients([], HOST), ["*"]);
  assert.deepEqual(recipients([HOST, "https://b.example"], HOST), [HOST]);
  assert.deepEqual(recipients([HOST], "https://c.example"), []);
  assert.deepEqual(recipients([HOST, "https://b.example"], null), [HOST, "https://b.example"]);
});
