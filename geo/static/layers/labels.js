/* All names on the map, written in one pass: countries, provinces, towns and the places that records name. */

import * as i18n from "../core/i18n.js";
import { placeLabels, spotsBeside, spotsInside } from "../core/labels.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import { pathsOf } from "./paths.js";
import { FONT } from "./symbols.js";
import { worldPaths } from "./world.js";

/** @import { Arcs, Box, Place } from "../types/data.d.ts" */
/** @import { Context, Label, LabelBox, LabelSpot, MapNow, PlacedLabel } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView, Painter } from "../types/page.d.ts" */

/** @typedef {Label & {forms: {lines: string[], style: keyof typeof STYLES}[]}} Name */

const PROVINCES_FROM_ZOOM = 5; // below it the names are those of countries
const COUNTRIES_TO_ZOOM = 8;
const GAP_PX = 2;
const LEADING = 1.12;
const KEPT = 600; // areas whose spots are remembered, of several zoom levels
/** Zoom from which places are named, by rank: places of records, capitals, then towns by size. */
const RANK_ZOOM = [4, 3.5, 4, 5, 6, 7, 8.5];
const STYLES = {
  country: { weight: 600, size: 0, colour: "label" },
  neighbour: { weight: 600, size: 0, colour: "muted" },
  province: { weight: 500, size: 0, colour: "label" },
  small: { weight: 500, size: 10.5, colour: "label" },
  record: { weight: 600, size: 11.5, colour: "label" },
  capital: { weight: 600, size: 11.5, colour: "town" },
  town: { weight: 400, size: 11, colour: "town" },
};

