/* Land outside the study, lakes and disputed lines: the base map's paths, cached by zoom, and how they are drawn. */

import { textOr } from "../core/i18n.js";
import { thin } from "../core/topology.js";
import { tracer } from "./paths.js";

/** @import { Arcs, Topology } from "../types/data.d.ts" */
/** @import { Context } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView, LegendEntry } from "../types/page.d.ts" */

/**
 * @typedef {object} WorldPaths
 * @property {Path2D} study Land of the countries whose provinces are drawn above it.
 * @property {Path2D} land All other land.
 * @property {Path2D} borders Between countries outside the study.
 * @property {Path2D} coast
 * @property {Path2D} lakes
 * @property {Path2D} disputed
 * @property {Arcs} arcs Of the land, thinned for the zoom, in Mercator units.
 * @property {{x: number, y: number}} anchor
 * @property {{west: number, north: number, east: number, south: number}} reach What the paths hold, in Mercator units.
 */

const THIN_PX = 0.7;
const ZOOMS_KEPT = 3;
const REACH = 0.6; // of the picture's size beyond each of its edges
const SEAM_PX = 2; // land reaches so far below the provinces beside it: their borders differ by less
/** @type {WeakMap<Model, Map<number, WorldPaths>>} By zoom. */
const caches = new WeakMap();

/**
 * @param {Model} model
 * @param {CanvasView} view
 * @returns {WorldPaths}
 */
export function worldPaths(model, view) {
  const cache = caches.get(model) ?? new Map();
  caches.set(model, cache);
  const known = cache.get(view.zoom);
  if (known && holds(known.reach, view)) return known;
  if (cache.size >= ZOOMS_KEPT) cache.delete(cache.keys().next().value);
  const paths = atZoom(model, view);
  cache.set(view.zoom, paths);
  return paths;
}

/** @type {(reach: WorldPaths["reach"], view: CanvasView) => boolean} */
const holds = (reach, view) =>
  reach.west <= view.west && reach.north <= view.north && reach.east >= view.east && reach.south >= view.south;

/**
 * @param {Model} model
 * @param {CanvasView} view
 * @returns {WorldPaths}
 */
function atZoom(model, { scale, left, top, width, height }) {
  const { countries, land, lakes, disputed } = /** @type {NonNullable<Model["base"]>} */ (model.base);
  const anchor = { x: Math.round(left), y: Math.round(top) };
  // What is far outside the picture is left out: the paths are made again when it comes near.
  const reach = {
    west: (left - REACH * width) / scale,
    north: (top - REACH * height) / scale,
    east: (left + (1 + REACH) * width) / scale,
    south: (top + (1 + REACH) * height) / scale,
  };
  /** @type {(topology: Topology) => number[]} */
  const near = ({ areas }) =>
    [...areas.keys()].filter((area) => {
      const [west, north, east, south] = areas[area].box;
      return west <= reach.east && east >= reach.west && north <= reach.south && south >= reach.north;
    });
  /** @type {(topology: Topology, trace: ReturnType<typeof tracer>, areas: number[]) => Path2D} */
  const fill = (topology, trace, areas) => {
    const path = new Path2D();
    for (const area of areas) {
      for (const ring of topology.areas[area].rings) {
        for (let k = 0; k < ring.length; k++) trace(path, ring[k], k > 0);
        path.closePath();
      }
    }
    return path;
  };
  const drawn = new Set(model.drawn.shown.map((area) => model.areas.country(area)));
  const all = near(land);
  const [inside, outside] = [true, false].map((own) => all.filter((area) => drawn.has(countries[area].code) === own));
  const lines = { borders: new Path2D(), coast: new Path2D() };
  const arcs = thin(land.arcs, scale, THIN_PX);
  const trace = tracer(arcs, scale, anchor);
  const [studied, sides] = [inside, outside].map((areas) => sidesOf(land, areas));
  for (let arc = 0; arc < sides.length; arc++) {
    // A border with the study is drawn with its provinces.
    if (sides[arc] && !studied[arc]) trace(sides[arc] > 1 ? lines.borders : lines.coast, arc, false, true);
  }
  const dashed = new Path2D();
  const traceDashed = tracer(thin(disputed, scale, THIN_PX), scale, anchor);
  for (let line = 0; line < disputed.ends.length; line++) traceDashed(dashed, line, false, true);
  return {
    reach,
    study: fill(land, trace, inside),
    land: fill(land, trace, outside),
    ...lines,
    lakes: fill(lakes, tracer(thin(lakes.arcs, scale, THIN_PX), scale, anchor), near(lakes)),
    disputed: dashed,
    arcs,
    anchor,
  };
}

