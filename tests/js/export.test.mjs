import assert from "node:assert/strict";
import test from "node:test";
import { embedCode, embedHeight } from "../../geo/static/ui/embed.js";
import { csv, geojson } from "../../geo/static/ui/export.js";
import { fileName } from "../../geo/static/ui/files.js";

const record = (fields) => ({
  id: "a",
  kind: "incident",
  title: "T",
  fatalities_best: null,
  date_inferred: false,
  cross_border: true,
  sources: [],
  conflicts_with: [],
  same_as: [],
  lat: NaN,
  lng: NaN,
  ...fields,
});

/** A reader of RFC 4180, character by character. */
function parse(text) {
  const rows = [[""]];
  let quoted = false;
  for (let k = 0; k < text.length; k++) {
    const mark = text[k];
    const row = rows.at(-1);
    if (quoted && mark === '"' && text[k + 1] === '"') row[row.length - 1] += text[k++];
    else if (mark === '"') quoted = !quoted;
    else if (!quoted && mark === ",") row.push("");
    else if (!quoted && mark === "\r" && text[k + 1] === "\n") {
      rows.push([""]);
      k++;
    } else row[row.length - 1] += mark;
  }
  rows.pop();
  return rows;
}

function table(records, selection = "") {
  const text = csv({ records, selection });
  assert.equal(text[0], "\uFEFF");
  const [head, ...rows] = parse(text.slice(1));
  return rows.map((row) => {
    assert.equal(row.length, head.length);
    return Object.fromEntries(head.map((name, k) => [name, row[k]]));
  });
}

test("on a map by district the area of a record is named as one", () => {
  const shown = { records: [record({ admin1_name: "Bajaur" })], selection: "", level: "district" };
  const [head] = parse(csv(shown).slice(1));
  assert.ok(head.includes("district_name") && !head.includes("admin1_name"));
  const [{ properties }] = JSON.parse(geojson(shown)).features;
  assert.equal(properties.district_name, "Bajaur");
  assert.ok(!("admin1_name" in properties));
});

test("commas, quotes and line breaks survive in cells", () => {
  const title = 'He said "no", left\nand, later,\r\nreturned';
  assert.equal(table([record({ title })])[0].title, title);
});

test("text that a spreadsheet would run is shown instead; numbers stay numbers", () => {
  for (const start of ["=", "+", "-", "@", "\t", "\r"]) {
    assert.equal(
      table([record({ title: `${start}HYPERLINK("http://x")` })])[0].title,
      `'${start}HYPERLINK("http://x")`,
    );
  }
  assert.equal(table([record({ value: -3.5 })])[0].value, "-3.5");
  assert.equal(table([record({ lat: -12.5, lng: -7 })])[0].longitude, "-7");
});

test("null is an empty cell, zero is a zero, lists are joined", () => {
  const [row] = table([
    record({
      fatalities_best: 0,
      sources: [
        { source: "s1", paragraph: 4 },
        { source: "s2", paragraph: null },
      ],
      same_as: ["b", "c"],
    }),
  ]);
  assert.deepEqual([row.fatalities_best, row.fatalities_low, row.latitude, row.cross_border], ["0", "", "", "true"]);
  assert.deepEqual([row.sources, row.same_as], ["s1:4; s2", "b; c"]);
});

test("GeoJSON keeps every record, the unplaced with a null geometry", () => {
  const placed = record({ id: "p", lat: 34.5, lng: 69.2 });
  const { type, features } = JSON.parse(geojson({ records: [placed, record({})], selection: "" }));
  assert.equal(type, "FeatureCollection");
  assert.deepEqual(
    features.map(({ id, geometry }) => [id, geometry]),
    [
      ["p", { type: "Point", coordinates: [69.2, 34.5] }],
      ["a", null],
    ],
  );
  assert.equal("lat" in features[0].properties, false);
  assert.deepEqual(features[0].properties.sources, []);
});

test("file names hold title and period, and nothing a file system refuses", () => {
  assert.equal(fileName("Attacks / Kunar: 'A'?", [2021, 2023]), "attacks-kunar-a-2021-2023");
  assert.equal(fileName("حملات", [2021, 2021]), "حملات-2021");
  assert.equal(fileName("???", null), "map");
  assert.equal(fileName("A", [2021, 2021], true), "a-2021-filtered");
});

test("the code of an embed is one iframe, whatever the title holds", () => {
  const code = embedCode('https://x.org/m.html?embed=1&a="b"#years=2021-2022', '<b>"A" & B</b>', 480);
  assert.equal(
    code,
    '<iframe src="https://x.org/m.html?embed=1&amp;a=&quot;b&quot;#years=2021-2022" title="&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;" width="100%" height="480" style="border:0" loading="lazy" allowfullscreen></iframe>',
  );
});

test("the height of an embed follows its width and nothing else", () => {
  assert.deepEqual([320, 390, 800, 1100, 4000].map(embedHeight), [420, 420, 480, 660, 720]);
});

test("filtered records say so in the file; others do not", () => {
  const selection = "3 of 83 incidents, 2021; Search: a, b";
  assert.equal(table([record({})], selection)[0].selection, selection);
  assert.ok(!("selection" in table([record({})])[0]));
  assert.equal(JSON.parse(geojson({ records: [record({})], selection })).selection, selection);
  assert.ok(!("selection" in JSON.parse(geojson({ records: [record({})], selection: "" }))));
});
