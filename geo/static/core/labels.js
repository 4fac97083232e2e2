/* Where names stand on a map: pure geometry, in pixels. */

/** @import { Arcs } from "../types/data.d.ts" */
/** @import { Label, LabelBox, LabelSpot, PlacedLabel } from "../types/layers.d.ts" */

const CELL_PX = 64; // of the grid in which boxes are looked up
const DOT_PX = 3; // half the room that the dot of a town takes
const MOST = 24; // spots of an area: where none of them is free there is no room

/**
 * Give each label, in the order of their priority, its first spot where it lies in the picture and touches neither an obstacle nor a label
 * before it. Labels for which there is none are left out. The spot where a label stood `last` is tried before the others. Spots of a later
 * form of the label are asked for only where an earlier form finds no room.
 * @param {Label[]} labels
 * @param {LabelBox[]} obstacles
 * @param {{width: number, height: number}} picture
 * @returns {PlacedLabel[]}
 */
export function placeLabels(labels, obstacles, { width, height }) {
  const taken = boxGrid();
  for (const box of obstacles) taken.add(box);
  const free = (/** @type {LabelBox} */ box) => within(box, width, height) && taken.free(box);
  /** @type {PlacedLabel[]} */
  const placed = [];
  for (const label of labels) {
    const { dot } = label;
    const own = dot && { x: dot.x, y: dot.y, half: { x: DOT_PX, y: DOT_PX } };
    if (own && !taken.free(own)) continue;
    const spot = firstFree(label, free);
    if (!spot) continue;
    taken.add(spot);
    if (own) taken.add(own);
    placed.push({ label, spot });
  }
  return placed;
}

/**
 * @param {Label} label
 * @param {(box: LabelBox) => boolean} free
 * @returns {LabelSpot | null}
 */
function firstFree({ forms, spots, last }, free) {
  if (last && free(last)) return last;
  for (let form = 0; form < forms; form++) for (const spot of spots(form)) if (free(spot)) return spot;
  return null;
}

/**
 * @param {LabelBox} box
 * @param {number} width
 * @param {number} height
 */
function within({ x, y, half }, width, height) {
  return x - half.x >= 0 && x + half.x <= width && y - half.y >= 0 && y + half.y <= height;
}

/** Boxes by the cells of a grid that they reach into. */
function boxGrid() {
  /** @type {Map<number, LabelBox[]>} */
  const cells = new Map();

  /**
   * Whether `visit` is true of every cell of a box.
   * @param {LabelBox} box
   * @param {(key: number) => boolean} visit
   */
  function every({ x, y, half }, visit) {
    for (let i = Math.floor((x - half.x) / CELL_PX); i <= Math.floor((x + half.x) / CELL_PX); i++)
      for (let j = Math.floor((y - half.y) / CELL_PX); j <= Math.floor((y + half.y) / CELL_PX); j++)
        if (!visit(i * 65536 + j)) return false;
    return true;
  }

  return {
    /** @param {LabelBox} box */
    add(box) {
      every(box, (key) => {
        const cell = cells.get(key);
        if (cell) cell.push(box);
        else cells.set(key, [box]);
        return true;
      });
    },
    /** @param {LabelBox} box */
    free(box) {
      return every(
        box,
        (key) =>
          !cells
            .get(key)
            ?.some(
              (other) =>
                Math.abs(other.x - box.x) < other.half.x + box.half.x &&
                Math.abs(other.y - box.y) < other.half.y + box.half.y,
            ),
      );
    },
  };
}

/**
 * Spots of a label beside a point, the best first: right, left, above, below, then at the corners.
 * @param {number} x
 * @param {number} y
 * @param {number} radius Of what stands on the point.
 * @param {{x: number, y: number}} half Of the label.
 * @returns {LabelSpot[]}
 */
export function spotsBeside(x, y, radius, half) {
  const [dx, dy] = [radius + half.x, radius + half.y];
  const [cx, cy] = [radius / 2 + half.x, radius / 2 + half.y];
  /** @type {[number, number][]} */
  const sides = [
    [dx, 0],
    [-dx, 0],
    [0, -dy],
    [0, dy],
    [cx, -cy],
    [cx, cy],
    [-cx, -cy],
    [-cx, cy],
  ];
  return sides.map(([right, down], form) => ({ x: x + right, y: y + down, half, form }));
}

