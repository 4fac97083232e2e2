/* A map follows the state: each layer is on it when the state names it. */

import { hasTiles } from "./canvas.js";
import { baseLayer } from "./land.js";

/** Keep `map` and `model.state.layers` equal, whichever of the two is changed; returns {destroy()}. */
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

  /** Somebody else, such as a folium LayerControl, has switched a layer. */
  function told({ layer, type }) {
    if (busy || model.layers[layer.name] !== layer) return;
    const others = model.state.layers.filter((name) => name !== layer.name);
    model.set({ layers: type === "layeradd" ? [...others, layer.name] : others }, { source: "map" });
  }

  follow();
  map.on("layeradd layerremove", told);
  const stop = model.on("change", ({ changed }) => changed.has("layers") && follow());
  return {
    destroy() {
      stop();
      map.off("layeradd layerremove", told);
    },
  };
}

/** What the map of a page of ours has besides: the base map under the layers, and paper in the colours of the theme. */
export function syncLayers(model, map) {
  model.hasPage = true; // popups are the page's affair from here on
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
