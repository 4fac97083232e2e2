/* Records by column: what filters, layers and lists read. Nothing here changes after it was decoded. */

import { isoOf, NO_VALUE, yearOf } from "./dates.js";
import * as decode from "./decode.js";
import { textColumn } from "./prose.js";
import { degrees } from "./topology.js";

/** @import { Block, Column, ColumnType, Province, Store, TextColumn } from "../types/data.d.ts" */
/** @typedef {{ends: Uint32Array, range(i: number): [number, number]}} Lists */

/**
 * Decoded texts, sources and links.
 * @typedef {object} Texts
 * @property {Block} block
 * @property {Map<string, TextColumn>} columns
 * @property {Map<string, Column>} codes
 * @property {Lists & {codes: Column, keys: TextColumn, paragraphs: Column}} sources
 * @property {Record<"conflicts_with" | "same_as", Lists & {items: Uint32Array}>} links
 */

/**
 * Where the list of each row lies in a flat column.
 * @param {Block} block
 * @param {string} name
 * @returns {Lists}
 */
function lists(block, name) {
  const ends = decode.ends(block.section(`${name}:lengths`));
  return { ends, range: (i) => [i ? ends[i - 1] : 0, ends[i]] };
}

/**
 * Last days, which are sent as the difference from the first day where both are known.
 * @param {Int32Array} start
 * @param {Int32Array} days
 */
function ends(start, days) {
  return days.map((distance, i) => (distance === NO_VALUE || start[i] === NO_VALUE ? distance : start[i] + distance));
}

/** Last year of a record whose end nobody reports; see geo/stats/periods.py. */
export const OPEN_YEAR = 9999;

/**
 * First and last year that each record belongs to. A record known only to be not later than a day belongs to none: its first year
 * is 0, its last the year of that day. Both are 0 for an undated record.
 * @param {Int32Array} start Days since 1970.
 * @param {Int32Array} end
 * @param {Column} kind
 * @param {string[]} words Of the kinds.
 */
function years(start, end, kind, words) {
  const n = start.length;
  const first = new Int16Array(n);
  const last = new Int16Array(n);
  const [by, since] = [words.indexOf("by") + 1, words.indexOf("since") + 1];
  for (let i = 0; i < n; i++) {
    const a = start[i] === NO_VALUE ? end[i] : start[i];
    if (a === NO_VALUE) continue;
    const open = since && kind[i] === since ? OPEN_YEAR : 0;
    if (!by || kind[i] !== by) first[i] = yearOf(a);
    last[i] = end[i] === NO_VALUE ? open || yearOf(a) : yearOf(end[i]);
  }
  return { first, last };
}

/**
 * Indices of all records, the newest first, undated ones at the end, equal dates in file order: a counting sort by day.
 * @param {Int32Array} start Days since 1970.
 * @param {Int32Array} end
 */
function newestFirst(start, end) {
  const n = start.length;
  /** @type {(i: number) => number} */
  const dayOf = (i) => (start[i] === NO_VALUE ? end[i] : start[i]);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const day = dayOf(i);
    if (day === NO_VALUE) continue;
    if (day < low) low = day;
    if (day > high) high = day;
  }
  if (high < low) high = low = 0; // no dates at all
  const ranks = new Uint32Array(n);
  const next = new Uint32Array(high - low + 3);
  for (let i = 0; i < n; i++) {
    const day = dayOf(i);
    ranks[i] = day === NO_VALUE ? high - low + 1 : high - day;
    next[ranks[i] + 1]++;
  }
  for (let k = 1; k < next.length; k++) next[k] += next[k - 1];
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[next[ranks[i]]++] = i;
  return order;
}

/**
 * @param {Block} data
 * @param {() => Promise<Block>} loadText Called when the first text is read.
 * @returns {Store}
 */
