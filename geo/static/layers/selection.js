/* Records of one kind: which of them are selected, and counts by code. */

/** @import { Column } from "../types/data.d.ts" */
/** @import { Model } from "../types/model.d.ts" */

/**
 * Indices of all records of a kind that `wants` picks, whatever the filters: made once, so that a change looks at no others.
 * @param {Model} model
 * @param {string} kind
 * @param {(i: number) => boolean} [wants]
 */
export function recordsOf(model, kind, wants = () => true) {
  const kinds = model.store.column("kind");
  const code = model.store.words("kind").indexOf(kind) + 1;
  /** @type {number[]} */
  const list = [];
  for (let i = 0; i < model.store.n; i++) if (kinds[i] === code && wants(i)) list.push(i);
  return Int32Array.from(list);
}

/**
 * Of `records` those that are selected now.
 * @param {Model} model
 * @param {Int32Array} records
 */
export function selectedOf(model, records) {
  const { selected } = model.derived;
  const out = new Int32Array(records.length);
  let count = 0;
  for (let k = 0; k < records.length; k++) if (selected[records[k]]) out[count++] = records[k];
  return out.subarray(0, count);
}

/**
 * Selected ones of `records`, counted by code.
 * @param {Model} model
 * @param {Int32Array} records
 * @param {Column} codes By record.
 * @param {number} size How many codes there are.
 */
export function countBy(model, records, codes, size) {
  const { selected } = model.derived;
  const { weight } = model.rows;
  const counts = new Uint32Array(size);
  for (let k = 0; k < records.length; k++) if (selected[records[k]]) counts[codes[records[k]]] += weight[records[k]];
  return counts;
}
