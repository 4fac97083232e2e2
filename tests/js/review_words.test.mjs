// Numbers and dates of a review page are what the words say, never more. Expected values are read off by hand.
import assert from "node:assert/strict";
import test from "node:test";
import { boundsIn, numberIn } from "../../geo/static/review/figures.js";
import { offsets, pieces, sentenceRound, wholeWords } from "../../geo/static/review/offsets.js";
import { fromEdtf, toEdtf, whenIn } from "../../geo/static/review/when.js";

const bounds = (text) => {
  const found = boundsIn(text);
  return found && [found.low, found.best, found.high];
};

test("a count has the bounds that its words give it", () => {
  for (const [text, expected] of [
    ["14", [14, 14, 14]],
    ["at least 54 people", [54, 54, null]],
    ["more than 1,300", [1300, 1300, null]],
    ["no fewer than nine", [9, 9, null]],
    ["up to 35", [null, null, 35]],
    ["no more than a dozen", [null, null, 12]],
    ["as many as two hundred and five soldiers", [null, null, 205]],
    ["between three and five", [3, null, 5]],
    ["30 to 40 fighters", [30, null, 40]],
    ["30-40", [30, null, 40]],
    ["three dozen", [36, 36, 36]],
    ["two score", [40, 40, 40]],
    ["twenty-one", [21, 21, 21]],
    ["two thousand three hundred", [2300, 2300, 2300]],
    ["a hundred", [100, 100, 100]],
    ["dozens", null],
    ["hundreds of people", null],
    ["a school", null],
    ["5 to 3", null],
    ["", null],
  ])
    assert.deepEqual(bounds(text), expected, text);
});

test("a number is one number", () => {
  for (const [text, expected] of [
    ["400", 400],
    ["1,234,567", 1234567],
    ["2.5 million", 2500000],
    ["some", null],
    ["3 and 4", null],
    ["12 000", null],
  ])
    assert.equal(numberIn(text), expected, text);
});

const when = (found) => found && [found.date_start, found.date_end, found.date_precision, found.date_kind];

test("a date is as precise as its words", () => {
  for (const [text, expected] of [
    ["15 August 2021", ["2021-08-15", "2021-08-15", "day", "at"]],
    ["August 15, 2021", ["2021-08-15", "2021-08-15", "day", "at"]],
    ["the 3rd of May 2020", ["2020-05-03", "2020-05-03", "day", "at"]],
    ["in Feb. 2020", ["2020-02-01", "2020-02-29", "month", "at"]],
    ["in 2014", ["2014-01-01", "2014-12-31", "year", "at"]],
    ["2021-08-15", ["2021-08-15", "2021-08-15", "day", "at"]],
    ["since 2014", ["2014-01-01", null, "range", "since"]],
    ["by February 2023", [null, "2023-02-28", "range", "by"]],
    ["15 August 2020 to 14 August 2021", ["2020-08-15", "2021-08-14", "range", "throughout"]],
    ["between May 2020 and June 2021", ["2020-05-01", "2021-06-30", "range", "within"]],
    ["30 February 2021", ["2021-02-01", "2021-02-28", "month", "at"]],
    ["last Friday", null],
    ["15 August", null],
    ["208 attacks", null],
  ])
    assert.deepEqual(when(whenIn(text)), expected, text);
});

test("EDTF that a reader types is read, and written the same", () => {
  for (const text of [
    "2021-08-15",
    "2021-08",
    "2021",
    "[2021-08-15..2021-11-09]",
    "2021-08-15/2021-11-09",
    "2021-08-15/..",
    "../2023-02-28",
  ])
    assert.equal(toEdtf(fromEdtf(text)), text);
  assert.deepEqual(when(fromEdtf("")), [null, null, "unknown", "unknown"]);
  assert.equal(fromEdtf("2021-13"), null);
  assert.equal(fromEdtf("2022/2021"), null);
  assert.equal(fromEdtf("someday"), null);
});

test("offsets count code points, as Python does", () => {
  const text = "a\u{1F525}b\u{1F525}";
  const at = offsets(text);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((point) => at.units(point)),
    [0, 1, 3, 4, 6],
  );
  assert.deepEqual(
    [0, 1, 3, 4, 6].map((unit) => at.points(unit)),
    [0, 1, 2, 3, 4],
  );
  assert.equal(at.slice(1, 3), "\u{1F525}b");
  for (let point = 0; point <= [...text].length; point++) assert.equal(at.points(at.units(point)), point);
});

test("a selection is widened to whole words, and a sentence is found round it", () => {
  const text = "Two were shot. Three, in Kabul, fled.";
  assert.deepEqual(wholeWords(text, 5, 7), [4, 8]);
  assert.deepEqual(wholeWords(text, 3, 10), [4, 13]);
  assert.equal(wholeWords(text, 3, 4), null);
  assert.equal(text.slice(...sentenceRound(text, 26, 28)), "Three, in Kabul, fled.");
});

test("pieces cover a stretch once, each with the spans that hold it", () => {
  const spans = [
    { start: 2, end: 8, name: "a" },
    { start: 4, end: 6, name: "b" },
    { start: 6, end: 12, name: "c" },
  ];
  const cut = pieces(0, 10, spans);
  assert.deepEqual(
    cut.map((piece) => [piece.start, piece.end, piece.spans.map((one) => one.name).join("")]),
    [
      [0, 2, ""],
      [2, 4, "a"],
      [4, 6, "ab"],
      [6, 8, "ac"],
      [8, 10, "c"],
    ],
  );
});
