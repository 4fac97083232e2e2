/* The right column: layers with their legend, filters, and what one can take away. On a phone it is a sheet that opens from the bottom edge. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  geo.controls.panel = function (model, options, actions) {
    const parts = [geo.controls.legend(model), geo.controls.filters(model), geo.controls.take(model, options, actions)];
    const body = geo.el(
      "div",
      { class: "geo-panel-body", id: "geo-panel-body" },
      parts.map((part) => part.element),
    );
    const sheet = geo.button(
      "geo-panel-toggle",
      { icon: "layers", text: geo.t("panel.open"), "aria-expanded": "false", "aria-controls": "geo-panel-body" },
      () => toggle(),
    );
    const listButton = geo.button(
      "geo-list-open",
      { icon: "list", text: geo.t("list.open"), "aria-expanded": "false", "aria-controls": "geo-list" },
      () => {
        toggle(false);
        actions.list();
      },
    );
    const element = geo.el("div", { class: "geo-panel" }, geo.el("div", { class: "geo-panel-bar" }, sheet, listButton), body);

    function toggle(open = !element.classList.contains("geo-panel-open")) {
      element.classList.toggle("geo-panel-open", open);
      geo.setAttribute(sheet, "aria-expanded", open);
    }

    const escape = (event) => {
      if (event.key !== "Escape" || !element.classList.contains("geo-panel-open")) return;
      toggle(false);
      sheet.focus();
    };
    element.addEventListener("keydown", escape);
    return {
      element,
      destroy() {
        for (const part of parts) part.destroy();
      },
    };
  };
})((globalThis.geo ??= {}));
