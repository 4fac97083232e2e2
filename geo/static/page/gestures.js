/* Gestures on the map of an embedded page: it leaves scrolling to its host, or stays as it is. */

import { t } from "../core/i18n.js";
import { el, setText } from "../ui/dom.js";

/** @typedef {import("leaflet").Map} LeafletMap */

const HINT_MS = 1400; // for which a hint is shown

/**
 * A line over the map that `show(key)` shows for a moment.
 * @param {HTMLElement} holder
 */
function createHint(holder) {
  const element = el("div", { class: "geo-hint", "aria-hidden": "true" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  holder.append(element);
  return {
    /** @param {string} key */
    show(key) {
      setText(element, t(key));
      element.classList.add("geo-hint-on");
      clearTimeout(timer);
      timer = setTimeout(() => element.classList.remove("geo-hint-on"), HINT_MS);
    },
    destroy() {
      clearTimeout(timer);
      element.remove();
    },
  };
}

/** Every way in which a reader moves a map. */
const GESTURES = /** @type {const} */ ([
  "dragging",
  "touchZoom",
  "doubleClickZoom",
  "scrollWheelZoom",
  "boxZoom",
  "keyboard",
]);

/**
 * Keep the view as it is: a host wants the map as a picture that can be pointed at.
 * @param {LeafletMap} map
 * @returns {() => void}
 */
export function lockView(map) {
  const on = GESTURES.filter((name) => map[name]?.enabled());
  for (const name of on) map[name].disable();
  return () => {
    for (const name of on) map[name].enable();
  };
}

/**
 * Leave scrolling to the host page: the wheel zooms only with Ctrl, and the map takes two fingers to move; a hint says so.
 * @param {LeafletMap} map
 * @param {HTMLElement} holder
 * @returns {() => void}
 */
export function yieldScroll(map, holder) {
  const container = map.getContainer();
  const hint = createHint(holder);
  map.scrollWheelZoom.disable();
  map.dragging.disable();

  /** @param {WheelEvent} event */
  const wheel = (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      map.scrollWheelZoom.enable();
    } else {
      map.scrollWheelZoom.disable();
      if (event.isTrusted) hint.show("map.hint_wheel");
    }
  };
  // The browser decides at the start of a gesture who gets it, so dragging has to be off before a finger touches the map.
  // Two fingers still move the map, because pinching pans it.
  /** @param {PointerEvent} event */
  const pointer = (event) => {
    if (event.pointerType === "touch") map.dragging.disable();
    else map.dragging.enable();
  };
  /** @param {TouchEvent} event */
  const moving = (event) => {
    if (event.touches.length === 1 && event.cancelable) hint.show("map.hint_touch");
  };
  container.addEventListener("wheel", wheel, { capture: true, passive: false });
  container.addEventListener("touchmove", moving, { passive: true });
  container.addEventListener("pointerover", pointer, { capture: true });
  container.addEventListener("pointerdown", pointer, { capture: true });
  return () => {
    hint.destroy();
    container.removeEventListener("wheel", wheel, { capture: true });
    container.removeEventListener("touchmove", moving);
    container.removeEventListener("pointerover", pointer, { capture: true });
    container.removeEventListener("pointerdown", pointer, { capture: true });
  };
}
