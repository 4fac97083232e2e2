/* Keep a map and the state in step: a layer is on the map when the state names it. */

import { hasTiles } from "./canvas.js";
import { baseLayer } from "./land.js";

/** @import { Model } from "../types/model.d.ts" */

/**
 * Keep `map` and `model.state.layers` equal, whichever of the two is changed; returns {destroy()}.
 * @param {Model} model
 * @param {L.Map} map
 */
export function followState(model, map) {
  let busy = false;

  function follow() {
    busy = true;
    for (const [name, layer] of Object.entries(model.layers)) {
      const wanted = model.state.layers.includes(name);
      if (wanted && !map.hasLayer(layer)) map.addLayer(layer);
      if (!wanted && map.hasLayer(layer)) map.removeLayer(layer);
    }
    busy = false;
  }

  /**
   * Follow a change of the map's layers from outside, such as a folium LayerControl.
   * @param {L.LayerEvent} event
   */
  function layerSwitched({ layer, type }) {
    const own = Object.values(model.layers).find((one) => one === layer);
    if (busy || !own) return;
    const others = model.state.layers.filter((name) => name !== own.name);
    model.set({ layers: type === "layeradd" ? [...others, own.name] : others }, { source: "map" });
  }

  follow();
  map.on("layeradd layerremove", layerSwitched);
  const stop = model.on("change", ({ changed }) => changed.has("layers") && follow());
  return {
    destroy() {
      stop();
      map.off("layeradd layerremove", layerSwitched);
    },
  };
}

/**
 * What the map of a page has besides: the base map under the layers, and a background in the colours of the theme.
 * @param {Model} model
 * @param {L.Map} map
 */
export function syncLayers(model, map) {
  model.hasPage = true; // from here on the page shows what is selected
  const base = hasTiles(map) ? null : baseLayer(model).addTo(map);
  const followed = followState(model, map);

  function paper() {
    map.getContainer().style.background = model.colour("outside");
  }

  paper();
  const stop = model.on("change", ({ changed }) => changed.has("theme") && paper());
  return {
    destroy() {
      stop();
      followed.destroy();
      base?.remove();
      model.hasPage = false;
    },
  };
}
