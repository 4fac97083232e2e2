/* The state of the page outside it: the address, the history, copied links and the code to embed this view. */

import * as fragment from "../core/fragment.js";
import * as timescale from "../ui/timescale.js";

const QUIET_MS = 250; // the address follows when the reader rests
const STEPS = ["years", "metric", "layers", "filters"];
const HUMAN = new Set(["timebar", "legend", "filters", "list"]); // where a change is a step that "back" takes back

/** An embedded page never adds to the history: the back button belongs to the page round it. */
export function createAddress(map, model, options, embed) {
  const known = {
    extent: timescale.extent(model),
    metrics: model.metrics,
    layers: Object.keys(model.layers),
    words: (column) => new Set(model.store.words(column)),
  };
  let timer = null;
  let step = false; // whether the next address is a step of its own in the history
  let written = location.hash;

  function getState() {
    const { lat, lng } = map.getCenter();
    const { years, metric, layers, filters } = model.state;
    return structuredClone({ years, metric, layers, view: { lat, lng, zoom: map.getZoom() }, filters });
  }

  async function setState(asked, source = "api") {
    const { view, ...partial } = fragment.clean(asked, known);
    if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
    if (partial.filters) partial.filters = { ...model.state.filters, ...partial.filters };
    await model.set(partial, { source });
  }

  function write() {
    timer = null;
    const hash = fragment.format(getState());
    const push = step;
    step = false;
    if (hash === location.hash) return;
    written = hash;
    try {
      if (push) history.pushState(null, "", hash);
      else history.replaceState(history.state, "", hash);
    } catch {
      // about:srcdoc and some sandboxes have no address to write; the view is still there
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(write, QUIET_MS);
  }

  /** What the options ask for, then what the address asks for. */
  async function restore() {
    const { years, metric, layers } = options;
    const asked = Object.fromEntries(
      Object.entries({ years, metric, layers }).filter(([, value]) => value !== undefined && value !== null),
    );
    await follow({ ...asked, ...fragment.parse(location.hash, known) });
  }

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
    if (!embed && HUMAN.has(source)) step = true;
    soon();
  });

  /** The address of the present view; null where the page has none that others could open. */
  function address({ embed = false } = {}) {
    if (!/^(https?|file):/.test(location.protocol)) return null;
    const url = new URL(location.href);
    if (embed) url.searchParams.set("embed", "1");
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
