/* Small elements that the parts of a review page share. */

import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";

/** @typedef {import("../types/review.d.ts").Value} Value */

/**
 * The name of a field for readers.
 * @param {string} field
 */
export const nameOf = (field) => t(`review.field.${field}`);

/**
 * A value as a reader reads it, "" for none.
 * @param {Value | undefined} value
 */
export function shown(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "boolean" ? t(value ? "review.yes" : "review.no") : String(value);
}

/**
 * A button with the key that presses it.
 * @param {string} label Key of its text.
 * @param {string} key
 * @param {() => void} onclick
 * @param {string} [name] Class.
 */
export function keyButton(label, key, onclick, name = "") {
  return el(
    "button",
    { type: "button", class: `rv-button ${name}`, onclick },
    el("span", { text: t(label) }),
    el("kbd", { text: key }),
  );
}

/**
 * @param {string} label
 * @param {() => void} onclick
 * @param {string} [name]
 */
export function plainButton(label, onclick, name = "") {
  return el("button", { type: "button", class: `rv-button ${name}`, text: t(label), onclick });
}
