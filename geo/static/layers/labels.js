/* All names on the map, written in one pass: countries, provinces, towns and the places that records name. */

import { placeLabels, spotsBeside, spotsInside } from "../core/labels.js";
import { broken, controlsOver, namesOf, RANK_ZOOM, STYLES } from "./names.js";
import { pathsOf } from "./paths.js";
import { FONT } from "./symbols.js";
import { worldPaths } from "./world.js";

/** @import { Arcs, Box, Place } from "../types/data.d.ts" */
/** @import { Context, Label, LabelBox, LabelSpot, MapNow, PlacedLabel } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView, Painter } from "../types/page.d.ts" */

/** @typedef {{lines: string[], style: keyof typeof STYLES}} Form */
/** @typedef {Label & {looks: Form[]}} Name */

const PROVINCES_FROM_ZOOM = 5; // below it the names are those of countries
const COUNTRIES_TO_ZOOM = 8;
const GAP_PX = 2;
const LEADING = 1.12;
const LEAST_PX = 16; // an area less wide or high has no room for a name
const BESIDE_PX = 5; // from the point of a town to its name
const OWN_PX = 12; // a mark nearer than this to a place is its own
const KEPT = 2000; // areas whose spots are remembered, of several zoom levels

/**
 * @param {Model} model
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
export function labelPainter(model, mapNow) {
  /** @type {Map<string, LabelSpot[]>} Of areas, in pixels of the world at a zoom. */
  const known = new Map();
  /** @type {Map<string, number>} By font and text. */
  const widths = new Map();
  /** @type {Map<string, {form: number, x: number, y: number}>} Where names stood last: in Mercator units. */
  let stood = new Map();
  /** @type {PlacedLabel[]} */
  let placed = [];
  let before = "";
  /** @type {CanvasView | null} The view that names were placed in last. */
  let placedIn = null;
  const names = namesOf(model);

  /** @param {keyof typeof STYLES} style */
  function fontOf(style) {
    const { sizes } = model.styles;
    const { weight, size } = STYLES[style];
    const pixels = size || (style === "province" ? sizes.label : sizes.country_label);
    return { pixels, font: `${weight} ${pixels}px ${FONT}` };
  }

  /**
   * @param {Context} context
   * @param {string} font
   * @param {string} text
   */
  function widthOf(context, font, text) {
    const key = `${font}${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  }

  /**
   * @param {Context} context
   * @param {Form} form
   */
  function halfOf(context, { style, lines }) {
    const { pixels, font } = fontOf(style === "small" ? "province" : style);
    const shrunk = style === "small" ? fontOf(style).pixels / pixels : 1;
    const width = Math.max(...lines.map((line) => widthOf(context, font, line))) * shrunk;
    return { x: width / 2 + GAP_PX, y: (lines.length * pixels * shrunk * LEADING) / 2 + GAP_PX / 2 };
  }

  /**
   * The name of an area: in one line or two, in ordinary or small letters.
   * @param {Context} context
   * @param {CanvasView} view
   * @param {{key: string, name: string, arcs: Arcs, rings: Int32Array[], box: Box, x: number, y: number}} area
   * @param {(keyof typeof STYLES)[]} styles
   * @returns {Name | null}
   */
  function inArea(context, view, { key, name, arcs, rings, box, x, y }, styles) {
    const [west, north, east, south] = box.map((edge) => edge * view.scale);
    if (east - west < LEAST_PX || south - north < LEAST_PX) return null;
    // What a large area offers that reaches beyond the picture is looked for where the picture is.
    const [right, bottom] = [view.left + view.width, view.top + view.height];
    const large =
      (east - west > view.width / 2 || south - north > view.height / 2) &&
      (west < view.left || north < view.top || east > right || south > bottom);
    const tile = large ? `${Math.floor(view.left / 256)} ${Math.floor(view.top / 256)}` : "";
    const looks = styles.flatMap((style) => broken(name).map((lines) => ({ style, lines })));

    /** @param {number} form */
    function spots(form) {
      const at = `${key} ${looks[form].style} ${form} ${view.zoom} ${tile}`;
      let found = known.get(at);
      if (!found) {
        const half = halfOf(context, looks[form]);
        const window = large
          ? { left: view.left, top: view.top, right, bottom }
          : { left: west, top: north, right: east, bottom: south };
        const anchor = { x: x * view.scale, y: y * view.scale };
        const fits = 2 * half.x <= east - west && 2 * half.y <= south - north;
        found = fits ? spotsInside(arcs, rings, view.scale, half, anchor, window) : [];
        if (known.size > KEPT) known.clear();
        known.set(at, found);
      }
      return found.map((spot) => ({ ...spot, form, x: spot.x - view.left, y: spot.y - view.top }));
    }

    const before = stood.get(key);
    let last;
    if (before) {
      const near = spots(before.form);
      if (near.length) last = nearest(near, before.x * view.scale - view.left, before.y * view.scale - view.top);
    }
    return { key, looks, forms: looks.length, spots, last };
  }

  /**
   * @param {Context} context
   * @param {CanvasView} view
   * @param {Place} place
   * @param {LabelBox[]} obstacles
   * @returns {Name | null}
   */
  function atPlace(context, view, { name, x, y, rank }, obstacles) {
    const [px, py] = [x * view.scale - view.left, y * view.scale - view.top];
    if (px < 0 || py < 0 || px > view.width || py > view.height) return null;
    const style = rank === 0 ? "record" : rank === 1 ? "capital" : "town";
    const mark = obstacles.find((box) => Math.abs(box.x - px) <= box.half.x && Math.abs(box.y - py) <= box.half.y);
    // Beside a cluster of several places, or a number that stands for a country, the name would seem to be theirs.
    if (mark && (rank > 1 || mark.half.x !== mark.half.y || Math.hypot(mark.x - px, mark.y - py) > OWN_PX)) return null;
    const key = `place ${name} ${x}`;
    /** @type {Form} */
    const look = { style, lines: [name] };
    /** @type {LabelSpot[] | undefined} */
    let beside;
    const spots = () => {
      beside ??= mark
        ? spotsBeside(mark.x, mark.y, Math.max(mark.half.x, mark.half.y) + 1, halfOf(context, look))
        : spotsBeside(px, py, BESIDE_PX, halfOf(context, look));
      return beside;
    };
    const before = stood.get(key);
    const last = before && spots()[before.form];
    return { key, looks: Array(8).fill(look), forms: 1, spots, last, dot: mark ? undefined : { x: px, y: py } };
  }

  /**
   * @param {Context} context
   * @param {CanvasView} view
   * @param {LabelBox[]} obstacles
   */
  function wanted(context, view, obstacles) {
    /** @type {(Name | null)[]} */
    const list = [];
    const near = view.zoom >= PROVINCES_FROM_ZOOM;
    const paths = pathsOf(model, view);
    const world = model.base && worldPaths(model, view);
    const inView = (/** @type {Box} */ [west, north, east, south]) =>
      west <= view.east && east >= view.west && north <= view.south && south >= view.north;
    const countries = view.zoom < COUNTRIES_TO_ZOOM ? names.countries() : [];
    /** @param {(country: ReturnType<typeof names.countries>[number]) => boolean} which */
    const addCountries = (which) => {
      for (const country of countries) {
        if (!which(country) || !inView(country.box)) continue;
        const arcs = country.ofWorld && world ? world.arcs : paths.arcs;
        list.push(inArea(context, view, { ...country, arcs }, [country.covered ? "country" : "neighbour"]));
      }
    };
    /** @param {boolean} covered */
    const addProvinces = (covered) => {
      for (const area of names.provinces()) {
        if (area.covered !== covered || !inView(area.box)) continue;
        list.push(inArea(context, view, { ...area, arcs: paths.arcs }, ["province", "small"]));
      }
    };
    /** @type {(ranks: number[]) => void} */
    const addPlaces = (ranks) => {
      for (const place of names.places) {
        if (ranks.includes(place.rank) && view.zoom >= RANK_ZOOM[place.rank])
          list.push(atPlace(context, view, place, obstacles));
      }
    };
    if (!near) addCountries(({ covered }) => covered);
    addPlaces([0]);
    if (near) addProvinces(true);
    addCountries(({ covered }) => !covered);
    addPlaces([1]);
    if (near) addProvinces(false);
    if (near) addCountries(({ covered }) => covered);
    addPlaces([2, 3, 4, 5, 6]);
    return list.filter((name) => name !== null);
  }

  /** @param {CanvasView} view */
  function obstaclesIn(view) {
    const map = mapNow();
    /** @type {LabelBox[]} */
    const boxes = [];
    for (const layer of Object.values(model.layers)) {
      for (const one of [layer, layer.companion])
        if (one && one.mapNow() === map) boxes.push(...(one.painter.obstacles?.() ?? []));
    }
    return boxes.filter(
      ({ x, y, half }) => x + half.x > 0 && y + half.y > 0 && x - half.x < view.width && y - half.y < view.height,
    );
  }

  /**
   * @param {Context} context
   * @param {CanvasView} view
   */
  function place(context, view) {
    placedIn = view;
    const obstacles = obstaclesIn(view);
    const controls = controlsOver(mapNow());
    placed = placeLabels(wanted(context, view, obstacles), [...obstacles, ...controls], view);
    stood = new Map(
      placed.map(({ label, spot: { form, x, y } }) => [
        label.key,
        { form, x: (x + view.left) / view.scale, y: (y + view.top) / view.scale },
      ]),
    );
  }

  return {
    name: "labels",
    pane: "geo-labels",
    z: 470,
    late: true,
    changes: (changed) =>
      ["years", "filters", "layers", "metric"].some((part) => changed.has(/** @type {any} */ (part))),
    /** Most changes of the records leave every name where it was. */
    keeps(context, view) {
      place(context, view);
      const now = JSON.stringify([
        view,
        model.theme,
        placed.map(({ label, spot: { form, x, y } }) => [label.key, form, x, y]),
      ]);
      const same = now === before;
      before = now;
      return same;
    },
    draw(context, view) {
      if (placedIn !== view) place(context, view);
      for (const one of placed) write(context, one);
      return placed.length > 0;
    },
  };

  /**
   * @param {Context} context
   * @param {PlacedLabel} one
   */
  function write(context, { label, spot: { form, x, y } }) {
    const { looks, dot } = /** @type {Name} */ (label);
    const { lines, style } = looks[form];
    const { pixels, font } = fontOf(style);
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = model.colour("label_halo");
    context.fillStyle = model.colour(STYLES[style].colour);
    if (dot) {
      context.beginPath();
      context.arc(dot.x, dot.y, style === "town" ? 2 : 2.6, 0, 2 * Math.PI);
      context.stroke();
      context.fill();
    }
    lines.forEach((line, k) => {
      const at = y + (k - (lines.length - 1) / 2) * pixels * LEADING;
      context.strokeText(line, x, at);
      context.fillText(line, x, at);
    });
  }
}

/**
 * The spot nearest to a point.
 * @param {LabelSpot[]} spots
 * @param {number} x
 * @param {number} y
 */
function nearest(spots, x, y) {
  const away = (/** @type {LabelSpot} */ spot) => Math.hypot(spot.x - x, spot.y - y);
  return spots.reduce((best, spot) => (away(spot) < away(best) ? spot : best));
}
