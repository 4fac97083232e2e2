/* A table of which only the rows in view exist; arrow keys move through all of them. */

import { t } from "../core/i18n.js";
import { el } from "./dom.js";
import * as listRows from "./list_rows.js";

const PAGE = 10;

/**
 * `row(i)` gives the cells of record i as children, `activate(i)` opens it. Rows below zero are headings of groups.
 */
export function createVirtualTable({ columns, heads, label, row, activate }) {
  const spacer = () =>
    el("tbody", { class: "geo-spacer", role: "presentation", "aria-hidden": "true" }, el("tr", {}, el("td", {})));
  const [top, bottom] = [spacer(), spacer()];
  const body = el("tbody", { role: "rowgroup" });
  const thead = el("thead", { role: "rowgroup" }, el("tr", { role: "row", "aria-rowindex": "1" }, heads));
  // The roles are stated because the narrow layout takes `display: table` away, and the roles would go with it.
  const table = el(
    "table",
    { class: "geo-table", role: "table", "aria-label": label, "aria-colcount": columns.length },
    thead,
    top,
    body,
    bottom,
  );
  const element = el("div", { class: "geo-scroller", tabindex: "-1" }, table);
  let rows = new Int32Array(0);
  let counts = [];
  let active = 0;
  let marked = null;
  let drawn = new Map(); // row position -> element
  let frame = 0;
  // Measured when they can have changed, not at every draw: asking makes the browser lay the table out at once.
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

  function scrollBy(top) {
    element.scrollTop = box.top = top;
  }

  function build(position) {
    const i = rows[position];
    const line = el("tr", { role: "row", "aria-rowindex": position + 2 });
    if (i < 0) {
      const group = listRows.GROUPS[-1 - i];
      line.className = "geo-group";
      line.append(
        el(
          "th",
          { role: "rowheader", colspan: columns.length, "aria-colspan": columns.length },
          t(`list.group_${group}`, { count: counts[-1 - i] }),
        ),
      );
      return line;
    }
    line.dataset.record = i;
    for (const [k, children] of row(i).entries()) {
      line.append(el("td", { role: "cell", class: `geo-col-${columns[k].name}` }, children));
    }
    return line;
  }

  /** Draw the rows in view; rows that stay are kept, so a scroll makes only the new ones. */
  function draw() {
    frame = 0;
    const size = box.row;
    const [first, last] = listRows.windowOf(Math.min(box.top, rows.length * size), box.height, size, rows.length);
    const next = new Map();
    for (let position = first; position < last; position++) next.set(position, drawn.get(position) ?? build(position));
    for (const [position, line] of drawn)
      if (!next.has(position) && !line.contains(document.activeElement)) line.remove();
    let previous = null;
    for (const line of next.values()) {
      const wanted = previous ? previous.nextSibling : body.firstChild;
      if (line !== wanted) body.insertBefore(line, wanted);
      previous = line;
    }
    while (previous?.nextSibling) previous.nextSibling.remove();
    if (!next.size) body.replaceChildren();
    drawn = next;
    pad(top, first * size);
    pad(bottom, (rows.length - last) * size);
    style();
  }

  function pad(spacer, size) {
    spacer.hidden = size <= 0;
    spacer.firstChild.firstChild.style.height = `${Math.max(0, size)}px`;
  }

  /** One row can be reached with Tab; the others with the arrow keys. */
  function style() {
    for (const [position, line] of drawn) {
      const tab = position === active ? 0 : -1;
      for (const control of line.querySelectorAll("button, a")) control.tabIndex = tab;
      line.classList.toggle("geo-marked", marked !== null && rows[position] === marked);
    }
  }

  function schedule() {
    frame ||= requestAnimationFrame(draw);
  }

  function update(newRows, newCounts) {
    rows = newRows;
    counts = newCounts;
    active = Math.max(0, Math.min(active, rows.length - 1));
    if (rows[active] < 0 && active + 1 < rows.length) active++;
    drawn = new Map();
    if (box.height === 0) measure(); // it was out of sight till now
    table.setAttribute("aria-rowcount", rows.length + 1);
    body.replaceChildren();
    draw();
  }

  function move(to) {
    const step = to < active ? -1 : 1;
    let target = Math.max(0, Math.min(rows.length - 1, to));
    while (rows[target] < 0 && target + step >= 0 && target + step < rows.length) target += step;
    if (rows[target] === undefined || rows[target] < 0) return;
    active = target;
    reveal(active);
    draw();
    drawn.get(active)?.querySelector("button")?.focus({ preventScroll: true });
  }

  function reveal(position) {
    const bottom = (position + 1) * box.row + box.head;
    if (position * box.row < box.top) scrollBy(position * box.row);
    else if (bottom > box.top + box.height) scrollBy(bottom - box.height);
  }

  function key(event) {
    if (!event.target.closest("tbody")) return;
    const moves = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
      Home: 0,
      End: rows.length - 1,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    move(moves[event.key]);
  }

  function click(event) {
    const line = event.target.closest("tr[data-record]");
    if (!line || event.target.closest("a")) return;
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
    mark(record) {
      marked = record;
      style();
    },
    scrollTo(position) {
      measure();
      scrollBy(position * box.row);
      active = Math.max(0, position + (rows[position] < 0 ? 1 : 0));
      draw();
    },
    destroy() {
      cancelAnimationFrame(frame);
      observer.disconnect();
    },
  };
}
