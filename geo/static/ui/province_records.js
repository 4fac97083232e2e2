/* The records of a province as drawn. */

/** @typedef {import("../types/model.d.ts").Model} Model */

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
