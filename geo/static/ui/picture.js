/* The map as a PNG, drawn by the page: title, period, what is shown, the map as seen, legend, attribution. */

import { t } from "../core/i18n.js";
import { drawMap } from "../layers/draw.js";
import * as binText from "./bin_text.js";
import { shownNow } from "./bin_text.js";
import { legendTitle } from "./swatch.js";

const SCALE = 2; // pixels a CSS pixel: sharp in print at column width
const MARGIN = 24;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

export async function makePicture(model, map, options) {
  const chart = document.createElement("canvas");
  await drawMap(model, map, chart, { scale: SCALE });
  const width = chart.width / SCALE;
  const colours = paint(model);
  const legend = legendBlocks(model, width - 2 * MARGIN);
  const head = headLines(model, options);
  const foot = footLines(options);
  const measure = document.createElement("canvas").getContext("2d");
  const sized = (lines) => lines.flatMap((line) => wrap(measure, line, width - 2 * MARGIN));
  const [top, bottom] = [sized(head), sized(foot)];
  const height = (lines) => lines.reduce((sum, line) => sum + line.size * 1.4, 0);
  const y = { map: MARGIN + height(top) + 10, legend: 0, foot: 0 };
  y.legend = y.map + chart.height / SCALE + 16;
  y.foot = y.legend + legend.height + 12;

  const canvas = document.createElement("canvas");
  canvas.width = chart.width;
  canvas.height = Math.round((y.foot + height(bottom) + MARGIN) * SCALE);
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.page;
  context.fillRect(0, 0, width, canvas.height / SCALE);
  write(context, top, MARGIN, MARGIN, colours);
  context.drawImage(chart, 0, y.map, width, chart.height / SCALE);
  drawLegend(context, legend, MARGIN, y.legend, colours);
  write(context, bottom, MARGIN, y.foot, colours);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function paint(model) {
  return model.theme === "dark"
    ? { page: "#1b1f24", text: "#f0f2f4", muted: "#a6aeb8" }
    : { page: "#ffffff", text: "#1b1f24", muted: "#57606a" };
}

function headLines(model, options) {
  return [
    { text: options.title || t("title"), size: 22, weight: 700 },
    options.subtitle && { text: options.subtitle, size: 14, muted: true },
    { text: shownNow(model), size: 14 },
    model.rest && { text: binText.rule(model), size: 12, muted: true },
  ].filter(Boolean);
}

function footLines(options) {
  const { about = {} } = options;
  return [about.attribution, about.boundaries, about.data_date && t("print.data_date", { date: about.data_date })]
    .filter(Boolean)
    .map((text) => ({ text, size: 11, muted: true }));
}

function font({ size, weight = 400 }) {
  return `${weight} ${size}px ${FONT}`;
}

/** A line broken into lines that fit, at spaces. */
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

function write(context, lines, x, y, colours) {
  context.textBaseline = "top";
  for (const line of lines) {
    context.font = font(line);
    context.fillStyle = line.muted ? colours.muted : colours.text;
    context.fillText(line.text, x, y);
    y += line.size * 1.4;
  }
}

/** Where each legend entry goes: entries of a layer run on in a line, each layer starts its own. */
function legendBlocks(model, room) {
  const context = document.createElement("canvas").getContext("2d");
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

function drawLegend(context, { items }, left, top, colours) {
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
