/* Pointer on the time bar: a handle resizes the period, its middle moves it, a click takes the year under it. */

import * as timescale from "./timescale.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {{ what: "from" | "to" | "window" | "bar", onGrip: boolean, x: number, year: number, slot: import("./year_scale.js").Slot, years: Years | null, moved: boolean }} Drag */

const GRAB = 16; // px from a handle's edge within which a press takes the handle
const STILL = 4; // px of movement up to which a press is still a click

/**
 * Listen to the pointer on the track; `choose` is called whenever the period changes under it.
 * @param {HTMLElement} track
 * @param {Model} model
 * @param {() => import("./year_scale.js").YearScale} scale
 * @param {(years: Years | null) => unknown} choose
 */
export function createTimeDrag(track, model, scale, choose) {
  const extent = timescale.extent(model);
  /** @type {Drag | null} */
  let held = null;

  /** @param {PointerEvent} event */
  function fraction(event) {
    const box = track.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  }

  /**
   * What a press here takes: a handle within reach, else the window or a bar.
   * @param {PointerEvent} event
   * @returns {Drag["what"]}
   */
  function grasp(event) {
    const box = track.getBoundingClientRect();
    const [from, to] = model.state.years ?? extent;
    const x = event.clientX - box.left;
    const edges = { from: scale().start(from) * box.width, to: scale().end(to) * box.width };
    // Inside a narrow window each handle has a quarter of it, so that a window of one year can be resized both ways and moved.
    const reach = Math.min(GRAB, (edges.to - edges.from) / 4);
    if (x >= edges.from - GRAB && x <= edges.from + reach) return "from";
    if (x <= edges.to + GRAB && x >= edges.to - reach) return "to";
    return model.state.years && x > edges.from && x < edges.to ? "window" : "bar";
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0) return;
    held = {
      what: grasp(event),
      onGrip: /** @type {Element} */ (event.target).closest(".geo-handle") !== null,
      x: event.clientX,
      year: scale().yearAt(fraction(event)),
      slot: scale().slotAt(fraction(event)),
      years: model.state.years,
      moved: false,
    };
    track.setPointerCapture(event.pointerId);
    track.dataset.held = held.what;
    if (held.what === "from" || held.what === "to")
      /** @type {HTMLElement | null} */ (track.querySelector(`.geo-handle-${held.what}`))?.focus({
        preventScroll: true,
      });
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!held) {
      track.dataset.over = grasp(event);
      return;
    }
    held.moved ||= Math.abs(event.clientX - held.x) > STILL;
    if (!held.moved) return;
    const years = period(event, held);
    const now = model.state.years;
    if (!now || years[0] !== now[0] || years[1] !== now[1]) choose(years);
  }

  /**
   * The period that a drag to here asks for.
   * @param {PointerEvent} event
   * @param {Drag} drag
   * @returns {Years}
   */
  function period(event, drag) {
    const edge = scale().edgeAt(fraction(event));
    if (drag.what === "from") return timescale.resize(drag.years, "from", edge, extent);
    if (drag.what === "to") return timescale.resize(drag.years, "to", edge - 1, extent);
    const year = scale().yearAt(fraction(event));
    if (drag.what === "window" && drag.years) return timescale.shift(drag.years, year - drag.year, extent);
    const here = scale().slotAt(fraction(event));
    return [Math.min(drag.slot.from, here.from), Math.max(drag.slot.to, here.to)]; // from a bar, a drag draws a new window
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (!held) return;
    const { moved, slot, what, onGrip } = held;
    held = null;
    delete track.dataset.held;
    if (moved || onGrip || event.type === "pointercancel") return;
    const [from, to] = model.state.years ?? extent;
    if (event.shiftKey && model.state.years) choose([Math.min(from, slot.from), Math.max(to, slot.to)]);
    else if (what === "window" && from === slot.from && to === slot.to)
      choose(null); // a click on the only bar chosen shows all years
    else choose([slot.from, slot.to]);
  }

  /** @type {["pointerdown" | "pointermove" | "pointerup" | "pointercancel", (event: PointerEvent) => void][]} */
  const listeners = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", up],
  ];
  for (const [name, listener] of listeners) track.addEventListener(name, listener);
  return {
    destroy() {
      for (const [name, listener] of listeners) track.removeEventListener(name, listener);
    },
  };
}
