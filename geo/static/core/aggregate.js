/* Counts of what is shown, by the counting rules of docs/design.md; geo/stats/summary.py has the same rules for Python. One loop runs over the rows
   of rows.js, records and bins alike: each adds its weight to counts and its own sums to sums. */

import { classesOf, classOf, NO_FIGURE } from "./classify.js";
import { FAILS, PARTIES } from "./filter.js";
import { FORM } from "./marks.js";
import { isCounted } from "./tally.js";

/** @import { Areas, Drawn, Rows, Store } from "../types/data.d.ts" */
/** @import { ByYear, Counted, Counts, Facets, LayerCounts, ProvinceCount, ProvinceValue, State, SumsByCode, Totals, Years } from "../types/model.d.ts" */

/** The codes of the three kinds of record. @param {Rows} rows */
function kindCodes(rows) {
  const [incident, stronghold, statistic] = ["incident", "stronghold", "statistic"].map(
    (word) => rows.words("kind").indexOf(word) + 1,
  );
  return { incident, stronghold, statistic };
}

/**
 * Records that pass every filter: a mask, and their indices, the newest first.
 * @param {Store} store
 * @param {Uint8Array} fails
 */
export function selection(store, fails) {
  const selected = new Uint8Array(store.n);
  let count = 0;
  for (let i = 0; i < store.n; i++) if (fails[i] === 0) count += selected[i] = 1;
  const order = new Int32Array(count);
  for (let k = 0, at = 0; k < store.n; k++) if (selected[store.newest[k]]) order[at++] = store.newest[k];
  return { selected, order };
}

/**
 * Adds up totals, and sums by code number, of incidents that pass every filter.
 * @param {Rows} rows
 */
function totalsCounter(rows) {
  const { low, best, high, open, unknown, bestKnown, reports } = rows;
  const province = rows.column("admin1_code");
  const size = rows.codes.length + 1;
  /** @type {SumsByCode} */
  const perCode = { incidents: new Uint32Array(size), best: new Float64Array(size), known: new Uint8Array(size) };
  let [incidents, sumReports, sumLow, sumBest, sumHigh, sumOpen, sumUnknown] = [0, 0, 0, 0, 0, 0, 0];
  return {
    perCode,
    /** @type {(i: number, weight: number) => void} */
    add(i, weight) {
      const number = province[i];
      incidents += weight;
      sumReports += reports[i];
      sumLow += low[i];
      sumBest += best[i];
      sumHigh += high[i];
      sumOpen += open[i];
      sumUnknown += unknown[i];
      perCode.incidents[number] += weight;
      perCode.best[number] += best[i];
      if (bestKnown[i]) perCode.known[number] = 1;
    },
    /** @type {(others: {strongholds: number, statistics: number, undated: number, before: number}) => Totals} */
    result: ({ strongholds, statistics, undated, before }) => ({
      incidents,
      reports: sumReports,
      strongholds,
      statistics,
      unplaced: perCode.incidents[0],
      undated,
      before,
      fatalities: { low: sumLow, best: sumBest, high: sumOpen ? null : sumHigh },
      fatalities_open: sumOpen,
      fatalities_unknown: sumUnknown,
      provinces: Object.fromEntries(
        rows.codes.flatMap((code, k) =>
          perCode.incidents[k + 1]
            ? [[code, { incidents: perCode.incidents[k + 1], fatalities_best: perCode.best[k + 1] }]]
            : [],
        ),
      ),
    }),
  };
}

/**
 * Adds up how many incidents and strongholds each choice of a filter would show, under all filters but its own.
 * @param {Rows} rows
 */
