/* Numbers of people as a text words them: "at least 54", "two dozen", "between 3 and 5". */

/** @typedef {{ low: number | null, best: number | null, high: number | null }} Bounds */

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
/** @type {Map<string, number>} */
const UNITS = new Map([
  ...SMALL.map((word, i) => /** @type {[string, number]} */ ([word, i])),
  ...TENS.map((word, i) => /** @type {[string, number]} */ ([word, 20 + 10 * i])),
  ["a", 1],
  ["an", 1],
  ["no", 0],
  ["nobody", 0],
]);
/** @type {Map<string, number>} */
const SCALES = new Map([
  ["dozen", 12],
  ["score", 20],
  ["hundred", 100],
  ["thousand", 1000],
  ["million", 1e6],
]);

/**
 * The number that some words say, null where they say none; "dozens" and "hundreds" are none.
 * @param {string[]} words Lower case.
 */
function wordsToNumber(words) {
  let total = 0;
  let part = 0;
  let seen = false;
  for (const word of words) {
    const unit = UNITS.get(word) ?? (/^\d+(\.\d+)?$/.test(word) ? Number(word) : undefined);
    const scale = SCALES.get(word);
    if (unit !== undefined) {
      part += unit;
      seen = true;
    } else if (scale !== undefined) {
      part = (seen ? part : 1) * scale;
      seen = true;
      if (scale >= 1000) {
        total += part;
        part = 0;
      }
    } else if (word !== "and" || !seen) return null;
  }
  return seen ? total + part : null;
}

/**
 * All numbers in a text, in its order.
 * @param {string} text
 * @returns {number[]}
 */
function numbersIn(text) {
  /** @type {number[]} */
  const found = [];
  /** @type {string[]} */
  let run = [];
  const flush = () => {
    while (run.at(-1) === "and") run.pop();
    // An article alone is no number: "a school".
    const value = run.length === 1 && /^an?$/.test(run[0]) ? null : wordsToNumber(run);
    if (value !== null) found.push(value);
    run = [];
  };
  for (const word of text
    .toLowerCase()
    .replace(/(\d)[,\u00a0\u202f](?=\d{3}\b)/g, "$1")
    .match(/\d+(?:\.\d+)?|\p{L}+/gu) ?? []) {
    const known = UNITS.has(word) || SCALES.has(word) || /^\d/.test(word);
    const digitsFollow = /^\d/.test(word) && run.some((one) => /^\d/.test(one));
    if ((known && !digitsFollow) || (word === "and" && run.some((one) => SCALES.has(one)))) run.push(word);
    else {
      flush();
      if (known) run.push(word);
    }
  }
  flush();
  return found;
}

/**
 * The number that a text says, if it says one.
 * @param {string} text
 * @returns {number | null}
 */
export function numberIn(text) {
  const found = numbersIn(text);
  return found.length === 1 ? found[0] : null;
}

const FROM = /\b(at least|more than|over|above|no fewer than|no less than|not less than|minimum)\b/i;
const TO = /\b(up to|at most|no more than|not more than|as many as|fewer than|less than|under)\b/i;
const NOT_TO = /\b(no fewer than|no less than|not less than)\b/i;
const NOT_FROM = /\b(no more than|not more than)\b/i;

/**
 * Low, best and high, as words state them: "at least 54" has no high, "up to 35" only one.
 * @param {string} text
 * @returns {Bounds | null} null where the text says no number, or several that are no bounds.
 */
export function boundsIn(text) {
  // The "no" of "no fewer than" is no number.
  const found = numbersIn(text.replace(FROM, " ").replace(TO, " "));
  if (found.length === 2 && /\b(to|or|and|between)\b|[-\u2013]/i.test(text)) {
    const [low, high] = found;
    return low <= high ? { low, best: null, high } : null;
  }
  if (found.length !== 1) return null;
  const [value] = found;
  if (FROM.test(text) && !NOT_FROM.test(text)) return { low: value, best: value, high: null };
  if (TO.test(text) && !NOT_TO.test(text)) return { low: null, best: null, high: value };
  return { low: value, best: value, high: value };
}
