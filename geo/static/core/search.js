/* Find a phrase in a column of UTF-8 text without making strings of it. */

/** @import { FlatText } from "../types/data.d.ts" */
/** @typedef {{small: Uint8Array, large: Uint8Array}} Pattern */

/**
 * The phrase as two byte sequences, in small and in capital letters: at each place either byte matches. Where the two
 * differ in length (İ) the phrase matches as it was typed.
 * @param {string} phrase
 * @returns {Pattern}
 */
export function pattern(phrase) {
  const encoder = new TextEncoder();
  /** @type {number[]} */
  const small = [];
  /** @type {number[]} */
  const large = [];
  for (const letter of phrase) {
    const typed = [...encoder.encode(letter)];
    const [low, high] = [letter.toLowerCase(), letter.toUpperCase()].map((form) => [...encoder.encode(form)]);
    const fits = low.length === typed.length && high.length === typed.length;
    small.push(...(fits ? low : typed));
    large.push(...(fits ? high : typed));
  }
  return { small: Uint8Array.from(small), large: Uint8Array.from(large) };
}

/**
 * Set `found[i]` to 1 for every row of a text column that holds the pattern.
 * @param {FlatText} text
 * @param {Pattern} pattern
 * @param {Uint8Array} found
 */
export function mark({ bytes, ends }, { small, large }, found) {
  const m = small.length;
  const [a, b] = [small[0], large[0]];
  const last = bytes.length - m;
  let row = 0;
  for (let at = 0; at <= last; at++) {
    if (bytes[at] !== a && bytes[at] !== b) continue;
    let k = 1;
    while (k < m && (bytes[at + k] === small[k] || bytes[at + k] === large[k])) k++;
    if (k < m) continue;
    while (ends[row] <= at) row++;
    if (at + m > ends[row]) continue; // it runs over into the next row
    found[row] = 1;
    at = ends[row] - 1;
  }
}
