/* Offsets: Python counts code points, JavaScript UTF-16 units; the two differ after a character such as an emoji. */

/** @typedef {{ units(point: number): number, points(unit: number): number, slice(start: number, end: number): string }} Offsets */

const SURROGATE = /[\ud800-\udbff][\udc00-\udfff]/;

/**
 * Convert offsets into one text.
 * @param {string} text
 * @returns {Offsets}
 */
export function offsets(text) {
  if (!SURROGATE.test(text)) {
    return { units: (point) => point, points: (unit) => unit, slice: (start, end) => text.slice(start, end) };
  }
  /** @type {number[]} */
  const starts = []; // unit at which each code point starts
  for (let unit = 0; unit < text.length; unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1)
    starts.push(unit);
  starts.push(text.length);
  /** @param {number} point */
  const units = (point) => starts[Math.max(0, Math.min(point, starts.length - 1))];
  return {
    units,
    points(unit) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle] < unit) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    slice: (start, end) => text.slice(units(start), units(end)),
  };
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

/**
 * Widen a stretch of a text to whole words, without the spaces round it. In UTF-16 units.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number] | null} null where it holds no word.
 */
export function wholeWords(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start >= end) return null;
  while (start > 0 && WORD.test(text[start]) && WORD.test(text[start - 1])) start--;
  while (end < text.length && WORD.test(text[end]) && WORD.test(text[end - 1])) end++;
  return [start, end];
}

/**
 * The sentence round a place in a paragraph, in UTF-16 units.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {[number, number]}
 */
export function sentenceRound(text, from, to) {
  let [start, end] = [0, text.length];
  for (const { index, segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
    if (index <= from) start = index;
    if (index + segment.length >= to) {
      end = index + segment.length;
      break;
    }
  }
  while (end > start && /\s/.test(text[end - 1])) end--;
  return [start, end];
}

/**
 * Cut a stretch into pieces along the ends of spans.
 * @template {{ start: number, end: number }} T
 * @param {number} start
 * @param {number} end
 * @param {readonly T[]} spans
 * @returns {{ start: number, end: number, spans: T[] }[]}
 */
export function pieces(start, end, spans) {
  const inside = spans.filter((span) => span.end > start && span.start < end && span.end > span.start);
  const cuts = new Set([start, end]);
  for (const span of inside) {
    cuts.add(Math.max(start, span.start));
    cuts.add(Math.min(end, span.end));
  }
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(1).map((to, i) => ({
    start: at[i],
    end: to,
    spans: inside.filter((span) => span.start <= at[i] && span.end >= to),
  }));
}
