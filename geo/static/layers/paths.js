/* Province polygons as canvas paths, cached by zoom, and borders of provinces and countries. */

import { borderKinds, thin } from "../core/topology.js";
import { contextOf } from "./context.js";

/** @import { Arcs } from "../types/data.d.ts" */
/** @import { Context, Paths } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView } from "../types/page.d.ts" */

const THIN_PX = 0.7; // corners nearer to each other than this cannot be seen apart
const ZOOMS_KEPT = 3;
/** @type {WeakMap<Model, Map<number, Paths>>} By zoom. */
const caches = new WeakMap();

/**
 * Paths at a view's zoom: area(number), country(code), and borders of the areas shown, all to be drawn after `place(context)`.
 * @param {Model} model
 * @param {CanvasView} view
 * @returns {Paths}
 */
export function pathsOf(model, view) {
  const cache = caches.get(model) ?? new Map();
  caches.set(model, cache);
  const known = cache.get(view.zoom);
  if (known) return known;
  if (cache.size >= ZOOMS_KEPT) cache.delete(cache.keys().next().value);
  const paths = atZoom(model, view);
  cache.set(view.zoom, paths);
  return paths;
}

/** @type {(x: number) => boolean} */
const onAntimeridian = (x) => Math.abs(x - Math.round(x)) < 1e-9;

/**
 * A function that adds an arc to a path, in pixels counted from an anchor.
 * @param {Arcs} arcs
 * @param {number} scale
 * @param {{x: number, y: number}} anchor
 */
export function tracer(arcs, scale, anchor) {
  /**
   * @param {Path2D} path
   * @param {number} ref Of an arc; ~arc: backwards.
   * @param {boolean} join To the arc before.
   * @param {boolean} [lines] Borders, which leave out the antimeridian.
   */
  return (path, ref, join, lines = false) => {
    let before = NaN;
    const arc = ref < 0 ? ~ref : ref;
    const start = arc ? arcs.ends[arc - 1] : 0;
    const end = arcs.ends[arc];
    for (let k = 0; k < end - start; k++) {
      const at = ref < 0 ? end - 1 - k : start + k;
      const px = arcs.x[at] * scale - anchor.x;
      const py = arcs.y[at] * scale - anchor.y;
      // A cut along the antimeridian is a side of polygons, but no border.
      const cut = lines && k > 0 && onAntimeridian(arcs.x[at]) && onAntimeridian(before);
      before = arcs.x[at];
      if ((k === 0 && !join) || cut) path.moveTo(px, py);
      else if (k > 0 || !join) path.lineTo(px, py);
    }
  };
}

/**
 * @param {Model} model
 * @param {CanvasView} view
 * @returns {Paths}
 */
function atZoom(model, { scale, left, top }) {
  const arcs = thin(model.topology.arcs, scale, THIN_PX);
  // Paths hold 32-bit floats: counted from a point in the first view they stay exact to a fraction of a pixel at any zoom.
  const anchor = { x: Math.round(left), y: Math.round(top) };
  const trace = tracer(arcs, scale, anchor);
  /** @type {Map<number, Path2D>} */
  const areas = new Map();
  /** @type {Map<string, Path2D>} */
  const countries = new Map();
  /** @type {{shown: string, country: Path2D, province: Path2D} | null} */
  let drawn = null;

  /** @param {number} number */
  function area(number) {
    const known = areas.get(number);
    if (known) return known;
    const path = new Path2D();
    for (const ring of model.topology.areas[number].rings) {
      for (let k = 0; k < ring.length; k++) trace(path, ring[k], k > 0);
      path.closePath();
    }
    areas.set(number, path);
    return path;
  }

  /** {province, country}: lines between provinces, and outlines of countries, of the areas shown now. */
  function borders() {
    const shown = model.drawn.shown.join();
    if (drawn?.shown === shown) return drawn;
    const kinds = borderKinds(model.topology.areas, model.drawn.shown, model.areas.countryNumber, arcs.ends.length);
    const made = { shown, country: new Path2D(), province: new Path2D() };
    for (const [arc, kind] of kinds.entries()) {
      if (kind) trace(kind === 1 ? made.country : made.province, arc, false, true);
    }
    drawn = made;
    return made;
  }

  /**
   * The outline of one country: arcs with the country on one side only.
   * @param {string} code
   */
  function country(code) {
    const key = `${code} ${model.drawn.shown.join()}`;
    const known = countries.get(key);
    if (known) return known;
    const own = model.drawn.shown.filter((number) => model.areas.country(number) === code);
    const kinds = borderKinds(model.topology.areas, own, () => 0, arcs.ends.length);
    const path = new Path2D();
    for (const [arc, kind] of kinds.entries()) if (kind === 1) trace(path, arc, false, true);
    countries.set(key, path);
    return path;
  }

  return {
    area,
    borders,
    country,
    arcs,
    anchor,
    /** Run `draw` with the context moved so that paths lie where they belong. */
    place(context, view, draw) {
      context.save();
      context.translate(anchor.x - view.left, anchor.y - view.top);
      draw();
      context.restore();
    },
  };
}

/**
 * Numbers of the areas shown now that reach into a view.
 * @param {Model} model
 * @param {CanvasView} view
 */
export function visibleAreas(model, view) {
  return model.drawn.shown.filter((number) => {
    const [west, north, east, south] = model.topology.areas[number].box;
    return west <= view.east && east >= view.west && north <= view.south && south >= view.north;
  });
}

/** @type {Context | null} Of a canvas that is never shown. */
let probe = null;

/**
 * The area at a point of a view, -1 for none.
 * @param {Model} model
 * @param {CanvasView} view
 * @param {L.Point} point
 */
export function areaAt(model, view, point) {
  probe ??= contextOf(document.createElement("canvas"));
  const tester = probe;
  const paths = pathsOf(model, view);
  const [x, y] = [point.x + view.left - paths.anchor.x, point.y + view.top - paths.anchor.y];
  const [mx, my] = [(point.x + view.left) / view.scale, (point.y + view.top) / view.scale];
  for (const number of model.drawn.shown) {
    const [west, north, east, south] = model.topology.areas[number].box;
    if (
      mx >= west &&
      mx <= east &&
      my >= north &&
      my <= south &&
      tester.isPointInPath(paths.area(number), x, y, "evenodd")
    )
      return number;
  }
  return -1;
}

/**
 * Draw lines between provinces, thicker ones around countries, and the edge of the province in focus.
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 */
export function strokeBorders(context, model, view) {
  const { sizes } = model.styles;
  const paths = pathsOf(model, view);
  const { province, country } = paths.borders();
  paths.place(context, view, () => {
    context.lineJoin = "round";
    /** @type {[Path2D, string, number][]} */
    const lines = [
      [province, "province_line", sizes.province_line],
      [country, "country_line", sizes.country_line],
    ];
    for (const [path, colour, width] of lines) {
      context.strokeStyle = model.colour(colour);
      context.lineWidth = width;
      context.stroke(path);
    }
    const focus = model.provinceSelected && model.areas.numberOf.get(model.provinceSelected);
    const area = focus ? model.drawn.areaOf(focus) : -1;
    if (area >= 0) {
      context.strokeStyle = model.colour("halo");
      context.lineWidth = 5;
      context.stroke(paths.area(area));
      context.strokeStyle = model.colour("focus");
      context.lineWidth = 2.5;
      context.stroke(paths.area(area));
    }
  });
}
