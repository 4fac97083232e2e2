/* A Leaflet layer on a canvas of its own, which moves and zooms with the map and is redrawn at most once a frame. */

import { LAYERS } from "../core/state.js";
import { pointerOf } from "./pointer.js";

/** @import { LayerOptions, MapNow, Placement } from "../types/layers.d.ts" */
/** @import { Change, Model } from "../types/model.d.ts" */
/** @import { CanvasLayer as Layer, CanvasView, Painter } from "../types/page.d.ts" */

const PADDING = 0.15; // of the map's size on each side while it is moved: a short drag shows no empty edge
const WORLD = 256; // pixels a world at zoom 0

/**
 * From Mercator units to pixels of a picture: x -> x * scale - left. Bounds in Mercator units for culling.
 * @param {number} zoom
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 * @returns {CanvasView}
 */
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

/** @type {WeakMap<Model, Set<Layer>>} Layers to be drawn in the next frame. */
const queued = new WeakMap();

/**
 * Draw a layer in the next frame, the lowest first: names come last, because they keep clear of what the others drew.
 * @param {Model} model
 * @param {Layer} layer
 */
function nextFrame(model, layer) {
  const known = queued.get(model);
  if (known) {
    known.add(layer);
    return;
  }
  const layers = new Set([layer]);
  queued.set(model, layers);
  model.frame(() => {
    queued.delete(model);
    for (const one of [...layers].sort((a, b) => a.painter.z - b.painter.z)) one._frame();
  });
}

/**
 * Methods of a layer on a canvas of its own. `any`: what Leaflet's renderers keep in `this` has no types.
 * @type {Record<string, (...args: any[]) => unknown> & ThisType<any>}
 */
const methods = {
  initialize(model, painter, options) {
    L.Renderer.prototype.initialize.call(this, { ...options, padding: 0, pane: painter.pane });
    this.model = model;
    this.painter = painter;
    this.name = painter.name;
    this._queued = false;
  },

  getEvents() {
    return {
      ...L.Renderer.prototype.getEvents?.call(this),
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
      (/** @type {Change} */ { changed }) => (changed.has("theme") || this.painter.changes(changed)) && this._queue(),
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

  /** Called by Leaflet when the view has changed. Until the next frame the old picture stays, moved and scaled to fit. */
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
    nextFrame(this.model, this);
  },

  _frame() {
    this._queued = false;
    if (!this._map || this._map._animatingZoom) return;
    if (this._moved) L.Renderer.prototype._update.call(this);
    this._moved = false;
    if (this.painter.late && !this._begun) {
      this._begun = true; // the first paint does not wait for it
      setTimeout(() => this._queue(), 0);
      return;
    }
    this._draw();
  },

  /** The map that the layer is on. */
  mapNow() {
    return this._map ?? undefined;
  },

  /** The upper left corner of the canvas, counted from Leaflet's map pane. */
  corner() {
    return this._bounds?.min;
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
    const same = canvas.width === width && canvas.height === height;
    this._context.setTransform(1, 0, 0, 1, 0, 0);
    const view = this.view();
    if (this.painter.keeps?.(this._context, view) && same) return;
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
    const drew = this.painter.draw(this._context, view) !== false;
    canvas.style.display = drew ? "" : "none"; // an empty canvas still costs the browser a layer to blend
  },
};
/** @type {new (model: Model, painter: Painter, options: LayerOptions) => Layer} */
const CanvasLayer = /** @type {any} */ (L.Renderer.extend(methods)); // Leaflet's "extend" has no types

/**
 * Make a layer, and enter it in `model.layers` by its name. `above`: painter of a second canvas that comes and goes with it.
 * @param {Model} model
 * @param {Painter} painter
 * @param {LayerOptions} [options]
 * @param {Painter | null} [above]
 */
export function canvasLayer(model, painter, options = {}, above = null) {
  const layer = new CanvasLayer(model, painter, options);
  if (above) layer.companion = new CanvasLayer(model, above, options);
  if (/** @type {string[]} */ (LAYERS).includes(painter.name)) model.layers[painter.name] = layer;
  return layer;
}

/**
 * Set the period and the metric that the options of a layer ask for.
 * @param {Model} model
 * @param {LayerOptions} options
 */
export function applyOptions(model, { years, metric }) {
  if (years) model.set({ years }, { source: "options" });
  if (metric) model.set({ metric }, { source: "options" });
}

/** @type {(map: L.Map | undefined) => boolean} */
export const hasBase = (map) => Boolean(map?.geoBase);
/** @param {L.Map | undefined} map */
export function hasTiles(map) {
  let found = false;
  map?.eachLayer((layer) => {
    found ||= layer instanceof L.TileLayer;
  });
  return found;
}

/**
 * A painter that is made when the data are decoded: before that it draws nothing.
 * @param {Model} model
 * @param {() => Painter} make
 * @param {Placement} placement
 * @returns {Painter}
 */
export function whenReady(model, make, { name, pane, z, late = false }) {
  /** @type {Painter | null} */
  let live = null;
  const get = () => (live ??= model.store ? make() : null);
  return {
    name,
    pane,
    z,
    late,
    changes: (changed) => get()?.changes(changed) ?? false,
    draw: (context, view) => get()?.draw(context, view),
    hit: (point, view) => get()?.hit?.(point, view) ?? null,
    obstacles: () => get()?.obstacles?.() ?? [],
    where: (record) => get()?.where?.(record) ?? null,
    keeps: (context, view) => get()?.keeps?.(context, view) ?? false,
    legend: () => get()?.legend?.() ?? [],
  };
}
