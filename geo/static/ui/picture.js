/* The map as a PNG: title, what is shown, the map as seen, legend, attribution. */

import { t } from "../core/i18n.js";
import { drawMap } from "../layers/draw.js";
import * as binText from "./bin_text.js";
import { countryStrips } from "./country_strips.js";
import { withDescription } from "./png_text.js";
import { dataDate, shownNow } from "./shown.js";
import { context2d, legendTitle } from "./swatch.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").LegendEntry} LegendEntry */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ text: string, size: number, weight?: number, muted?: boolean }} Line */
/** @typedef {{ text: string, x: number, y: number, weight?: number, swatch?: LegendEntry["paint"] }} LegendItem */
/** @typedef {Record<"page" | "text" | "muted", string>} Colours */

const SCALE = 2; // pixels per CSS pixel: sharp in print at column width
const MARGIN = 24; // lengths here and below are CSS pixels
const SCALE_PX = 110; // the longest scale bar
const LINE_HEIGHT = 1.4; // of the font size
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/**
 * A PNG of the map as seen, with its title, counts, legend and attribution.
 * @param {Model} model
 * @param {import("leaflet").Map} map
 * @param {Options} options
 * @returns {Promise<Blob>}
 */
export async function makePicture(model, map, options) {
  const chart = document.createElement("canvas");
  await drawMap(model, map, chart, { scale: SCALE });
  const width = chart.width / SCALE;
  const room = width - 2 * MARGIN;
  const colours = coloursOf(model);
  const legend = legendBlocks(model, room);
  const measure = context2d(document.createElement("canvas"));
  const head = headLines(model, options).flatMap((line) => wrap(measure, line, room));
  const foot = footLines(options).flatMap((line) => wrap(measure, line, room));
  const mapTop = MARGIN + heightOf(head) + 10;
  const legendTop = mapTop + chart.height / SCALE + 16;
  const footTop = legendTop + legend.height + 12;

  const canvas = document.createElement("canvas");
  canvas.width = chart.width;
  canvas.height = Math.round((footTop + heightOf(foot) + MARGIN) * SCALE);
  const context = context2d(canvas);
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.page;
  context.fillRect(0, 0, width, canvas.height / SCALE);
  write(context, head, MARGIN, MARGIN, colours);
  context.drawImage(chart, 0, mapTop, width, chart.height / SCALE);
  drawScale(context, map, MARGIN, mapTop + chart.height / SCALE - 12, colours);
  drawLegend(context, legend.items, MARGIN, legendTop, colours);
  write(context, foot, MARGIN, footTop, colours);
  /** @type {Blob} */
  const picture = await new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the picture is too large to save"))), "image/png"),
  );
  const text = `${options.title || t("title")}: ${shownNow(model)}`;
  return new Blob([withDescription(new Uint8Array(await picture.arrayBuffer()), text)], { type: "image/png" });
}

/** @param {Line[]} lines */
const heightOf = (lines) => lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);

/**
 * @param {Model} model
 * @returns {Colours}
 */
function coloursOf(model) {
  return model.theme === "dark"
    ? { page: "#1b1f24", text: "#f0f2f4", muted: "#a6aeb8" }
    : { page: "#ffffff", text: "#1b1f24", muted: "#57606a" };
}

/**
 * @param {Model} model
 * @param {Options} options
 * @returns {Line[]}
 */
function headLines(model, options) {
  const lines = [
    { text: options.title || t("title"), size: 22, weight: 700 },
    { text: options.subtitle ?? "", size: 14, muted: true },
    { text: shownNow(model), size: 14 },
    ...countryStrips(model).map(({ text }) => ({ text, size: 12, muted: true })),
    { text: binText.rule(model), size: 12, muted: true },
  ];
  return lines.filter(({ text }) => text);
}

/**
 * @param {Options} options
 * @returns {Line[]}
 */
function footLines(options) {
  const { about = {} } = options;
  return [about.attribution, about.boundaries, dataDate(options)].flatMap((text) =>
    text ? [{ text, size: 11, muted: true }] : [],
  );
}

