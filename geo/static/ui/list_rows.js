/* The rows of the list: pure functions of columns and masks. A row is a record's index, or -1 - g for the heading of group g. */

export const GROUPS = ["placed", "unplaced", "undated"];

/**
 * Records in three groups, each in the order of `permutation`: dated and on the map, dated without a province, undated.
 * `selected`, `extra` (listed, too), `undated` and `unplaced` are masks over all records.
 */
export function rows({ permutation, selected, extra, undated, unplaced }) {
  const { length } = permutation;
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

/** Indices 0..n-1 sorted by `keys`; missing keys (null, NaN) always last; equal keys keep the order of `base`. */
export function permutation(base, keys, descending) {
  const sign = descending ? -1 : 1;
  const missing = (key) => key === null || key === undefined || key === "" || Number.isNaN(key);
  const position = new Int32Array(base.length);
  base.forEach((i, k) => {
    position[i] = k;
  });
  return Int32Array.from(base).sort((a, b) => {
    const [x, y] = [keys[a], keys[b]];
    const [noX, noY] = [missing(x), missing(y)];
    if (noX !== noY) return noX ? 1 : -1;
    if (noX) return position[a] - position[b];
    return (x < y ? -sign : x > y ? sign : 0) || position[a] - position[b];
  });
}

/** Place of each word in the alphabet of the page's language, so that sorting compares numbers. */
export function ranks(words, locale) {
  const distinct = [...new Set(words)].filter(Boolean).sort(new Intl.Collator(locale, { numeric: true }).compare);
  const rank = new Map(distinct.map((word, k) => [word, k]));
  return Float64Array.from(words, (word) => rank.get(word) ?? NaN);
}

/** The rows to draw when a box `height` pixels high is scrolled to `top`: first and one past the last. */
export function windowOf(top, height, rowHeight, count, spare = 6) {
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  return [first, Math.min(count, Math.ceil((top + height) / rowHeight) + spare)];
}