/**
 * On how many sides each arc has one of some areas.
 * @param {Topology} topology
 * @param {number[]} areas
 */
function sidesOf(topology, areas) {
  const sides = new Uint8Array(topology.arcs.ends.length);
  for (const area of areas)
    for (const ring of topology.areas[area].rings) for (const ref of ring) sides[ref < 0 ? ~ref : ref]++;
  return sides;
}

/**
 * Run `draw` with the paths of a view's zoom, and with the context moved so that they lie where they belong.
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 * @param {(paths: WorldPaths) => void} draw
 */
function placed(context, model, view, draw) {
  const paths = worldPaths(model, view);
  context.save();
  context.translate(paths.anchor.x - view.left, paths.anchor.y - view.top);
  context.lineJoin = "round";
  draw(paths);
  context.restore();
}

/**
 * Land without provinces and its borders, to lie below the provinces.
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 */
export function drawLand(context, model, view) {
  // The background of the page is not the sea's where the system forces its own colours.
  context.fillStyle = model.colour("outside");
  context.fillRect(0, 0, view.width, view.height);
  placed(context, model, view, ({ study, land, borders, coast }) => {
    context.fillStyle = context.strokeStyle = model.colour("land");
    context.fill(study, "evenodd");
    context.fill(land, "evenodd");
    context.lineWidth = SEAM_PX;
    context.stroke(land);
    context.strokeStyle = model.colour("land_line");
    context.lineWidth = model.styles.sizes.land_line;
    context.stroke(borders);
    context.lineWidth /= 2;
    context.stroke(coast);
  });
}

/**
 * Lakes and disputed lines, to lie above the provinces; lines over a border of the land below replace it.
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 */
export function drawLakes(context, model, view) {
  placed(context, model, view, ({ lakes }) => {
    context.fillStyle = model.colour("outside");
    context.fill(lakes, "evenodd");
    context.strokeStyle = model.colour("land_line");
    context.lineWidth = model.styles.sizes.land_line / 2;
    context.stroke(lakes);
  });
}

/**
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 */
export function drawDisputed(context, model, view) {
  placed(context, model, view, ({ disputed }) => {
    context.strokeStyle = model.colour("land");
    context.lineWidth = model.styles.sizes.disputed_line + 1;
    context.stroke(disputed);
    context.strokeStyle = model.colour("country_line");
    context.lineWidth = model.styles.sizes.disputed_line;
    context.setLineDash(model.styles.disputed);
    context.stroke(disputed);
  });
}

/**
 * @param {Model} model
 * @returns {LegendEntry[]}
 */
export function baseLegend(model) {
  /** @type {(word: string, label: string, paint: LegendEntry["paint"]) => LegendEntry} */
  const entry = (word, label, paint) => ({ word, label, count: null, paint });
  /** @type {(colour: string) => LegendEntry["paint"]} */
  const fill = (colour) => (context, width, height) => {
    context.fillStyle = model.colour(colour);
    context.fillRect(0.5, 0.5, width - 1, height - 1);
    context.strokeStyle = model.colour("land_line");
    context.strokeRect(0.5, 0.5, width - 1, height - 1);
  };
  return [
    entry("land", textOr("legend.land", "outside the study"), fill("land")),
    entry("water", textOr("legend.water", "water"), fill("outside")),
    entry("disputed", textOr("legend.disputed", "disputed border or line of control"), (context, width, height) => {
      context.setLineDash(model.styles.disputed);
      context.strokeStyle = model.colour("country_line");
      context.lineWidth = model.styles.sizes.disputed_line;
      context.beginPath();
      context.moveTo(0, height / 2);
      context.lineTo(width, height / 2);
      context.stroke();
      context.setLineDash([]);
    }),
  ];
}
