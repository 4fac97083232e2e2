/* Layers, metric and legend in one: each layer's switch and count, and under it what its symbols mean and how many there are. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { el, setText } from "../ui/dom.js";
import { swatch, swatchSize } from "../ui/swatch.js";

const SHORT = 8; // letters of a class's label that fit below its shade; with longer ones each class has a line

export function createLegend(model) {
  const parts = Object.keys(model.layers).map((name) => part(model, name));
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

/** One layer: switch, count, entries; the choropleth's part also chooses the metric. */
function part(model, name) {
  const input = el("input", { type: "checkbox", role: "switch", onchange: () => toggle(model, name, input.checked) });
  const count = el("span", { class: "geo-count" });
  const entries = el("ul", { class: `geo-entries geo-entries-${name}` });
  const metric = name === "choropleth" ? metricChoice(model) : null;
  const moved = el("p", { class: "geo-how geo-moved", hidden: true });
  const body = el("div", { class: "geo-layer-body" }, metric?.element, entries, moved);
  const element = el(
    "div",
    { class: "geo-layer" },
    el("label", { class: "geo-layer-head" }, input, el("span", { class: "geo-layer-name" }, t(`layer.${name}`)), count),
    body,
  );
  let rows = [];

  function update(changed) {
    const shown = model.state.layers.includes(name);
    input.checked = shown;
    body.hidden = !shown;
    setText(count, i18n.number(model.derived.layers[name] ?? 0));
    metric?.update();
    if (metric) sayMoved(model, moved);
    if (shown) rows = fill(entries, rows, model.layers[name].legend(), swatchSize(name), changed);
  }

  update(new Set(["theme"]));
  return { element, update };
}

/** Provinces that ended before the end of the period are counted in what holds their area since; say so where it concerns a record. */
function sayMoved(model, note) {
  const names = new Map(model.store.provinces.map(({ code, name }) => [code, name]));
  const pairs = model.drawn.moved.filter(([old]) => model.derived.totals.provinces[old]);
  note.hidden = pairs.length === 0;
  setText(note, pairs.map(([old, now]) => t("layers.moved", { old: names.get(old), now: names.get(now) })).join(" "));
}

/** Bring the entries up to date: texts only, unless the entries themselves or their looks changed. */
function fill(list, rows, legend, size, changed) {
  const same =
    rows.length === legend.length &&
    rows.every((row, k) => row.word === legend[k].word && row.label === legend[k].label);
  if (!same) {
    rows = legend.map(({ word, label }) => {
      const canvas = el("canvas", { class: "geo-swatch", "aria-hidden": "true" });
      const count = el("span", { class: "geo-count" });
      return {
        word,
        label,
        canvas,
        count,
        item: el("li", {}, canvas, el("span", { class: "geo-entry-name", dir: "auto" }, label), count),
      };
    });
    list.replaceChildren(...rows.map((row) => row.item));
    list.classList.toggle(
      "geo-entries-long",
      rows.some((row) => row.label.length > SHORT),
    );
  }
  rows.forEach((row, k) => {
    const { count, paint } = legend[k];
    setText(row.count, count === null || count === undefined ? "" : i18n.number(count));
    row.item.classList.toggle("geo-none", count === 0);
    if (!same || changed.has("theme") || changed.has("metric")) swatch(row.canvas, size, paint);
  });
  return rows;
}

function toggle(model, name, on) {
  const layers = model.state.layers.filter((other) => other !== name);
  model.set({ layers: on ? [...layers, name] : layers }, { source: "legend" });
}

function metricChoice(model) {
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
