/* The pointer on a map: one listener asks the layers from the top down, and takes the first that has something there. */

import { followSelection } from "./popup.js";

/** @import { CanvasLayer, Hit } from "../types/page.d.ts" */
/** @import { Model } from "../types/model.d.ts" */

/** @typedef {L.Handler & {moving(): boolean}} DragHandler Leaflet's types leave `moving` out. */
/** @typedef {L.LeafletMouseEvent & {originalEvent: MouseEvent & {pointerType?: string}}} MouseMove */

/** @type {WeakMap<L.Map, ReturnType<typeof pointer>>} */
const pointers = new WeakMap();

/** @param {L.Map} map */
export function pointerOf(map) {
  const known = pointers.get(map);
  if (known) return known;
  const made = pointer(map);
  pointers.set(map, made);
  return made;
}

/** @param {L.Map} map */
function pointer(map) {
  /** @type {CanvasLayer[]} */
  const layers = [];
  const tooltip = L.tooltip({ className: "geo-tooltip", direction: "top", offset: [0, -14], opacity: 1 });
  /** @type {string | null} The key of what is under the pointer. */
  let over = null;

  /**
   * What is at a point of the map's container, from the topmost layer.
   * @param {L.Point} containerPoint
   * @returns {(Hit & {texts(): Promise<void> | null}) | null}
   */
  function at(containerPoint) {
    const layerPoint = map.containerPointToLayerPoint(containerPoint);
    for (const layer of layers) {
      const corner = layer.corner();
      if (!corner) continue;
      const found = layer.painter.hit?.(layerPoint.subtract(corner), layer.view());
      if (found) return { ...found, texts: () => (layer.model.store.hasTexts ? null : layer.model.store.texts) };
    }
    return null;
  }

  function leave() {
    if (!over) return;
    over = null;
    map.closeTooltip(tooltip);
    map.getContainer().style.cursor = "";
  }

  /** @param {MouseMove} event */
  function move({ containerPoint, latlng, originalEvent }) {
    if (
      /** @type {DragHandler} */ (map.dragging)?.moving() ||
      originalEvent?.pointerType === "touch" ||
      !inMap(originalEvent)
    )
      return leave();
    const found = at(containerPoint);
    if (!found) return leave();
    if (found.key !== over) {
      over = found.key;
      tooltip.setContent(content(found.lines()));
      // The first to be pointed at is read before the texts are there.
      found.texts()?.then(() => over === found.key && tooltip.setContent(content(found.lines())));
      map.getContainer().style.cursor = "pointer";
    }
    tooltip.setLatLng(latlng);
    if (!map.hasLayer(tooltip)) map.openTooltip(tooltip);
  }

  /** @param {MouseMove} event */
  function click({ containerPoint, originalEvent }) {
    if (!inMap(originalEvent)) return;
    const found = at(containerPoint);
    leave();
    if (found) found.click();
  }

  // A control, a popup or a marker of another layer over the map keeps its own clicks.
  /** @type {(event: MouseEvent | undefined) => boolean} */
  const inMap = (event) =>
    !(event?.target instanceof Element) ||
    !event.target.closest(".leaflet-control, .leaflet-popup, .leaflet-marker-icon, .leaflet-interactive");

  /** @type {Map<Model, () => void>} What ends the popups of each model. */
  const popups = new Map();
  const events = { mousemove: move, mouseout: leave, movestart: leave, zoomstart: leave, click };
  return {
    /** @param {CanvasLayer} layer */
    add(layer) {
      if (!layers.length) map.on(events);
      if (!popups.has(layer.model)) popups.set(layer.model, followSelection(layer.model, map));
      layers.push(layer);
      layers.sort((a, b) => b.painter.z - a.painter.z);
    },
    /** @param {CanvasLayer} layer */
    remove(layer) {
      layers.splice(layers.indexOf(layer), 1);
      leave();
      if (!layers.some(({ model }) => model === layer.model)) {
        popups.get(layer.model)?.();
        popups.delete(layer.model);
      }
      if (!layers.length) map.off(events);
    },
    at,
  };
}

/** @param {string[]} lines */
function content(lines) {
  const element = document.createElement("div");
  lines.forEach((line, k) => {
    const row = document.createElement(k ? "div" : "strong");
    row.dir = "auto";
    row.textContent = line;
    element.append(row);
  });
  return element;
}
