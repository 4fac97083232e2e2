/* The table that is counted: records, then bins, each row with a weight (how many incidents it stands for) and the sums that it adds. */

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
 * What each record adds to sums of fatalities. Counts are stored one higher, zero for null; the highest figure given stands in for a missing high.
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
    unknown: new Uint8Array(n),
    lowKnown: new Uint8Array(n),
    bestKnown: new Uint8Array(n),
  };
  for (let i = 0; i < n; i++) {
    const times = weight[i];
    const top = high[i] || best[i] || low[i];
    if (top) out.high[i] = times * (top - 1);
    else out.unknown[i] = times;
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
 * Records and bins as one table.
 * @param {Store} store
 * @param {BinColumns} bins Empty where every incident is a record.
 * @param {Uint8Array} form What each record is drawn as; see marks.js.
 * @param {Uint8Array} [weight] Of each record: 1, or 0 where it must not be counted.
 * @returns {Rows}
 */
export function createRows(store, bins, form, weight = new Uint8Array(store.n).fill(1)) {
  const columns = new Map();
  const own = recordSums(store, weight);
  return {
    n: store.n + bins.n,
    records: store.n,
    weight: joined(weight, bins.incidents),
    low: joined(own.low, bins.low),
    best: joined(own.best, bins.best),
    high: joined(own.high, bins.high),
    unknown: joined(own.unknown, bins.unknown),
    lowKnown: joined(own.lowKnown, bins.lowKnown),
    bestKnown: joined(own.bestKnown, bins.bestKnown),
    first: joined(store.first, bins.first),
    last: joined(store.last, bins.last),
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
