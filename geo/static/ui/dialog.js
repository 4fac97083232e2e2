/* Modal dialogs. */

import { t } from "../core/i18n.js";
import { button, el } from "./dom.js";

/** A modal with a title and a close button; the browser keeps the focus in it, Escape closes, and focus goes back. */
export function createDialog(name, title, ...children) {
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
