/* Pointer on the time bar: a handle resizes the period, its middle moves it, a click takes the year under it. */

import * as timescale from "./timescale.js";

const GRAB = 16; // px round a handle's edge that still take the handle
const STILL = 4; // px of movement that make a drag of a click

/** `choose(years)` is called whenever the period changes under the pointer. */
export function createTimeDrag(track, model, choose) {
  const extent = timescale.extent(model);
  const N = timescale.length(extent);
  let held = null;

  function fraction(event) {
    const box = track.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  }

  /** What the pointer takes hold of: the nearer handle within reach, else the window or a bar. */
  function grasp(event) {
    const box = track.getBoundingClientRect();
    const [from, to] = model.state.years ?? extent;
    const x = event.clientX - box.left;
    const edges = { from: ((from - extent[0]) / N) * box.width, to: ((to - extent[0] + 1) / N) * box.width };
    // A handle is taken from outside its edge, or from its own half of a narrow window, so that a window of one year can grow both ways.
    const reach = Math.min(GRAB, (edges.to - edges.from) / 4);
    if (x >= edges.from - GRAB && x <= edges.from + reach) return "from";
    if (x <= edges.to + GRAB && x >= edges.to - reach) return "to";
    return model.state.years && x > edges.from && x < edges.to ? "window" : "bar";
  }

  function down(event) {
    if (event.button !== 0) return;
    held = {
      what: grasp(event),
      onGrip: event.target.closest(".geo-handle") !== null,
      x: event.clientX,
      year: timescale.yearAt(fraction(event), extent),
      years: model.state.years,
      moved: false,
    };
    track.setPointerCapture(event.pointerId);
    track.dataset.held = held.what;
    if (held.what === "from" || held.what === "to")
      track.querySelector(`.geo-handle-${held.what}`).focus({ preventScroll: true });
    event.preventDefault();
  }

  function move(event) {
    if (!held) {
      track.dataset.over = grasp(event);
      return;
    }
    held.moved ||= Math.abs(event.clientX - held.x) > STILL;
    if (!held.moved) return;
    const years = period(event);
    const now = model.state.years;
    if (!now || years[0] !== now[0] || years[1] !== now[1]) choose(years);
  }

  function period(event) {
    const edge = timescale.edgeAt(fraction(event), extent);
    if (held.what === "from") return timescale.resize(held.years, "from", extent[0] + edge, extent);
    if (held.what === "to") return timescale.resize(held.years, "to", extent[0] + edge - 1, extent);
    const year = timescale.yearAt(fraction(event), extent);
    if (held.what === "window") return timescale.shift(held.years, year - held.year, extent);
    return [Math.min(held.year, year), Math.max(held.year, year)]; // drawing a new window over the bars
  }

  function up(event) {
    if (!held) return;
    const { moved, year, what, onGrip } = held;
    held = null;
    delete track.dataset.held;
    if (moved || onGrip || event.type === "pointercancel") return;
    const [from, to] = model.state.years ?? extent;
    if (event.shiftKey && model.state.years) choose([Math.min(from, year), Math.max(to, year)]);
    else if (what === "window" && from === to)
      choose(null); // the only year clicked again
    else choose([year, year]);
  }

  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
  for (const [name, listener] of Object.entries(listeners)) track.addEventListener(name, listener);
  return {
    destroy() {
      for (const [name, listener] of Object.entries(listeners)) track.removeEventListener(name, listener);
    },
  };
}
