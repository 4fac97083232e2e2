/* The outlines of symbols. */

/** @import { Context } from "../types/layers.d.ts" */

/**
 * Corners on a unit circle: [angle in turns from the top, distance].
 * @param {number} points
 * @param {number} inner Distance of the inner corners.
 * @returns {[number, number][]}
 */
function star(points, inner) {
  return Array.from({ length: points * 2 }, (_, k) => [k / (points * 2), k % 2 ? inner : 1.15]);
}
/** @type {(corners: number, turn?: number, size?: number) => [number, number][]} */
const polygon = (corners, turn = 0, size = 1) => Array.from({ length: corners }, (_, k) => [turn + k / corners, size]);
/** @type {Record<string, [number, number][]>} */
const CORNERS = {
  star: star(5, 0.52),
  diamond: polygon(4, 0, 1.15),
  triangle: polygon(3, 0, 1.2),
  square: polygon(4, 1 / 8, 1.2),
  pentagon: polygon(5, 0, 1.1),
};
/** @type {[number, number][]} */
const CROSS = [
  [-0.35, -1],
  [0.35, -1],
  [0.35, -0.35],
  [1, -0.35],
  [1, 0.35],
  [0.35, 0.35],
  [0.35, 1],
  [-0.35, 1],
  [-0.35, 0.35],
  [-1, 0.35],
  [-1, -0.35],
  [-0.35, -0.35],
];
/** @type {[number, number][]} */
const SHIELD = [
  [-0.95, -1],
  [0.95, -1],
  [0.95, 0.1],
  [0.6, 0.7],
  [0, 1.15],
  [-0.6, 0.7],
  [-0.95, 0.1],
];

/**
 * @param {Context} context
 * @param {[number, number][]} corners
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function outline(context, corners, x, y, r) {
  context.beginPath();
  for (const [dx, dy] of corners) context.lineTo(x + dx * r, y + dy * r);
  context.closePath();
}

/**
 * The outline of a shape as the context's path.
 * @param {Context} context
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function trace(context, shape, x, y, r) {
  if (shape === "cross") return outline(context, CROSS, x, y, r);
  if (shape === "shield") return outline(context, SHIELD, x, y, r);
  if (shape in CORNERS)
    return outline(
      context,
      CORNERS[shape].map(([turn, d]) => [Math.sin(turn * 2 * Math.PI) * d, -Math.cos(turn * 2 * Math.PI) * d]),
      x,
      y,
      r,
    );
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
}
