/* The columns of the list: what a cell shows and what sorting compares. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import * as describe from "./describe.js";
import { briefFields } from "./describe.js";
import { el, link } from "./dom.js";
import * as listRows from "./list_rows.js";
import { byArticle, shortName } from "./sources.js";

/** @typedef {import("../types/data.d.ts").Store} Store */
/** @typedef {import("../types/data.d.ts").RecordFields} RecordFields */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Child} Child */
/** @typedef {import("../types/page.d.ts").Sources} Sources */

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {boolean} [descending] Whether the first click sorts downwards.
 * @property {(descending: boolean) => Int32Array} [order] Indices of all records, sorted; none where it cannot sort.
 */

/**
 * A function that computes its value once, until it is told to forget it.
 * @template Value
 * @param {() => Value} compute
 */
function cached(compute) {
  /** @type {Value | null} */
  let value = null;
  const forget = () => {
    value = null;
  };
  return Object.assign(() => (value ??= compute()), { forget });
}

/**
 * The columns of the list; `masks()`: which records are in the groups after the first; `forgetTexts()` drops the sort keys made from texts.
 * @param {Model} model
 */
export function listColumns(model) {
  const { store } = model;
  /**
   * @template Value
   * @param {(i: number) => Value} read
   */
  const all = (read) => Array.from({ length: store.n }, (_, i) => read(i));
  /** @param {(i: number) => string} read */
  const ranks = (read) => cached(() => listRows.ranks(all(read), i18n.locale()));
  const title = ranks((i) => store.text("title", i));
  const type = ranks((i) => store.word("event_type", i) || store.word("kind", i));
  const place = ranks((i) => store.word("admin1_name", i) || store.text("place", i));
  const killed = cached(() => Float64Array.from(all((i) => firstFigure(store, i))));
  /**
   * @param {() => ArrayLike<number>} keys
   * @returns {Column["order"]}
   */
  const by = (keys) => (descending) => listRows.permutation(store.newest, keys(), descending);
  /** @type {Column[]} */
  const columns = [
    { name: "date", descending: true, order: (descending) => (descending ? store.newest : store.newest.toReversed()) },
    { name: "title", order: by(title) },
    { name: "type", order: by(type) },
    { name: "place", order: by(place) },
    { name: "killed", descending: true, order: by(killed) },
    { name: "sources" },
  ];
  const masks = cached(() => ({
    undated: store.first.map((year) => (year === 0 ? 1 : 0)),
    unplaced: Uint8Array.from(store.column("admin1_code"), (/** @type {number} */ code) => (code === 0 ? 1 : 0)),
  }));
  const forgetTexts = () => {
    title.forget();
    place.forget();
  };
  return { columns, masks, forgetTexts };
}

/**
 * The first figure of people killed that the record gives; NaN for none.
 * @param {Store} store
 * @param {number} i
 */
function firstFigure(store, i) {
  for (const name of ["fatalities_best", "fatalities_low", "fatalities_high"]) {
    const value = store.value(name, i);
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}

/**
 * The cells of the row of record `i`, in the order of the columns.
 * @param {Model} model
 * @param {Sources} sources
 * @param {number} i
 * @returns {Child[]}
 */
export function listRow(model, sources, i) {
  const fields = briefFields(model.store, i);
  const type = fields.event_type ? i18n.word("event_type", fields.event_type) : t(`kind.${fields.kind}`);
  return [
    describe.whenShort(fields),
    el("button", { type: "button", class: "geo-row-title", dir: "auto", tabindex: "-1" }, fields.title),
    [
      fields.event_type &&
        el("span", {
          class: "geo-dot",
          style: { "background-color": model.palette(fields.event_type) },
          "aria-hidden": "true",
        }),
      el("bdi", {}, type),
    ],
    el("bdi", {}, place(fields)),
    describe.figure(fields.fatalities_low, fields.fatalities_best, fields.fatalities_high),
    byArticle(fields.sources).flatMap(({ source }, k) => {
      const anchor = link(sources.get(source)?.url, shortName(sources, source));
      anchor.tabIndex = -1;
      return [k ? ", " : "", anchor];
    }),
  ];
}

/** @param {Pick<RecordFields, "admin1_name" | "place" | "country_code">} fields */
function place({ admin1_name: province, place: spelt, country_code: country }) {
  return province || spelt || (country ? describe.countryName(country) : t("geo_precision.unknown"));
}
