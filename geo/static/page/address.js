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
  let played = false; // whether the player made the last change

  /** @returns {State & { record?: string }} */
  function getState() {
    const { lat, lng } = map.getCenter();
    const { years, metric, layers, filters } = model.state;
    const state = structuredClone({ years, metric, layers, view: { lat, lng, zoom: map.getZoom() }, filters });
    const open = model.selection?.records;
    const record = open?.length === 1 ? model.store.text("id", open[0]) : "";
    return record ? { ...state, record } : state;
  }

  /**
   * @param {Record<string, unknown>} asked
   * @param {string} [source]
   */
  async function setState(asked, source = "api") {
    const { view, record, ...partial } = fragment.clean(asked, known);
    if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
    if (partial.filters) partial.filters = { ...model.state.filters, ...partial.filters };
    await model.set(partial, { source });
    if (record !== undefined) await openRecord(record);
  }

  /** @param {string | null} id Null closes what is open. */
  async function openRecord(id) {
    if (id === null) return model.selection && model.select(null);
    await model.store.texts;
    const i = model.store.find(id);
    if (i < 0) share.onMissing?.(id);
    else if (String(model.selection?.records) !== String(i)) model.select(i);
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

  /** The map is about to jump at the reader's wish: the view before stays in the history. */
  function jump() {
    write(); // what has not been written yet belongs to the view before
    step = !embed;
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
    if (state) follow({ record: null, ...state });
  };
  addEventListener("hashchange", moved);
  map.on("moveend", soon);
  map.on("geo:step", jump);
  const stop = model.on("change", ({ changed, source }) => {
    if (changed.has("selection")) soon();
    if (!STEPS.some((name) => changed.has(name))) return;
    // Play adds one step, before which the period is the one that the reader chose.
    if (!embed && source && (HUMAN.has(source) || (source === "player" && !played))) step = true;
    played = source === "player";
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

  /** @type {Share} */
  const share = {
    getState,
    setState,
    restore,
    address,
    destroy() {
      clearTimeout(timer);
      removeEventListener("hashchange", moved);
      map.off("moveend", soon);
      map.off("geo:step", jump);
      stop();
    },
  };
  return share;
}
