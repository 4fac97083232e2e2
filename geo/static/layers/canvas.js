/* What the layers share: a canvas that moves and zooms with a Leaflet map, and redraws once a frame at most. */

import { LAYERS } from "../core/state.js";
import { pointerOf } from "./pointer.js";

const PADDING = 0.15; // of the map's size on each side while it is moved: a short drag shows no blank edge
const WORLD = 256; // pixels a world at zoom 0

/** From Mercator units to pixels of a picture: x -> x * scale - left. Bounds in Mercator units for culling. */
export function viewOf(zoom, left, top, width, height) {
  const scale = WORLD * 2 ** zoom;
  return {
    zoom,
    scale,
    left,
    top,
    width,
    height,
    west: left / scale,
    north: top / scale,
    east: (left + width) / scale,
    south: (top + height) / scale,
  };
}

/**
 * A layer on a canvas of its own. `painter` has `draw(context, view)` in CSS pixels, false when there was nothing
 * to draw, `changes(changed)` that says whether a change of the model concerns it, `pane` and `z`, and may have `hit(point, view)` -> {label(), click()} or null, and `legend()`.
 * @type {any}
 */
const CanvasLayer = L.Renderer.extend({
  initialize(model, painter, options) {
    L.Renderer.prototype.initialize.call(this, { ...options, padding: 0, pane: painter.pane });
    this.model = model;
    this.painter = painter;
    this.name = painter.name;
    this._queued = false;
  },

  getEvents() {
    return {
      ...L.Renderer.prototype.getEvents.call(this),
      resize: this._update,
      movestart: () => this._reach(PADDING),
      moveend: () => this._reach(0),
    };
  },

  /** How far the picture goes beyond the map's edges: what nobody sees would be paid for with each change. */
  _reach(padding) {
    this.options.padding = padding;
    this._update();
  },

  onAdd(map) {
    if (!map.getPane(this.painter.pane)) {
      const pane = map.createPane(this.painter.pane);
      pane.style.zIndex = this.painter.z;
      pane.style.pointerEvents = "none";
    }
    this._stop = this.model.on(
      "change",
      ({ changed }) => (changed.has("theme") || this.painter.changes(changed)) && this._queue(),
    );
    L.Renderer.prototype.onAdd.call(this, map);
    if (this.painter.hit) pointerOf(map).add(this);
    this.model.ready.then(() => this._map && this._queue());
    if (this.companion) map.addLayer(this.companion);
    return this;
  },

  onRemove(map) {
    if (this.companion) map.removeLayer(this.companion);
    this._stop();
    if (this.painter.hit) pointerOf(map).remove(this);
    L.Renderer.prototype.onRemove.call(this, map);
  },

  legend() {
    return this.model.store && this.painter.legend ? this.painter.legend() : [];
  },

  _initContainer() {
    this._container = L.DomUtil.create("canvas", "geo-canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    this._container = this._context = null;
  },

  _updatePaths() {}, // Leaflet's renderers hold paths of other layers; this one holds none

  /** Leaflet's word that the view has changed. Until the next frame the old picture stays, moved and scaled to fit. */
  _update() {
    this._moved = true;
    this._queue();
  },

  _updateTransform(center, zoom) {
    if (this._bounds) L.Renderer.prototype._updateTransform.call(this, center, zoom);
  },

  _queue() {
    if (this._queued || !this.model.store) return; // onAdd asks again when the data are there
    this._queued = true;
    this.model.frame(() => {
      this._queued = false;
      if (!this._map || this._map._animatingZoom) return;
      if (this._moved) L.Renderer.prototype._update.call(this);
      this._moved = false;
      this._draw();
    });
  },

  /** The view that this canvas shows. */
  view() {
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const origin = this._map.getPixelOrigin();
    return viewOf(this._zoom, origin.x + min.x, origin.y + min.y, size.x, size.y);
  },

  _draw() {
    const canvas = this._container;
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    } else {
      this._context.setTransform(1, 0, 0, 1, 0, 0);
      this._context.clearRect(0, 0, width, height);
    }
    this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const drew = this.painter.draw(this._context, this.view()) !== false;
    canvas.style.display = drew ? "" : "none"; // an empty canvas still costs the browser a layer to blend
  },
});

/** Make a layer, and let the model know it by its name. `above`: painter of a second canvas that comes and goes with it. */
export function canvasLayer(model, painter, options = {}, above = null) {
  const layer = new CanvasLayer(model, painter, options);
  if (above) layer.companion = new CanvasLayer(model, above, options);
  if (LAYERS.includes(painter.name)) model.layers[painter.name] = layer;
  return layer;
}

/**
 * What the one who made a layer wants to be shown first.
 * @param {any} model
 * @param {{years?: [number, number], metric?: string}} options
 */
export function applyOptions(model, { years, metric }) {
  if (years) model.set({ years }, { source: "options" });
  if (metric) model.set({ metric }, { source: "options" });
}

export const hasBase = (map) => Boolean(map?.geoBase);
export function hasTiles(map) {
  let found = false;
  map?.eachLayer((layer) => (found ||= layer instanceof L.TileLayer));
  return found;
}

/** A painter that comes to life with the model: before that it draws nothing. */
export function whenReady(model, make, { name, pane, z }) {
  let live = null;
  const get = () => (live ??= model.store ? make() : null);
  return {
    name,
    pane,
    z,
    changes: (changed) => get()?.changes(changed) ?? false,
    draw: (context, view) => get()?.draw(context, view),
    hit: (point, view) => get()?.hit(point, view) ?? null,
    legend: () => get()?.legend() ?? [],
  };
}
