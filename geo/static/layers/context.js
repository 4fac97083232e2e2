/* The 2D context of a canvas. */

/**
 * The context of a canvas; every browser that a page runs in has one.
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no canvas context");
  return context;
}
