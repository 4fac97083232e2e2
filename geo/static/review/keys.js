/* Keys: one for each decision and move, one for each field that selected words fill. */

import { fieldOfKey } from "./fields.js";
import { addMissed, fillField } from "./mending.js";

/** @typedef {import("./review.js").Review} Review */

/**
 * Do what a key means.
 * @param {Review} review
 * @param {string} key
 * @returns {boolean} Whether the key means something here.
 */
export function press(review, key) {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  /** @type {Record<string, () => unknown>} */
  const common = {
    z: () => review.undo(),
    b: () => review.back(),
    "?": () => review.help.showModal(),
    ArrowLeft: () => review.move(-1),
    ArrowRight: () => review.move(1),
  };
  /** @type {Record<string, () => unknown>} */
  const own = review.pair
    ? { y: () => review.tell("same"), n: () => review.tell("different"), u: () => review.tell("unsure") }
    : {
        a: () => review.decide("accept"),
        r: () => review.decide("reject"),
        s: () => review.decide("skip"),
        m: () => addMissed(review),
      };
  const action = own[letter] ?? common[letter];
  if (action) {
    action();
    return true;
  }
  const field = review.pair ? null : fieldOfKey(letter);
  if (field) fillField(review, field);
  return !!field;
}

/**
 * Listen to the keys of a page: not while the reader types, nor with Ctrl, Alt or Meta, which are the browser's.
 * @param {Review} review
 */
export function listen(review) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.matches?.("input:not([type=checkbox]), select, textarea");
    if (typing) {
      if (event.key !== "Escape" && !(event.key === "Enter" && target.matches("input, select"))) return;
      target.blur(); // which takes what was typed
      review.panel.focus({ preventScroll: true });
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !review.keysOn) return;
    if (document.querySelector("dialog[open]")) return;
    if (press(review, event.key)) event.preventDefault();
  });
}
