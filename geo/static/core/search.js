/* Find a phrase in a column of UTF-8 text, in any case, without making strings of it. */

/** @import { FlatText } from "../types/data.d.ts" */
/** @typedef {{letters: Int32Array, back: Int32Array}} Pattern The folded phrase; how much of it stands after a mismatch. */

const CHEROKEE = /^[\u13a0-\u13fd\uab70-\uabbf]$/;
const DOTLESS_I = "\u0131";
const CAPITAL_SHARP_S = "\u1e9e";

/**
 * One letter without its case, by Unicode's full case folding, as Python's `str.casefold` gives it: ß is ss, İ is i and a dot.
 * @param {string} letter
 * @returns {string}
 */
function foldLetter(letter) {
  // Folding is the small letter of the capital, but for these.
  if (letter === DOTLESS_I) return letter;
  if (letter === CAPITAL_SHARP_S) return "ss";
  const large = letter.toUpperCase();
  if (CHEROKEE.test(letter)) return large;
  // Letter by letter: in a word, the small letter of Σ depends on what stands beside it.
  return Array.from(large, (one) => one.toLowerCase()).join("");
}

/**
 * Text without its case; two texts that differ in case only are folded to the same.
 * @param {string} text
 * @returns {string}
 */
export const fold = (text) => Array.from(text, foldLetter).join("");

const TABLE = 0x3000; // letters of most scripts; those above have no case, but for a few
const SEVERAL = -1;
/** The folded form of each letter met below TABLE where it is one letter; 0 for those not met. */
const one = new Int32Array(TABLE);
/** @type {Map<number, number[]>} */
const others = new Map();

/** @param {string} text */
const numbers = (text) => Array.from(text, (letter) => /** @type {number} */ (letter.codePointAt(0)));

/**
 * The letters that a letter is folded to, where they are several or it is not in the table.
 * @param {number} letter
 * @returns {number[]}
 */
function foldedTo(letter) {
  let known = others.get(letter);
  if (!known) {
    known = numbers(foldLetter(String.fromCodePoint(letter)));
    others.set(letter, known);
    if (letter < TABLE) one[letter] = known.length === 1 ? known[0] : SEVERAL;
  }
  return known;
}

/**
 * A phrase, prepared to be looked for.
 * @param {string} phrase
 * @returns {Pattern}
 */
export function pattern(phrase) {
  const letters = Int32Array.from(numbers(fold(phrase)));
  // Knuth, Morris and Pratt: back[k] is the length of the longest part that both begins the phrase and ends its first k letters.
  const back = new Int32Array(letters.length + 1);
  for (let at = 1, k = 0; at < letters.length; at++) {
    while (k && letters[k] !== letters[at]) k = back[k];
    if (letters[k] === letters[at]) k++;
    back[at + 1] = k;
  }
  return { letters, back };
}

/**
 * Set `found[i]` to 1 for every row of a text column that holds the pattern.
 * @param {FlatText} text
 * @param {Pattern} pattern
 * @param {Uint8Array} found
 */
export function mark({ bytes, ends }, { letters: wanted, back }, found) {
  const length = wanted.length;
  let at = 0;
  for (let row = 0; row < ends.length; row++) {
    const end = ends[row];
    let k = 0; // letters of the phrase that stand before `at`
    while (at < end && k < length) {
      let letter = bytes[at++];
      if (letter < 0x80) {
        if (letter >= 65 && letter <= 90) letter += 32;
      } else {
        if (letter < 0xe0) letter = ((letter & 0x1f) << 6) | (bytes[at++] & 0x3f);
        else if (letter < 0xf0) letter = ((letter & 0x0f) << 12) | ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f);
        else {
          letter = ((letter & 0x07) << 18) | ((bytes[at++] & 0x3f) << 12);
          letter |= ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f);
        }
        const single = letter < TABLE ? one[letter] : 0;
        if (single > 0) letter = single;
        else {
          const several = foldedTo(letter);
          for (let next = 0; next < several.length - 1 && k < length; next++) {
            while (k && wanted[k] !== several[next]) k = back[k];
            if (wanted[k] === several[next]) k++;
          }
          if (k === length) break;
          letter = several[several.length - 1];
        }
      }
      while (k && wanted[k] !== letter) k = back[k];
      if (wanted[k] === letter) k++;
    }
    if (k === length) found[row] = 1;
    at = end;
  }
}
