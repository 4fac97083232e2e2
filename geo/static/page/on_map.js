/* Time bar, legend and list as Leaflet controls, for maps without the rest of a page. */

import { createLegend } from "../controls/legend.js";
import { createList } from "../controls/list.js";
import { createTimebar } from "../controls/timebar.js";
import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { followState } from "../layers/sync.js";
import { button, el } from "../ui/dom.js";
import { createTheme } from "./theme.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("leaflet").Map} LeafletMap */
/** @typedef {(model: Model, options: Options, map: LeafletMap) => Control} CreateControl */

const EDGE_PX = 20; // Leaflet's margin of 10 px on either side of a control
const BAR_PX = 130; // the time bar below other controls, with its margin
const WIDE_PX = 700; // a map as wide as this has room for an open legend
/** @type {WeakSet<Model>} Models that follow the layer switches of their map. */
const STARTED = new WeakSet();

/** @type {Record<"years" | "legend" | "list", CreateControl>} */
const parts = {
  years: (model, options) => createTimebar(model, options, {}),
  legend(model, _options, map) {
    const legend = createLegend(model);
    const open = map.getSize().x >= WIDE_PX;
    return { ...legend, element: el("details", { open }, el("summary", {}, t("layers.title")), legend.element) };
  },
  list: (model, options) => {
    const list = createList(model, options);
    const opener = button(
      "geo-list-open",
      { icon: "list", text: t("list.open"), "aria-expanded": "false", "aria-controls": "geo-list" },
      list.toggle,
    );
    return { ...list, element: el("div", {}, opener, list.element) };
  },
};

/**
 * Put `name` (years, legend, list) into a corner of `map`; `options`: {position, theme, about}.
 * @param {LeafletMap} map
 * @param {Model} model
 * @param {"years" | "legend" | "list"} name
 * @param {Options} options
 * @returns {Promise<import("leaflet").Control>}
 */
export function putOnMap(map, model, name, options) {
  return model.ready.then(() => {
    follow(map, model);
    const box = el("div", {
      class: `geo-page geo-on-map geo-on-map-${name}`,
      lang: i18n.language(),
      dir: i18n.direction(),
    });
    const theme = createTheme(box, model, options);
    const part = parts[name](model, options, map);
    box.append(part.element);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    const control = toControl(map, box, name !== "years", options.position, () => {
      part.destroy();
      theme.destroy();
    });
    return control.addTo(map);
  });
}

/**
 * Start from the layers that are on the map, and follow its switches from then on; once for each model.
 * @param {LeafletMap} map
 * @param {Model} model
 */
function follow(map, model) {
  if (STARTED.has(model)) return;
  STARTED.add(model);
  const shown = Object.keys(model.layers).filter((layer) => map.hasLayer(model.layers[layer]));
  model.set({ layers: shown }).then(() => followState(model, map));
}

/**
 * A Leaflet control of `box`, no larger than the map; `destroy` is called when it is removed.
 * @param {LeafletMap} map
 * @param {HTMLElement} box
 * @param {boolean} overBar Whether room is left for a time bar below.
 * @param {Options["position"]} position
 * @param {() => void} destroy
 */
function toControl(map, box, overBar, position, destroy) {
  const fit = () => {
    const { x, y } = map.getSize();
    box.style.maxWidth = `${x - EDGE_PX}px`;
    box.style.maxHeight = `${y - EDGE_PX - (overBar ? BAR_PX : 0)}px`;
  };
  const control = new L.Control({ position });
  control.onAdd = () => {
    map.on("resize", fit);
    fit();
    return box;
  };
  control.onRemove = () => {
    map.off("resize", fit);
    destroy();
  };
  return control;
}
