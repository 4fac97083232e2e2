/* Claimed strongholds: provinces hatched by group, each group at its own angle so that several stay readable; shields where a place is known. */

import * as i18n from "../core/i18n.js";
import { textOr } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { createBadges } from "./badges.js";
import { applyOptions, canvasLayer, whenReady } from "./canvas.js";
import { hatch } from "./hatch.js";
import { marksPainter } from "./marks.js";
import { pathsOf } from "./paths.js";
import { countBy, recordsOf, selectedOf } from "./selection.js";
import { shortCount } from "./symbols.js";

/** @import { Column } from "../types/data.d.ts" */
/** @import { Claim, Context, GroupLook, LayerOptions, MapNow } from "../types/layers.d.ts" */
/** @import { Model, Part } from "../types/model.d.ts" */
/** @import { CanvasView, LegendEntry, Painter } from "../types/page.d.ts" */

const AREAS = { name: "strongholds", pane: "geo-strongholds", z: 320 };
const POINTS = { name: "stronghold_points", pane: "geo-stronghold-points", z: 455 };
const EDGE_PX = 2.5;
const EDGE_PX_PER_ZOOM = 0.36; // thinner on a map of many small provinces
const LIFT_PX = 15; // a shield stands above its place, clear of the symbol of an incident there
const LOWER_PX = 27; // below the number of attacks that may stand on a country's label point
const TIERS = ["assessed", "reported", "claimed"]; // the best first

/**
 * @param {Model} model
 * @param {LayerOptions} [options]
 */
export function strongholdsLayer(model, options = {}) {
  const known = recordsByPrecision(model);
  const areas = whenReady(model, () => areaPainter(model, known()), AREAS);
  const points = whenReady(model, () => pointPainter(model, known(), () => layer.mapNow()), POINTS);
  const layer = canvasLayer(model, areas, options, points);
  applyOptions(model, options);
  return layer;
}

/**
 * @typedef {object} Records
 * @property {Int32Array} all
 * @property {Int32Array} whole Known to a province that has a polygon.
 * @property {Int32Array} countries
 * @property {Int32Array} places
 */

/**
 * Strongholds by the precision of their place; made when first called.
 * @param {Model} model
 * @returns {() => Records}
 */
function recordsByPrecision(model) {
  /** @type {Records | null} */
  let made = null;
  return () => {
    if (made) return made;

    const { form } = model.marks;
    const province = model.store.column("admin1_code");
    const all = recordsOf(model, "stronghold", (i) => form[i] !== FORM.NONE);
    // A code without a polygon has no area to hatch; its records stand where their file puts them.
    /** @type {(i: number) => boolean} */
    const isWhole = (i) =>
      form[i] === FORM.PROVINCE && province[i] !== 0 && model.areas.byCode[province[i] - 1].length > 0;
    made = {
      all,
      whole: all.filter(isWhole),
      countries: all.filter((i) => form[i] === FORM.COUNTRY),
      places: all.filter((i) => form[i] !== FORM.COUNTRY && !isWhole(i)),
    };
    return made;
  };
}

/** @type {(model: Model, i: number) => string} */
const tierOf = (model, i) => model.store.word("tier", i) || "claimed";
/** @type {(changed: Set<Part>) => boolean} */
const changes = (changed) => changed.has("years") || changed.has("filters");

/**
 * @param {Model} model
 * @param {Records} records
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
function pointPainter(model, { places, countries }, mapNow) {
  const marks = marksPainter(
    model,
    {
      ...POINTS,
      records: () => places,
      category: model.store.column("group"),
      get looks() {
        return looks(model);
      },
      options: (i) => ({ dash: model.styles.tiers[tierOf(model, i)] }),
      lift: LIFT_PX,
      shape: "shield",
    },
    mapNow,
  );
  const badges = createBadges(model, countries, {
    text: (here) => shortCount(here.length),
    shape: "shield",
    lift: -LOWER_PX,
  });
  return {
    ...POINTS,
    changes,
    draw(context, view) {
      const numbers = badges.draw(context, view);
      return marks.draw(context, view) || numbers;
    },
    hit: (point, view) => marks.hit(point, view) ?? badges.hit(point),
    obstacles: () => [...marks.obstacles(), ...badges.obstacles()],
    where: (record) => marks.where?.(record) ?? badges.where(record),
  };
}

/**
 * @param {Model} model
 * @param {Records} records
 * @returns {Painter}
 */
