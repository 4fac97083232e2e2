/* The choropleth: provinces coloured by class. None in the sources, no figure, not covered and outside the study look different. */

import { classesOf, NO_DATA, NO_FIGURE, ZERO } from "../core/classify.js";
import * as i18n from "../core/i18n.js";
import { textOr } from "../core/i18n.js";
import { applyOptions, canvasLayer, hasBase, hasTiles } from "./canvas.js";
import { hatch } from "./hatch.js";
import { areaAt, pathsOf, strokeBorders, visibleAreas } from "./paths.js";

/** @import { Context, LayerOptions, MapNow } from "../types/layers.d.ts" */
/** @import { Model, Part } from "../types/model.d.ts" */
/** @import { CanvasView, LegendEntry, Painter } from "../types/page.d.ts" */

/** @type {Part[]} */
const CONCERNS = ["years", "filters", "metric", "selection"];
const NO_DATA_HATCH = { spacing: 10, width: 0.6 };
const OVER_TILES = 0.75; // opacity: the tiles of a map that is not ours show through

/**
 * @param {Model} model
 * @param {LayerOptions} [options]
 */
export function choroplethLayer(model, options = {}) {
  const layer = canvasLayer(
    model,
    painter(model, () => layer.mapNow()),
    options,
  );
  applyOptions(model, options);
  return layer;
}

/**
 * @param {Model} model
 * @param {number} number Of a class.
 */
function classColour(model, number) {
  if (number === NO_DATA) return model.colour("no_data");
  if (number <= ZERO) return model.colour("zero");
  return model.styles.shades[classesOf(model.store.header, model.state).bounds.length][model.theme][number - 1];
}

/**
 * The hatches of an area without a value: slanted where nothing is covered, crossed where no source gives a figure.
 * @param {Context} context
 * @param {Model} model
 * @param {number} number Of a class.
 */
function hatches(context, model, number) {
  const angles = number === NO_DATA ? [45] : number === NO_FIGURE ? [45, 135] : [];
  return angles.map((angle) => hatch(context, { ...NO_DATA_HATCH, angle, colour: model.colour("no_data_hatch") }));
}

/** Whether a period or a filter leaves out some of the records. @param {Model} model */
function narrowed({ state: { years, filters } }) {
  const { event_type, group, precision, cross_border, text } = filters;
  return years !== null || event_type.length + group.length + text.length > 0 || precision !== "all" || cross_border;
}

/**
 * What no incident in a province means: articles that name none do not say that there was none.
 * @param {Model} model
 */
function noneText(model) {
  return narrowed(model)
    ? textOr("legend.none_chosen", "none in this selection")
    : textOr("legend.none", "none in these sources");
}

/**
 * @param {Model} model
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
function painter(model, mapNow) {
  /**
   * @param {Context} context
   * @param {CanvasView} view
   */
  function draw(context, view) {
    const paths = pathsOf(model, view);
    const own = !hasBase(mapNow());
    /** @type {[number, number][]} Area and class. */
    const hatched = [];
    context.globalAlpha = own && hasTiles(mapNow()) ? OVER_TILES : 1;
    paths.place(context, view, () => {
      for (const area of visibleAreas(model, view)) {
        const number = model.derived.provinces.get(codeOf(area))?.class ?? NO_DATA;
        context.fillStyle = classColour(model, number);
        context.fill(paths.area(area), "evenodd");
        if (number < ZERO) hatched.push([area, number]);
      }
      for (const [area, number] of hatched) {
        for (const pattern of hatches(context, model, number)) {
          context.fillStyle = pattern;
          context.fill(paths.area(area), "evenodd");
        }
      }
    });
    context.globalAlpha = 1;
    if (own) strokeBorders(context, model, view);
  }

  /** @type {(area: number) => string} */
  const codeOf = (area) => model.store.codes[model.areas.code[area] - 1];

  /**
   * @param {L.Point} point
   * @param {CanvasView} view
   */
  function hit(point, view) {
    const area = areaAt(model, view, point);
    if (area < 0) return null;
    const code = codeOf(area);
    return {
      key: code,
      lines: () => [model.store.header.names[model.areas.code[area] - 1], value(model, code)].filter(Boolean),
      click: () => model.selectProvince(code),
    };
  }

  function legend() {
    const { labels } = classesOf(model.store.header, model.state);
    const drawn = new Set([...model.derived.provinces.values()].map(({ class: number }) => number));
    /** @type {(word: string, label: string, number: number) => LegendEntry} */
    const entry = (word, label, number) => ({
      word,
      label,
      count: null,
      paint(context, width, height) {
        context.fillStyle = classColour(model, number);
        context.fillRect(0.5, 0.5, width - 1, height - 1);
        for (const pattern of hatches(context, model, number)) {
          context.fillStyle = pattern;
          context.fillRect(0.5, 0.5, width - 1, height - 1);
        }
        context.strokeStyle = model.colour("province_line");
        context.strokeRect(0.5, 0.5, width - 1, height - 1);
      },
    });
    const shown = labels.map((label, k) => entry(`class${k + 1}`, i18n.numbersIn(label), k + 1));
    shown.unshift(entry("zero", noneText(model), ZERO));
    if (drawn.has(NO_FIGURE))
      shown.push(entry("no_figure", textOr("legend.no_figure", "incidents, but no figure"), NO_FIGURE));
    if (drawn.has(NO_DATA))
      shown.push(entry("no_data", textOr("legend.no_data", "not covered by these sources"), NO_DATA));
    return shown;
  }

  return {
    name: "choropleth",
    pane: "geo-areas",
    z: 310,
    draw,
    hit,
    legend,
    changes: (changed) => CONCERNS.some((part) => changed.has(part)),
  };
}

/**
 * The value of a province in the present metric, as text; nothing of a country that the sources do not treat.
 * @param {Model} model
 * @param {string} code
 */
function value(model, code) {
  const { value: number = null, class: kind = NO_DATA } = model.derived.provinces.get(code) ?? {};
  if (kind === NO_DATA) return "";
  const name = textOr(`metric.${model.state.metric}`, model.state.metric.replaceAll("_", " "));
  const text =
    kind === NO_FIGURE || number === null
      ? textOr("legend.no_figure", "incidents, but no figure")
      : kind === ZERO && !model.derived.provinces.get(code)?.incidents
        ? noneText(model)
        : i18n.number(Number(number.toPrecision(3)) < 1000 ? Number(number.toPrecision(3)) : number);
  return `${name}: ${text}`;
}
