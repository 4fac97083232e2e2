/* Copying text to the clipboard and saving files. */

import { el } from "./dom.js";

/** @typedef {import("../types/model.d.ts").Years} Years */

/**
 * Copy text to the clipboard; false where the browser does not allow it.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // no permission, or a page without a secure origin
  }
}

/** @param {string} text */
function copyBySelection(text) {
  const area = el("textarea", { class: "geo-visually-hidden", readonly: true });
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus();
  return copied;
}

/**
 * Offer a file as a download, made in the browser: nothing is sent.
 * @param {string} name
 * @param {Blob} blob
 */
export function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * "Attacks in Kunar" and 2021-2023 -> "attacks-in-kunar-2021-2023", with "-filtered" where other filters are set.
 * @param {string} title
 * @param {Years | null} years
 * @param {boolean} [filtered]
 * @returns {string}
 */
export function fileName(title, years, filtered = false) {
  const words = title
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return [words || "map", years && [...new Set(years)].join("-"), filtered && "filtered"].filter(Boolean).join("-");
}