function facetsCounter(rows) {
  const [type, precision, abroad] = ["event_type", "geo_precision", "cross_border"].map(rows.column);
  const [group, actor1, actor2] = PARTIES.map(rows.column);
  const perType = new Uint32Array(rows.words("event_type").length + 1);
  const perParty = new Uint32Array(rows.words("group").length + 1);
  const perPrecision = new Uint32Array(rows.words("geo_precision").length + 1);
  let across = 0;
  /** @type {(name: string, counts: Uint32Array) => Map<string, number>} */
  const byWord = (name, counts) => new Map(rows.words(name).map((word, k) => [word, counts[k + 1]]));
  return {
    /** @type {(i: number, weight: number, failed: number) => void} */
    add(i, weight, failed) {
      if ((failed & ~FAILS.event_type) === 0) perType[type[i]] += weight;
      if ((failed & ~FAILS.precision) === 0) perPrecision[precision[i]] += weight;
      if ((failed & ~FAILS.cross_border) === 0 && abroad[i]) across += weight;
      if ((failed & ~FAILS.group) !== 0) return;
      // A party in two places of a record counts once.
      const [g, a, b] = [group[i], actor1[i], actor2[i]];
      perParty[g] += weight;
      if (a !== g) perParty[a] += weight;
      if (b !== g && b !== a) perParty[b] += weight;
    },
    /** @type {() => Facets} */
    result: () => ({
      event_type: byWord("event_type", perType),
      group: byWord("group", perParty),
      precision: byWord("geo_precision", perPrecision),
      cross_border: across,
    }),
  };
}

/**
 * Adds up how many incidents each layer has a place for: all, by type, and across borders at a place or in a country.
 * @param {Rows} rows
 * @param {Drawn} drawn
 */
function layersCounter(rows, drawn) {
  const { form } = rows;
  const [province, type, abroad] = ["admin1_code", "event_type", "cross_border"].map(rows.column);
  const onMap = Uint8Array.from(drawn.home, (home) => (home && drawn.areaOf(home) >= 0 ? 1 : 0));
  const perType = new Uint32Array(rows.words("event_type").length + 1);
  let [choropleth, incidents, abroadPlace, abroadCountry] = [0, 0, 0, 0];
  return {
    /** @type {(i: number, weight: number) => void} */
    add(i, weight) {
      if (onMap[province[i]]) choropleth += weight;
      if (form[i] === FORM.NONE) return;
      if (form[i] === FORM.COUNTRY) {
        if (abroad[i]) abroadCountry += weight;
        return;
      }
      incidents += weight;
      perType[type[i]] += weight;
      if (abroad[i]) abroadPlace += weight;
    },
    result: () => ({
      layers: { choropleth, incidents, cross_border: abroadPlace + abroadCountry },
      legend: { types: perType, abroad: { place: abroadPlace, country: abroadCountry } },
    }),
  };
}

/**
 * Count the rows under the filters that `rows.fails` holds.
 * @param {Rows} rows
 * @param {Drawn} drawn
 * @returns {Counts}
 */
export function count(rows, drawn) {
  const { n, records, fails, first, last, weight, form } = rows;
  const kind = rows.column("kind");
  const { incident, stronghold, statistic } = kindCodes(rows);
  const totals = totalsCounter(rows);
  const facets = facetsCounter(rows);
  const layers = layersCounter(rows, drawn);
  const others = { strongholds: 0, statistics: 0 };
  const placed = { strongholds: 0, statistics: 0 };
  /** @type {number[]} */
  const listed = [];
  let [undated, before] = [0, 0];
  for (let i = 0; i < n; i++) {
    const times = weight[i];
    const failed = fails[i];
    if (first[i] === 0 && (failed & ~FAILS.years) === 0) {
      if (i < records) listed.push(i);
      if (kind[i] === incident && last[i] === 0) undated += times;
      else if (kind[i] === incident) before += times;
    }
    if (kind[i] !== statistic) facets.add(i, times, failed);
    if (failed) continue;
    if (kind[i] === incident) {
      totals.add(i, times);
      layers.add(i, times);
    } else if (kind[i] === stronghold) {
      others.strongholds += times;
      if (form[i] !== FORM.NONE) placed.strongholds += times;
    } else if (kind[i] === statistic) {
      others.statistics += times;
      if (form[i] !== FORM.NONE) placed.statistics += times;
    }
  }
  const drawnIn = layers.result();
  return {
    totals: totals.result({ ...others, undated, before }),
    perCode: totals.perCode,
    undated: Int32Array.from(listed),
    facets: facets.result(),
    layers: { ...drawnIn.layers, ...placed },
    legend: drawnIn.legend,
  };
}

