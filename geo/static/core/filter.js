/* Which records pass which filter: one byte a record, one bit a filter that the record fails, so that a change of one filter reruns that one alone. */

import * as search from "./search.js";

export const FAILS = { years: 1, event_type: 2, group: 4, precision: 8, cross_border: 16, text: 32 };
export const PARTIES = ["group", "actor1", "actor2"];
const EXACT = ["site", "city"];
const SEARCHED_TEXT = ["title", "description", "place"];
const SEARCHED_WORDS = ["event_type", "admin1_code", ...PARTIES];

/** Mask over a column's codes: 1 where the word is one of those asked for. */
function codesOf(words, asked) {
  const wanted = new Set(asked);
  return Uint8Array.from([0, ...words.map((word) => (wanted.has(word) ? 1 : 0))]);
}

const rules = {
  /** A period selects dated records that touch it; no period selects all. */
  years(rows, period) {
    if (!period) return null;
    const [from, to] = period;
    const { first, last } = rows;
    return (i) => first[i] !== 0 && first[i] <= to && last[i] >= from;
  },
  /** Strongholds and statistics have no event type and pass. */
  event_type(rows, asked) {
    if (!asked.length) return null;
    const codes = rows.column("event_type");
    const wanted = codesOf(rows.words("event_type"), asked);
    const kinds = rows.column("kind");
    const incident = rows.words("kind").indexOf("incident") + 1;
    return (i) => kinds[i] !== incident || wanted[codes[i]] === 1;
  },
  /** The group, or either actor. */
  group(rows, asked) {
    if (!asked.length) return null;
    const [group, actor1, actor2] = PARTIES.map((name) => rows.column(name));
    const wanted = codesOf(rows.words("group"), asked);
    return (i) => wanted[group[i]] === 1 || wanted[actor1[i]] === 1 || wanted[actor2[i]] === 1;
  },
  precision(rows, asked) {
    if (asked !== "exact") return null;
    const codes = rows.column("geo_precision");
    const wanted = codesOf(rows.words("geo_precision"), EXACT);
    return (i) => wanted[codes[i]] === 1;
  },
  cross_border(rows, asked) {
    if (!asked) return null;
    const flags = rows.column("cross_border");
    return (i) => flags[i] === 1;
  },
  /** A phrase in title, description, place, province, event type or parties, in any case. */
  text(rows, phrase) {
    if (!phrase) return null;
    const found = new Uint8Array(rows.records);
    const pattern = search.pattern(phrase);
    for (const name of SEARCHED_TEXT) search.mark(rows.textColumn(name).flat(), pattern, found);
    const low = phrase.toLowerCase();
    const has = (word) => (word.toLowerCase().includes(low) ? 1 : 0);
    const masks = SEARCHED_WORDS.map((name) =>
      Uint8Array.from([0, ...(name === "admin1_code" ? rows.header.names : rows.words(name)).map(has)]),
    );
    const columns = SEARCHED_WORDS.map((name) => rows.column(name));
    // A bin has no text and never matches.
    return (i) => i < rows.records && (found[i] === 1 || columns.some((column, k) => masks[k][column[i]] === 1));
  },
};

/** Bring `rows.fails` up to date with the wanted value of one filter. */
export function applyFilter(rows, name, wanted) {
  const bit = FAILS[name];
  const passes = rules[name](rows, wanted);
  const { n, fails } = rows;
  if (passes === null) for (let i = 0; i < n; i++) fails[i] &= ~bit;
  else for (let i = 0; i < n; i++) fails[i] = passes(i) ? fails[i] & ~bit : fails[i] | bit;
}
