/* Swatches and headings of the legend, for screen, print and picture. */

import { t } from "../core/i18n.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").LegendEntry} LegendEntry */
/** @typedef {[width: number, height: number]} Size */

/** @type {Record<string, Size>} */
const SWATCH = { choropleth: [37, 13], strongholds: [28, 16], default: [20, 20] };

/**
 * Width and height in pixels of a layer's swatches.
 * @param {string} name
 * @returns {Size}
 */
export const swatchSize = (name) => SWATCH[name] ?? SWATCH.default;

/**
 * Draw a symbol at the resolution of the screen, or finer.
 * @param {HTMLCanvasElement} canvas
 * @param {Size} size
 * @param {LegendEntry["paint"]} paint
 */
export function swatch(canvas, [width, height], paint) {
  const ratio = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1)); // at least 2, for print
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = context2d(canvas);
  context.scale(ratio, ratio);
  paint(context, width, height);
}

/**
 * The context of a canvas; null, which the DOM allows, would mean a canvas with another kind of context.
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D}
 */
export function context2d(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas without a 2d context");
  return context;
}

/**
 * Heading of a layer's legend in print and pictures: "Provinces: incidents", "Claimed strongholds".
 * @param {Model} model
 * @param {string} name
 * @returns {string}
 */
export function legendTitle(model, name) {
  return name === "choropleth" ? t("metric.title", { metric: t(`metric.${model.state.metric}`) }) : t(`layer.${name}`);
}
