/* Claimed strongholds: provinces hatched by group, each group at its own angle so that several stay readable; shields where a place is known. */

import { FORM } from "../core/marks.js";
import { createBadges } from "./badges.js";
import { applyOptions, canvasLayer, whenReady } from "./canvas.js";
import { groupBadges } from "./group_badges.js";
import { marksPainter } from "./marks.js";
import { pathsOf } from "./paths.js";
import { recordsOf, selectedOf } from "./selection.js";
import { looks, pattern, strongholdsLegend, TIERS, tierOf } from "./stronghold_looks.js";
import { shortCount } from "./symbols.js";

/** @import { Claim, Context, LayerOptions, MapNow } from "../types/layers.d.ts" */
/** @import { Model, Part } from "../types/model.d.ts" */
/** @import { CanvasView, Painter } from "../types/page.d.ts" */

const AREAS = { name: "strongholds", pane: "geo-strongholds", z: 320 };
const POINTS = { name: "stronghold_points", pane: "geo-stronghold-points", z: 455 };
const EDGE_PX = 2.5;
const EDGE_PX_PER_ZOOM = 0.36; // thinner on a map of many small provinces
const LIFT_PX = 15; // a shield stands above its place, clear of the symbol of an incident there
const LOWER_PX = 27; // below the number of attacks that may stand on a country's label point
const HATCHES = 2; // of an area: more could not be told apart, a badge names the groups

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

/** @type {(changed: Set<Part>) => boolean} */
const changes = (changed) => changed.has("years") || changed.has("filters");

/**
 * @param {Model} model
 * @param {Records} records
 * @param {MapNow} mapNow
 * @returns {Painter}
 */
function pointPainter(model, { whole, places, countries }, mapNow) {
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
  // A page names them in a strip at the edge of the map.
  const badges = createBadges(model, countries, {
    text: (here) => shortCount(here.length),
    shape: "shield",
    lift: -LOWER_PX,
    stripped: true,
  });
  const named = groupBadges(model);
  return {
    ...POINTS,
    changes,
    draw(context, view) {
      const numbers = badges.draw(context, view);
      const crowded = [...claimsByArea(model, whole)].filter(([, claims]) => claims.length > HATCHES);
      const names = named.draw(context, view, crowded);
      return marks.draw(context, view) || numbers || names;
    },
    hit: (point, view) => marks.hit(point, view) ?? named.hit(point) ?? badges.hit(point),
    obstacles: () => [...marks.obstacles(), ...named.obstacles(), ...badges.obstacles()],
    where: (record) => marks.where?.(record) ?? badges.where(record),
  };
}

/**
 * Groups by the area that they claim, in the legend's order, each with the best tier that any record of it has.
 * @param {Model} model
 * @param {Int32Array} whole Strongholds known to a province.
 * @returns {Map<number, Claim[]>}
 */
function claimsByArea(model, whole) {
  const province = model.store.column("admin1_code");
  const groups = model.store.column("group");
  const styles = looks(model);

  /**
   * The area drawn for a code; that of a province which has ended by then is its own last one, as its successor may be far larger.
   * @param {number} code
   */
  function areaOf(code) {
    const drawn = model.drawn.areaOf(code);
    return drawn >= 0 ? drawn : (model.areas.byCode[code - 1].at(-1) ?? -1);
  }

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
  return new Map(
    [...found].map(([area, of]) => [
      area,
      [...of.values()].sort((a, b) => styles[a.group].rank - styles[b.group].rank),
    ]),
  );
}

/**
 * @param {Model} model
 * @param {Records} records
 * @returns {Painter}
 */
function areaPainter(model, { all, whole }) {
  const groups = model.store.column("group");

  /**
   * @param {Context} context
   * @param {CanvasView} view
   */
  function draw(context, view) {
    const paths = pathsOf(model, view);
    const styles = looks(model);
    const hatched = claimsByArea(model, whole);
    paths.place(context, view, () => {
      for (const [area, claims] of hatched) {
        const list = claims.slice(0, HATCHES);
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

  return { ...AREAS, draw, changes, hit: () => null, legend: () => strongholdsLegend(model, all, groups) };
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