/**
 * @param {Model} model
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
export function labelPainter(model, mapNow) {
  /** @type {Map<string, LabelSpot[]>} Of areas, in pixels of the world at a zoom. */
  const spots = new Map();
  /** @type {Map<string, number>} By font and text. */
  const widths = new Map();
  /** @type {Map<string, {x: number, y: number}>} Where names stood last, in Mercator units or as the number of a spot. */
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
   * @param {keyof typeof STYLES} style
   * @param {string[]} lines
   */
  function halfOf(context, style, lines) {
    const { pixels, font } = fontOf(style);
    const width = Math.max(...lines.map((line) => widthOf(context, font, line)));
    return { x: width / 2 + GAP_PX, y: (lines.length * pixels * LEADING) / 2 + GAP_PX / 2 };
  }

  /**
   * The name of an area, in each form that fits: in one line or two, in ordinary or small letters; null where none does.
   * @param {Context} context
   * @param {CanvasView} view
   * @param {{key: string, name: string, arcs: Arcs, rings: Int32Array[], box: Box, x: number, y: number}} area
   * @param {(keyof typeof STYLES)[]} styles
   * @returns {Name | null}
   */
  function inArea(context, view, { key, name, arcs, rings, box, x, y }, styles) {
    const [west, north, east, south] = box.map((edge) => edge * view.scale);
    // What a far larger area offers is looked for where the picture is.
    const large = east - west > 2 * view.width || south - north > 2 * view.height;
    const tile = large ? `${Math.floor(view.left / 256)} ${Math.floor(view.top / 256)}` : "";
    const forms = styles.flatMap((style) => broken(name).map((lines) => ({ style, lines })));
    const known = `${key} ${view.zoom} ${tile} ${styles}`;
    let found = spots.get(known);
    if (!found) {
      const window = large
        ? { left: view.left, top: view.top, right: view.left + view.width, bottom: view.top + view.height }
        : { left: west, top: north, right: east, bottom: south };
      const anchor = { x: x * view.scale, y: y * view.scale };
      found = forms.flatMap(({ style, lines }, form) => {
        const half = halfOf(context, style, lines);
        if (2 * half.x > east - west || 2 * half.y > south - north) return [];
        return spotsInside(arcs, rings, view.scale, half, anchor, window).map((spot) => ({ ...spot, half, form }));
      });
      if (spots.size > KEPT) spots.clear();
      spots.set(known, found);
    }
    if (!found.length) return null;
    const last = stood.get(key);
    return {
      key,
      forms,
      half: { x: 0, y: 0 },
      spots: found.map((spot) => ({ ...spot, x: spot.x - view.left, y: spot.y - view.top })),
      first: last ? nearest(found, last.x * view.scale, last.y * view.scale) : -1,
    };
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
    const half = halfOf(context, style, [name]);
    const mark = obstacles.find((box) => Math.abs(box.x - px) <= box.half.x && Math.abs(box.y - py) <= box.half.y);
    if (mark && rank > 1) return null;
    const key = `place ${name} ${x}`;
    const beside = mark
      ? spotsBeside(mark.x, mark.y, Math.max(mark.half.x, mark.half.y) + 1, half)
      : spotsBeside(px, py, 5, half);
    const dot = mark ? undefined : { x: px, y: py };
    return { key, forms: [{ lines: [name], style }], half, spots: beside, dot, first: stood.get(key)?.x ?? -1 };
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
      placed.map(({ label, x, y, spot }) => [
        label.key,
        label.key.startsWith("place ")
          ? { x: spot, y: 0 }
          : { x: (x + view.left) / view.scale, y: (y + view.top) / view.scale },
      ]),
    );
  }

  return {
    name: "labels",
    pane: "geo-labels",
    z: 470,
    changes: (changed) =>
      ["years", "filters", "layers", "metric"].some((part) => changed.has(/** @type {any} */ (part))),
    /** Most changes of the records leave every name where it was. */
    keeps(context, view) {
      place(context, view);
      const now = JSON.stringify([view, model.theme, placed.map(({ label, x, y }) => [label.key, x, y])]);
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
  function write(context, { label, x, y, spot }) {
    const { forms, dot, spots: own } = /** @type {Name} */ (label);
    const { lines, style } = forms[own[spot].form ?? 0];
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
 * Boxes of what lies over a map: controls, and the heading of a page.
 * @param {L.Map | undefined} map
 * @returns {LabelBox[]}
 */
function controlsOver(map) {
  const container = map?.getContainer();
  if (!container) return [];
  const edge = container.getBoundingClientRect();
  const over = [...container.querySelectorAll(".leaflet-control"), ...document.querySelectorAll(".geo-header > *")];
  return over.map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const half = { x: width / 2, y: height / 2 };
    return { x: left - edge.left + half.x, y: top - edge.top + half.y, half };
  });
}

/**
 * The index of the spot nearest to a point.
 * @param {LabelSpot[]} spots
 * @param {number} x
 * @param {number} y
 */
function nearest(spots, x, y) {
  let best = 0;
  const away = (/** @type {number} */ k) => Math.hypot(spots[k].x - x, spots[k].y - y);
  for (let k = 1; k < spots.length; k++) if (away(k) < away(best)) best = k;
  return best;
}

/**
 * A name in one line, then in the two lines that are most alike.
 * @param {string} name
 */
function broken(name) {
  const words = name.split(" ");
  const cuts = words.slice(1).map((_, k) => [words.slice(0, k + 1).join(" "), words.slice(k + 1).join(" ")]);
  cuts.sort((a, b) => Math.max(a[0].length, a[1].length) - Math.max(b[0].length, b[1].length));
  return cuts.length ? [[name], cuts[0]] : [[name]];
}

/**
 * What may be named, the most important of each kind first.
 * @param {Model} model
 */
function namesOf(model) {
  /** @type {Intl.DisplayNames | null} */
  let regions = null;
  /** @param {string} code */
  function countryName(code) {
    try {
      regions ??= new Intl.DisplayNames([i18n.locale()], { type: "region" });
      return regions.of(code) ?? code;
    } catch {
      return code; // not a code that the browser knows
    }
  }

  /** @typedef {{key: string, name: string, covered: boolean, ofWorld: boolean, rings: Int32Array[], box: Box, x: number, y: number}} Named */
  /** @type {{shown: string, countries: Named[], provinces: Named[]} | null} */
  let made = null;
  function all() {
    const shown = model.drawn.shown.join();
    if (made?.shown === shown) return made;
    const { areas, store, topology } = model;
    const provinces = [...model.drawn.shown]
      .sort((a, b) => areas.km2[b] - areas.km2[a])
      .map((area) => ({
        key: `area ${area}`,
        name: store.header.names[areas.code[area] - 1],
        covered: areas.covered(area),
        ofWorld: false,
        ...topology.areas[area],
        x: mercatorX(areas.lng[area]),
        y: mercatorY(areas.lat[area]),
      }));
    made = { shown, countries: countriesOf(model, countryName), provinces };
    return made;
  }
  return {
    countries: () => all().countries,
    provinces: () => all().provinces,
    places: model.base?.places ?? [],
  };
}

/**
 * Countries by the room that they have on the map.
 * @param {Model} model
 * @param {(code: string) => string} nameOf
 */
function countriesOf(model, nameOf) {
  const { base, areas, topology, store } = model;
  const size = (/** @type {{box: Box}} */ { box: [west, north, east, south] }) => (east - west) * (south - north);
  if (base)
    return base.countries
      .map(({ code, x, y }, k) => ({
        key: `country ${code}`,
        name: nameOf(code),
        covered: store.header.countries[code]?.covered ?? false,
        ofWorld: true,
        ...base.land.areas[k],
        x,
        y,
        code,
      }))
      .filter(({ code, rings }) => code && rings.length)
      .sort((a, b) => size(b) - size(a));
  return Object.entries(store.header.countries).map(([code, { lng, lat, covered }]) => {
    const own = model.drawn.shown.filter((area) => areas.country(area) === code).map((area) => topology.areas[area]);
    return {
      key: `country ${code}`,
      name: nameOf(code),
      covered,
      ofWorld: false,
      rings: own.flatMap(({ rings }) => rings),
      box: own.reduce(
        (all, { box }) =>
          /** @type {Box} */ ([
            Math.min(all[0], box[0]),
            Math.min(all[1], box[1]),
            Math.max(all[2], box[2]),
            Math.max(all[3], box[3]),
          ]),
        /** @type {Box} */ ([Infinity, Infinity, -Infinity, -Infinity]),
      ),
      x: mercatorX(lng),
      y: mercatorY(lat),
      code,
    };
  });
}
