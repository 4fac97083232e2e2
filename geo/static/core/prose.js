/* Columns of text: UTF-8 bytes, numbers of words, or a stem and a number; a string is made only for the row that is read. */

import * as decode from "./decode.js";

/** @import { Block, FlatText, TextColumn } from "../types/data.d.ts" */

const ONE_BYTE = 192; // see geo/payload/container.py
const SPACE = 32;

/**
 * A column of UTF-8 text.
 * @param {Block} block
 * @param {string} name
 * @returns {TextColumn}
 */
function plain(block, name) {
  const bytes = /** @type {Uint8Array} */ (block.section(name));
  const ends = decode.ends(block.section(`${name}:lengths`));
  const decoder = new TextDecoder();
  return { get: (i) => decoder.decode(bytes.subarray(i ? ends[i - 1] : 0, ends[i])), flat: () => ({ bytes, ends }) };
}

/**
 * A column of sentences that are sent as numbers of words of the block's vocabulary.
 * @param {Block} block
 * @param {string} name
 * @param {FlatText} vocabulary
 * @returns {TextColumn}
 */
function prose(block, name, vocabulary) {
  const codes = block.section(name);
  const ends = decode.ends(block.section(`${name}:lengths`));
  const { bytes: letters, ends: wordEnds } = vocabulary;
  const decoder = new TextDecoder();
  /** @type {FlatText | null} */
  let whole = null;

  /**
   * Write the words of codes[from..to) into `out` at `at`, with spaces between; returns where it ends. Without `out` it only counts.
   * @param {number} from
   * @param {number} to
   * @param {Uint8Array | null} out
   * @param {number} at
   */
  function write(from, to, out, at) {
    for (let k = from; k < to; ) {
      let word = codes[k++];
      if (word === 255) {
        word = codes[k] + (codes[k + 1] << 8) + (codes[k + 2] << 16);
        k += 3;
      } else if (word >= ONE_BYTE) word = ONE_BYTE + ((word - ONE_BYTE) << 8) + codes[k++];
      const start = word ? wordEnds[word - 1] : 0;
      const end = wordEnds[word];
      if (out) for (let letter = start; letter < end; letter++) out[at++] = letters[letter];
      else at += end - start;
      if (k < to) {
        if (out) out[at] = SPACE;
        at++;
      }
    }
    return at;
  }

  return {
    get(i) {
      const from = i ? ends[i - 1] : 0;
      const out = new Uint8Array(write(from, ends[i], null, 0));
      write(from, ends[i], out, 0);
      return decoder.decode(out);
    },
    flat() {
      if (whole) return whole;
      const rowEnds = new Uint32Array(ends.length);
      let size = 0;
      for (let i = 0; i < ends.length; i++) rowEnds[i] = size = write(i ? ends[i - 1] : 0, ends[i], null, size);
      const bytes = new Uint8Array(size);
      for (let i = 0; i < ends.length; i++) write(i ? ends[i - 1] : 0, ends[i], bytes, i ? rowEnds[i - 1] : 0);
      whole = { bytes, ends: rowEnds };
      return whole;
    },
  };
}

/**
 * How many digits a whole number has.
 * @param {number} number
 */
function digitsOf(number) {
  let count = 1;
  for (let left = Math.floor(number / 10); left > 0; left = Math.floor(left / 10)) count++;
  return count;
}

/**
 * A column of names that end in numbers: a stem and a number for each row.
 * @param {Block} block
 * @param {string} name
 * @returns {TextColumn}
 */
function numbered(block, name) {
  const numbers = block.section(name); // one higher, zero for none
  for (let i = 1; i < numbers.length; i++) numbers[i] += numbers[i - 1];
  const stems = plain(block, `${name}:stems`);
  const codes = block.section(`${name}:codes`);
  /** @type {FlatText | null} */
  let whole = null;

  return {
    get: (i) => stems.get(codes[i]) + (numbers[i] ? numbers[i] - 1 : ""),
    flat() {
      if (whole) return whole;
      const { bytes: letters, ends: stemEnds } = stems.flat();
      /** @type {(code: number) => number} */
      const startOf = (code) => (code ? stemEnds[code - 1] : 0);
      const ends = new Uint32Array(codes.length);
      let size = 0;
      for (let i = 0; i < ends.length; i++) {
        size += stemEnds[codes[i]] - startOf(codes[i]);
        if (numbers[i]) size += digitsOf(numbers[i] - 1);
        ends[i] = size;
      }
      const bytes = new Uint8Array(size);
      for (let i = 0, at = 0; i < ends.length; i++) {
        for (let k = startOf(codes[i]); k < stemEnds[codes[i]]; k++) bytes[at++] = letters[k];
        for (let left = numbers[i] - 1, k = ends[i] - 1; k >= at; k--, left = Math.floor(left / 10))
          bytes[k] = 48 + (left % 10);
        at = ends[i];
      }
      whole = { bytes, ends };
      return whole;
    },
  };
}

/**
 * A column of text in the encoding that its section names.
 * @param {Block} block
 * @param {string} name
 * @returns {TextColumn}
 */
export function textColumn(block, name) {
  if (block.note(name).stems) return numbered(block, name);
  if (block.note(name).type === "utf8") return plain(block, name);
  block.vocabulary ??= plain(block, "vocabulary").flat();
  return prose(block, name, block.vocabulary);
}
