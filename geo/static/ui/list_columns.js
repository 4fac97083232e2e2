/* The columns of the list: what a cell shows and what sorting compares. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import * as describe from "./describe.js";
import { briefFields } from "./describe.js";
import { el, link } from "./dom.js";
import * as listRows from "./list_rows.js";

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {boolean} [descending] Whether the first click sorts downwards.
 * @property {() => ArrayLike<number>} [keys] What sorting compares, by record.
 * @property {(descending: boolean) => Int32Array} [order] Indices of all records, sorted.
 */

/** `columns` with `order(descending)`: all records sorted, keys computed when first sorted by; `masks()` of the groups; `forgetTexts()`: sort by them anew. */
export function listColumns(model) {
  const { store } = model;
  const { n } = store;
  const all = (read) => Array.from({ length: n }, (_, i) => read(i));
  const words = (read) => listRows.ranks(all(read), i18n.locale());
  const cached = (compute) => {
    let keys = null;
    return Object.assign(() => (keys ??= compute()), { forget: () => (keys = null) });
  };
  const title = cached(() => words((i) => store.text("title", i)));
  const place = cached(() => words((i) => store.word("admin1_name", i) || store.text("place", i)));
  /** @type {Column[]} */
  const columns = [
    { name: "date", descending: true, order: (descending) => (descending ? store.newest : store.newest.toReversed()) },
    { name: "title", keys: title },
    { name: "type", keys: cached(() => words((i) => store.word("event_type", i) || store.word("kind", i))) },
    { name: "place", keys: place },
    { name: "killed", descending: true, keys: cached(() => Float64Array.from(all((i) => firstFigure(store, i)))) },
    { name: "sources" },
  ];
  for (const column of columns) {
    if (column.keys) column.order = (descending) => listRows.permutation(store.newest, column.keys(), descending);
  }
  const masks = cached(() => ({
    undated: store.first.map((year) => (year === 0 ? 1 : 0)),
    unplaced: Uint8Array.from(store.column("admin1_code"), (code) => (code === 0 ? 1 : 0)),
  }));
  const forgetTexts = () => {
    title.forget();
    place.forget();
  };
  return { columns, masks, forgetTexts };
}

function firstFigure(store, i) {
  for (const name of ["fatalities_best", "fatalities_low", "fatalities_high"]) {
    const value = store.value(name, i);
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}

/** The cells of one row. */
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
    fields.sources.flatMap(({ source }, k) => {
      const line = sources.get(source) ?? {};
      const anchor = link(line.url, line.publisher || line.title || source);
      anchor.tabIndex = -1;
      return [k ? ", " : "", anchor];
    }),
  ];
}

function place({ admin1_name: province, place: spelt, country_code: country }) {
  return province || spelt || (country ? describe.countryName(country) : t("geo_precision.unknown"));
}
