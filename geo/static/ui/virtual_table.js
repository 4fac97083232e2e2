/* A table of which only the rows in view exist; arrow keys move through all of them. */

import { t } from "../core/i18n.js";
import { el } from "./dom.js";
import * as listRows from "./list_rows.js";

/** @typedef {import("../types/page.d.ts").Child} Child */

/**
 * @typedef {object} TableOptions
 * @property {{ name: string }[]} columns
 * @property {HTMLElement[]} heads Header cells.
 * @property {string} label
 * @property {(i: number) => Child[]} row Contents of the cells of record i.
 * @property {(i: number) => void} activate Open record i.
 */

/**
 * A table of rows as ui/list_rows.js makes them: indices of records, or numbers below zero for headings of groups.
 * @param {TableOptions} options
 */
export function createVirtualTable({ columns, heads, label, row, activate }) {
  const spacer = () =>
    el("tbody", { class: "geo-spacer", role: "presentation", "aria-hidden": "true" }, el("tr", {}, el("td", {})));
  const [top, bottom] = [spacer(), spacer()];
  const body = el("tbody", { role: "rowgroup" });
  const thead = el("thead", { role: "rowgroup" }, el("tr", { role: "row", "aria-rowindex": "1" }, heads));
  // Explicit roles, because the narrow layout sets another `display`, which takes the implicit ones away.
  const table = el(
    "table",
    { class: "geo-table", role: "table", "aria-label": label, "aria-colcount": columns.length },
    thead,
    top,
    body,
    bottom,
  );
  const element = el("div", { class: "geo-scroller", tabindex: "-1" }, table);
  /** @type {Int32Array} */
  let rows = new Int32Array(0);
  /** @type {number[]} */
  let counts = [];
  let active = 0;
  /** @type {number | null} */
  let marked = null;
  /** @type {Map<number, HTMLTableRowElement>} By position of the row. */
  let drawn = new Map();
  let frame = 0;
  // Kept between draws, because reading a size makes the browser lay out the table at once.
  const box = { top: 0, height: 0, head: 0, row: 34 };

  function measure() {
    box.top = element.scrollTop;
    box.height = element.clientHeight;
    box.head = thead.offsetHeight;
    box.row = Number.parseFloat(getComputedStyle(element).getPropertyValue("--geo-row")) || box.row;
    schedule();
  }

  function scrolled() {
    box.top = element.scrollTop;
    schedule();
  }

  /** @param {number} top */
  function scrollBy(top) {
    element.scrollTop = box.top = top;
  }

  /** @param {number} position */
  function build(position) {
    const i = rows[position];
    const line = el("tr", { role: "row", "aria-rowindex": position + 2 });
    if (i < 0) {
      line.className = "geo-group";
      line.append(heading(-1 - i));
      return line;
    }
    line.dataset.record = String(i);
    for (const [k, children] of row(i).entries()) {
      line.append(el("td", { role: "cell", class: `geo-col-${columns[k].name}` }, children));
    }
    return line;
  }

  /** @param {number} g Number of the group. */
  function heading(g) {
    return el(
      "th",
      { role: "rowheader", colspan: columns.length, "aria-colspan": columns.length },
      t(`list.group_${listRows.GROUPS[g]}`, { count: counts[g] }),
    );
  }

  /** Draw the rows in view; elements of rows that stay in view are reused. */
  function draw() {
    frame = 0;
    const size = box.row;
    const [first, last] = listRows.windowOf(Math.min(box.top, rows.length * size), box.height, size, rows.length);
    const next = new Map();
    for (let position = first; position < last; position++) next.set(position, drawn.get(position) ?? build(position));
    for (const [position, line] of drawn)
      if (!next.has(position) && !line.contains(document.activeElement)) line.remove();
    put([...next.values()]);
    drawn = next;
    pad(top, first * size);
    pad(bottom, (rows.length - last) * size);
    style();
  }

  /**
   * Make `lines` the rows of the body, moving only those that are not in their place: a moved row would lose the focus.
   * @param {HTMLTableRowElement[]} lines
   */
  function put(lines) {
    lines.forEach((line, k) => {
      if (body.children[k] !== line) body.insertBefore(line, body.children[k] ?? null);
    });
    while (body.children.length > lines.length) body.lastElementChild?.remove();
  }

  /**
   * @param {HTMLElement} spacer
   * @param {number} size
   */
  function pad(spacer, size) {
    spacer.hidden = size <= 0;
    const cell = spacer.querySelector("td");
    if (cell) cell.style.height = `${Math.max(0, size)}px`;
  }

  /** Only the active row can be reached with Tab, the others with the arrow keys. */
  function style() {
    for (const [position, line] of drawn) {
      const tab = position === active ? 0 : -1;
      for (const control of /** @type {NodeListOf<HTMLElement>} */ (line.querySelectorAll("button, a")))
        control.tabIndex = tab;
      line.classList.toggle("geo-marked", marked !== null && rows[position] === marked);
    }
  }

  function schedule() {
    frame ||= requestAnimationFrame(draw);
  }

  /**
   * @param {Int32Array} newRows
   * @param {number[]} newCounts
   */
  function update(newRows, newCounts) {
    rows = newRows;
    counts = newCounts;
    active = Math.max(0, Math.min(active, rows.length - 1));
    if (rows[active] < 0 && active + 1 < rows.length) active++;
    drawn = new Map();
    if (box.height === 0) measure(); // it was hidden until now
    table.setAttribute("aria-rowcount", String(rows.length + 1));
    body.replaceChildren();
    draw();
  }

  /** @param {number} to */
  function move(to) {
    active = to;
    reveal(active);
    draw();
    drawn.get(active)?.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {number} position */
  function reveal(position) {
    const bottom = (position + 1) * box.row + box.head;
    if (position * box.row < box.top) scrollBy(position * box.row);
    else if (bottom > box.top + box.height) scrollBy(bottom - box.height);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!(/** @type {Element} */ (event.target).closest("tbody"))) return;
    const target = listRows.rowByKey(rows, active, event.key);
    if (target === undefined) return;
    event.preventDefault();
    if (rows[target] >= 0) move(target);
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const target = /** @type {Element} */ (event.target);
    const line = /** @type {HTMLElement | null} */ (target.closest("tr[data-record]"));
    if (!line || target.closest("a")) return;
    active = Number(line.getAttribute("aria-rowindex")) - 2;
    style();
    activate(Number(line.dataset.record));
  }

  const observer = new ResizeObserver(measure);
  element.addEventListener("scroll", scrolled, { passive: true });
  element.addEventListener("keydown", key);
  element.addEventListener("click", click);
  observer.observe(element);
  return {
    element,
    update,
    measure,
    /** @param {number | null} record */
    mark(record) {
      marked = record;
      style();
    },
    /** @param {number} position */
    scrollTo(position) {
      measure();
      scrollBy(position * box.row);
      active = Math.max(0, position + (rows[position] < 0 ? 1 : 0));
      draw();
    },
    destroy() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      element.removeEventListener("scroll", scrolled);
      element.removeEventListener("keydown", key);
      element.removeEventListener("click", click);
    },
  };
}
