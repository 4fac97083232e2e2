/* The base map of a page: land by country, lakes, disputed lines and places, from a block of its own. */

import * as decode from "./decode.js";
import { decodeArcs, mercatorX, mercatorY, openTopology } from "./topology.js";

/** @import { BaseBlock, Basemap } from "../types/data.d.ts" */

/**
 * @param {BaseBlock} data
 * @returns {Basemap}
 */
export function openBasemap(data) {
  const { countries, labels, lng, lat, rank, steps } = data.header;
  const bytes = /** @type {Uint8Array} */ (data.section("places"));
  const ends = decode.ends(data.section("places:lengths"));
  const text = new TextDecoder();
  return {
    countries: countries.map((code, k) => ({ code, x: mercatorX(labels[2 * k]), y: mercatorY(labels[2 * k + 1]) })),
    land: openTopology(data, "land:", steps),
    lakes: openTopology(data, "lakes:", steps),
    disputed: decodeArcs(data.section("disputed:arcs"), data.section("disputed:arcs:lengths"), steps),
    places: Array.from(ends, (end, k) => ({
      name: text.decode(bytes.subarray(k ? ends[k - 1] : 0, end)),
      x: mercatorX(lng[k]),
      y: mercatorY(lat[k]),
      rank: rank[k],
    })),
  };
}
