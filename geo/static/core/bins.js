/* Incidents without a mark of their own: rows of counts by province, grid cell, years and type. They pass the filters that a row can answer and are added to every figure. */

import { applyFilter, FAILS } from "./filter.js";
import { BY_PRECISION, FORM } from "./marks.js";

const BLIND = ["group", "text"]; // filters that a row of counts cannot answer: it is then left out, and the page says so

/** The rows of a page's data block, null where every incident has a mark. `store`: whose words they share. */
export function createBins(data, store, areas) {
  const about = data.header.cells;
  if (!about) return null;
  const { n } = about;

  const section = (name) => data.section(`cells:${name}`);
  const columns = new Map();
  const column = (name) => {
    if (!columns.has(name))
      columns.set(
        name,
        name === "kind" ? new Uint8Array(n).fill(store.words("kind").indexOf("incident") + 1) : section(name),
      );
    return columns.get(name);
  };
  const first = Int16Array.from(section("first"));
  const last = section("years").length ? Int16Array.from(section("years"), (years, k) => first[k] + years) : first;
  const [count, low, best, high, unknown, lowKnown, bestKnown] = [
    "incidents",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "fatalities_unknown",
    "low_known",
    "best_known",
  ].map(section);
  const [type, province, precision, abroad, country, place] = [
    "event_type",
    "admin1_code",
    "geo_precision",
    "cross_border",
    "country_code",
    "place",
  ].map(column);
  const places = { row: data.section("places:row"), column: data.section("places:column") };
  const form = forms(store, areas, { n, precision, province, country, point: section("point") });
  const { COUNTRY, NONE } = FORM;
  const like = { n, column, words: store.words, first, last }; // what the rules of filters read
  const fails = new Uint8Array(n);
  const blind = BLIND.reduce((bits, name) => bits | FAILS[name], 0);
  const blinded = new Set();

  /** Bring the rows up to date with the wanted value of one filter. */
  function apply(name, wanted) {
    if (!BLIND.includes(name)) return applyFilter(like, fails, name, wanted);
    const active = wanted.length > 0;
    if (active) blinded.add(name);
    else blinded.delete(name);
    for (let k = 0; k < n; k++) fails[k] = active ? fails[k] | FAILS[name] : fails[k] & ~FAILS[name];
  }

  /** Add what passes to totals, and to sums by code number. */
  function addTotals(out, perCode) {
    for (let k = 0; k < n; k++) {
      if (first[k] === 0 && (fails[k] & ~FAILS.years) === 0) out.undated += count[k];
      if (fails[k]) continue;
      out.incidents += count[k];
      out.fatalities.low += low[k];
      out.fatalities.best += best[k];
      out.fatalities.high += high[k];
      out.fatalities_unknown += unknown[k];
      const number = province[k];
      if (number === 0) {
        out.unplaced += count[k];
        continue;
      }
      perCode.incidents[number] += count[k];
      perCode.best[number] += best[k];
      if (bestKnown[k]) perCode.known[number] = 1;
    }
  }

  /** Add to counts of years × types what passes all filters but the period; `slot`: of a type's code. */
  function addYears(counts, slot, width, from) {
    for (let k = 0; k < n; k++) {
      if (fails[k] & ~FAILS.years || first[k] === 0) continue;
      for (let year = first[k]; year <= last[k]; year++) counts[(year - from) * width + slot[type[k]]] += count[k];
    }
  }

  /** Add to what each choice of a filter would show; returns how many of them lie across a border. */
  function addFacets(types, precisions) {
    let across = 0;
    for (let k = 0; k < n; k++) {
      if ((fails[k] & ~FAILS.event_type) === 0) types[type[k]] += count[k];
      if ((fails[k] & ~FAILS.precision) === 0) precisions[precision[k]] += count[k];
      if ((fails[k] & ~FAILS.cross_border) === 0 && abroad[k]) across += count[k];
    }
    return across;
  }

  /** Add to how many each layer has a place for; `has`: by code number, whether its province is drawn. */
  function addLayers(out, has) {
    for (let k = 0; k < n; k++) {
      if (fails[k]) continue;
      if (has[province[k]]) out.choropleth += count[k];
      if (form[k] !== NONE && form[k] !== COUNTRY) out.incidents += count[k];
      if (form[k] !== NONE && abroad[k]) out.cross_border += count[k];
    }
  }

  /** What the layers draw of those that pass: counts by type, by grid cell, across borders; `leftOut`: by filters that rows cannot answer. */
  function shown() {
    const out = {
      incidents: 0,
      leftOut: 0,
      byType: new Uint32Array(store.words("event_type").length + 1),
      grid: new Uint32Array(places.row.length),
      abroad: 0,
      countries: new Map(),
    };
    for (let k = 0; k < n; k++) {
      if (fails[k]) {
        if (blinded.size && (fails[k] & ~blind) === 0) out.leftOut += count[k];
        continue;
      }
      out.incidents += count[k];
      if (place[k]) out.grid[place[k] - 1] += count[k];
      if (form[k] === NONE) continue;
      if (form[k] !== COUNTRY) out.byType[type[k]] += count[k];
      if (abroad[k] && form[k] !== COUNTRY) out.abroad += count[k];
      if (abroad[k] && form[k] === COUNTRY) {
        const code = store.words("country_code")[country[k] - 1];
        out.countries.set(code, (out.countries.get(code) ?? 0) + count[k]);
      }
    }
    return out;
  }

  /** Counts by type code of those that pass in one cell of the grid. */
  function typesIn(number) {
    const out = new Uint32Array(store.words("event_type").length + 1);
    for (let k = 0; k < n; k++) if (place[k] === number + 1 && fails[k] === 0) out[type[k]] += count[k];
    return out;
  }

  /** Those of some provinces (`wanted` by code number), whatever the filters: calls `each(row, whether it passes)`. */
  function inside(wanted, each) {
    for (let k = 0; k < n; k++)
      if (wanted[province[k]])
        each(
          {
            first: first[k],
            last: last[k],
            incidents: count[k],
            low: low[k],
            best: best[k],
            high: high[k],
            unknown: unknown[k],
            lowKnown: lowKnown[k],
            bestKnown: bestKnown[k],
          },
          fails[k] === 0,
        );
  }

  return { n, about, first, last, places, apply, addTotals, addYears, addFacets, addLayers, shown, typesIn, inside };
}

/** What a record of each row would be drawn as, if it had a mark: the rules of marks.js. */
function forms(store, areas, { n, precision, province, country, point }) {
  const kinds = Uint8Array.from([
    FORM.DISTRICT,
    ...store.words("geo_precision").map((word) => BY_PRECISION[word] ?? FORM.NONE),
  ]);
  const onMap = Uint8Array.from([
    0,
    ...store.words("country_code").map((code) => (store.header.countries[code] ? 1 : 0)),
  ]);
  const drawn = Uint8Array.from([0, ...areas.byCode.map((list) => (list.length ? 1 : 0))]);
  const out = new Uint8Array(n);
  for (let k = 0; k < n; k++) {
    const kind = kinds[precision[k]];
    const placed =
      kind === FORM.COUNTRY ? onMap[country[k]] : point[k] || (kind === FORM.PROVINCE && drawn[province[k]]);
    out[k] = placed ? kind : FORM.NONE;
  }
  return out;
}
