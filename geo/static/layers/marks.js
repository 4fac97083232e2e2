/* Records as marks: one symbol each, or clusters where symbols would cover each other. Incidents, strongholds at points and attacks across borders differ only in which records they take. */

import { clusterMarks, densest, radiusBy } from "../core/cluster.js";
import * as i18n from "../core/i18n.js";
import { textOr } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { latitude, longitude } from "../core/topology.js";
import { selectedOf } from "./selection.js";
import { shortCount, symbolTools } from "./symbols.js";

/** @import { ClusterMarks, Cluster, Clusters } from "../types/data.d.ts" */
/** @import { Context, LabelledLook, MapNow, MarkKind } from "../types/layers.d.ts" */
/** @import { Model, Part } from "../types/model.d.ts" */
/** @import { CanvasView, Hit, Painter } from "../types/page.d.ts" */

/** @type {Part[]} */
const CONCERNS = ["years", "filters", "layers"];
const BADGE_LIFT_PX = 7; // a badge is taller than a symbol
const EDGE_PX = 3; // outline and halo of a mark
const RING_PX = 5; // of a mark across a border
const BADGE_HALF = { x: 24, y: 14 }; // of a cluster's badge
export const CROWD = 4000; // marks in view above which circles without numbers leave shading and names readable
const CROWD_PX = { least: 2.5, most: 13 }; // their radii
const SEPARATE_PX = 30; // records farther apart than this at the deepest zoom can be reached by zooming

/**
 * Painter of marks.
 * @param {Model} model
 * @param {MarkKind} kind
 * @param {MapNow} mapNow
 * @returns {Painter & Required<Pick<Painter, "hit" | "obstacles">>}
 */
export function marksPainter(model, kind, mapNow) {
  const tools = symbolTools(model);
  const { sizes } = model.styles;
  /** @type {(Clusters & {view: CanvasView, radius: (count: number) => number, crowded: boolean}) | null} */
  let drawn = null;
  /** @type {Map<string, (count: number) => number>} */
  const radii = new Map(); // by zoom, from all records, so that a circle means the same number in every year

  /**
   * @param {Int32Array} list
   * @returns {ClusterMarks}
   */
  function marksOf(list) {
    return {
      indices: list,
      x: model.marks.x,
      y: model.marks.y,
      form: model.marks.form,
      category: kind.category,
      categories: kind.looks.length,
    };
  }

  /** @param {CanvasView} view */
  function radiusAt(view) {
    const records = kind.records();
    const key = `${view.zoom} ${records.length}`;
    const known = radii.get(key);
    if (known) return known;
    const most = densest(marksOf(records), view.scale, sizes.cell);
    const radius = radiusBy(most, sizes.cluster_min, sizes.cluster_max);
    radii.set(key, radius);
    return radius;
  }

  /**
   * Many marks as circles whose area follows the count: a number on each would hide the map below. The counts are a hover away.
   * @param {Context} context
   * @param {Int32Array} selected
   * @param {CanvasView} view
   */
  function crowd(context, selected, view) {
    const most = densest(marksOf(selected), view.scale, sizes.cell);
    /** @type {(count: number) => number} */
    const radius = (count) => Math.max(CROWD_PX.least, CROWD_PX.most * Math.min(1, Math.sqrt(count / most)));
    const made = clusterMarks(marksOf(selected), view, sizes.cell, radius);
    if (made.clusters.reduce((sum, { count }) => sum + count, 0) <= CROWD) return null;
    for (const one of made.clusters) tools.circle(context, one.x, one.y, radius(one.count), kind.abroad === true);
    return { ...made, view, radius, crowded: true };
  }

  /**
   * @param {Context} context
   * @param {CanvasView} view
   */
  function draw(context, view) {
    const radius = radiusAt(view);
    const selected = selectedOf(model, kind.records());
    if (selected.length > CROWD && !kind.shape) {
      const many = crowd(context, selected, view);
      if (many) {
        drawn = many;
        return true;
      }
    }
    drawn = { ...clusterMarks(marksOf(selected), view, sizes.cell, radius), view, radius, crowded: false };
    for (const one of drawn.clusters) {
      one.y -= kind.lift ? kind.lift + (one.count > 1 ? BADGE_LIFT_PX : 0) : 0;
      paint(context, one, radius);
    }
    return drawn.clusters.length > 0;
  }

  /**
   * @param {Context} context
   * @param {Cluster} one
   * @param {(count: number) => number} radius
   */
  function paint(context, one, radius) {
    const options = { abroad: kind.abroad === true };
    if (one.count === 1)
      tools.mark(context, kind.looks[kind.category[one.first]], model.marks.form[one.first], one.x, one.y, {
        ...options,
        ...kind.options?.(one.first),
      });
    else if (kind.shape)
      tools.badge(context, shortCount(one.count), one.x, one.y, {
        shape: kind.shape,
        counts: one.counts,
        looks: kind.looks,
      });
    else tools.cluster(context, one, kind.looks, one.x, one.y, radius(one.count), options);
  }

  /**
   * The smallest mark at a point: it is drawn on top.
   * @param {L.Point} point
   */
  function hit(point) {
    if (!drawn) return null;
    const { clusters, radius } = drawn;
    for (let k = clusters.length - 1; k >= 0; k--) {
      const one = clusters[k];
      const reach = Math.max(sizes.touch / 2, one.count > 1 ? radius(one.count) : 0);
      if (Math.hypot(one.x - point.x, one.y - point.y) <= reach) return target(one, drawn);
    }
    return null;
  }

  /**
   * @param {Cluster} one
   * @param {{view: CanvasView, members: Clusters["members"]}} drawn
   * @returns {Hit}
   */
  function target(one, { view, members }) {
    return {
      key: `${kind.name} ${one.slots[0]} ${one.count}`,
      lines: () => (one.count === 1 ? recordLines(model, one.first) : countLines(one, kind.looks)),
      click() {
        const latlng = placeOf(one, view);
        if (one.count === 1) return model.select(one.first, { latlng });
        const map = mapNow();
        if (!map) return;
        const world = 256 * 2 ** Math.min(map.getMaxZoom(), 20);
        const apart = Math.max(one.box[2] - one.box[0], one.box[3] - one.box[1]) * world;
        // In an embed whose view is locked a click lists what it cannot take apart.
        const locked = map.getContainer().closest(".geo-locked");
        if (locked || apart < SEPARATE_PX || map.getZoom() >= map.getMaxZoom())
          return model.select(newestFirst(model, members(one)), { latlng });
        map.fire("geo:step"); // the back button returns to the view before
        return zoomTo(map, one, latlng);
      },
    };
  }

  function obstacles() {
    if (!drawn || drawn.crowded) return []; // names stand on circles
    const { clusters, radius } = drawn;
    return clusters.map((one) => {
      const alone = model.marks.form[one.first] === FORM.PROVINCE ? sizes.province : sizes.symbol;
      const r = (one.count > 1 ? radius(one.count) : alone + (kind.abroad ? RING_PX : 0)) + EDGE_PX;
      const half = one.count > 1 && kind.shape ? BADGE_HALF : { x: r, y: r };
      return { x: one.x, y: one.y, half };
    });
  }

  /**
   * The box of the mark or cluster that stands for a record.
   * @param {number} record
   */
  function where(record) {
    if (!drawn) return null;
    const { clusters, members } = drawn;
    const at = clusters.findIndex((one) => (one.count === 1 ? one.first === record : members(one).includes(record)));
    return at < 0 ? null : obstacles()[at];
  }

  return {
    name: kind.name,
    pane: kind.pane,
    z: kind.z,
    draw,
    hit,
    where,
    obstacles,
    legend: kind.legend,
    changes: (changed) => CONCERNS.some((part) => changed.has(part)),
  };
}

