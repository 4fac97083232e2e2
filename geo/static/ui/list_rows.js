/* The rows of the list: pure functions of columns and masks. A row is a record's index, or -1 - g for the heading of group g. */

/** @typedef {import("../types/page.d.ts").ListGroup} ListGroup */

const PAGE = 10; // rows that Page Up and Page Down move by

/** @type {ListGroup[]} */
export const GROUPS = ["placed", "unplaced", "undated"];

/**
 * Records in three groups, each in the order of `permutation`: dated and on the map, dated without a province, undated.
 * `selected`, `extra` (listed as well), `undated` and `unplaced` are masks over all records.
 * @param {{ permutation: Int32Array } & Record<"selected" | "extra" | "undated" | "unplaced", ArrayLike<number>>} masks
 * @returns {{ rows: Int32Array, counts: number[] }}
 */
export function rows({ permutation, selected, extra, undated, unplaced }) {
  const { length } = permutation;
  /** @param {number} i */
  const groupOf = (i) => (undated[i] ? 2 : unplaced[i]);
  const counts = [0, 0, 0];
  for (let i = 0; i < length; i++) if (selected[i] || extra[i]) counts[groupOf(i)]++;
  const headings = [0, counts[1] && 1, counts[2] && 1]; // the main group needs none
  const out = new Int32Array(counts[0] + counts[1] + counts[2] + headings[1] + headings[2]);
  const at = [0, 0, 0];
  for (let g = 1; g < 3; g++) {
    at[g] = at[g - 1] + counts[g - 1] + headings[g];
    if (headings[g]) out[at[g] - 1] = -1 - g;
  }
  for (let k = 0; k < length; k++) {
    const i = permutation[k];
    if (selected[i] || extra[i]) out[at[groupOf(i)]++] = i;
  }
  return { rows: out, counts };
}

/**
 * Indices 0..n-1 sorted by `keys`; missing keys (NaN) always last; equal keys keep the order of `base`.
 * @param {Int32Array} base
 * @param {ArrayLike<number>} keys
 * @param {boolean} descending
 * @returns {Int32Array}
 */
export function permutation(base, keys, descending) {
  const sign = descending ? -1 : 1;

  const position = new Int32Array(base.length);
  base.forEach((i, k) => {
    position[i] = k;
  });
  return Int32Array.from(base).sort((a, b) => {
    const [x, y] = [keys[a], keys[b]];
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
    if (noX !== noY) return noX ? 1 : -1;
    if (noX) return position[a] - position[b];
    return (x < y ? -sign : x > y ? sign : 0) || position[a] - position[b];
  });
}

/**
 * Rank of each word in the collation order of the language, NaN for "", so that sorting compares numbers.
 * @param {string[]} words
 * @param {string} locale
 * @returns {Float64Array}
 */
export function ranks(words, locale) {
  const distinct = [...new Set(words)].filter(Boolean).sort(new Intl.Collator(locale, { numeric: true }).compare);
  const rank = new Map(distinct.map((word, k) => [word, k]));
  return Float64Array.from(words, (word) => rank.get(word) ?? NaN);
}

/**
 * The rows to draw in a box `height` pixels high, scrolled to `top`, with `spare` rows on both sides: first, and one past the last.
 * @param {number} top
 * @param {number} height
 * @param {number} rowHeight
 * @param {number} count
 * @param {number} [spare]
 * @returns {[first: number, end: number]}
 */
export function windowOf(top, height, rowHeight, count, spare = 6) {
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  return [first, Math.min(count, Math.ceil((top + height) / rowHeight) + spare)];
}

/**
 * The row that a key moves to from row `active`, past the headings of groups; undefined for other keys.
 * Where only a heading is left in that direction, the heading.
 * @param {Int32Array} rows
 * @param {number} active
 * @param {string} key As keyboard events name it.
 * @returns {number | undefined}
 */
export function rowByKey(rows, active, key) {
  /** @type {Record<string, number>} */
  const targets = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + PAGE,
    PageUp: active - PAGE,
    Home: 0,
    End: rows.length - 1,
  };
  if (!Object.hasOwn(targets, key)) return undefined;
  const step = targets[key] < active ? -1 : 1;
  let target = Math.max(0, Math.min(rows.length - 1, targets[key]));
  while (rows[target] < 0 && target + step >= 0 && target + step < rows.length) target += step;
  return target;
}
