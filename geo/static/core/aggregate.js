/* What is shown now, in numbers, by the counting rules of docs/design.md; geo/stats/summary.py has the same rules for Python. */

import { classOf } from "./classify.js";
import { FAILS, PARTIES } from "./filter.js";
import { FORM } from "./marks.js";

/** What does not change with the state: columns and codes by short names. */
function columns(store) {
  const code = (name, word) => store.words(name).indexOf(word) + 1;
  return {
    kind: store.column("kind"),
    incident: code("kind", "incident"),
    stronghold: code("kind", "stronghold"),
    statistic: code("kind", "statistic"),
    province: store.column("admin1_code"),
    type: store.column("event_type"),
    precision: store.column("geo_precision"),
    parties: PARTIES.map((name) => store.column(name)),
    abroad: store.column("cross_border"),
    low: store.column("fatalities_low"),
    best: store.column("fatalities_best"),
    high: store.column("fatalities_high"),
  };
}

/** Records that pass every filter: a mask, and their indices newest first. */
export function selection(store, fails) {
  const selected = new Uint8Array(store.n);
  let count = 0;
  for (let i = 0; i < store.n; i++) if (fails[i] === 0) count += selected[i] = 1;
  const order = new Int32Array(count);
  for (let k = 0, at = 0; k < store.n; k++) if (selected[store.newest[k]]) order[at++] = store.newest[k];
  return { selected, order };
}

/** Totals, and sums by code number (`perCode`), of the selected records; `rest`: incidents without marks, here and below, or null. */
export function totals(store, fails, rest = null) {
  const c = columns(store);
  const YEARS = FAILS.years;
  const perCode = {
    incidents: new Uint32Array(store.codes.length + 1),
    best: new Float64Array(store.codes.length + 1),
    known: new Uint8Array(store.codes.length + 1),
  };
  const out = {
    incidents: 0,
    strongholds: 0,
    statistics: 0,
    unplaced: 0,
    undated: 0,
    fatalities: { low: 0, best: 0, high: 0 },
    fatalities_unknown: 0,
  };
  const undated = [];
  for (let i = 0; i < store.n; i++) {
    const kind = c.kind[i];
    if (store.first[i] === 0 && (fails[i] & ~YEARS) === 0) {
      undated.push(i);
      if (kind === c.incident) out.undated++;
    }
    if (fails[i]) continue;
    if (kind === c.stronghold) out.strongholds++;
    else if (kind === c.statistic) out.statistics++;
    if (kind !== c.incident) continue;
    out.incidents++;
    // Counts are stored one higher, zero for null; the highest figure given stands in for a missing high.
    const [low, best] = [c.low[i], c.best[i]];
    const top = c.high[i] || best || low;
    if (low) out.fatalities.low += low - 1;
    if (best) out.fatalities.best += best - 1;
    if (top) out.fatalities.high += top - 1;
    else out.fatalities_unknown++;
    const number = c.province[i];
    if (number === 0) {
      out.unplaced++;
      continue;
    }
    perCode.incidents[number]++;
    if (best) {
      perCode.best[number] += best - 1;
      perCode.known[number] = 1;
    }
  }
  rest?.addTotals(out, perCode);
  out.provinces = {};
  store.codes.forEach((code, k) => {
    if (perCode.incidents[k + 1])
      out.provinces[code] = { incidents: perCode.incidents[k + 1], fatalities_best: perCode.best[k + 1] };
  });
  return { totals: out, perCode, undated: Int32Array.from(undated) };
}

