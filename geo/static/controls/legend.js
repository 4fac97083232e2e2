/* Layers and legend: each layer's switch and count, and under it its symbols with their counts. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { baseLegend } from "../layers/world.js";
import { el, setText } from "../ui/dom.js";
import { swatch, swatchSize } from "../ui/swatch.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Part} Part */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").LegendEntry} LegendEntry */
/** @typedef {{ word: string, label: string, canvas: HTMLCanvasElement, count: HTMLElement, item: HTMLElement }} Row */
/** @typedef {import("../types/model.d.ts").LayerName} LayerName */

/** The records that a layer shows alone. @type {Record<string, string>} */
const KIND = { strongholds: "stronghold", statistics: "statistic" };
const SHORT = 8; // letters of a label that fit below its swatch; a class with a longer one has a line of its own

/**
 * The section with a switch, a count and a legend for each layer of the map.
 * @param {Model} model
 * @returns {Control}
 */
export function createLegend(model) {
  const parts = [
    ...Object.keys(model.layers)
      .filter((name) => hasRecords(model, name))
      .map((name) => part(model, name)),
    ...(model.base ? [basePart(model)] : []),
  ];
  const element = el(
    "section",
    { class: "geo-section geo-legend", "aria-label": t("layers.region") },
    el("h2", {}, t("layers.title")),
    parts.map((one) => one.element),
  );
  const stop = model.on("change", ({ changed }) => {
    if (changed.size === 1 && changed.has("selection")) return;
    for (const one of parts) one.update(changed);
  });
  return { element, destroy: stop };
}

/**
 * Whether there are records that a layer could ever show: event data has no claimed strongholds and no totals. The one
 * layer of a map is listed all the same.
 * @param {Model} model
 * @param {string} name
 */
function hasRecords({ store, state }, name) {
  if (state.layers.includes(name) && state.layers.length === 1) return true;
  if (name === "cross_border") return store.column(name).some((flag) => flag !== 0);
  return KIND[name] === undefined || store.words("kind").includes(KIND[name]);
}

/**
 * One layer: switch, count, entries; the choropleth's part also chooses the metric.
 * @param {Model} model
 * @param {string} name
 */
function part(model, name) {
  /** @type {HTMLInputElement} */
  const input = el("input", { type: "checkbox", role: "switch", onchange: () => toggle(model, name, input.checked) });
  const count = el("span", { class: "geo-count" });
  const entries = el("ul", { class: `geo-entries geo-entries-${name}` });
  const metric = name === "choropleth" ? metricChoice(model) : null;
  const moved = metric && el("p", { class: "geo-how geo-moved" });
  const body = el("div", { class: "geo-layer-body" }, metric?.element, entries, moved);
  const element = el(
    "div",
    { class: "geo-layer" },
    el("label", { class: "geo-layer-head" }, input, el("span", { class: "geo-layer-name" }, t(`layer.${name}`)), count),
    body,
  );
  /** @type {Row[]} */
  let rows = [];

  /** @param {Set<Part>} changed */
  function update(changed) {
    const shown = model.state.layers.includes(name);
    input.checked = shown;
    body.hidden = !shown;
    setText(count, i18n.number(model.derived.layers[/** @type {LayerName} */ (name)] ?? 0));
    metric?.update();
    if (moved) noteClasses(model, moved);
    if (shown) rows = fill(entries, rows, model.layers[name].legend(), swatchSize(name), changed);
  }

  update(new Set(["theme"]));
  return { element, update };
}

/**
 * What the base map shows: water, land outside the study, disputed lines.
 * @param {Model} model
 */
function basePart(model) {
  const entries = el("ul", { class: "geo-entries geo-entries-base" });
  const element = el(
    "div",
    { class: "geo-layer" },
    el("div", { class: "geo-layer-head" }, el("span", { class: "geo-layer-name" }, t("legend.base"))),
    el("div", { class: "geo-layer-body" }, entries),
  );
  /** @type {Row[]} */
  let rows = [];
  /** @param {Set<Part>} changed */
  function update(changed) {
    rows = fill(entries, rows, baseLegend(model), swatchSize("strongholds"), changed);
  }
  update(new Set(["theme"]));
  return { element, update };
}

/**
 * Say for which periods the classes hold; and which provinces ended before the end of the period and have records, which are then counted
 * in their successors.
 * @param {Model} model
 * @param {HTMLElement} note
 */
function noteClasses(model, note) {
  const names = new Map(model.store.provinces.map(({ code, name }) => [code, name]));
  const pairs = model.drawn.moved.filter(([old]) => model.derived.totals.provinces[old]);
  /** @param {string} code */
  const nameOf = (code) => names.get(code) ?? code;
  const { years } = model.state;
  const classes = t(years && years[0] === years[1] ? "legend.classes.year" : "legend.classes.period");
  const moved = pairs.map(([old, now]) => t("layers.moved", { old: nameOf(old), now: nameOf(now) }));
  setText(note, [classes, ...moved].join(" "));
}

/**
 * Update the entries: only their counts, unless the entries themselves or their colours changed.
 * @param {HTMLElement} list
 * @param {Row[]} rows
 * @param {LegendEntry[]} legend
 * @param {[number, number]} size
 * @param {Set<Part>} changed
 * @returns {Row[]}
 */
function fill(list, rows, legend, size, changed) {
  const same =
    rows.length === legend.length &&
    rows.every((row, k) => row.word === legend[k].word && row.label === legend[k].label);
  if (!same) {
    rows = legend.map(rowOf);
    list.replaceChildren(...rows.map((row) => row.item));
    for (const row of rows) row.item.classList.toggle("geo-entry-long", row.label.length > SHORT);
  }
  rows.forEach((row, k) => {
    const { count, paint } = legend[k];
    setText(row.count, count === null || count === undefined ? "" : i18n.number(count));
    row.item.classList.toggle("geo-none", count === 0);
    if (!same || changed.has("theme") || changed.has("metric")) swatch(row.canvas, size, paint);
  });
  return rows;
}

/**
 * The elements of one entry.
 * @param {LegendEntry} entry
 * @returns {Row}
 */
function rowOf({ word, label }) {
  const canvas = el("canvas", { class: "geo-swatch", "aria-hidden": "true" });
  const count = el("span", { class: "geo-count" });
  const name = el("span", { class: "geo-entry-name", dir: "auto" }, label);
  return { word, label, canvas, count, item: el("li", {}, canvas, name, count) };
}

/**
 * @param {Model} model
 * @param {string} name
 * @param {boolean} on
 */
function toggle(model, name, on) {
  const layers = model.state.layers.filter((other) => other !== name);
  model.set({ layers: on ? [...layers, name] : layers }, { source: "legend" });
}

/** @param {Model} model */
function metricChoice(model) {
  /** @type {HTMLSelectElement} */
  const select = el(
    "select",
    { "aria-label": t("metric.choose"), onchange: () => model.set({ metric: select.value }, { source: "legend" }) },
    model.metrics.map((name) => el("option", { value: name }, t(`metric.${name}`))),
  );
  return {
    element: select,
    update() {
      if (select.value !== model.state.metric) select.value = model.state.metric;
    },
  };
}
