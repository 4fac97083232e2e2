/* Counts of the incidents in a province as drawn, individual and binned. */

/** @typedef {import("../types/data.d.ts").Store} Store */
/** @typedef {import("../types/model.d.ts").Model} Model */

/**
 * @typedef {object} ProvinceCounts Sums over the incidents that pass the filters.
 * @property {number} incidents
 * @property {number} withoutMark How many of them are binned.
 * @property {number} low
 * @property {number} best
 * @property {number} high
 * @property {number} unknown How many give no figure.
 * @property {number} lowKnown How many give a low figure.
 * @property {number} bestKnown
 * @property {Map<number, number>} years Incidents by year, whatever the filters.
 */

/**
 * By code number: 1 where records of the code count in the province `code` as drawn.
 * @param {Model} model
 * @param {string} code
 */
function codesIn(model, code) {
  return Uint8Array.from([0, ...model.store.codes.map((own) => (model.drawnCode(own) === code ? 1 : 0))]);
}

/**
 * The records that count in a province as drawn, filtered out or not, in the order of the list.
 * @param {Model} model
 * @param {string} code
 * @returns {number[]}
 */
export function recordsIn(model, code) {
  const { store } = model;
  const codes = store.column("admin1_code");
  const wanted = codesIn(model, code);
  return Array.from(store.newest.filter((i) => wanted[codes[i]] === 1));
}

/**
 * Count the incidents in a province as drawn.
 * @param {Model} model
 * @param {string} code
 * @returns {ProvinceCounts}
 */
export function countIn(model, code) {
  const counts = emptyCounts();
  addBins(counts, model, code);
  for (const i of recordsIn(model, code)) {
    if (model.store.word("kind", i) === "incident") addRecord(counts, model, i);
  }
  return counts;
}

/** @returns {ProvinceCounts} */
function emptyCounts() {
  const sums = { incidents: 0, low: 0, best: 0, high: 0, unknown: 0, lowKnown: 0, bestKnown: 0 };
  return { ...sums, withoutMark: 0, years: new Map() };
}

/**
 * @param {ProvinceCounts} counts
 * @param {number} first 0 for undated ones.
 * @param {number} last
 * @param {number} incidents
 */
function addYears({ years }, first, last, incidents) {
  if (first === 0) return;
  for (let year = first; year <= last; year++) years.set(year, (years.get(year) ?? 0) + incidents);
}

const SUMMED = /** @type {const} */ (["incidents", "low", "best", "high", "unknown", "lowKnown", "bestKnown"]);

/**
 * @param {ProvinceCounts} counts
 * @param {Model} model
 * @param {string} code
 */
function addBins(counts, model, code) {
  model.rest?.inside(codesIn(model, code), (row, passes) => {
    addYears(counts, row.first, row.last, row.incidents);
    if (!passes) return;
    for (const name of SUMMED) counts[name] += row[name];
    counts.withoutMark += row.incidents;
  });
}

/**
 * Add one incident. Without a high figure its best counts as high, else its low, as on the whole map.
 * @param {ProvinceCounts} counts
 * @param {Model} model
 * @param {number} i
 */
function addRecord(counts, { store, derived }, i) {
  addYears(counts, store.first[i], store.last[i], 1);
  if (!derived.selected[i]) return;
  const low = store.value("fatalities_low", i);
  const best = store.value("fatalities_best", i);
  const high = [store.value("fatalities_high", i), best, low].find((value) => !Number.isNaN(value));
  counts.incidents++;
  if (!Number.isNaN(low)) {
    counts.low += low;
    counts.lowKnown++;
  }
  if (!Number.isNaN(best)) {
    counts.best += best;
    counts.bestKnown++;
  }
  if (high === undefined) counts.unknown++;
  else counts.high += high;
}
