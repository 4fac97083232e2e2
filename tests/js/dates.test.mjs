import assert from "node:assert/strict";
import test from "node:test";
import { isoOf, NO_VALUE, yearOf } from "../../geo/static/core/dates.js";

test("the year of a day number is that of the Gregorian calendar", () => {
  for (const iso of [
    "1970-01-01",
    "1969-12-31",
    "2000-02-29",
    "2000-03-01",
    "1900-12-31",
    "1901-01-01",
    "2100-02-28",
    "2023-12-31",
    "0001-01-01",
    "9999-12-31",
  ]) {
    assert.equal(yearOf(Date.parse(iso) / 864e5), Number(iso.slice(0, 4)), iso);
  }
});

test("every day of four centuries has the year that Date gives it", () => {
  for (let day = Date.parse("1800-01-01") / 864e5; day < Date.parse("2200-01-01") / 864e5; day++) {
    if (yearOf(day) !== new Date(day * 864e5).getUTCFullYear()) assert.fail(`day ${day}`);
  }
});

test("a day number is written as ISO, none as nothing", () => {
  assert.equal(isoOf(0), "1970-01-01");
  assert.equal(isoOf(-1), "1969-12-31");
  assert.equal(isoOf(NO_VALUE), "");
});
