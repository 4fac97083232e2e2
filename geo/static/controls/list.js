/* The list: a real table that says the same as the map; only the rows in view exist, so 100,000 scroll as ten do. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { listColumns, listRow } from "../ui/list_columns.js";
import * as listRows from "../ui/list_rows.js";
import { sourceIndex } from "../ui/sources.js";
import { createVirtualTable } from "../ui/virtual_table.js";

const SEARCH_MS = 180;

export function createList(model, options) {
  const { columns, masks, forgetTexts } = listColumns(model);
  const sources = sourceIndex(options);
  let sort = { name: "date", descending: true };
  let order = null; // permutation of all records by the sort, kept while filters change
  let view = { rows: new Int32Array(0), counts: [0, 0, 0] };
  let before = null;

  const count = el("p", { class: "geo-list-count" });
  const search = el("input", {
    type: "search",
    class: "geo-search",
    placeholder: t("list.search"),
    "aria-label": t("list.search"),
    dir: "auto",
    oninput: () => later(find),
  });
  const none = el("p", { class: "geo-list-none", hidden: true }, t("list.none"));
  const without = el("p", { class: "geo-how geo-list-without", hidden: true });
  const heads = columns.map((column) => head(column));
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
      el("h2", { tabindex: "-1" }, t("list.title")),
      count,
      search,
      button("geo-close", { icon: "close", label: t("list.close") }, close),
    ),
    without,
    none,
    table.element,
  );
  let timer = null;

  function head(column) {
    const sorter = el(
      "button",
      { type: "button", class: "geo-sort", onclick: () => sortBy(column) },
      t(`list.column_${column.name}`),
    );
    return el(
      "th",
      { scope: "col", class: `geo-col-${column.name}`, "aria-sort": "none", role: "columnheader" },
      column.order ? sorter : t(`list.column_${column.name}`),
    );
  }

  function sortBy(column) {
    sort = { name: column.name, descending: sort.name === column.name ? !sort.descending : Boolean(column.descending) };
    order = null;
    refresh();
    table.scrollTo(0);
  }

  function later(act) {
    clearTimeout(timer);
    timer = setTimeout(act, SEARCH_MS);
  }

  function find() {
    model.set({ filters: { ...model.state.filters, text: search.value.trim() } }, { source: "list" });
  }

  function refresh() {
    if (element.hidden) return;
    order ??= columns.find(({ name }) => name === sort.name).order(sort.descending);
    view = listRows.rows({
      permutation: order,
      selected: model.derived.selected,
      extra: extraMask(model),
      ...masks(),
    });
    for (const [k, cell] of heads.entries()) {
      const order = sort.descending ? "descending" : "ascending";
      setAttribute(cell, "aria-sort", columns[k].name === sort.name ? order : "none");
    }
    setText(count, t("list.count", { count: view.counts.reduce((sum, n) => sum + n, 0) }));
    none.hidden = view.rows.length > 0;
    const more = [binText.without(model, "no_row"), binText.leftOut(model)].filter(Boolean).join(" ");
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

  function open(group) {
    if (element.hidden) before = document.activeElement;
    element.hidden = false;
    element.closest(".geo-page")?.classList.add("geo-with-list");
    table.measure();
    refresh();
    const at = group ? view.rows.indexOf(-1 - listRows.GROUPS.indexOf(group)) : -1;
    if (at >= 0) table.scrollTo(at);
    element.querySelector("h2").focus({ preventScroll: true });
    announce(true);
  }

  function close() {
    if (element.hidden) return;
    element.hidden = true;
    element.closest(".geo-page")?.classList.remove("geo-with-list");
    announce(false);
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  function announce(open) {
    for (const opener of document.querySelectorAll('[aria-controls="geo-list"]'))
      setAttribute(opener, "aria-expanded", open);
  }

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

/** Undated records that the period leaves out but the list shows in their own group. */
function extraMask(model) {
  const mask = new Uint8Array(model.store.n);
  for (const i of model.derived.undated) mask[i] = 1;
  return mask;
}
