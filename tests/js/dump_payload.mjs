// Prints what the page's scripts make of two blocks: node dump_payload.mjs DATA TEXT STATES, states as JSON. For tests/test_payload.py.
import { readFileSync } from "node:fs";
import * as topology from "../../geo/static/core/topology.js";
import { openBlocks } from "./blocks.mjs";

const [data, text, states] = process.argv.slice(2);
const model = openBlocks(readFileSync(data, "utf8"), readFileSync(text, "utf8"));
await model.ready;
const { store } = model;
await store.texts;

const WORDS = [
  "id",
  "kind",
  "title",
  "description",
  "event_type",
  "sub_event_type",
  "clarity",
  "date_start",
  "date_end",
  "date_precision",
  "date_kind",
  "place",
  "geo_precision",
  "country_code",
  "admin1_code",
  "admin1_name",
  "admin2_name",
  "actor1",
  "actor2",
  "group",
  "role",
  "tier",
  "status",
  "claimed_by",
  "denied_by",
  "unit",
  "measure",
  "note",
  "match",
];
const NUMBERS = [
  "fatalities_low",
  "fatalities_best",
  "fatalities_high",
  "injuries_low",
  "injuries_best",
  "injuries_high",
  "deaths_a",
  "deaths_b",
  "deaths_civilians",
  "deaths_unknown",
  "value",
];
const nullable = (number) => (Number.isNaN(number) ? null : number);
const records = Array.from({ length: store.n }, (_, i) => ({
  ...Object.fromEntries(WORDS.map((name) => [name, store.text(name, i)])),
  ...Object.fromEntries(NUMBERS.map((name) => [name, nullable(store.value(name, i))])),
  date_inferred: store.value("date_inferred", i) === 1,
  cross_border: store.value("cross_border", i) === 1,
  lat: nullable(store.lat(i)),
  lng: nullable(store.lng(i)),
  sources: store.sources(i),
  conflicts_with: [...store.links("conflicts_with", i)],
  same_as: [...store.links("same_as", i)],
}));

/** The rings of an area as [longitude, latitude], put together from its arcs. */
function rings({ rings: list }) {
  const { x, y, ends } = model.topology.arcs;
  return list.map((ring) =>
    Array.from(ring, (ref) => {
      const arc = ref < 0 ? ~ref : ref;
      const points = [];
      for (let k = arc ? ends[arc - 1] : 0; k < ends[arc]; k++)
        points.push([topology.longitude(x[k]), topology.latitude(y[k])]);
      return ref < 0 ? points.reverse() : points;
    }).flatMap((points) => points.slice(0, -1)),
  );
}

const shown = [];
for (const state of JSON.parse(states)) {
  await model.set(state);
  shown.push({
    totals: model.derived.totals,
    provinces: Object.fromEntries(model.derived.provinces),
    order: Array.from(model.derived.order, (i) => records[i].id),
  });
}
process.stdout.write(
  JSON.stringify({
    header: store.header,
    extent: model.extent,
    records,
    areas: model.topology.areas.map(rings),
    shown,
  }),
);
