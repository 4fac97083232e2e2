/* Lanes below the time bar: who claimed what, when. A lane for each group, a bar for each claim; a day chosen here leaves the claims in force on it. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { recordsOf } from "../layers/selection.js";
import { looks, tierOf } from "../layers/stronghold_looks.js";
import { isoDay } from "../ui/describe.js";
import { button, el, setText } from "../ui/dom.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {{ i: number, from: number, to: number }} Claim Days since 1970. */

const DAY_MS = 864e5;
const BAR_PX = 9; // height of a claim's bar; the tap target is the lane's background round it
const LABELS = 12; // years that have a label at most

/** @type {(iso: string) => number} */
const dayOf = (iso) => Date.parse(iso) / DAY_MS;
/** @type {(day: number) => string} */
const isoOf = (day) => new Date(Math.round(day) * DAY_MS).toISOString().slice(0, 10);

/**
 * A folded section; null where no claim is dated.
 * @param {Model} model
 * @returns {Control | null}
 */
export function createLanes(model) {
  const { extent } = model;
  const claims = extent ? datedClaims(model, extent) : [];
  if (!extent || !claims.length) return null;
  const [firstYear, lastYear] = extent;
  const [first, last] = [dayOf(`${pad(extent[0])}-01-01`), dayOf(`${pad(extent[1])}-12-31`)];
  /** @type {(day: number) => string} */
  const at = (day) => `${((Math.min(Math.max(day, first), last) - first) / (last - first)) * 100}%`;

  const body = el("div", { class: "geo-lanes-body" });
  /** @type {HTMLInputElement} */
  const date = el("input", {
    type: "date",
    min: isoOf(first),
    max: isoOf(last),
    "aria-label": t("lanes.date"),
    onchange: () => choose(date.value),
  });
  const clear = button("geo-lanes-clear", { text: t("lanes.clear") }, () => choose(""));
  const summary = el("summary", {}, t("lanes.title"));
  /** @type {HTMLDetailsElement} */
  const element = el(
    "details",
    { class: "geo-lanes", ontoggle: update },
    summary,
    el("p", { class: "geo-lanes-on" }, el("label", {}, `${t("lanes.on")} `, date), clear),
    body,
  );

  /** @param {string} iso A day, "" for none. */
  function choose(iso) {
    const filters = { ...model.state.filters, on: iso };
    const year = Number(iso.slice(0, 4));
    /** @type {Years | null} */
    const years = iso ? [year, year] : null;
    model.set({ filters, years }, { source: "filters" });
  }

  function update() {
    const { on } = model.state.filters;
    setText(summary, on ? `${t("lanes.title")}: ${t("filter.on", { date: isoDay(on) })}` : t("lanes.title"));
    if (date.value !== on) date.value = on;
    clear.hidden = !on;
    if (!element.open) return;
    const styles = looks(model);
    const groups = model.store.column("group");
    const order = [...new Set(claims.map(({ i }) => groups[i]))].sort((a, b) => styles[a].rank - styles[b].rank);
    const line = on ? el("span", { class: "geo-lanes-line", style: { insetInlineStart: at(dayOf(on)) } }) : null;
    body.replaceChildren(
      el("div", { class: "geo-lane geo-lanes-axis", "aria-hidden": "true" }, el("span", {}), axis()),
      ...order.map((group) =>
        lane(
          styles[group].label,
          styles[group].colour,
          claims.filter(({ i }) => groups[i] === group),
        ),
      ),
    );
    if (line) for (const track of body.querySelectorAll(".geo-lane-track")) track.append(line.cloneNode());
  }

  /**
   * @param {string} label
   * @param {string} colour
   * @param {Claim[]} list
   */
  function lane(label, colour, list) {
    /** @type {number[]} The last day of each row of bars: claims of one time lie below each other. */
    const ends = [];
    const bars = list.map(({ i, from, to }) => {
      let row = ends.findIndex((end) => end < from);
      if (row < 0) row = ends.length;
      ends[row] = to;
      return bar(i, colour, from, to, row);
    });
    const track = el(
      "div",
      { class: "geo-lane-track", dir: "ltr", style: { height: `${ends.length * BAR_PX + 4}px` }, onclick: pick },
      bars,
    );
    return el("div", { class: "geo-lane" }, el("span", { class: "geo-lane-name", dir: "auto" }, label), track);
  }

  /**
   * @param {number} i
   * @param {string} colour
   * @param {number} from
   * @param {number} to
   * @param {number} row
   */
  function bar(i, colour, from, to, row) {
    const { store, derived } = model;
    const until = store.text("date_end", i);
    const words = [store.text("title", i), i18n.word("tier", tierOf(model, i)), store.text("date_start", i), until];
    const name = words.filter(Boolean).join(", ");
    return el("button", {
      type: "button",
      class: `geo-claim geo-claim-${tierOf(model, i)}${derived.selected[i] ? "" : " geo-claim-off"}`,
      title: name,
      "aria-label": name,
      style: {
        left: at(from),
        width: `max(6px, calc(${at(to)} - ${at(from)}))`,
        top: `${row * BAR_PX + 2}px`,
        color: colour,
      },
      onclick: (/** @type {MouseEvent} */ event) => {
        event.stopPropagation();
        model.select(i);
      },
    });
  }

  /** Leave the claims in force on the day that was clicked. @param {MouseEvent} event */
  function pick(event) {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    choose(isoOf(first + ((event.clientX - box.left) / box.width) * (last - first)));
  }

  function axis() {
    const step = Math.ceil((lastYear - firstYear + 1) / LABELS);
    const years = [];
    for (let year = firstYear; year <= lastYear; year += step) years.push(year);
    return el(
      "div",
      { class: "geo-lane-track", dir: "ltr" },
      years.map((year) => el("span", { style: { left: at(dayOf(`${pad(year)}-01-01`)) } }, String(year))),
    );
  }

  const stop = model.on("change", ({ changed }) => {
    if (["years", "filters", "theme", "texts"].some((part) => changed.has(/** @type {any} */ (part)))) update();
  });
  update();
  return { element, destroy: stop };
}

/** @param {number} year */
const pad = (year) => String(year).padStart(4, "0");

/**
 * Claims that belong to some year and count, with their first and last day; one without an end lasts to the end of the data.
 * @param {Model} model
 * @param {Years} extent
 * @returns {Claim[]}
 */
function datedClaims(model, extent) {
  const { store, rows } = model;
  const list = recordsOf(model, "stronghold", (i) => rows.first[i] !== 0 && rows.weight[i] > 0);
  return Array.from(list, (i) => {
    const end = store.text("date_end", i) || `${pad(Math.max(rows.last[i], extent[1]))}-12-31`;
    return { i, from: dayOf(store.text("date_start", i)), to: dayOf(end) };
  }).sort((a, b) => a.from - b.from || a.i - b.i);
}