/** Each province as drawn: its own sums and those of codes that it has taken in, the metric's value and its class. */
export function provinces(store, areas, drawn, perCode, metric) {
  const { bounds } = store.header.classes[metric];
  const sums = new Map();
  for (let number = 1; number < drawn.home.length; number++) {
    const home = drawn.home[number];
    const sum = sums.get(home) ?? { incidents: 0, fatalities_best: 0, known: false };
    sum.incidents += perCode.incidents[number];
    sum.fatalities_best += perCode.best[number];
    sum.known ||= perCode.known[number] === 1;
    sums.set(home, sum);
  }
  const out = new Map();
  for (const area of drawn.shown) {
    const { incidents, fatalities_best, known } = sums.get(areas.code[area]);
    const km2 = areas.km2[area];
    const values = {
      incidents,
      // Incidents of which no source gives a figure: nobody knows, which is not "none killed".
      fatalities_best: incidents && !known ? null : fatalities_best,
      incidents_per_10000_km2: (incidents / km2) * 1e4,
    };
    const value = incidents === 0 && !areas.covered(area) ? null : values[metric];
    out.set(store.codes[areas.code[area] - 1], {
      incidents,
      fatalities_best,
      area_km2: km2,
      value,
      class: classOf(bounds, value),
    });
  }
  return out;
}

/** Incidents by year and type that pass all filters but the period. */
export function byYear(store, fails, extent, rest = null) {
  const c = columns(store);
  const words = store.header.styles.event_types.map(({ word }) => word);
  const slot = Int32Array.from([words.length, ...store.words("event_type").map((word) => words.indexOf(word))]);
  const years = extent ? Array.from({ length: extent[1] - extent[0] + 1 }, (_, k) => extent[0] + k) : [];
  const width = words.length + 1; // the last: without a type
  const counts = new Uint32Array(years.length * width);
  const others = ~FAILS.years;
  for (let i = 0; i < store.n; i++) {
    if (fails[i] & others || c.kind[i] !== c.incident || store.first[i] === 0) continue;
    for (let year = store.first[i]; year <= store.last[i]; year++)
      counts[(year - extent[0]) * width + slot[c.type[i]]]++;
  }
  rest?.addYears(counts, slot, width, years[0]);
  return { years, types: [...words, ""], counts };
}

/** How many incidents and strongholds each choice of a filter would show, under all filters but its own. */
export function facets(store, fails, rest = null) {
  const c = columns(store);

  const type = new Uint32Array(store.words("event_type").length + 1);
  const party = new Uint32Array(store.words("group").length + 1);
  const precision = new Uint32Array(store.words("geo_precision").length + 1);
  let abroad = 0;
  const [group, actor1, actor2] = c.parties;
  for (let i = 0; i < store.n; i++) {
    if (c.kind[i] === c.statistic) continue;
    const failed = fails[i];
    if ((failed & ~FAILS.event_type) === 0) type[c.type[i]]++;
    if ((failed & ~FAILS.group) === 0) {
      const [g, a, b] = [group[i], actor1[i], actor2[i]];
      party[g]++;
      if (a !== g) party[a]++;
      if (b !== g && b !== a) party[b]++;
    }
    if ((failed & ~FAILS.precision) === 0) precision[c.precision[i]]++;
    if ((failed & ~FAILS.cross_border) === 0) abroad += c.abroad[i];
  }
  abroad += rest?.addFacets(type, precision) ?? 0;
  const map = (name, counts) => new Map(store.words(name).map((word, k) => [word, counts[k + 1]]));
  return {
    event_type: map("event_type", type),
    group: map("group", party),
    precision: map("geo_precision", precision),
    cross_border: abroad,
  };
}

/** How many selected records each layer has a place for. */
export function layers(store, selected, { form }, drawn, rest = null) {
  const c = columns(store);

  const has = Uint8Array.from(drawn.home, (home) => (home && drawn.areaOf(home) >= 0 ? 1 : 0));
  const out = { choropleth: 0, strongholds: 0, statistics: 0, cross_border: 0, incidents: 0 };
  for (let i = 0; i < store.n; i++) {
    if (!selected[i]) continue;
    const placed = form[i] !== FORM.NONE;
    if (c.kind[i] === c.stronghold) out.strongholds += placed ? 1 : 0;
    else if (c.kind[i] === c.statistic) out.statistics += placed ? 1 : 0;
    else if (c.kind[i] === c.incident) {
      out.choropleth += has[c.province[i]];
      if (placed && form[i] !== FORM.COUNTRY) out.incidents++;
      if (placed && c.abroad[i]) out.cross_border++;
    }
  }
  rest?.addLayers(out, has);
  return out;
}
