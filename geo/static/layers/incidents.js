/* Incidents: shape and colour by event type; filled for a place, a ring for a district, a frame for a province. */

import { textOr } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { applyOptions, canvasLayer, whenReady } from "./canvas.js";
import { gridLegend, gridPainter } from "./grid.js";
import { CROWD, eventLooks, marksPainter } from "./marks.js";
import { recordsOf } from "./selection.js";
import { symbolTools } from "./symbols.js";

/** @import { LabelledLook, LayerOptions, MapNow } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { LegendEntry, Painter } from "../types/page.d.ts" */

/**
 * @param {Model} model
 * @param {LayerOptions} [options]
 */
export function incidentsLayer(model, options = {}) {
  const layer = canvasLayer(
    model,
    whenReady(model, () => painter(model, () => layer.mapNow()), { name: "incidents", pane: "geo-incidents", z: 450 }),
    options,
  );
  // Only where some incidents have no mark: a canvas that stays empty costs memory, too.
  model.ready.then(() => {
    if (!model.rest) return;
    layer.companion = canvasLayer(model, gridPainter(model, model.rest), options);
    layer.mapNow()?.addLayer(layer.companion);
  });
  applyOptions(model, options);
  return layer;
}

/**
 * @param {Model} model
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
function painter(model, mapNow) {
  const { form } = model.marks;
  const abroad = model.store.column("cross_border");
  const all = recordsOf(model, "incident", (i) => form[i] !== FORM.NONE && form[i] !== FORM.COUNTRY);
  const inside = all.filter((i) => !abroad[i]);
  // Where the map has the layer of attacks across borders, that one draws them: no record stands in two places.
  const records = () => (mapNow() && model.layers.cross_border?.mapNow() === mapNow() ? inside : all);
  const looks = eventLooks(model);
  return marksPainter(
    model,
    {
      name: "incidents",
      pane: "geo-incidents",
      z: 450,
      records,
      looks,
      category: model.store.column("event_type"),
      legend: () => legend(model, looks),
    },
    mapNow,
  );
}

/**
 * Symbols by type with their counts under the present filters, then what the forms mean.
 * @param {Model} model
 * @param {LabelledLook[]} looks
 * @returns {LegendEntry[]}
 */
function legend(model, looks) {
  const tools = symbolTools(model);

  const counts = model.derived.legend.types;
  const order = model.styles.event_types.map(({ word }) => looks.findIndex((look) => look.word === word));
  const rows = [...order, 0]
    .filter((k) => k > 0 || counts[0])
    .map((k) => ({
      word: looks[k].word,
      label: looks[k].label,
      count: counts[k],
      /** @type {LegendEntry["paint"]} */
      paint: (context, width, height) => tools.mark(context, looks[k], FORM.POINT, width / 2, height / 2),
    }));
  const grey = { shape: "circle", colour: model.colour("muted") };
  /** @type {[number, string, string][]} */
  const named = [
    [FORM.POINT, model.store.words("geo_precision").includes("site") ? "site" : "city", "town or site"],
    [FORM.DISTRICT, "district", "district"],
    [FORM.PROVINCE, "province", "province only"],
  ];
  const forms = named.map(([form, word, plain]) => ({
    word: `form.${word}`,
    label: textOr(`legend.${word}`, plain),
    count: null,
    /** @type {LegendEntry["paint"]} */
    paint: (context, width, height) => tools.mark(context, grey, form, width / 2, height / 2),
  }));
  /** @type {LegendEntry} */
  const several = {
    word: "several",
    label: textOr("legend.several", "several, with their number and types"),
    count: null,
    paint: (context, width, height) => {
      context.translate(width / 2, height / 2);
      context.scale(0.66, 0.66);
      const counts = Uint32Array.from(looks, (_, k) => (k && k < 4 ? 1 : 0));
      tools.cluster(context, { count: 3, counts, forms: 1 << FORM.POINT }, looks, 0, 0, model.styles.sizes.cluster_min);
    },
  };
  /** @type {LegendEntry} */
  const strip = {
    word: "strip",
    label: textOr("legend.strip", "known to a country only: in a strip at the edge of the map"),
    count: null,
    paint: (context, width, height) => {
      context.strokeStyle = model.colour("muted");
      context.strokeRect(1.5, height / 2 - 4.5, width - 3, 9);
      context.fillStyle = model.colour("muted");
      context.fillRect(4, height / 2 - 0.5, width - 8, 1.5);
    },
  };
  /** @type {LegendEntry} */
  const many = {
    word: "many",
    label: textOr("legend.many", "many: the more, the larger; point at it for the number"),
    count: null,
    paint: (context, width, height) => {
      tools.circle(context, width / 2 - 6, height / 2, 2.5, false);
      tools.circle(context, width / 2 + 3, height / 2, 5.5, false);
    },
  };
  const stripped = model.hasPage && model.marks.form.includes(FORM.COUNTRY);
  return [
    ...rows,
    ...forms,
    several,
    ...(model.store.n > CROWD ? [many] : []),
    ...(stripped ? [strip] : []),
    ...(model.rest ? gridLegend(model, model.rest) : []),
  ];
}