/**
 * Count what the map draws by year and type, of what passes all filters but the period.
 * @param {Rows} rows
 * @param {Years | null} extent
 * @param {Counted[]} [counted]
 * @returns {ByYear}
 */
export function byYear(rows, extent, counted = ["incident"]) {
  const { n, fails, first, last, weight } = rows;
  const type = rows.column("event_type");
  const tests = counted.map((one) => isCounted(rows, one));
  /** @type {string[]} */
  const words = rows.header.styles.event_types.map((/** @type {{word: string}} */ { word }) => word);
  const slot = Int32Array.from([words.length, ...rows.words("event_type").map((word) => words.indexOf(word))]);
  const [from, to] = extent ?? [0, -1];
  const years = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  const width = words.length + 1; // the last: without a type
  const counts = new Uint32Array(years.length * width);
  const others = ~FAILS.years;
  for (let i = 0; i < n; i++) {
    if (fails[i] & others || first[i] === 0 || !tests.some((is) => is(i))) continue;
    for (let year = first[i]; year <= last[i]; year++) counts[(year - from) * width + slot[type[i]]] += weight[i];
  }
  return { years, types: [...words, ""], counts };
}

/**
 * Count the incidents of some provinces: sums of those that pass every filter, and counts by year whatever the filters.
 * @param {Rows} rows
 * @param {Uint8Array} wanted By code number.
 * @returns {ProvinceCount}
 */
export function inProvinces(rows, wanted) {
  const { n, fails, first, last, weight } = rows;
  const [kind, province] = ["kind", "admin1_code"].map(rows.column);
  const { incident } = kindCodes(rows);
  const sums = { incidents: 0, low: 0, best: 0, high: 0, open: 0, unknown: 0, lowKnown: 0, bestKnown: 0 };
  /** @type {Map<number, number>} */
  const years = new Map();
  let [withoutMark, undated] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (!wanted[province[i]] || kind[i] !== incident) continue;
    if (first[i])
      for (let year = first[i]; year <= last[i]; year++) years.set(year, (years.get(year) ?? 0) + weight[i]);
    if (fails[i]) continue;
    sums.incidents += weight[i];
    if (first[i] === 0) undated += weight[i];
    sums.low += rows.low[i];
    sums.best += rows.best[i];
    sums.high += rows.high[i];
    sums.open += rows.open[i];
    sums.unknown += rows.unknown[i];
    sums.lowKnown += rows.lowKnown[i];
    sums.bestKnown += rows.bestKnown[i];
    if (i >= rows.records) withoutMark += weight[i];
  }
  return { ...sums, years, undated, withoutMark };
}

/**
 * Each province as drawn: its own sums and those of codes that were merged into it, the metric's value and its class.
 * @param {Store} store
 * @param {Areas} areas
 * @param {Drawn} drawn
 * @param {SumsByCode} perCode
 * @param {State} state
 */
export function provinces(store, areas, drawn, perCode, state) {
  const { metric } = state;
  const { bounds } = classesOf(store.header, state);
  const sums = new Map();
  for (let number = 1; number < drawn.home.length; number++) {
    const home = drawn.home[number];
    const sum = sums.get(home) ?? { incidents: 0, fatalities_best: 0, known: false };
    sum.incidents += perCode.incidents[number];
    sum.fatalities_best += perCode.best[number];
    sum.known ||= perCode.known[number] === 1;
    sums.set(home, sum);
  }
  /** @type {Map<string, ProvinceValue>} */
  const out = new Map();
  for (const area of drawn.shown) {
    const { incidents, fatalities_best, known } = sums.get(areas.code[area]);
    const km2 = areas.km2[area];
    /** @type {Record<string, number | null>} */
    const values = {
      incidents,
      // Incidents of which no source gives a figure: unknown, which is not "none killed".
      fatalities_best: incidents && !known ? null : fatalities_best,
      incidents_per_10000_km2: (incidents / km2) * 1e4,
    };
    const value = incidents === 0 && !areas.covered(area) ? null : values[metric];
    out.set(store.codes[areas.code[area] - 1], {
      incidents,
      fatalities_best,
      area_km2: km2,
      value,
      class: value === null && incidents ? NO_FIGURE : classOf(bounds, value),
    });
  }
  return out;
}
