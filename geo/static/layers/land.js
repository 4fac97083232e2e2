/* The base map: land, borders and names, from the same polygons as the provinces, so that it needs no network. */

import * as i18n from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import { canvasLayer } from "./canvas.js";
import { pathsOf, strokeBorders, visibleAreas } from "./paths.js";
import { FONT } from "./symbols.js";
import { drawDisputed, drawLakes, drawLand } from "./world.js";

/** @import { Context, LabelRoom, MapNow } from "../types/layers.d.ts" */
/** @import { Model, Part } from "../types/model.d.ts" */
/** @import { CanvasView, Painter } from "../types/page.d.ts" */

const NAMES_FROM_ZOOM = 5; // below it the names are those of countries
const ROOM = 1.15; // a name may be this much wider than its province
const GAP_PX = 3;
const BELOW_ONE_PX = 21; // under a mark or number that may stand on the same label point
const BELOW_TWO_PX = 48; // under two numbers, as a country may have

/**
 * Land under the layers, borders and names above the choropleth; one Leaflet layer, not switchable.
 * @param {Model} model
 */
export function baseLayer(model) {
  const land = canvasLayer(
    model,
    landPainter(model, () => land.mapNow()),
  );
  const names = canvasLayer(model, namePainter(model));
  const group = L.layerGroup([land, names]);
  group.canvases = [land, names];
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
 * How far below a label point its name is written, by the point's x; only points where a mark or a number of any record may stand.
 * @param {Model} model
 */
function occupied(model) {
  const { x, form } = model.marks;
  const kinds = model.store.column("kind");
  const stronghold = model.store.words("kind").indexOf("stronghold") + 1;
  /** @type {Map<number, number>} */
  const points = new Map();
  for (let i = 0; i < model.store.n; i++) {
    if (form[i] !== FORM.PROVINCE && form[i] !== FORM.COUNTRY) continue;
    const below = form[i] === FORM.COUNTRY && kinds[i] === stronghold ? BELOW_TWO_PX : BELOW_ONE_PX;
    points.set(x[i], Math.max(points.get(x[i]) ?? 0, below));
  }
  return points;
}

/**
 * @param {Model} model
 * @returns {Painter}
 */
function namePainter(model) {
  /** @type {string | null} The provinces drawn last, and the one in focus. */
  let before = null;
  /** @type {Map<number, number> | null} */
  let marked = null;
  return {
    name: "names",
    pane: "geo-names",
    z: 330,
    changes(changed) {
      // Most changes of the period leave the provinces as they are: then nothing here needs to be drawn again.
      const now = `${model.drawn.shown.join()} ${model.provinceSelected}`;
      return movesBorders(changed) && now !== before;
    },
    draw(context, view) {
      before = `${model.drawn.shown.join()} ${model.provinceSelected}`;
      if (model.base) drawLakes(context, model, view);
      strokeBorders(context, model, view);
      if (model.base) drawDisputed(context, model, view);
      marked ??= occupied(model);
      if (view.zoom < NAMES_FROM_ZOOM) countryNames(context, model, view, marked);
      else provinceNames(context, model, view, marked);
    },
  };
}

/**
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 * @param {Map<number, number>} marked See `occupied`.
 */
function countryNames(context, model, view, marked) {
  /** @type {LabelRoom["taken"]} */
  const taken = [];
  const size = model.styles.sizes.country_label;
  context.font = `600 ${size}px ${FONT}`;
  for (const [code, { lng, lat }] of Object.entries(model.store.header.countries)) {
    write(context, model, view, { taken, marked }, [countryName(code)], mercatorX(lng), mercatorY(lat), size);
  }
}

/** @param {string} code */
function countryName(code) {
  try {
    return new Intl.DisplayNames([i18n.locale()], { type: "region" }).of(code) ?? code;
  } catch {
    return code; // not a code that the browser knows
  }
}

/**
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 * @param {Map<number, number>} marked See `occupied`.
 */
function provinceNames(context, model, view, marked) {
  /** @type {LabelRoom["taken"]} */
  const taken = [];
  const { areas, store } = model;
  const size = model.styles.sizes.label;
  context.font = `500 ${size}px ${FONT}`;
  const largestFirst = visibleAreas(model, view).sort((a, b) => areas.km2[b] - areas.km2[a]);
  for (const area of largestFirst) {
    const [west, , east] = model.topology.areas[area].box;
    const lines = fit(context, store.header.names[areas.code[area] - 1], (east - west) * view.scale * ROOM);
    if (lines)
      write(
        context,
        model,
        view,
        { taken, marked },
        lines,
        mercatorX(areas.lng[area]),
        mercatorY(areas.lat[area]),
        size,
      );
  }
}

/**
 * A name in one line, or two, that fit a width; null where neither does.
 * @param {Context} context
 * @param {string} name
 * @param {number} room Pixels.
 */
function fit(context, name, room) {
  if (context.measureText(name).width <= room) return [name];
  const words = name.split(" ");
  /** @type {{lines: string[], width: number} | null} */
  let best = null;
  for (let cut = 1; cut < words.length; cut++) {
    const lines = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")];
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    if (width <= room && (!best || width < best.width)) best = { lines, width };
  }
  return best?.lines ?? null;
}

/**
 * Write lines centred on a point, or below it where something may stand, unless they would touch a name already there.
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 * @param {LabelRoom} room
 * @param {string[]} lines
 * @param {number} mx Mercator units.
 * @param {number} my
 * @param {number} size Of the font, in pixels.
 */
function write(context, model, view, { taken, marked }, lines, mx, my, size) {
  const below = marked.get(mx);
  const x = mx * view.scale - view.left;
  const y = my * view.scale - view.top + (below === undefined ? 0 : below + ((lines.length - 1) * size) / 2);
  const half = {
    x: Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + GAP_PX,
    y: (lines.length * size * 1.15) / 2 + GAP_PX,
  };
  if (x < -half.x || y < -half.y || x > view.width + half.x || y > view.height + half.y) return;
  if (taken.some((box) => Math.abs(box.x - x) < box.half.x + half.x && Math.abs(box.y - y) < box.half.y + half.y))
    return;
  taken.push({ x, y, half });
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = model.colour("label_halo");
  context.fillStyle = model.colour("label");
  lines.forEach((line, k) => {
    const at = y + (k - (lines.length - 1) / 2) * size * 1.15;
    context.strokeText(line, x, at);
    context.fillText(line, x, at);
  });
}
