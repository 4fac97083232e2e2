/* Attacks outside the country in which their group is based: marks with a ring; where only the country is known, a number on the outlined country. */

import { textOr } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { createBadges } from "./badges.js";
import { applyOptions, canvasLayer, whenReady } from "./canvas.js";
import { eventLooks, marksPainter } from "./marks.js";
import { pathsOf } from "./paths.js";
import { recordsOf } from "./selection.js";
import { shortCount, symbolTools } from "./symbols.js";

/** @import { Badge, Context, LayerOptions, MapNow } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView, LegendEntry, Painter } from "../types/page.d.ts" */

const WAITING = { name: "cross_border", pane: "geo-cross-border", z: 440 };

/**
 * @param {Model} model
 * @param {LayerOptions} [options]
 */
export function crossBorderLayer(model, options = {}) {
  const layer = canvasLayer(
    model,
    whenReady(model, () => painter(model, () => layer.mapNow()), WAITING),
    options,
  );
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
  const tools = symbolTools(model);
  const abroad = model.store.column("cross_border");
  const all = recordsOf(model, "incident", (i) => abroad[i] === 1 && form[i] !== FORM.NONE);
  const placed = all.filter((i) => form[i] !== FORM.COUNTRY);
  const countries = all.filter((i) => form[i] === FORM.COUNTRY);
  const points = marksPainter(
    model,
    {
      ...WAITING,
      records: () => placed,
      looks: eventLooks(model),
      category: model.store.column("event_type"),
      abroad: true,
    },
    mapNow,
  );
  // Those without a mark of their own are in these numbers, too.
  /** @type {() => Map<string, number>} */
  const others = () => model.derived.rest?.countries ?? new Map();
  const badges = createBadges(model, countries, {
    text: (records, more) => shortCount(records.length + more),
    others,
    abroad: true,
    stripped: true,
  });

  return {
    ...WAITING,
    changes: points.changes,
    draw(context, view) {
      outline(context, model, view, badges.list());
      badges.draw(context, view);
      return points.draw(context, view) || badges.list().length > 0;
    },
    hit: (point, view) => points.hit(point, view) ?? badges.hit(point),
    obstacles: () => [...points.obstacles(), ...badges.obstacles()],
    where: (record) => points.where?.(record) ?? badges.where(record),
    legend() {
      const grey = { shape: "circle", colour: model.colour("muted") };
      const counts = model.derived.legend.abroad;
      /** @type {(word: "place" | "country", label: string, paint: LegendEntry["paint"]) => LegendEntry} */
      const entry = (word, label, paint) => ({ word, label, count: counts[word], paint });
      return [
        entry("place", textOr("legend.cross_border_place", "at a place or in a province"), (context, width, height) => {
          context.translate(width / 2, height / 2);
          context.scale(0.78, 0.78);
          tools.mark(context, grey, FORM.POINT, 0, 0, { abroad: true });
        }),
        entry(
          "country",
          textOr("legend.cross_border_country", "in a country, place not known"),
          (context, width, height) => {
            if (model.hasPage) return dashes(context, model, width, height);
            context.translate(width / 2, height / 2);
            context.scale(0.78, 0.78);
            tools.badge(context, "1", 0, 0, { abroad: true });
          },
        ),
      ];
    },
  };
}

/**
 * The outline of a country, as a swatch.
 * @param {Context} context
 * @param {Model} model
 * @param {number} width
 * @param {number} height
 */
function dashes(context, model, width, height) {
  context.strokeStyle = model.colour("cross_border");
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.strokeRect(1.5, 2.5, width - 3, height - 5);
  context.setLineDash([]);
}

/**
 * @param {Context} context
 * @param {Model} model
 * @param {CanvasView} view
 * @param {Badge[]} badges
 */
function outline(context, model, view, badges) {
  const paths = pathsOf(model, view);
  paths.place(context, view, () => {
    context.strokeStyle = model.colour("cross_border");
    context.lineWidth = 1.5;
    context.setLineDash([5, 4]);
    for (const { country } of badges) context.stroke(paths.country(country));
    context.setLineDash([]);
  });
}