export function createStore(data, loadText) {
  const { header } = data;
  const n = header.n;
  /** @type {Map<string, Column>} */
  const columns = new Map();
  /** @type {Texts | null} */
  let text = null;
  /** @type {Promise<void> | null} */
  let texts = null;

  /** @type {Store["column"]} */
  function column(name) {
    const known = columns.get(name);
    if (known) return known;
    const made = name === "date_end" ? ends(days("date_start"), days("days")) : restored(name);
    columns.set(name, made);
    return made;
  }

  /** @param {string} name */
  const days = (name) => /** @type {Int32Array} */ (column(name));

  /**
   * A column, decoded where it was sent as the exclusive or with another one.
   * @param {string} name
   */
  function restored(name) {
    const sent = data.section(name);
    const { like } = data.note(name);
    if (!like) return sent;
    const other = column(like);
    const wide = other.BYTES_PER_ELEMENT > sent.BYTES_PER_ELEMENT ? other : sent;
    const out = new /** @type {ColumnType} */ (wide.constructor)(n);
    for (let i = 0; i < n; i++) out[i] = sent[i] ^ other[i];
    return out;
  }

  /** @type {Store["words"]} */
  function words(name) {
    return header.words[name] ?? text?.block.header.words[name] ?? [];
  }

  /** @param {Block} block */
  function loaded(block) {
    /** @type {(name: string) => Lists & {items: Uint32Array}} */
    const links = (name) => ({ ...lists(block, name), items: /** @type {Uint32Array} */ (block.section(name)) });
    const names = ["id", "title", "description", "place", "note"];
    text = {
      block,
      columns: new Map(names.map((name) => [name, textColumn(block, name)])),
      codes: new Map(Object.keys(block.header.words).map((name) => [name, block.section(name)])),
      sources: {
        ...lists(block, "sources"),
        codes: block.section("sources"),
        keys: textColumn(block, "source_keys"),
        paragraphs: block.section("paragraphs"),
      },
      links: { conflicts_with: links("conflicts_with"), same_as: links("same_as") },
    };
  }

  const dates = years(days("date_start"), days("date_end"), column("date_kind"), words("date_kind"));
  /** @type {Store} */
  const self = {
    n,
    header,
    column,
    words,
    first: dates.first,
    last: dates.last,
    newest: newestFirst(days("date_start"), days("date_end")),
    codes: header.codes,
    provinces: [], // filled by the model, which knows the areas

    /** Resolves when the texts are decoded; the first read starts the decoding. */
    get texts() {
      texts ??= loadText().then(loaded);
      return texts;
    },
    get hasTexts() {
      return text !== null;
    },
    textColumn: (name) => text?.columns.get(name) ?? null,

    text(name, i) {
      if (name === "date_start" || name === "date_end") return isoOf(column(name)[i]);
      if (text === null) self.texts; // the first reader starts the decoding; the model emits a change when it is done
      const found = text?.columns.get(name);
      return found ? found.get(i) : text === null ? "" : self.word(name, i);
    },
    /** The word of a coded column; "" for null. */
    word(name, i) {
      if (name === "admin1_code") return header.codes[column(name)[i] - 1] ?? "";
      if (name === "admin1_name") return header.names[column("admin1_code")[i] - 1] ?? "";
      if (name in header.words) return header.words[name][column(name)[i] - 1] ?? "";
      if (text === null) self.texts;
      const codes = text?.codes.get(name);
      if (text && codes) return text.block.header.words[name][codes[i] - 1] ?? "";
      return text?.columns.get(name)?.get(i) ?? "";
    },
    /** A number; NaN for null. */
    value(name, i) {
      const raw = column(name)[i];
      const plus = data.note(name).plus; // counts are sent one higher, zero for null
      return plus ? (raw === 0 ? NaN : raw - plus) : raw;
    },
    lat: (i) => degrees(column("lat")[i]),
    lng: (i) => degrees(column("lng")[i]),

    sources(i) {
      if (text === null) return [];
      const { range, codes, keys, paragraphs } = text.sources;
      const [from, to] = range(i);
      const list = [];
      for (let k = from; k < to; k++) {
        list.push({
          source: codes[k] ? keys.get(codes[k] - 1) : null,
          paragraph: text.block.header.paragraphs[paragraphs[k]],
        });
      }
      return list;
    },
    links(name, i) {
      if (text === null) return new Uint32Array(0);
      const { range, items } = text.links[name];
      return items.subarray(...range(i));
    },
    /** Index of the record with an id, -1 for none; needs the texts. */
    find(id) {
      if (text === null) return -1;
      const ids = text.columns.get("id");
      if (!ids) return -1;
      const { bytes, ends } = ids.flat();
      const wanted = new TextEncoder().encode(id);
      for (let i = 0, start = 0; i < n; start = ends[i++]) {
        if (ends[i] - start === wanted.length && wanted.every((byte, k) => bytes[start + k] === byte)) return i;
      }
      return -1;
    },
  };
  return self;
}
