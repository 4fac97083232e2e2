/* Which candidates and pairs are before the reader, in which order, and how many are left. */

import { pairKey } from "./choices.js";

/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").Filters} Filters */
/** @typedef {import("../types/review.d.ts").Pair} Pair */
/** @typedef {import("./choices.js").Choices} Choices */

/** @returns {Filters} */
export const noFilters = () => ({ state: "all", article: "", kind: "", text: "", repeats: false });

/**
 * @param {Choices} choices
 * @param {Filters} filters
 * @returns {Candidate[]} In the order of the text.
 */
export function filtered(choices, filters) {
  const asked = filters.text.trim().toLocaleLowerCase();
  const paired = new Set(choices.data.pairs.flatMap((pair) => [pair.a, pair.b]));
  return choices.candidates.filter((one) => {
    const { decision } = choices.of(one.id);
    if (filters.state === "open" && decision && decision !== "skip") return false;
    if (filters.state === "added" && !one.added) return false;
    if (["accept", "reject", "skip"].includes(filters.state) && decision !== filters.state) return false;
    if (filters.article && one.article !== filters.article) return false;
    const values = choices.values(one);
    if (filters.kind && values.kind !== filters.kind) return false;
    if (filters.repeats && !paired.has(one.id)) return false;
    return !asked || Object.values(values).join("\n").toLocaleLowerCase().includes(asked);
  });
}

/**
 * The next candidate of a list after one, from the start again at its end.
 * @param {Candidate[]} list
 * @param {string | null} id
 * @param {1 | -1} direction
 * @param {(one: Candidate) => boolean} [wanted]
 * @returns {Candidate | null}
 */
export function beside(list, id, direction, wanted = () => true) {
  const at = list.findIndex((one) => one.id === id);
  const from = at < 0 ? (direction > 0 ? -1 : 0) : at;
  for (let step = 1; step <= list.length; step++) {
    const one = list[(from + direction * step + list.length * 2) % list.length];
    if (one.id !== id && wanted(one)) return one;
  }
  return null;
}

/**
 * Pairs of an accepted candidate that nobody has told apart yet; one whose other side was rejected is none.
 * @param {Choices} choices
 * @param {string} id
 * @returns {Pair[]}
 */
export function openPairs(choices, id) {
  return choices.data.pairs.filter((pair) => {
    if (pair.a !== id && pair.b !== id) return false;
    if (choices.pairs.has(pairKey(pair))) return false;
    const other = pair.a === id ? pair.b : pair.a;
    // Two candidates are compared when the second of them is accepted; a record exists already.
    return choices.find(other) ? choices.of(other).decision === "accept" : true;
  });
}

/**
 * @param {Choices} choices
 * @param {Candidate[]} shown
 */
export function progress(choices, shown) {
  const all = choices.candidates;
  const count = { accept: 0, reject: 0, skip: 0, open: 0 };
  for (const one of all) count[choices.of(one.id).decision ?? "open"]++;
  const pairs =
    choices.data.mode === "pairs" ? choices.data.pairs.filter((pair) => !choices.pairs.has(pairKey(pair))).length : 0;
  return { ...count, all: all.length, shown: shown.length, pairs, decided: count.accept + count.reject };
}

/**
 * Undecided candidates whose confidence is at least that stated.
 * @param {Choices} choices
 * @param {Candidate[]} shown
 * @param {number} least
 */
export function sure(choices, shown, least) {
  return shown.filter((one) => choices.of(one.id).decision === null && (one.confidence.record ?? 0) >= least);
}
