/* The legend of an embedded map: a chip with the metric and its classes; opened, the symbols of the layers too. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { el, icon, setText } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { createLegend } from "./legend.js";

export function createChip(model, options, actions) {
  const ramp = el("span", { class: "geo-chip-ramp", "aria-hidden": "true" });
  const name = el("span", { class: "geo-chip-name" });
  const legend = createLegend(model);
  const full = el("a", { class: "geo-chip-full", target: "_blank", rel: "noopener" }, t("embed.full"), icon("outside"));
  const note = el("p", { class: "geo-chip-note", dir: "auto" }, options.title, " ", full);
  const element = el(
    "details",
    { class: "geo-chip", onkeydown: onEscape, ontoggle: update },
    el("summary", {}, name, ramp),
    model.rest && el("p", { class: "geo-rest" }, binText.rule(model)),
    legend.element,
    note,
  );

  function onEscape(event) {
    if (event.key !== "Escape" || !element.open) return;
    element.open = false;
    element.querySelector("summary").focus();
  }

  function update() {
    const shown = model.state.layers.includes("choropleth") && model.layers.choropleth;
    setText(name, shown ? t(`metric.${model.state.metric}`) : t("layers.title"));
    const entries = shown ? model.layers.choropleth.legend() : [];
    ramp.hidden = !shown;
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
    if (
      changed.has("metric") ||
      changed.has("layers") ||
      changed.has("theme") ||
      (changed.has("years") && element.open)
    )
      update();
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
