/* The base map: land, borders and names, from the same polygons as the provinces, so that it needs no network. */

import { canvasLayer, whenReady } from "./canvas.js";
import { labelPainter } from "./labels.js";
import { pathsOf, strokeBorders, visibleAreas } from "./paths.js";
import { drawDisputed, drawLakes, drawLand } from "./world.js";

/** @import { MapNow } from "../types/layers.d.ts" */
/** @import { Model, Part } from "../types/model.d.ts" */
/** @import { Painter } from "../types/page.d.ts" */

/**
 * Land under the layers, borders above the choropleth, names above all; one Leaflet layer, not switchable.
 * @param {Model} model
 */
export function baseLayer(model) {
  const land = canvasLayer(
    model,
    landPainter(model, () => land.mapNow()),
  );
  const borders = canvasLayer(model, borderPainter(model));
  const names = canvasLayer(
    model,
    whenReady(model, () => labelPainter(model, () => names.mapNow()), {
      name: "labels",
      pane: "geo-labels",
      z: 470,
      late: true,
    }),
  );
  const group = L.layerGroup([land, borders, names]);
  group.canvases = [land, borders, names];
  group.onAdd = function (/** @type {L.Map} */ map) {
    map.geoBase = true;
    return L.LayerGroup.prototype.onAdd.call(this, map);
  };
  group.onRemove = function (/** @type {L.Map} */ map) {
    map.geoBase = false;
    return L.LayerGroup.prototype.onRemove.call(this, map);
  };
  return group;
}

/** @type {(changed: Set<Part>) => boolean} */
const movesBorders = (changed) => changed.has("years") || changed.has("selection");

/**
 * @param {Model} model
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
function landPainter(model, mapNow) {
  let covered = false;
  const nowCovered = () => Boolean(mapNow() && model.layers.choropleth?.mapNow() === mapNow());
  return {
    name: "land",
    pane: "geo-land",
    z: 300,
    changes: (changed) => changed.has("layers") || (changed.has("years") && !covered),
    draw(context, view) {
      covered = nowCovered();
      if (model.base) drawLand(context, model, view);
      if (covered) return Boolean(model.base); // the choropleth hides the provinces
      const paths = pathsOf(model, view);
      context.fillStyle = model.colour("zero");
      paths.place(context, view, () => {
        for (const area of visibleAreas(model, view)) context.fill(paths.area(area), "evenodd");
      });
      return true;
    },
  };
}

/**
 * Lakes, borders and disputed lines, above the provinces.
 * @param {Model} model
 * @returns {Painter}
 */
function borderPainter(model) {
  /** @type {string | null} The provinces drawn last, and the one in focus. */
  let before = null;
  const now = () => `${model.drawn.shown.join()} ${model.provinceSelected}`;
  return {
    name: "names",
    pane: "geo-names",
    z: 330,
    // Most changes of the period leave the provinces as they are: then nothing here needs to be drawn again.
    changes: (changed) => movesBorders(changed) && now() !== before,
    draw(context, view) {
      before = now();
      if (model.base) drawLakes(context, model, view);
      strokeBorders(context, model, view);
      if (model.base) drawDisputed(context, model, view);
    },
  };
}
