import assert from "node:assert/strict";
import test from "node:test";
import * as decode from "../../geo/static/core/decode.js";
import * as search from "../../geo/static/core/search.js";

function find(rows, phrase) {
  const parts = rows.map((row) => Buffer.from(row));
  const found = new Uint8Array(rows.length);
  search.mark(
    { bytes: new Uint8Array(Buffer.concat(parts)), ends: decode.ends(parts.map((part) => part.length)) },
    search.pattern(phrase),
    found,
  );
  return [...found];
}

test("a phrase is found in any case, in any script", () => {
  assert.deepEqual(find(["Kabul airport", "KABUL", "kab", "", "in kAbUl"], "Kabul"), [1, 1, 0, 0, 1]);
  assert.deepEqual(find(["Москва", "МОСКВА", "Moskva"], "москва"), [1, 1, 0]);
  assert.deepEqual(find(["کابل", "کا"], "کابل"), [1, 0]);
  assert.deepEqual(find(["Straße", "STRASSE", "Strase"], "straße"), [1, 1, 0]);
  assert.deepEqual(find(["Орёл", "ОРЁЛ", "Орсл", "Орел"], "орёл"), [1, 1, 0, 0]);
  assert.deepEqual(find(["с", "Ё"], "ё"), [0, 1]);
  assert.deepEqual(find(["İstanbul", "i̇stanbul", "istanbul", "ıstanbul"], "İSTANBUL"), [1, 1, 0, 0]);
  assert.deepEqual(find(["ΟΔΟΣ", "οδος", "οδοσ"], "ΟΔΌΣ".normalize("NFC").replace("Ό", "Ο")), [1, 1, 1]);
});

test("a phrase that runs over from one row into the next is not found", () => {
  assert.deepEqual(find(["ka", "bul", "xkabul"], "kabul"), [0, 0, 1]);
  assert.deepEqual(find(["aaa", "ab"], "aab"), [0, 0]);
  assert.deepEqual(find(["ab", "", "ab"], "ab"), [1, 0, 1]);
});

test("it finds what String.includes finds", () => {
  const letters = "abAB é";
  let seed = 7;
  const next = (n) => {
    seed = (seed * 16807) % 2147483647;
    return seed % n;
  };
  const word = (n) => Array.from({ length: next(n) }, () => letters[next(letters.length)]).join("");
  for (let round = 0; round < 300; round++) {
    const rows = Array.from({ length: 6 }, () => word(8));
    const phrase = `${word(3)}a`;
    const expected = rows.map((row) => (row.toLowerCase().includes(phrase.toLowerCase()) ? 1 : 0));
    assert.deepEqual(find(rows, phrase), expected, JSON.stringify({ rows, phrase }));
  }
});

test("a phrase that repeats itself is found wherever it starts", () => {
  assert.deepEqual(find(["ababac", "abababac", "abab", "ßs", "sß"], "ababac"), [1, 1, 0, 0, 0]);
  assert.deepEqual(find(["aß", "ass", "as", "sſs"], "ss"), [1, 1, 0, 1]);
});
