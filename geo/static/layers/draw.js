/* The map as seen, on one canvas, for a picture of it. */

import { viewOf } from "./canvas.js";

/** Draw what `map` shows of `model` at `scale` pixels a CSS pixel; tiles and layers of others are not part of it. */
export async function drawMap(model, map, canvas, { scale = 2 } = {}) {
  await model.ready;
  const { x: width, y: height } = map.getSize();
  const { min } = map.getPixelBounds();
  const view = viewOf(map.getZoom(), min.x, min.y, width, height);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = model.colour("outside");
  context.fillRect(0, 0, width, height);
  const shown = [];
  map.eachLayer((layer) => layer.painter && layer.model === model && shown.push(layer.painter));
  for (const painter of shown.sort((a, b) => a.z - b.z)) {
    context.save();
    painter.draw(context, view);
    context.restore();
  }
  // Marks remember where they were drawn for the pointer: draw them once more for the screen.
  map.eachLayer((layer) => layer.painter && layer.model === model && layer._queue());
  return canvas;
}
