/* The list of the records shown, as a sortable table with search. */

import { t } from "../core/i18n.js";
import { members } from "../core/tally.js";
import * as binText from "../ui/bin_text.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { listColumns, listRow } from "../ui/list_columns.js";
import * as listRows from "../ui/list_rows.js";
import { sourceIndex } from "../ui/sources.js";
import { createVirtualTable } from "../ui/virtual_table.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {Exclude<import("../types/page.d.ts").ListGroup, "placed">} ListGroup */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../ui/list_columns.js").Column} Column */

const SEARCH_MS = 180; // pause in typing after which the search runs

/**
 * The list of the records shown; `open(group)` shows it, with the records of a group alone where one is given.
 * @param {Model} model
 * @param {Options} options
 */
export function createList(model, options) {
  const { columns, masks, forgetTexts } = listColumns(model);
  const sources = sourceIndex(options);
  let sort = { name: "date", descending: true };
  /** @type {Int32Array | null} */
  let order = null; // all records, sorted; null where it has to be sorted again
  /** @type {ReturnType<typeof listRows.rows>} */
  let view = { rows: new Int32Array(0), counts: [0, 0, 0] };
  /** @type {ListGroup | null} The group of which the head gives the number: its records alone are listed. */
  let only = null;
  /** @type {HTMLElement | null} What had the focus when the list was opened. */
  let before = null;

  const title = el("h2", { tabindex: "-1" }, t("list.title"));
  const count = el("p", { class: "geo-list-count" });
  /** @type {HTMLInputElement} */
  const search = el("input", {
    type: "search",
    class: "geo-search",
    placeholder: t("list.search"),
    "aria-label": t("list.search"),
    dir: "auto",
    oninput: findSoon,
  });
  const all = button("geo-list-all", { text: t("list.all"), hidden: true }, () => {
    open();
    search.focus();
  });
  const none = el("p", { class: "geo-list-none", hidden: true }, t("list.none"));
  const without = el("p", { class: "geo-how geo-list-without", hidden: true });
  const heads = columns.map((column) => headCell(column, sortBy));
  const table = createVirtualTable({
    columns,
    heads,
    label: t("list.title"),
    row: (index) => listRow(model, sources, index),
    activate: (i) => model.select(i),
  });
  const element = el(
    "section",
    { class: "geo-list", id: "geo-list", "aria-label": t("list.title"), hidden: true, onkeydown: onEscape },
    el(
      "div",
      { class: "geo-list-head" },
      title,
      count,
      all,
      search,
      button("geo-close", { icon: "close", label: t("list.close") }, close),
    ),
    without,
    none,
    table.element,
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Column} column */
  function sortBy(column) {
    sort = { name: column.name, descending: sort.name === column.name ? !sort.descending : Boolean(column.descending) };
    order = null;
    refresh();
    table.scrollTo(0);
  }

  function findSoon() {
    clearTimeout(timer);
    timer = setTimeout(find, SEARCH_MS);
  }

  function find() {
    model.set({ filters: { ...model.state.filters, text: search.value.trim() } }, { source: "list" });
  }

  function refresh() {
    if (element.hidden) return;
    order ??= columns.find(({ name }) => name === sort.name)?.order?.(sort.descending) ?? model.store.newest;
    view = listRows.rows({ permutation: order, ...(only ? membersOf(model, only) : allOf(model, masks())) });
    for (const [k, cell] of heads.entries()) {
      const direction = sort.descending ? "descending" : "ascending";
      setAttribute(cell, "aria-sort", columns[k].name === sort.name ? direction : "none");
    }
    const listed = view.counts.reduce((sum, n) => sum + n, 0);
    setText(count, t(only ? `list.only_${only}` : "list.count", { count: listed }));
    all.hidden = only === null;
    none.hidden = view.rows.length > 0;
    const more = [binText.missing(model, "no_row"), binText.leftOut(model)].filter(Boolean).join(" ");
    without.hidden = !more;
    setText(without, more);
    table.element.hidden = view.rows.length === 0;
    table.update(view.rows, view.counts);
  }

  function textsRead() {
    forgetTexts();
    if (sort.name === "title" || sort.name === "place") order = null;
    refresh();
  }

  /** @param {ListGroup} [group] */
  function open(group) {
    if (element.hidden) before = /** @type {HTMLElement | null} */ (document.activeElement);
    element.hidden = false;
    element.closest(".geo-page")?.classList.add("geo-with-list");
    only = group ?? null;
    table.measure();
    refresh();
    if (group) table.scrollTo(0);
    title.focus({ preventScroll: true });
    announce(true);
  }

  function close() {
    if (element.hidden) return;
    element.hidden = true;
    element.closest(".geo-page")?.classList.remove("geo-with-list");
    announce(false);
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function onEscape(event) {
    if (event.key !== "Escape" || (event.target === search && search.value)) return;
    event.stopPropagation();
    close();
  }

  const stop = model.on("change", ({ changed }) => {
    if (changed.has("filters") && document.activeElement !== search) search.value = model.state.filters.text;
    if (changed.has("texts")) textsRead();
    if (changed.has("years") || changed.has("filters") || changed.has("theme") || (only && changed.has("layers")))
      refresh();
    if (changed.has("selection")) table.mark(model.selection?.records.length === 1 ? model.selection.records[0] : null);
  });
  return {
    element,
    open,
    close,
    toggle: () => (element.hidden ? open() : close()),
    destroy() {
      clearTimeout(timer);
      stop();
      table.destroy();
    },
  };
}

/**
 * The header cell of a column; a button where the list can be sorted by it.
 * @param {Column} column
 * @param {(column: Column) => void} sortBy
 */
const headCell = (column, sortBy) => {
  const name = t(`list.column_${column.name}`);
  const sorter = el("button", { type: "button", class: "geo-sort", onclick: () => sortBy(column) }, name);
  return el(
    "th",
    { scope: "col", class: `geo-col-${column.name}`, "aria-sort": "none", role: "columnheader" },
    column.order ? sorter : name,
  );
};

/**
 * Tell the buttons that open the list, wherever on the page, whether it is open.
 * @param {boolean} open
 */
const announce = (open) => {
  for (const opener of document.querySelectorAll('[aria-controls="geo-list"]'))
    setAttribute(opener, "aria-expanded", open);
};

/**
 * All records shown, and the undated ones, which a period excludes but the list shows in a group of their own.
 * @param {Model} model
 * @param {Record<"undated" | "unplaced", ArrayLike<number>>} masks
 */
function allOf(model, masks) {
  const extra = new Uint8Array(model.store.n);
  for (const i of model.derived.undated) extra[i] = 1;
  return { selected: model.derived.selected, extra, ...masks };
}

/**
 * The records that the head counts as not placed or as of no year, and no others: a number and what it opens agree.
 * @param {Model} model
 * @param {ListGroup} group
 */
function membersOf(model, group) {
  const none = new Uint8Array(model.store.n);
  const kinds = model.derived.tallies.map(({ counted }) => counted);
  return { selected: members(model.rows, kinds, group), extra: none, undated: none, unplaced: none };
}
