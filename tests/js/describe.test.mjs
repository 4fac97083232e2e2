import assert from "node:assert/strict";
import test from "node:test";
import { figure, isoDay, when, whenShort, where } from "../../geo/static/ui/describe.js";
import "./words.mjs";

const dated = (date_start, date_end, date_precision) => ({ date_start, date_end, date_precision });

test("a date reads as exact as it is known, and no more", () => {
  const cases = [
    [dated("2021-08-26", "2021-08-26", "day"), "26 August 2021", "2021-08-26"],
    [dated("2024-02-01", "2024-02-29", "month"), "February 2024", "2024-02"],
    [dated("2019-01-01", "2019-12-31", "year"), "2019", "2019"],
    [dated("2019-01-01", "2021-12-31", "range"), "2019 to 2021", "2019–2021"],
    [dated("2019-03-01", "2019-05-31", "range"), "March 2019 to May 2019", "2019-03–05"],
    [dated("2019-03-02", "2019-05-31", "range"), "2 March 2019 to 31 May 2019", "2019-03-02–05-31"],
    [dated("2015-01-01", null, "year"), "since 2015, no end reported", "since 2015"],
    [dated(null, "2017-12-31", "year"), "not later than 2017", "until 2017"],
    [
      { ...dated("2001-12-01", "2024-03-23", "range"), date_kind: "since" },
      "since 1 December 2001, attested to 23 March 2024, no end reported",
      "since 2001-12-01",
    ],
    [
      { ...dated("2019-03-01", "2019-05-31", "range"), date_kind: "within" },
      "some time between March 2019 and May 2019",
      "2019-03–05",
    ],
    [dated(null, null, "unknown"), "not known", "–"],
  ];
  for (const [fields, long, short] of cases) {
    assert.equal(when(fields), long);
    assert.equal(whenShort(fields), short);
  }
});

test("a figure keeps its bounds, and unknown is not zero", () => {
  assert.equal(figure(null, null, null), "");
  assert.equal(figure(0, 0, 0), "0");
  assert.equal(figure(null, 54, null), "54");
  assert.equal(figure(54, 54, null), "at least 54");
  assert.equal(figure(54, null, null), "at least 54");
  assert.equal(figure(null, null, 35), "up to 35");
  assert.equal(figure(50, 54, 60), "54 (50 to 60)");
  assert.equal(figure(null, 54, 60), "54 (54 to 60)");
  assert.equal(figure(5, null, 9), "5 to 9");
  assert.equal(figure(1200, 1200, 1200), "1,200");
});

test("a place names the areas round it once", () => {
  assert.deepEqual(
    where({ place: "Bazarak, Panjshir", admin2_name: "Bazarak", admin1_name: "Panjshir", country_code: "AF" }),
    ["Bazarak, Panjshir", "Afghanistan"],
  );
  assert.deepEqual(
    where({ place: "Bazarak, Panjshir", admin2_name: null, admin1_name: "Panjshir", country_code: "AF" }),
    ["Bazarak, Panjshir", "Afghanistan"],
  );
  assert.deepEqual(where({ place: "Kunar Province", admin2_name: null, admin1_name: "Kunar", country_code: "AF" }), [
    "Kunar Province",
    "Afghanistan",
  ]);
  assert.deepEqual(where({ place: "North town", admin2_name: null, admin1_name: "North", country_code: "AF" }), [
    "North town",
    "North",
    "Afghanistan",
  ]);
  assert.deepEqual(where({ place: null, admin2_name: null, admin1_name: null, country_code: "not a code" }), [
    "not a code",
  ]);
});

test("an ISO date reads down to the part that it gives", () => {
  assert.deepEqual(["2024-03-23", "2024-03", "2024"].map(isoDay), ["23 March 2024", "March 2024", "2024"]);
});
