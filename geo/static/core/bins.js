/* Bins: rows that count incidents without a mark of their own, by province, grid cell, years and type. They are counted by aggregate.js like records. */

import { FAILS } from "./filter.js";
import { BY_PRECISION, FORM } from "./marks.js";

/** @import { Areas, BinColumns, Block, Column, Store } from "../types/data.d.ts" */
/** @import { Bins } from "../types/model.d.ts" */

const UNANSWERED = FAILS.group | FAILS.text; // filters that a bin cannot answer: it fails them, and the page says so
const CODED = ["admin1_code", "event_type", "geo_precision", "country_code", "cross_border"];

/**
 * The bins of a data block; none where every incident is a record.
 * @param {Block} data
 * @param {Store} store Whose words the bins share.
 * @param {Areas} areas
 * @returns {BinColumns}
 */
export function readBins(data, store, areas) {
  const n = data.header.cells?.n ?? 0;
  /** @type {(name: string) => Column} */
  const section = (name) => (n ? data.section(`cells:${name}`) : new Uint8Array(0));
  /** @type {Map<string, Column>} */
  const columns = new Map(CODED.map((name) => [name, section(name)]));
  columns.set("kind", new Uint8Array(n).fill(store.words("kind").indexOf("incident") + 1));
  const none = new Uint8Array(n); // a bin has no parties
  const first = Int16Array.from(section("first"));
  const years = section("years");
  /** @type {BinColumns} */
  const bins = {
    n,
    first,
    last: years.length ? Int16Array.from(years, (more, k) => first[k] + more) : first,
    incidents: section("incidents"),
    reports: section("reports"),
    low: section("fatalities_low"),
    best: section("fatalities_best"),
    high: section("fatalities_high"),
    open: section("fatalities_open"),
    unknown: section("fatalities_unknown"),
    lowKnown: section("low_known"),
    bestKnown: section("best_known"),
    place: section("place"),
    form: new Uint8Array(n),
    column: (name) => columns.get(name) ?? none,
  };
  bins.form.set(forms(store, areas, bins, section("point")));
  return bins;
}

/**
 * What the grid and the notes about bins need; null where there are no bins.
 * @param {Block} data
 * @param {Store} store
 * @param {BinColumns} bins
 * @param {Uint8Array} fails Of the bins: the filters that each fails.
 * @returns {Bins | null}
 */
export function createBins(data, store, bins, fails) {
  const about = data.header.cells;
  if (!about) return null;
  const { n, place, form, incidents: count } = bins;
  const [type, abroad, country] = ["event_type", "cross_border", "country_code"].map(bins.column);
  const places = { row: data.section("places:row"), column: data.section("places:column") };
  const types = store.words("event_type").length + 1;
  const countries = store.words("country_code");

  return {
    n,
    about,
    places,

    shown() {
      const out = {
        incidents: 0,
        leftOut: 0,
        byType: new Uint32Array(types),
        grid: new Uint32Array(places.row.length),
        abroad: 0,
        countries: new Map(),
      };
      for (let k = 0; k < n; k++) {
        if (fails[k]) {
          if ((fails[k] & ~UNANSWERED) === 0) out.leftOut += count[k];
          continue;
        }
        out.incidents += count[k];
        if (place[k]) out.grid[place[k] - 1] += count[k];
        if (form[k] === FORM.NONE) continue;
        if (form[k] !== FORM.COUNTRY) {
          out.byType[type[k]] += count[k];
          if (abroad[k]) out.abroad += count[k];
        } else if (abroad[k]) {
          const code = countries[country[k] - 1];
          out.countries.set(code, (out.countries.get(code) ?? 0) + count[k]);
        }
      }
      return out;
    },

    typesIn(number) {
      const out = new Uint32Array(types);
      for (let k = 0; k < n; k++) if (place[k] === number + 1 && fails[k] === 0) out[type[k]] += count[k];
      return out;
    },
  };
}

/**
 * What a record of each bin would be drawn as, if it had a mark: the rules of marks.js.
 * @param {Store} store
 * @param {Areas} areas
 * @param {BinColumns} bins
 * @param {Column} point Whether the incidents of a bin have coordinates.
 */
function forms(store, areas, { n, column }, point) {
  const [precision, province, country] = ["geo_precision", "admin1_code", "country_code"].map(column);
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