/**
 * @param {Model} model
 * @param {number[]} records
 */
function newestFirst(model, records) {
  const wanted = new Set(records);
  return Array.from(model.derived.order).filter((i) => wanted.has(i));
}

/**
 * @param {Cluster} one
 * @param {CanvasView} view
 */
function placeOf(one, view) {
  return L.latLng(latitude((one.y + view.top) / view.scale), longitude((one.x + view.left) / view.scale));
}

/**
 * @param {L.Map} map
 * @param {Cluster} cluster
 * @param {L.LatLng} latlng
 */
function zoomTo(map, { box }, latlng) {
  const bounds = L.latLngBounds([latitude(box[3]), longitude(box[0])], [latitude(box[1]), longitude(box[2])]);
  const zoom = Math.max(map.getBoundsZoom(bounds.pad(0.3)), map.getZoom() + 1);
  map.setView(latlng && bounds.isValid() ? bounds.getCenter() : latlng, Math.min(zoom, map.getMaxZoom()));
}

/**
 * @param {Model} model
 * @param {number} i
 */
function recordLines(model, i) {
  const { store } = model;
  const title =
    store.text("title", i) ||
    i18n.word("event_type", store.word("event_type", i)) ||
    i18n.word("kind", store.word("kind", i));
  const from = store.text("date_start", i);
  const to = store.text("date_end", i);
  return [title, from === to || !to || !from ? from || to : `${from} – ${to}`].filter(Boolean);
}

/**
 * @param {Cluster} cluster
 * @param {LabelledLook[]} looks
 */
function countLines({ count, counts }, looks) {
  const parts = looks
    .map(({ label }, k) => ({ number: counts[k], label }))
    .filter(({ number }) => number)
    .sort((a, b) => b.number - a.number);
  return [
    i18n.number(count),
    ...parts.slice(0, 4).map(({ number, label }) => `${i18n.number(number)} ${label}`),
    parts.length > 4 ? "…" : "",
  ].filter(Boolean);
}

/**
 * Looks of event types by code, of the column event_type; 0 is a record without one.
 * @param {Model} model
 * @returns {LabelledLook[]}
 */
export function eventLooks(model) {
  return ["", ...model.store.words("event_type")].map((word) => ({
    word,
    ...model.symbol(word),
    label: word ? i18n.word("event_type", word) : textOr("legend.no_type", "type not given"),
  }));
}
