/* Filters: one byte for each row, with one bit for each filter that the row fails. A change of the period alone reruns no other filter. */

import { NO_VALUE } from "./dates.js";
import * as search from "./search.js";

/** @import { Rows } from "../types/data.d.ts" */
/** @import { Filters, Years } from "../types/model.d.ts" */
/** @typedef {((i: number) => boolean) | null} Test Whether a row passes; null where all do. */

export const FAILS = { years: 1, event_type: 2, group: 4, precision: 8, cross_border: 16, text: 32, on: 64 };
export const PARTIES = ["group", "actor1", "actor2"];
const EXACT = ["site", "city"];
const SEARCHED_TEXT = ["title", "description", "place"];
const SEARCHED_WORDS = ["event_type", "admin1_code", ...PARTIES];

/**
 * Mask over a column's codes: 1 where the word is one of those asked for.
 * @param {string[]} words
 * @param {string[]} asked
 */
function codesOf(words, asked) {
  const wanted = new Set(asked);
  return Uint8Array.from([0, ...words.map((word) => (wanted.has(word) ? 1 : 0))]);
}

const rules = {
  /**
   * A period selects dated records that touch it; no period selects all.
   * @param {Rows} rows
   * @param {Years | null} period
   * @returns {Test}
   */
  years(rows, period) {
    if (!period) return null;
    const [from, to] = period;
    const { first, last } = rows;
    return (i) => first[i] !== 0 && first[i] <= to && last[i] >= from;
  },
  /**
   * Strongholds and statistics have no event type and pass.
   * @param {Rows} rows
   * @param {string[]} asked
   * @returns {Test}
   */
  event_type(rows, asked) {
    if (!asked.length) return null;
    const codes = rows.column("event_type");
    const wanted = codesOf(rows.words("event_type"), asked);
    const kinds = rows.column("kind");
    const incident = rows.words("kind").indexOf("incident") + 1;
    return (i) => kinds[i] !== incident || wanted[codes[i]] === 1;
  },
  /**
   * The group, or either actor; a bin has none and never passes.
   * @param {Rows} rows
   * @param {string[]} asked
   * @returns {Test}
   */
  group(rows, asked) {
    if (!asked.length) return null;
    const [group, actor1, actor2] = PARTIES.map((name) => rows.column(name));
    const wanted = codesOf(rows.words("group"), asked);
    return (i) => wanted[group[i]] === 1 || wanted[actor1[i]] === 1 || wanted[actor2[i]] === 1;
  },
  /**
   * @param {Rows} rows
   * @param {Filters["precision"]} asked
   * @returns {Test}
   */
  precision(rows, asked) {
    if (asked !== "exact") return null;
    const codes = rows.column("geo_precision");
    const wanted = codesOf(rows.words("geo_precision"), EXACT);
    return (i) => wanted[codes[i]] === 1;
  },
  /**
   * @param {Rows} rows
   * @param {boolean} asked
   * @returns {Test}
   */
  cross_border(rows, asked) {
    if (!asked) return null;
    const flags = rows.column("cross_border");
    return (i) => flags[i] === 1;
  },
  /**
   * Strongholds in force on a day: one whose end nobody reports lasts; of one that belongs to no year it is not known. Others pass.
   * @param {Rows} rows
   * @param {string} day
   * @returns {Test}
   */
  on(rows, day) {
    if (!day) return null;
    const asked = Date.parse(day) / 864e5;
    const kinds = rows.column("kind");
    const stronghold = rows.words("kind").indexOf("stronghold") + 1;
    const [start, end] = [rows.column("date_start"), rows.column("date_end")];
    const { first } = rows;
    return (i) =>
      kinds[i] !== stronghold || (first[i] !== 0 && start[i] <= asked && (end[i] === NO_VALUE || end[i] >= asked));
  },
  /**
   * A phrase in title, description, place, province, event type or parties, in any case.
   * @param {Rows} rows
   * @param {string} phrase
   * @returns {Test}
   */
  text(rows, phrase) {
    if (!phrase) return null;
    const found = new Uint8Array(rows.records);
    const pattern = search.pattern(phrase);
    for (const name of SEARCHED_TEXT) {
      const text = rows.textColumn(name);
      if (text) search.mark(text.flat(), pattern, found);
    }
    const wanted = search.fold(phrase);
    /** @type {(word: string) => number} */
    const has = (word) => (search.fold(word).includes(wanted) ? 1 : 0);
    const masks = SEARCHED_WORDS.map((name) =>
      Uint8Array.from([0, ...(name === "admin1_code" ? rows.header.names : rows.words(name)).map(has)]),
    );
    const columns = SEARCHED_WORDS.map((name) => rows.column(name));
    // A bin has no text and never matches.
    return (i) => i < rows.records && (found[i] === 1 || columns.some((column, k) => masks[k][column[i]] === 1));
  },
};

/**
 * Bring `rows.fails` up to date with the wanted period.
 * @param {Rows} rows
 * @param {Years | null} period
 */
export function applyYears(rows, period) {
  setBit(rows, FAILS.years, rules.years(rows, period));
}

/**
 * Bring `rows.fails` up to date with the wanted value of every filter but the period.
 * @param {Rows} rows
 * @param {Filters} filters
 */
export function applyFilters(rows, { event_type, group, precision, cross_border, text, on }) {
  setBit(rows, FAILS.event_type, rules.event_type(rows, event_type));
  setBit(rows, FAILS.group, rules.group(rows, group));
  setBit(rows, FAILS.precision, rules.precision(rows, precision));
  setBit(rows, FAILS.cross_border, rules.cross_border(rows, cross_border));
  setBit(rows, FAILS.text, rules.text(rows, text));
  setBit(rows, FAILS.on, rules.on(rows, on));
}

/**
 * @param {Rows} rows
 * @param {number} bit Of the filter.
 * @param {Test} passes
 */
function setBit({ n, fails }, bit, passes) {
  if (passes === null) for (let i = 0; i < n; i++) fails[i] &= ~bit;
  else for (let i = 0; i < n; i++) fails[i] = passes(i) ? fails[i] & ~bit : fails[i] | bit;
}
