/* Hatching of areas. */

import { contextOf } from "./context.js";

/** @import { Context } from "../types/layers.d.ts" */

/** @type {Map<string, HTMLCanvasElement>} */
const tiles = new Map();

/**
 * Parallel lines at an angle in degrees, spacing and width in pixels, whole or in dashes; they stay where the context's origin is.
 * @param {Context} context
 * @param {{colour: string, halo?: string, angle: number, spacing: number, width: number, line?: number[]}} look
 */
export function hatch(context, { colour, halo, angle, spacing, width, line = [] }) {
  const ratio = Math.max(2, context.getTransform().a); // turned by an angle, a coarse tile would look pale
  const [dash, gap] = line.length ? line : [spacing, 0];
  const key = [colour, halo, spacing, width, ratio, ...line].join();
  let tile = tiles.get(key);
  if (!tile) {
    tile = document.createElement("canvas");
    tile.width = Math.round((dash + gap) * ratio);
    tile.height = Math.round(spacing * ratio);
    const paint = contextOf(tile);
    /** @type {(style: string, thick: number) => void} */
    const strip = (style, thick) => {
      paint.fillStyle = style;
      const length = Math.min(dash + (thick - width), dash + gap);
      paint.fillRect(0, ((spacing - thick) / 2) * ratio, length * ratio, thick * ratio);
    };
    if (halo) strip(halo, width + 2);
    strip(colour, width);
    tiles.set(key, tile);
  }
  const pattern = context.createPattern(tile, "repeat");
  if (!pattern) return colour; // only where the tile has no pixels
  pattern.setTransform(new DOMMatrix().rotate(-angle).scale((dash + gap) / tile.width, spacing / tile.height));
  return pattern;
}
