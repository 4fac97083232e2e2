/* The state in the address of the page: its fragment, the history, and links to the present view. */

import * as fragment from "../core/fragment.js";
import * as timescale from "../ui/timescale.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").PartialState} PartialState */
/** @typedef {import("../types/model.d.ts").Part} Part */
/** @typedef {import("../types/model.d.ts").State} State */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Share} Share */

const QUIET_MS = 250; // without a change, before the address is written: browsers limit how often a page may
/** @type {Part[]} */
const STEPS = ["years", "metric", "layers", "filters"];
const HUMAN = new Set(["timebar", "legend", "filters", "list"]); // sources of changes that the back button undoes

/**
 * Keep state and address equal. An embedded page adds nothing to the history, because the back button belongs to its host.
 * @param {import("leaflet").Map} map
 * @param {Model} model
 * @param {Options} options
 * @param {boolean} embed
 * @returns {Share}
 */
export function createAddress(map, model, options, embed) {
  const known = {
    extent: timescale.extent(model),
    metrics: model.metrics,
    layers: Object.keys(model.layers),
    /** @param {string} column */
    words: (column) => new Set(model.store.words(column)),
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let step = false; // whether the next address becomes an entry of the history
  let written = location.hash;

  /** @returns {State} */
  function getState() {
    const { lat, lng } = map.getCenter();
    const { years, metric, layers, filters } = model.state;
    return structuredClone({ years, metric, layers, view: { lat, lng, zoom: map.getZoom() }, filters });
  }

  /**
   * @param {Record<string, unknown>} asked
   * @param {string} [source]
   */
  async function setState(asked, source = "api") {
    const { view, ...partial } = fragment.clean(asked, known);
    if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
    if (partial.filters) partial.filters = { ...model.state.filters, ...partial.filters };
    await model.set(partial, { source });
  }

  function write() {
    const hash = fragment.format(getState());
    const push = step;
    step = false;
    if (hash === location.hash) return;
    written = hash;
    try {
      if (push) history.pushState(null, "", hash);
      else history.replaceState(history.state, "", hash);
    } catch {
      // about:srcdoc and some sandboxes have no address that a script may write; the page works without
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(write, QUIET_MS);
  }

  /** Set the state that the options ask for, overlaid by the one in the address. */
  async function restore() {
    const { years, metric, layers } = options;
    const asked = Object.fromEntries(
      Object.entries({ years, metric, layers }).filter(([, value]) => value !== undefined && value !== null),
    );
    await follow({ ...asked, ...fragment.parse(location.hash, known) });
  }

  /** @param {Record<string, unknown>} state */
  async function follow(state) {
    await setState(state, "address");
    clearTimeout(timer);
  }

  const moved = () => {
    if (location.hash === written) return;
    written = location.hash;
    const state = fragment.parse(location.hash, known);
    if (state) follow(state);
  };
  addEventListener("hashchange", moved);
  map.on("moveend", soon);
  const stop = model.on("change", ({ changed, source }) => {
    if (!STEPS.some((name) => changed.has(name))) return;
    if (!embed && source && HUMAN.has(source)) step = true;
    soon();
  });

  /**
   * The address of the present view; null where the page has none that others could open.
   * @param {{ embed?: boolean }} [options]
   */
  function address({ embed: embedded = false } = {}) {
    if (!/^(https?|file):/.test(location.protocol)) return null;
    const url = new URL(location.href);
    if (embedded) url.searchParams.set("embed", "1");
    else url.searchParams.delete("embed");
    url.hash = fragment.format(getState());
    return url.href;
  }

  return {
    getState,
    setState,
    restore,
    address,
    destroy() {
      clearTimeout(timer);
      removeEventListener("hashchange", moved);
      map.off("moveend", soon);
      stop();
    },
  };
}