function areaPainter(model, { all, whole }) {
  const province = model.store.column("admin1_code");
  const groups = model.store.column("group");

  /**
   * The area drawn for a code; that of a province which has ended by then is its own last one, as its successor may be far larger.
   * @param {number} code
   */
  function areaOf(code) {
    const drawn = model.drawn.areaOf(code);
    return drawn >= 0 ? drawn : (model.areas.byCode[code - 1].at(-1) ?? -1);
  }

  /** Hatched areas: for each area its groups in the legend's order, each with the best tier that any record of it has. */
  function areas() {
    /** @type {Map<number, Map<number, Claim>>} */
    const found = new Map();
    for (const i of selectedOf(model, whole)) {
      const area = areaOf(province[i]);
      const of = found.get(area) ?? new Map();
      found.set(area, of);
      const now = of.get(groups[i]);
      if (!now || TIERS.indexOf(tierOf(model, i)) < TIERS.indexOf(now.tier))
        of.set(groups[i], { group: groups[i], tier: tierOf(model, i) });
    }
    return found;
  }

  /**
   * @param {Context} context
   * @param {CanvasView} view
   */
  function draw(context, view) {
    const paths = pathsOf(model, view);
    const styles = looks(model);
    const hatched = areas();
    paths.place(context, view, () => {
      for (const [area, of] of hatched) {
        const list = [...of.values()].sort((a, b) => styles[a.group].rank - styles[b.group].rank);
        for (const { group } of list) {
          context.fillStyle = pattern(context, model, styles[group], list.length);
          context.fill(paths.area(area), "evenodd");
        }
        edges(
          context,
          model,
          paths.area(area),
          Math.min(EDGE_PX, view.zoom * EDGE_PX_PER_ZOOM),
          list.map(({ group, tier }) => ({ colour: styles[group].colour, dash: model.styles.tiers[tier] })),
        );
      }
    });
    return hatched.size > 0;
  }

  return { ...AREAS, draw, changes, hit: () => null, legend: () => legend(model, all, groups) };
}

/**
 * Looks of groups by code of the column group; 0 is a stronghold without one.
 * @param {Model} model
 * @returns {GroupLook[]}
 */
function looks(model) {
  const known = new Map(model.styles.groups.map((style, rank) => [style.word, { ...style, rank }]));
  const none = { ...model.styles.no_group, rank: known.size };
  return ["", ...model.store.words("group")].map((word) => {
    const style = known.get(word) ?? none;
    return {
      word,
      label: word || textOr("legend.no_group", "group not given"),
      shape: "shield",
      colour: style[model.theme],
      angle: style.angle,
      line: style.line,
      rank: style.rank,
    };
  });
}

/**
 * The hatch of one group, wider apart where `groups` of them lie over each other.
 * @param {Context} context
 * @param {Model} model
 * @param {GroupLook} look
 * @param {number} [groups]
 */
function pattern(context, model, { colour, angle, line }, groups = 1) {
  const { hatch: spacing, hatch_line: width } = model.styles.sizes;
  return hatch(context, {
    colour,
    halo: model.colour("halo"),
    angle,
    spacing: Math.round(spacing * (1 + (groups - 1) * 0.4)),
    width,
    line,
  });
}

/**
 * One line a group along the inside of the area's edge, the first outermost; the dash tells the tier.
 * @param {Context} context
 * @param {Model} model
 * @param {Path2D} path
 * @param {number} width
 * @param {{colour: string, dash: number[]}[]} list
 */
function edges(context, model, path, width, list) {
  context.save();
  context.clip(path, "evenodd");
  for (let k = list.length - 1; k >= 0; k--) {
    context.setLineDash([]);
    context.lineWidth = 2 * (width * (k + 1) + 1);
    context.strokeStyle = model.colour("halo");
    context.stroke(path);
    context.setLineDash(list[k].dash);
    context.lineWidth = 2 * width * (k + 1);
    context.strokeStyle = list[k].colour;
    context.stroke(path);
  }
  context.restore();
}

/**
 * @param {Model} model
 * @param {Int32Array} all
 * @param {Column} groups By record.
 * @returns {LegendEntry[]}
 */
function legend(model, all, groups) {
  const styles = looks(model);
  const counts = countBy(model, all, groups, styles.length);
  const perTier = Object.fromEntries(TIERS.map((tier) => [tier, 0]));
  for (const i of selectedOf(model, all)) perTier[tierOf(model, i)] += model.rows.weight[i];
  const ever = new Set(Array.from(all, (i) => groups[i]));
  const rows = styles
    .map((style, code) => ({ style, code }))
    .filter(({ code }) => ever.has(code))
    .sort((a, b) => a.style.rank - b.style.rank);
  const grey = model.colour("muted");
  return [
    ...rows.map(({ style, code }) => ({
      word: style.word,
      label: style.label,
      count: counts[code],
      /** @type {LegendEntry["paint"]} */
      paint: (context, width, height) => {
        context.fillStyle = pattern(context, model, style);
        context.fillRect(0, 0, width, height);
        context.strokeStyle = style.colour;
        context.lineWidth = 2;
        context.strokeRect(1, 1, width - 2, height - 2);
      },
    })),
    ...TIERS.map((tier) => ({
      word: `tier.${tier}`,
      label: i18n.word("tier", tier),
      count: perTier[tier],
      /** @type {LegendEntry["paint"]} */
      paint: (context, width, height) => {
        context.setLineDash(model.styles.tiers[tier]);
        context.strokeStyle = grey;
        context.lineWidth = 2.5;
        context.beginPath();
        context.moveTo(1, height / 2);
        context.lineTo(width - 1, height / 2);
        context.stroke();
        context.setLineDash([]);
      },
    })),
  ];
}