/**
 * Spots where a label lies inside an area, those nearest to the anchor first. They lie on a grid that is counted from the anchor, so that
 * they do not depend on the window.
 * @param {Arcs} arcs
 * @param {Int32Array[]} rings Of the area.
 * @param {number} scale Pixels a unit of the arcs; spots, half and anchor are in pixels.
 * @param {{x: number, y: number}} half
 * @param {{x: number, y: number}} anchor
 * @param {{left: number, top: number, right: number, bottom: number}} window Where spots are wanted.
 * @returns {LabelSpot[]}
 */
export function spotsInside(arcs, rings, scale, half, anchor, window) {
  const [stepX, stepY] = [
    Math.max(half.x, (window.right - window.left) / 20),
    Math.max(half.y, 8, (window.bottom - window.top) / 16),
  ];
  const rows = gridLines(anchor.y, stepY, window.top + half.y, window.bottom - half.y);
  if (!rows.length) return [];
  const lines = rows.flatMap((y) => [y - half.y, y, y + half.y]);
  const crossings = crossingsOf(arcs, rings, scale, lines);
  const spots = [];
  for (const [row, y] of rows.entries()) {
    for (const [from, to] of common(crossings.slice(3 * row, 3 * row + 3))) {
      const [low, high] = [Math.max(from, window.left) + half.x, Math.min(to, window.right) - half.x];
      if (low > high) continue;
      const nearest = Math.min(Math.max(anchor.x, low), high);
      for (const x of new Set([nearest, ...gridLines(anchor.x, stepX, low, high)]))
        spots.push({ x, y, half, form: 0, away: Math.hypot(x - anchor.x, 2 * (y - anchor.y)) });
    }
  }
  const { left, top, right, bottom } = window;
  if (anchor.x < left || anchor.x > right || anchor.y < top || anchor.y > bottom) {
    // Only a part of the area is in the window: the middle of that part is better than the edge nearest to the anchor.
    const [x, y] = [mean(spots.map((spot) => spot.x)), mean(spots.map((spot) => spot.y))];
    for (const spot of spots) spot.away = Math.hypot(spot.x - x, 2 * (spot.y - y));
  }
  spots.sort((a, b) => a.away - b.away);
  return spots.slice(0, MOST);
}

/** @type {(values: number[]) => number} */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The multiples of a step, counted from an origin, between two bounds.
 * @param {number} origin
 * @param {number} step
 * @param {number} low
 * @param {number} high
 */
function gridLines(origin, step, low, high) {
  const lines = [];
  for (let k = Math.ceil((low - origin) / step); origin + k * step <= high; k++) lines.push(origin + k * step);
  return lines;
}

/**
 * Where horizontal lines cross the rings, by line, from left to right.
 * @param {Arcs} arcs
 * @param {Int32Array[]} rings
 * @param {number} scale
 * @param {number[]} lines
 */
function crossingsOf({ x, y, ends }, rings, scale, lines) {
  const order = lines.map((_, k) => k).sort((a, b) => lines[a] - lines[b]);
  const sorted = Float64Array.from(order, (k) => lines[k]);
  /** @type {number[][]} */
  const found = lines.map(() => []);
  const [top, bottom] = [sorted[0], sorted[sorted.length - 1]];
  for (const ring of rings) {
    for (const ref of ring) {
      const arc = ref < 0 ? ~ref : ref;
      const end = ends[arc];
      const start = arc ? ends[arc - 1] : 0;
      let before = y[start] * scale;
      for (let k = start + 1; k < end; k++) {
        const now = y[k] * scale;
        const [low, high] = before < now ? [before, now] : [now, before];
        if (high > top && low <= bottom && high > low) {
          for (let line = firstAbove(sorted, low); line < sorted.length && sorted[line] < high; line++) {
            const share = (sorted[line] - before) / (now - before);
            found[order[line]].push((x[k - 1] + (x[k] - x[k - 1]) * share) * scale);
          }
        }
        before = now;
      }
    }
  }
  for (const list of found) list.sort((a, b) => a - b);
  return found;
}

/**
 * The index of the first of sorted values that is not below a value.
 * @param {Float64Array} sorted
 * @param {number} value
 */
function firstAbove(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The stretches that are inside on every line; each line has its crossings in order, and is inside after every odd one.
 * @param {number[][]} lines
 */
function common(lines) {
  /** @type {[number, number][]} */
  let inside = [[-Infinity, Infinity]];
  for (const line of lines) {
    /** @type {[number, number][]} */
    const both = [];
    for (let k = 0; k + 1 < line.length; k += 2)
      for (const [from, to] of inside) {
        const [low, high] = [Math.max(from, line[k]), Math.min(to, line[k + 1])];
        if (low < high) both.push([low, high]);
      }
    inside = both;
  }
  return inside;
}
