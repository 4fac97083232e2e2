/* Province polygons as canvas paths, made once a zoom, and the two kinds of border. */

import { borderKinds, thin } from "../core/topology.js";

const THIN_PX = 0.7; // corners nearer to each other than this cannot be seen apart
const ZOOMS_KEPT = 3;
const caches = new WeakMap(); // model -> paths by zoom

/** Paths at a view's zoom: area(number), country(code), and borders of the areas shown, all to be drawn after `place(context)`. */
export function pathsOf(model, view) {
  if (!caches.has(model)) caches.set(model, new Map());
  const cache = caches.get(model);
  if (!cache.has(view.zoom)) {
    if (cache.size >= ZOOMS_KEPT) cache.delete(cache.keys().next().value);
    cache.set(view.zoom, atZoom(model, view));
  }
  return cache.get(view.zoom);
}

const onAntimeridian = (x) => Math.abs(x - Math.round(x)) < 1e-9;

function atZoom(model, { scale, left, top }) {
  const arcs = thin(model.topology.arcs, scale, THIN_PX);
  // Paths hold 32-bit floats: counted from a point in the first view they stay exact to a fraction of a pixel at any zoom.
  const anchor = { x: Math.round(left), y: Math.round(top) };
  const areas = new Map();
  const countries = new Map();
  let drawn = null;

  function trace(path, ref, join, lines = false) {
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
  }

  function area(number) {
    if (!areas.has(number)) {
      const path = new Path2D();
      for (const ring of model.topology.areas[number].rings) {
        for (let k = 0; k < ring.length; k++) trace(path, ring[k], k > 0);
        path.closePath();
      }
      areas.set(number, path);
    }
    return areas.get(number);
  }

  /** {province, country}: lines between provinces, and outlines of countries, of the areas shown now. */
  function borders() {
    const shown = model.drawn.shown.join();
    if (drawn?.shown !== shown) {
      const kinds = borderKinds(model.topology.areas, model.drawn.shown, model.areas.countryNumber, arcs.ends.length);
      drawn = { shown, country: new Path2D(), province: new Path2D() };
      for (const [arc, kind] of kinds.entries()) {
        if (kind) trace(kind === 1 ? drawn.country : drawn.province, arc, false, true);
      }
    }
    return drawn;
  }

  /** The outline of one country: arcs with the country on one side only. */
  function country(code) {
    const key = `${code} ${model.drawn.shown.join()}`;
    if (!countries.has(key)) {
      const own = model.drawn.shown.filter((number) => model.areas.country(number) === code);
      const kinds = borderKinds(model.topology.areas, own, () => 0, arcs.ends.length);
      const path = new Path2D();
      for (const [arc, kind] of kinds.entries()) if (kind === 1) trace(path, arc, false, true);
      countries.set(key, path);
    }
    return countries.get(key);
  }

  return {
    area,
    borders,
    country,
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

/** Numbers of the areas shown now that reach into a view. */
export function visibleAreas(model, view) {
  return model.drawn.shown.filter((number) => {
    const [west, north, east, south] = model.topology.areas[number].box;
    return west <= view.east && east >= view.west && north <= view.south && south >= view.north;
  });
}

let probe = null;

/** The area at a point of a view, -1 for none. */
export function areaAt(model, view, point) {
  probe ??= document.createElement("canvas").getContext("2d");
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
      probe.isPointInPath(paths.area(number), x, y, "evenodd")
    )
      return number;
  }
  return -1;
}

/** Lines between provinces, thicker ones round countries, and the province in focus. */
export function strokeBorders(context, model, view) {
  const { sizes } = model.styles;
  const paths = pathsOf(model, view);
  const { province, country } = paths.borders();
  paths.place(context, view, () => {
    context.lineJoin = "round";
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
