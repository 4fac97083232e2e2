/* The right column: legend, filters, downloads. On a narrow page it is a sheet that opens from the bottom edge. */

import { t } from "../core/i18n.js";
import { button, el, setAttribute } from "../ui/dom.js";
import { createDownloads } from "./downloads.js";
import { createFilters } from "./filters.js";
import { createLegend } from "./legend.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Options} Options */

/**
 * The right column, with the buttons that open it as a sheet and that open the list.
 * @param {Model} model
 * @param {Options} options
 * @param {Actions & { map: import("leaflet").Map }} actions
 * @returns {Control}
 */
export function createPanel(model, options, actions) {
  const parts = [createLegend(model), createFilters(model), createDownloads(model, options, actions)];
  const body = el(
    "div",
    { class: "geo-panel-body", id: "geo-panel-body" },
    parts.map((part) => part.element),
  );
  const sheet = button(
    "geo-panel-toggle",
    { icon: "layers", text: t("panel.open"), "aria-expanded": "false", "aria-controls": "geo-panel-body" },
    () => toggle(),
  );
  const listButton = button(
    "geo-list-open",
    { icon: "list", text: t("list.open"), "aria-expanded": "false", "aria-controls": "geo-list" },
    () => {
      toggle(false);
      actions.list();
    },
  );
  const element = el("div", { class: "geo-panel" }, el("div", { class: "geo-panel-bar" }, sheet, listButton), body);

  function toggle(open = !element.classList.contains("geo-panel-open")) {
    element.classList.toggle("geo-panel-open", open);
    setAttribute(sheet, "aria-expanded", open);
  }

  /** @param {KeyboardEvent} event */
  const onEscape = (event) => {
    if (event.key !== "Escape" || !element.classList.contains("geo-panel-open")) return;
    toggle(false);
    sheet.focus();
  };
  element.addEventListener("keydown", onEscape);
  return {
    element,
    destroy() {
      element.removeEventListener("keydown", onEscape);
      for (const part of parts) part.destroy();
    },
  };
}
