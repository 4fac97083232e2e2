/* Swatches and headings of the legend, on the screen, on paper and in a picture. */

import { t } from "../core/i18n.js";

const SWATCH = { choropleth: [37, 13], strongholds: [28, 16], default: [20, 20] };

/** Width and height in pixels of a layer's swatches. */
export const swatchSize = (name) => SWATCH[name] ?? SWATCH.default;

/** Draw a symbol at the screen's own resolution. */
export function swatch(canvas, [width, height], paint) {
  const ratio = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1)); // at least 2: the legend is printed, too
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  paint(context, width, height);
}

/** What a layer's part of the legend is headed, off the screen: "Provinces: incidents", "Claimed strongholds". */
export function legendTitle(model, name) {
  return name === "choropleth" ? t("metric.title", { metric: t(`metric.${model.state.metric}`) }) : t(`layer.${name}`);
}
