/* The table that is counted: records, then bins, each row with a weight (how many incidents it stands for) and the sums that it adds. */

import { OPEN_YEAR } from "./store.js";

/** @import { BinColumns, Column, ColumnType, Rows, Store } from "../types/data.d.ts" */

/**
 * The array type that holds the values of all `arrays`.
 * @param {Column[]} arrays
 * @returns {ColumnType}
 */
function widest(arrays) {
  const widths = arrays.map((array) => array.BYTES_PER_ELEMENT);
  return /** @type {ColumnType} */ (/** @type {unknown} */ (arrays[widths.indexOf(Math.max(...widths))].constructor));
}

/**
 * One column after another; the first itself where the second is empty, so that data without bins are not copied.
 * @template {Column} T
 * @param {T} head
 * @param {T} tail
 * @returns {T}
 */
function joined(head, tail) {
  if (tail.length === 0) return head;
  const out = /** @type {T} */ (new (widest([head, tail]))(head.length + tail.length));
  out.set(head);
  out.set(tail, head.length);
  return out;
}

/**
 * What each record adds to sums of fatalities. Counts are stored one higher, zero for null. `open` counts those without an upper bound.
 * @param {Store} store
 * @param {Uint8Array} weight
 */
function recordSums(store, weight) {
  const [low, best, high] = ["low", "best", "high"].map((side) => store.column(`fatalities_${side}`));
  const Sum = widest([low, best, high]);
  const { n } = store;
  const out = {
    low: new Sum(n),
    best: new Sum(n),
    high: new Sum(n),
    open: new Uint8Array(n),
    unknown: new Uint8Array(n),
    lowKnown: new Uint8Array(n),
    bestKnown: new Uint8Array(n),
  };
  for (let i = 0; i < n; i++) {
    const times = weight[i];
    if (high[i]) out.high[i] = times * (high[i] - 1);
    else out.open[i] = times;
    if (!high[i] && !best[i] && !low[i]) out.unknown[i] = times;
    if (low[i]) {
      out.low[i] = times * (low[i] - 1);
      out.lowKnown[i] = times;
    }
    if (best[i]) {
      out.best[i] = times * (best[i] - 1);
      out.bestKnown[i] = times;
    }
  }
  return out;
}

/**
 * The years with the open end of time at the last year that a row gives.
 * @param {Int16Array} first
 * @param {Int16Array} last
 */
function closed(first, last) {
  let until = 0;
  for (let i = 0; i < first.length; i++) {
    if (first[i]) until = Math.max(until, last[i] === OPEN_YEAR ? first[i] : last[i]);
  }
  return last.map((year, i) => (year === OPEN_YEAR && first[i] ? until : year));
}

/**
 * Records and bins as one table.
 * @param {Store} store
 * @param {BinColumns} bins Empty where every incident is a record.
 * @param {Uint8Array} form What each record is drawn as; see marks.js.
 * @returns {Rows}
 */
export function createRows(store, bins, form) {
  const columns = new Map();
  const weight = /** @type {Uint8Array} */ (store.column("counts_as"));
  const own = recordSums(store, weight);
  const first = joined(store.first, bins.first);
  return {
    n: store.n + bins.n,
    records: store.n,
    weight: joined(weight, bins.incidents),
    reports: joined(new Uint8Array(store.n).fill(1), bins.reports),
    low: joined(own.low, bins.low),
    best: joined(own.best, bins.best),
    high: joined(own.high, bins.high),
    open: joined(own.open, bins.open),
    unknown: joined(own.unknown, bins.unknown),
    lowKnown: joined(own.lowKnown, bins.lowKnown),
    bestKnown: joined(own.bestKnown, bins.bestKnown),
    first,
    last: closed(first, joined(store.last, bins.last)),
    form: joined(form, bins.form),
    fails: new Uint8Array(store.n + bins.n),
    codes: store.codes,
    header: store.header,
    words: store.words,
    textColumn: store.textColumn,
    column(name) {
      if (!columns.has(name)) columns.set(name, joined(store.column(name), bins.column(name)));
      return columns.get(name);
    },
  };
}
