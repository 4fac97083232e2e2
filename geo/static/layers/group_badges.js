/* Badges on areas that more than two groups claim: a segment for each group with its short name, or their number on a small map. */

import * as i18n from "../core/i18n.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import { looks, shortName } from "./stronghold_looks.js";
import { FONT } from "./symbols.js";

/** @import { Claim, Context, GroupLook } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView, Hit, Painter } from "../types/page.d.ts" */

const NAMES_FROM_ZOOM = 6.5; // below it a badge would cover the areas around
const HEIGHT = 17;
const PADDING = 5;
const NUMBER = 26; // width of a badge with a number
const BAR = 4; // height of the segments below the number
const LOWER_PX = 24; // below the mark that may stand on the area's label point
const EDGE_PX = 2;

/** @param {Model} model */
export function groupBadges(model) {
  /** @type {{area: number, claims: Claim[], x: number, y: number, half: {x: number, y: number}}[]} */
  let drawn = [];

  /**
   * @param {Context} context
   * @param {CanvasView} view
   * @param {[number, Claim[]][]} areas
   */
  function draw(context, view, areas) {
    const styles = looks(model);
    const named = view.zoom >= NAMES_FROM_ZOOM;
    context.save();
    context.font = `600 11px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    drawn = areas.map(([area, claims]) => {
      const list = claims.map(({ group }) => styles[group]);
      const x = mercatorX(model.areas.lng[area]) * view.scale - view.left;
      const y = mercatorY(model.areas.lat[area]) * view.scale - view.top + LOWER_PX;
      const widths = named
        ? list.map(({ label }) => context.measureText(shortName(label)).width + 2 * PADDING)
        : list.map(() => NUMBER / list.length);
      const wide = widths.reduce((sum, width) => sum + width, 0);
      const box = { left: x - wide / 2, top: y - HEIGHT / 2, wide };
      frame(context, model, box);
      if (named) names(context, model, box, list, widths);
      else number(context, model, box, list, widths);
      return { area, claims, x, y, half: { x: wide / 2 + EDGE_PX, y: HEIGHT / 2 + EDGE_PX } };
    });
    context.restore();
    return drawn.length > 0;
  }

  return {
    draw,
    /** @type {NonNullable<Painter["obstacles"]>} */
    obstacles: () => drawn.map(({ x, y, half }) => ({ x, y, half })),
    /**
     * @param {L.Point} point
     * @returns {Hit | null}
     */
    hit(point) {
      const found = drawn.findLast(
        ({ x, y, half }) =>
          Math.abs(x - point.x) <= half.x && Math.abs(y - point.y) <= Math.max(half.y, model.styles.sizes.touch / 2),
      );
      if (!found) return null;
      const styles = looks(model);
      const code = model.store.codes[model.areas.code[found.area] - 1];
      return {
        key: `groups ${found.area}`,
        lines: () => [
          model.store.header.names[model.areas.code[found.area] - 1],
          ...found.claims.map(({ group, tier }) => `${styles[group].label}: ${i18n.word("tier", tier)}`),
        ],
        click: () => model.selectProvince(model.drawnCode(code)),
      };
    },
  };
}

/**
 * @typedef {{left: number, top: number, wide: number}} Box
 * @param {Context} context
 * @param {Model} model
 * @param {Box} box
 */
function frame(context, model, { left, top, wide }) {
  context.fillStyle = model.colour("halo");
  context.fillRect(left - 2, top - 2, wide + 4, HEIGHT + 4);
  context.fillStyle = model.colour("outline");
  context.fillRect(left - 1, top - 1, wide + 2, HEIGHT + 2);
}

/**
 * @param {Context} context
 * @param {Model} model
 * @param {Box} box
 * @param {GroupLook[]} list
 * @param {number[]} widths
 */
function names(context, model, { left, top }, list, widths) {
  let x = left;
  for (const [k, { label, colour }] of list.entries()) {
    context.fillStyle = colour;
    context.fillRect(x, top, widths[k], HEIGHT);
    context.fillStyle = model.colour("halo"); // groups are dark on a light map, light on a dark one
    context.fillText(shortName(label), x + widths[k] / 2, top + HEIGHT / 2 + 0.5);
    x += widths[k];
  }
}

/**
 * @param {Context} context
 * @param {Model} model
 * @param {Box} box
 * @param {GroupLook[]} list
 * @param {number[]} widths
 */
function number(context, model, { left, top, wide }, list, widths) {
  context.fillStyle = model.colour("badge");
  context.fillRect(left, top, wide, HEIGHT);
  context.fillStyle = model.colour("badge_text");
  context.fillText(String(list.length), left + wide / 2, top + (HEIGHT - BAR) / 2 + 0.5);
  let x = left;
  for (const [k, { colour }] of list.entries()) {
    context.fillStyle = colour;
    context.fillRect(x, top + HEIGHT - BAR, widths[k], BAR);
    x += widths[k];
  }
}
