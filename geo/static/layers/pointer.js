/* The pointer on a map: one listener asks the layers from the top down; the first that has something there answers. */

import { followSelection } from "./popup.js";

const pointers = new WeakMap(); // map -> its pointer

export function pointerOf(map) {
  if (!pointers.has(map)) pointers.set(map, pointer(map));
  return pointers.get(map);
}

function pointer(map) {
  const layers = [];
  const tooltip = L.tooltip({ className: "geo-tooltip", direction: "top", offset: [0, -14], opacity: 1 });
  let over = null;

  /** What is at a point of the map's container, from the topmost layer. */
  function at(containerPoint) {
    const layerPoint = map.containerPointToLayerPoint(containerPoint);
    for (const layer of layers) {
      if (!layer._bounds) continue;
      const found = layer.painter.hit(layerPoint.subtract(layer._bounds.min), layer.view());
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

  function move({ containerPoint, latlng, originalEvent }) {
    if (map.dragging?.moving() || originalEvent?.pointerType === "touch" || !inMap(originalEvent)) return leave();
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

  function click({ containerPoint, originalEvent }) {
    if (!inMap(originalEvent)) return;
    const found = at(containerPoint);
    leave();
    if (found) found.click();
  }

  // A control, a popup or a marker of somebody else's layer over the map keeps its own clicks.
  const inMap = (event) =>
    !event?.target?.closest?.(".leaflet-control, .leaflet-popup, .leaflet-marker-icon, .leaflet-interactive");

  const popups = new Map(); // model -> what ends its popups
  const events = { mousemove: move, mouseout: leave, movestart: leave, zoomstart: leave, click };
  return {
    add(layer) {
      if (!layers.length) map.on(events);
      if (!popups.has(layer.model)) popups.set(layer.model, followSelection(layer.model, map));
      layers.push(layer);
      layers.sort((a, b) => b.painter.z - a.painter.z);
    },
    remove(layer) {
      layers.splice(layers.indexOf(layer), 1);
      leave();
      if (!layers.some(({ model }) => model === layer.model)) {
        popups.get(layer.model)();
        popups.delete(layer.model);
      }
      if (!layers.length) map.off(events);
    },
    at,
  };
}

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
