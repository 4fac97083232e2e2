/* The list of the records shown, as a sortable table with search. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { listColumns, listRow } from "../ui/list_columns.js";
import * as listRows from "../ui/list_rows.js";
import { sourceIndex } from "../ui/sources.js";
import { createVirtualTable } from "../ui/virtual_table.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").ListGroup} ListGroup */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../ui/list_columns.js").Column} Column */

const SEARCH_MS = 180; // pause in typing after which the search runs

/**
 * The list of the records shown; `open(group)` shows it, at a group where one is given.
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
    view = listRows.rows({
      permutation: order,
      selected: model.derived.selected,
      extra: extraMask(model),
      ...masks(),
    });
    for (const [k, cell] of heads.entries()) {
      const direction = sort.descending ? "descending" : "ascending";
      setAttribute(cell, "aria-sort", columns[k].name === sort.name ? direction : "none");
    }
    setText(count, t("list.count", { count: view.counts.reduce((sum, n) => sum + n, 0) }));
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
    table.measure();
    refresh();
    const at = group ? view.rows.indexOf(-1 - listRows.GROUPS.indexOf(group)) : -1;
    if (at >= 0) table.scrollTo(at);
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
    if (changed.has("years") || changed.has("filters") || changed.has("theme")) refresh();
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
 * Mask of the undated records, which a period excludes but the list shows in a group of their own.
 * @param {Model} model
 */
function extraMask(model) {
  const mask = new Uint8Array(model.store.n);
  for (const i of model.derived.undated) mask[i] = 1;
  return mask;
}
