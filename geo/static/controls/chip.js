/* The legend of an embedded map, folded into a chip that shows the metric and its classes. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { el, icon, setText } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { createLegend } from "./legend.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Options} Options */

/**
 * A `<details>` whose summary is the metric with its colour ramp.
 * @param {Model} model
 * @param {Options} options
 * @param {Actions} actions
 * @returns {Control}
 */
export function createChip(model, options, actions) {
  const ramp = el("span", { class: "geo-chip-ramp", "aria-hidden": "true" });
  const name = el("span", { class: "geo-chip-name" });
  const legend = createLegend(model);
  const full = el("a", { class: "geo-chip-full", target: "_blank", rel: "noopener" }, t("embed.full"), icon("outside"));
  const note = el("p", { class: "geo-chip-note", dir: "auto" }, options.title, " ", full);
  /** @type {HTMLDetailsElement} */
  const element = el(
    "details",
    { class: "geo-chip", onkeydown: onEscape, ontoggle: update },
    el("summary", {}, name, ramp),
    model.rest && el("p", { class: "geo-rest" }, binText.rule(model)),
    legend.element,
    note,
  );

  /** @param {KeyboardEvent} event */
  function onEscape(event) {
    if (event.key !== "Escape" || !element.open) return;
    element.open = false;
    element.querySelector("summary")?.focus();
  }

  function update() {
    const choropleth = model.state.layers.includes("choropleth") ? model.layers.choropleth : undefined;
    setText(name, choropleth ? t(`metric.${model.state.metric}`) : t("layers.title"));
    const entries = choropleth?.legend() ?? [];
    ramp.hidden = !choropleth;
    const swatches = entries.map(({ label, paint }) => {
      const canvas = el("canvas", { class: "geo-swatch" });
      swatch(canvas, [22, 10], paint);
      return el("span", {}, canvas, label);
    });
    ramp.replaceChildren(...swatches);
    const address = actions.share.address();
    full.hidden = address === null;
    if (address) full.href = address;
  }

  const stop = model.on("change", ({ changed }) => {
    if (changed.has("metric") || changed.has("layers") || changed.has("theme") || changed.has("years")) update();
  });
  update();
  return {
    element,
    destroy() {
      stop();
      legend.destroy();
    },
  };
}
