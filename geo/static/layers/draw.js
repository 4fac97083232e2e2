/* Draw the visible map on one canvas, for a PNG. */

import { viewOf } from "./canvas.js";
import { contextOf } from "./context.js";

/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasLayer } from "../types/page.d.ts" */

/**
 * Draw what `map` shows of `model` at `scale` pixels a CSS pixel; tiles and layers of others are not part of it.
 * @param {Model} model
 * @param {L.Map} map
 * @param {HTMLCanvasElement} canvas
 * @param {{scale?: number}} [options]
 */
export async function drawMap(model, map, canvas, { scale = 2 } = {}) {
  await model.ready;
  const { x: width, y: height } = map.getSize();
  const { x: left, y: top } = map.getPixelBounds().getTopLeft();
  const view = viewOf(map.getZoom(), left, top, width, height);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = contextOf(canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = model.colour("outside");
  context.fillRect(0, 0, width, height);
  /** @type {CanvasLayer[]} */
  const shown = [];
  map.eachLayer((layer) => {
    if ("painter" in layer && "model" in layer && layer.model === model) shown.push(/** @type {CanvasLayer} */ (layer));
  });
  const painters = shown.map(({ painter }) => painter);
  for (const painter of painters.sort((a, b) => a.z - b.z)) {
    context.save();
    painter.draw(context, view);
    context.restore();
  }
  // Marks remember where they were drawn for the pointer: draw them once more for the screen.
  for (const layer of shown) layer._queue();
  return canvas;
}
