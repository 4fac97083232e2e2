/* Cluster marks that would cover each other: by cells of a grid first, then neighbouring cells whose circles still touch. */

/** @import { ClusterCell, ClusterMarks, Clusters } from "../types/data.d.ts" */

/**
 * Cluster what is in view. The grid lies on the world, not on the screen: panning moves no cluster.
 * @param {ClusterMarks} marks
 * @param {{scale: number, left: number, top: number, width: number, height: number}} view Pixels.
 * @param {number} cell Side of a grid cell in pixels.
 * @param {(count: number) => number} radius Of a cluster's circle, in pixels.
 * @returns {Clusters} The largest cluster first.
 */
export function clusterMarks(marks, view, cell, radius) {
  const { indices, x, y, category, form, categories } = marks;
  const { scale, left, top, width, height } = view;
  const col0 = Math.floor(left / cell);
  const row0 = Math.floor(top / cell);
  const cols = Math.floor((left + width) / cell) - col0 + 1;
  const rows = Math.floor((top + height) / cell) - row0 + 1;
  const slotOf = new Int32Array(cols * rows).fill(-1);
  /** @type {ClusterCell[]} */
  const cells = [];
  const assigned = new Int32Array(indices.length).fill(-1);
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k];
    const px = x[i] * scale;
    const py = y[i] * scale;
    const col = Math.floor(px / cell) - col0;
    const row = Math.floor(py / cell) - row0;
    if (col < 0 || row < 0 || col >= cols || row >= rows) continue;
    let slot = slotOf[row * cols + col];
    if (slot < 0) {
      slot = slotOf[row * cols + col] = cells.length;
      cells.push({
        count: 0,
        x: 0,
        y: 0,
        box: [Infinity, Infinity, -Infinity, -Infinity],
        counts: new Uint32Array(categories),
        forms: 0,
        first: i,
        slots: [slot],
        col,
        row,
      });
    }
    const at = cells[slot];
    assigned[k] = slot;
    at.count++;
    at.x += px - left;
    at.y += py - top;
    at.counts[category[i]]++;
    at.forms |= 1 << form[i];
    const { box } = at;
    if (x[i] < box[0]) box[0] = x[i];
    if (y[i] < box[1]) box[1] = y[i];
    if (x[i] > box[2]) box[2] = x[i];
    if (y[i] > box[3]) box[3] = y[i];
  }
  for (const at of cells) {
    at.x /= at.count;
    at.y /= at.count;
  }
  const clusters = merge(cells, cols, rows, radius);
  /** @type {Clusters["members"]} */
  const members = ({ slots }) => {
    const wanted = new Set(slots);
    return Array.from(indices).filter((_, k) => wanted.has(assigned[k]));
  };
  return { clusters, members };
}

/**
 * Merge into each cluster, the largest first, those neighbours up to two cells away whose circles it would cover.
 * @param {ClusterCell[]} cells
 * @param {number} cols
 * @param {number} rows
 * @param {(count: number) => number} radius
 */
function merge(cells, cols, rows, radius) {
  const grid = new Map(cells.map((at) => [at.row * cols + at.col, at]));
  const order = [...cells].sort((a, b) => b.count - a.count || a.row - b.row || a.col - b.col);
  const out = [];
  for (const at of order) {
    if (!grid.has(at.row * cols + at.col)) continue; // merged into another
    grid.delete(at.row * cols + at.col);
    for (let row = Math.max(0, at.row - 2); row <= Math.min(rows - 1, at.row + 2); row++) {
      for (let col = Math.max(0, at.col - 2); col <= Math.min(cols - 1, at.col + 2); col++) {
        const other = grid.get(row * cols + col);
        if (!other || Math.hypot(at.x - other.x, at.y - other.y) >= radius(at.count) + radius(other.count)) continue;
        grid.delete(row * cols + col);
        absorb(at, other);
      }
    }
    out.push(at);
  }
  return out.sort((a, b) => b.count - a.count || a.row - b.row || a.col - b.col);
}

/**
 * Add cluster `other` to cluster `at`.
 * @param {ClusterCell} at
 * @param {ClusterCell} other
 */
function absorb(at, other) {
  const sum = at.count + other.count;
  at.x = (at.x * at.count + other.x * other.count) / sum;
  at.y = (at.y * at.count + other.y * other.count) / sum;
  at.count = sum;
  for (let k = 0; k < at.counts.length; k++) at.counts[k] += other.counts[k];
  at.forms |= other.forms;
  at.slots.push(...other.slots);
  for (const side of [0, 1]) at.box[side] = Math.min(at.box[side], other.box[side]);
  for (const side of [2, 3]) at.box[side] = Math.max(at.box[side], other.box[side]);
}

/**
 * The most records in one cell of the grid.
 * @param {Pick<ClusterMarks, "indices" | "x" | "y">} marks
 * @param {number} scale Pixels a world.
 * @param {number} cell
 */
export function densest({ indices, x, y }, scale, cell) {
  const counts = new Map();
  let most = 1;
  for (const i of indices) {
    const key = Math.floor((y[i] * scale) / cell) * 2 ** 24 + Math.floor((x[i] * scale) / cell);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) most = count;
  }
  return most;
}

/**
 * Radius of a cluster by its count, in pixels.
 * @param {number} most Count of the largest cluster of all data, which has the radius `largest`; areas are in proportion to counts.
 * @param {number} least No radius is below it.
 * @param {number} largest
 * @returns {(count: number) => number}
 */
export function radiusBy(most, least, largest) {
  const top = Math.min(largest, least * most ** 0.25); // small data sets have no large circles
  return (count) => (count <= 1 ? least * 0.7 : Math.max(least, top * Math.sqrt(count / most)));
}
