/* Incidents without a mark of their own, as squares on a grid: the more in a cell, the larger its square. */

import { classOf } from "../core/classify.js";
import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import { eventLooks } from "./marks.js";
import { areaAt } from "./paths.js";

/** @import { Context } from "../types/layers.d.ts" */
/** @import { Bins, Model } from "../types/model.d.ts" */
/** @import { CanvasView, Hit, LegendEntry, Painter } from "../types/page.d.ts" */

const SIDES = { least: 0.3, most: 0.92 }; // of a cell, for the lowest and the highest class
const FULL_LINE_PX = 14; // smaller squares have thinner lines
const GRID = { name: "grid", pane: "geo-grid", z: 315 };
const LISTED = 4; // event types that a tooltip names

/**
 * Share of a cell's side that the square of class `number`, from 1, takes: areas grow by equal steps.
 * @param {number} number
 * @param {number} classes How many classes there are.
 */
function side(number, classes) {
  const step = classes > 1 ? (number - 1) / (classes - 1) : 0.5;
  return Math.sqrt(SIDES.least ** 2 + step * (SIDES.most ** 2 - SIDES.least ** 2));
}

/** @type {[string, number][]} Name of a colour, and width. */
const TONES = [
  ["halo", 2.2],
  ["outline", 1],
];

/**
 * Only the outline, in two tones that are visible on any colour: a fill would change the colour of the province.
 * @param {Context} context
 * @param {Model} model
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function paint(context, model, x, y, width, height) {
  const thin = Math.max(0.5, Math.min(1, width / FULL_LINE_PX));
  for (const [colour, line] of TONES) {
    context.lineWidth = line * thin;
    context.strokeStyle = model.colour(colour);
    context.strokeRect(x, y, width, height);
  }
}

/**
 * Counts of incidents without a mark by grid cell.
 * @param {Model} model
 */
const countsOf = (model) => model.derived.rest?.grid ?? new Uint32Array(0);

/**
 * Edges of the cells in Mercator units.
 * @param {Bins} bins
 */
function edges({ places, about: { degrees } }) {
  /** @type {(list: ArrayLike<number>, start: number, project: (degree: number) => number) => Float64Array} */
  const at = (list, start, project) => Float64Array.from(list, (number) => project(number * degrees - start));
  /** @type {(list: ArrayLike<number>) => Float64Array} */
  const next = (list) => Float64Array.from(list, (number) => number + 1);
  return {
    west: at(places.column, 180, mercatorX),
    east: at(next(places.column), 180, mercatorX),
    south: at(places.row, 90, mercatorY),
    north: at(next(places.row), 90, mercatorY),
  };
}

/**
 * Painter of the grid.
 * @param {Model} model
 * @param {Bins} bins
 * @returns {Painter}
 */
export function gridPainter(model, bins) {
  const { bounds } = bins.about;
  const { west, east, south, north } = edges(bins);
  /** @type {[number, number, number, number, number][]} Place, left, top, width, height. */
  let drawn = [];

  /**
   * @param {Context} context
   * @param {CanvasView} view
   */
  function draw(context, view) {
    const grid = countsOf(model);
    drawn = [];
    context.lineJoin = "miter";
    for (let k = 0; k < grid.length; k++) {
      if (!grid[k] || east[k] < view.west || west[k] > view.east || south[k] < view.north || north[k] > view.south)
        continue;
      const share = side(classOf(bounds, grid[k]), bounds.length);
      const [width, height] = [(east[k] - west[k]) * view.scale, (south[k] - north[k]) * view.scale];
      const x = west[k] * view.scale - view.left + (width * (1 - share)) / 2;
      const y = north[k] * view.scale - view.top + (height * (1 - share)) / 2;
      drawn.push([k, x, y, width * share, height * share]);
      paint(context, model, x, y, width * share, height * share);
    }
    return drawn.length > 0;
  }

  /**
   * @param {L.Point} point
   * @param {CanvasView} view
   * @returns {Hit | null}
   */
  function hit(point, view) {
    const found = drawn.find(
      ([, x, y, width, height]) => point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height,
    );
    if (!found) return null;
    const area = areaAt(model, view, point);
    return {
      key: `grid ${found[0]}`,
      lines: () => lines(model, bins, found[0]),
      click() {
        if (area >= 0) model.selectProvince(model.store.codes[model.areas.code[area] - 1]);
      },
    };
  }

  return { ...GRID, draw, hit, changes: (changed) => changed.has("years") || changed.has("filters") };
}

/** @type {(count: number) => string} */
export const withoutMark = (count) =>
  i18n.has("rest.cell") ? t("rest.cell", { count }) : `${i18n.number(count)} incidents without a mark of their own`;

/**
 * @param {Model} model
 * @param {Bins} bins
 * @param {number} place
 */
function lines(model, bins, place) {
  const types = bins.typesIn(place);
  const looks = eventLooks(model);
  const parts = looks
    .map(({ label }, k) => ({ number: types[k], label }))
    .filter(({ number }) => number)
    .sort((a, b) => b.number - a.number);
  const count = countsOf(model)[place];
  return [
    withoutMark(count),
    ...parts.slice(0, LISTED).map(({ number, label }) => `${i18n.number(number)} ${label}`),
    parts.length > LISTED ? "…" : "",
  ].filter(Boolean);
}

/**
 * Corners, as [latitude, longitude], of the cells that are shown.
 * @param {Model} model
 * @returns {[number, number][]}
 */
export function gridBounds(model) {
  if (!model.rest) return [];
  const {
    places,
    about: { degrees },
  } = model.rest;
  /** @type {(k: number, more: number) => [number, number]} */
  const corner = (k, more) => [(places.row[k] + more) * degrees - 90, (places.column[k] + more) * degrees - 180];
  return Array.from(countsOf(model)).flatMap((count, k) => (count ? [corner(k, 0), corner(k, 1)] : []));
}

/**
 * Entries of the legend: what a square is, then its classes.
 * @param {Model} model
 * @param {Bins} bins
 * @returns {LegendEntry[]}
 */
export function gridLegend(model, bins) {
  const { degrees, keep, labels, bounds } = bins.about;
  /** @type {(share: number) => LegendEntry["paint"]} */
  const square = (share) => (context, width, height) => {
    const size = Math.min(width, height) * share;
    paint(context, model, (width - size) / 2, (height - size) / 2, size, size);
  };
  const label = i18n.has("rest.legend.newest")
    ? t(`rest.legend.${keep}`, { degrees: String(degrees) })
    : `without a mark, per ${degrees}° cell`;
  const total = countsOf(model).reduce((sum, number) => sum + number, 0);
  return [
    { word: "grid", label, count: total, paint: square(side(bounds.length, bounds.length)) },
    ...labels.map((text, k) => ({
      word: `grid.${k}`,
      label: i18n.numbersIn(text),
      count: null,
      paint: square(side(k + 1, bounds.length)),
    })),
  ];
}
