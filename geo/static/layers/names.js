/* What may be named on a map, and what lies over it. */

import * as i18n from "../core/i18n.js";
import { mercatorX, mercatorY } from "../core/topology.js";

/** @import { Box } from "../types/data.d.ts" */
/** @import { LabelBox } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @typedef {{key: string, name: string, covered: boolean, ofWorld: boolean, rings: Int32Array[], box: Box, x: number, y: number}} Named */

/** Zoom from which places are named, by rank: places of records, capitals, then towns by size. */
export const RANK_ZOOM = [4, 3.5, 4, 5, 6, 7, 8.5];
export const STYLES = {
  country: { weight: 600, size: 0, colour: "label" },
  neighbour: { weight: 600, size: 0, colour: "muted" },
  province: { weight: 500, size: 0, colour: "label" },
  small: { weight: 500, size: 10.5, colour: "label" },
  record: { weight: 600, size: 11.5, colour: "label" },
  capital: { weight: 600, size: 11.5, colour: "town" },
  town: { weight: 400, size: 11, colour: "town" },
};

/**
 * Boxes of what lies over a map: controls, and the heading of a page.
 * @param {L.Map | undefined} map
 * @returns {LabelBox[]}
 */
export function controlsOver(map) {
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
 * What may be named, the most important of each kind first.
 * @param {Model} model
 */
export function namesOf(model) {
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

/**
 * A name in one line, then in the two lines that are most alike.
 * @param {string} name
 */
export function broken(name) {
  const words = name.split(" ");
  const cuts = words.slice(1).map((_, k) => [words.slice(0, k + 1).join(" "), words.slice(k + 1).join(" ")]);
  cuts.sort((a, b) => Math.max(a[0].length, a[1].length) - Math.max(b[0].length, b[1].length));
  return cuts.length ? [[name], cuts[0]] : [[name]];
}
