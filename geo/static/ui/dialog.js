/* Modal dialogs. */

import { t } from "../core/i18n.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types/page.d.ts").Child} Child */

/**
 * A modal dialog with a title and a close button; the browser traps the focus, closes on Escape and restores the focus.
 * @param {string} name Class of the dialog.
 * @param {HTMLElement} title Heading with an id.
 * @param {...Child} children
 * @returns {HTMLDialogElement}
 */
export function createDialog(name, title, ...children) {
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    {
      class: `geo-dialog ${name}`,
      "aria-labelledby": title.id,
      onclick: (event) => event.target === dialog && dialog.close(),
    },
    el(
      "div",
      { class: "geo-dialog-head" },
      title,
      button("geo-close", { icon: "close", label: t("close") }, () => dialog.close()),
    ),
    children,
  );
  return dialog;
}
