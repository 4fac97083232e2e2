/* Hatching of areas. */

import { contextOf } from "./context.js";

/** @import { Context } from "../types/layers.d.ts" */

/** @type {Map<string, HTMLCanvasElement>} */
const tiles = new Map();

/**
 * Parallel lines at an angle in degrees, spacing and width in pixels; they stay where the context's origin is.
 * @param {Context} context
 * @param {{colour: string, halo?: string, angle: number, spacing: number, width: number}} look
 */
export function hatch(context, { colour, halo, angle, spacing, width }) {
  const ratio = Math.max(2, context.getTransform().a); // turned by an angle, a coarse tile would look pale
  const key = [colour, halo, spacing, width, ratio].join();
  let tile = tiles.get(key);
  if (!tile) {
    tile = document.createElement("canvas");
    const size = Math.round(spacing * ratio);
    tile.width = tile.height = size;
    const paint = contextOf(tile);
    /** @type {(style: string, thick: number) => void} */
    const strip = (style, thick) => {
      paint.fillStyle = style;
      paint.fillRect(0, ((spacing - thick) / 2) * ratio, size, thick * ratio);
    };
    if (halo) strip(halo, width + 2);
    strip(colour, width);
    tiles.set(key, tile);
  }
  const pattern = context.createPattern(tile, "repeat");
  if (!pattern) return colour; // only where the tile has no pixels
  pattern.setTransform(new DOMMatrix().rotate(-angle).scale(spacing / tile.width));
  return pattern;
}