/** @param {{ size: number, weight?: number }} style */
function font({ size, weight = 400 }) {
  return `${weight} ${size}px ${FONT}`;
}

/**
 * A line wrapped at spaces into lines at most `room` wide.
 * @param {Context} context
 * @param {Line} line
 * @param {number} room
 */
function wrap(context, line, room) {
  context.font = font(line);
  const out = [];
  let text = "";
  for (const word of line.text.split(/\s+/)) {
    const longer = text ? `${text} ${word}` : word;
    if (text && context.measureText(longer).width > room) {
      out.push({ ...line, text });
      text = word;
    } else text = longer;
  }
  return [...out, { ...line, text }];
}

/**
 * @param {Context} context
 * @param {Line[]} lines
 * @param {number} x
 * @param {number} y
 * @param {Colours} colours
 */
function write(context, lines, x, y, colours) {
  context.textBaseline = "top";
  for (const line of lines) {
    context.font = font(line);
    context.fillStyle = line.muted ? colours.muted : colours.text;
    context.fillText(line.text, x, y);
    y += line.size * LINE_HEIGHT;
  }
}

/**
 * A bar of a round number of kilometres, as long as it is in the middle of the map.
 * @param {Context} context
 * @param {import("leaflet").Map} map
 * @param {number} x
 * @param {number} y
 * @param {Colours} colours
 */
function drawScale(context, map, x, y, colours) {
  const middle = map.getSize().divideBy(2);
  const [from, to] = [0, SCALE_PX].map((dx) => map.containerPointToLatLng(middle.add([dx - SCALE_PX / 2, 0])));
  const most = map.distance(from, to) / 1000;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
  const width = (SCALE_PX * length) / most;
  context.fillStyle = colours.page;
  context.globalAlpha = 0.8;
  context.fillRect(x - 4, y - 20, Math.max(width, 48) + 8, 26);
  context.globalAlpha = 1;
  context.strokeStyle = context.fillStyle = colours.text;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [px, py] of [
    [x, y - 5],
    [x, y],
    [x + width, y],
    [x + width, y - 5],
  ])
    context.lineTo(px, py);
  context.stroke();
  context.font = font({ size: 11 });
  context.textBaseline = "alphabetic";
  context.fillText(t("map.km", { count: length }), x + 3, y - 6);
}

/**
 * Layout of the legend: each layer starts a line under its title, and its entries wrap.
 * @param {Model} model
 * @param {number} room
 * @returns {{ items: LegendItem[], height: number }}
 */
function legendBlocks(model, room) {
  const context = context2d(document.createElement("canvas"));
  /** @type {LegendItem[]} */
  const items = [];
  let y = 0;
  for (const name of model.state.layers) {
    const entries = model.layers[name]?.legend() ?? [];
    if (!entries.length) continue;
    const title = legendTitle(model, name);
    items.push({ text: title, x: 0, y, weight: 600 });
    let x = 0;
    y += 18;
    for (const { label, paint: swatch } of entries) {
      context.font = font({ size: 12 });
      const wide = 26 + context.measureText(label).width + 16;
      if (x > 0 && x + wide > room) {
        x = 0;
        y += 20;
      }
      items.push({ text: label, x, y, swatch });
      x += wide;
    }
    y += 26;
  }
  return { items, height: y };
}

/**
 * @param {Context} context
 * @param {LegendItem[]} items
 * @param {number} left
 * @param {number} top
 * @param {Colours} colours
 */
function drawLegend(context, items, left, top, colours) {
  context.textBaseline = "middle";
  for (const { text, x, y, weight, swatch } of items) {
    if (swatch) {
      context.save();
      context.translate(left + x, top + y + 2);
      swatch(context, 20, 14);
      context.restore();
    }
    context.font = font({ size: 12, weight });
    context.fillStyle = colours.text;
    context.fillText(text, left + x + (swatch ? 26 : 0), top + y + 9);
  }
}
