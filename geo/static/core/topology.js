/* Province polygons: shared arcs once, in Mercator units (the world is 0..1 wide and high), thinned for a zoom when asked. */

import { NO_VALUE } from "./dates.js";
import * as decode from "./decode.js";

/** @import { Arcs, Block, Box, Topology } from "../types/data.d.ts" */

const STEPS_PER_DEGREE = 1e5;
const RADIANS = Math.PI / 180;
const EDGE = 0.05; // of the world's width: 18 degrees on either side of the antimeridian

/** @type {(steps: number) => number} */
export const degrees = (steps) => (steps === NO_VALUE ? NaN : steps / STEPS_PER_DEGREE);
/** @type {(lng: number) => number} */
export const mercatorX = (lng) => lng / 360 + 0.5;
/** @type {(lat: number) => number} */
export const mercatorY = (lat) => {
  const sin = Math.sin(Math.max(-85.0511, Math.min(85.0511, lat)) * RADIANS);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
};
/** @type {(y: number) => number} */
export const latitude = (y) => (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RADIANS;
/** @type {(x: number) => number} */
export const longitude = (x) => (x - 0.5) * 360;

/**
 * Decode the zigzag variable-length differences of arcs to points in Mercator units.
 * @param {ArrayLike<number>} bytes
 * @param {ArrayLike<number>} lengths Points of each arc.
 * @param {number} [steps] Per degree.
 * @returns {Arcs}
 */
export function decodeArcs(bytes, lengths, steps = STEPS_PER_DEGREE) {
  const ends = decode.ends(lengths);
  const total = ends.length ? ends[ends.length - 1] : 0;
  const x = new Float64Array(total);
  const y = new Float64Array(total);
  let at = 0;
  const next = () => {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte & 0x80);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  let [firstLng, firstLat] = [0, 0];
  for (let arc = 0, k = 0; arc < ends.length; arc++) {
    let [lng, lat] = [firstLng, firstLat];
    const start = k;
    for (; k < ends[arc]; k++) {
      lng += next();
      lat += next();
      if (k === start) [firstLng, firstLat] = [lng, lat];
      x[k] = mercatorX(lng / steps);
      y[k] = mercatorY(lat / steps);
    }
  }
  return { x, y, ends };
}

/**
 * The polygons of a data block: arcs, and for each area its rings as lists of arc numbers (~arc: backwards) and its bounds.
 * @param {Block} data
 * @param {string} [prefix] Of the names of its sections.
 * @param {number} [steps] Of its points, per degree.
 * @returns {Topology}
 */
export function openTopology(data, prefix = "", steps = STEPS_PER_DEGREE) {
  const section = (/** @type {string} */ name) => data.section(prefix + name);
  const arcs = decodeArcs(section("arcs"), section("arcs:lengths"), steps);
  const refs = /** @type {Int32Array} */ (section("ring_arcs"));
  const ringEnds = decode.ends(section("ring_arcs:lengths"));
  const areaEnds = decode.ends(section("areas:lengths"));
  const boxes = arcBoxes(arcs);
  /** @type {Topology["areas"]} */
  const areas = [];
  /** @type {Set<number>} */
  const moved = new Set();
  for (let a = 0, ring = 0; a < areaEnds.length; a++) {
    const rings = [];
    for (; ring < areaEnds[a]; ring++) rings.push(refs.subarray(ring ? ringEnds[ring - 1] : 0, ringEnds[ring]));
    joinAtAntimeridian(rings, arcs, boxes, moved);
    areas.push({ rings, box: around(rings, boxes) });
  }
  return { arcs, areas };
}

/**
 * Move rings at the western edge of the world beyond the eastern one where their area has rings at both, so that the area is drawn in one piece.
 * @param {Int32Array[]} rings
 * @param {Arcs} arcs Changed in place.
 * @param {Box[]} boxes Of the arcs; changed in place.
 * @param {Set<number>} moved Arcs that were moved before.
 */
function joinAtAntimeridian(rings, arcs, boxes, moved) {
  const numbers = rings.map((ring) => Array.from(ring, (ref) => (ref < 0 ? ~ref : ref)));
  const west = numbers.filter((list) => list.every((arc) => boxes[arc][2] < EDGE));
  if (!west.length || !numbers.some((list) => list.some((arc) => boxes[arc][2] > 1 - EDGE))) return;
  for (const arc of new Set(west.flat())) {
    if (moved.has(arc)) continue;
    moved.add(arc);
    for (let k = arc ? arcs.ends[arc - 1] : 0; k < arcs.ends[arc]; k++) arcs.x[k] += 1;
    boxes[arc][0] += 1;
    boxes[arc][2] += 1;
  }
}

/**
 * West, north, east, south of each arc in Mercator units.
 * @param {Arcs} arcs
 * @returns {Box[]}
 */
function arcBoxes({ x, y, ends }) {
  return Array.from(ends, (end, arc) => {
    const box = emptyBox();
    for (let k = arc ? ends[arc - 1] : 0; k < end; k++) widen(box, x[k], y[k], x[k], y[k]);
    return box;
  });
}

/** @returns {Box} */
const emptyBox = () => [Infinity, Infinity, -Infinity, -Infinity];

/**
 * @param {Int32Array[]} rings
 * @param {Box[]} boxes Of the arcs.
 */
function around(rings, boxes) {
  const box = emptyBox();
  for (const ring of rings) for (const ref of ring) widen(box, ...boxes[ref < 0 ? ~ref : ref]);
  return box;
}

/**
 * @param {Box} box Changed in place.
 * @param {number} west
 * @param {number} north
 * @param {number} east
 * @param {number} south
 */
function widen(box, west, north, east, south) {
  box[0] = Math.min(box[0], west);
  box[1] = Math.min(box[1], north);
  box[2] = Math.max(box[2], east);
  box[3] = Math.max(box[3], south);
}

/**
 * Arcs with the points that a map of `scale` pixels a world can show: a point nearer than `pixels` to the one kept
 * before it is left out. Ends stay, so that neighbours still meet.
 * @param {Arcs} arcs
 * @param {number} scale
 * @param {number} pixels
 * @returns {Arcs}
 */
export function thin({ x, y, ends }, scale, pixels) {
  const least = (pixels / scale) ** 2;
  /** @type {number[]} */
  const keptX = [];
  /** @type {number[]} */
  const keptY = [];
  const keptEnds = new Uint32Array(ends.length);
  for (let arc = 0, k = 0; arc < ends.length; arc++) {
    let [px, py] = [NaN, NaN];
    for (; k < ends[arc]; k++) {
      const near = (x[k] - px) ** 2 + (y[k] - py) ** 2 < least;
      if (near && k < ends[arc] - 1) continue;
      [px, py] = [x[k], y[k]];
      keptX.push(px);
      keptY.push(py);
    }
    keptEnds[arc] = keptX.length;
  }
  return { x: Float64Array.from(keptX), y: Float64Array.from(keptY), ends: keptEnds };
}

/**
 * Which arcs are country outlines (one side only, or different countries) and which are lines between provinces.
 * @param {Topology["areas"]} topologyAreas
 * @param {number[]} shown Numbers of areas.
 * @param {(area: number) => number} countryOf
 * @param {number} arcCount
 */
export function borderKinds(topologyAreas, shown, countryOf, arcCount) {
  const side = new Int32Array(arcCount).fill(-1); // country on the side of the arc that was visited first
  const kind = new Uint8Array(arcCount); // 0 not drawn, 1 country, 2 province
  for (const area of shown) {
    const country = countryOf(area);
    for (const ring of topologyAreas[area].rings) {
      for (const ref of ring) {
        const arc = ref < 0 ? ~ref : ref;
        kind[arc] = side[arc] === country ? 2 : 1;
        side[arc] = country;
      }
    }
  }
  return kind;
}
