/* The keys, in a dialog. */

import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";
import { FIELDS } from "./fields.js";
import { nameOf, plainButton } from "./view.js";

/** Keys of decisions and moves; those of fields stand in `FIELDS`. */
export const KEYS = [
  ["A", "accept"],
  ["R", "reject"],
  ["S", "skip"],
  ["Z", "undo"],
  ["B", "back"],
  ["M", "missed"],
  ["Y N U", "pairs"],
  ["\u2190 \u2192", "move"],
  ["Esc", "leave"],
  ["?", "help"],
];

export function createHelp() {
  const fields = [
    ["D", "date"],
    ...FIELDS.filter((one) => one.key).map((one) => [String(one.key).toUpperCase(), one.name]),
  ];
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    { class: "rv-help", "aria-labelledby": "rv-help-title" },
    el("h2", { id: "rv-help-title", text: t("review.help") }),
    el("p", { text: t("review.help_decide") }),
    el("dl", {}, ...KEYS.map(([key, name]) => entry(key, t(`review.key.${name}`)))),
    el("p", { text: t("review.help_fields") }),
    el("dl", {}, ...fields.map(([key, name]) => entry(key, nameOf(name)))),
    el("p", { text: t("review.help_keep") }),
    plainButton("review.close", () => dialog.close()),
  );
  return dialog;
}

/** @param {string} key @param {string} text */
const entry = (key, text) => el("div", {}, el("dt", {}, el("kbd", { text: key })), el("dd", { text }));
