/* The symbols of marks, drawn on any canvas context: map, legend and picture look the same. */

import { FORM } from "../core/marks.js";
import { trace } from "./shapes.js";

/** @import { BadgeOptions, Context, MarkOptions } from "../types/layers.d.ts" */
/** @import { Cluster } from "../types/data.d.ts" */
/** @import { Look, Model } from "../types/model.d.ts" */

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** @param {Model} model */
export function symbolTools(model) {
  const { sizes } = model.styles;

  /**
   * @param {Context} context
   * @param {string} colour
   * @param {number} width
   */
  function stroke(context, colour, width) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  /**
   * One record: filled for a place, a ring for a district, in a frame for a province. `dash`: the edge of a stronghold's tier.
   * @param {Context} context
   * @param {Look} look
   * @param {number} form
   * @param {number} x
   * @param {number} y
   * @param {MarkOptions} [options]
   */
  function mark(context, { shape, colour }, form, x, y, { abroad = false, dash = null } = {}) {
    context.save();
    context.lineJoin = "round";
    let r = form === FORM.DISTRICT ? sizes.ring_radius : sizes.symbol;
    if (form === FORM.PROVINCE || form === FORM.COUNTRY) {
      frame(context, x, y, sizes.province);
      r *= 0.82;
    }
    trace(context, shape, x, y, r);
    if (form === FORM.DISTRICT) {
      context.fillStyle = model.colour("halo");
      context.fill();
      stroke(context, model.colour("halo"), sizes.ring + 2 * (sizes.outline + sizes.halo));
      stroke(context, model.colour("outline"), sizes.ring + 2 * sizes.outline);
      stroke(context, colour, sizes.ring);
    } else {
      if (form === FORM.POINT) stroke(context, model.colour("halo"), 2 * (sizes.outline + sizes.halo));
      context.fillStyle = colour;
      context.fill();
      if (dash) context.setLineDash(dash);
      stroke(context, model.colour("outline"), dash ? sizes.outline * 1.6 : sizes.outline);
    }
    context.setLineDash([]);
    if (abroad)
      ring(context, x, y, form === FORM.PROVINCE || form === FORM.COUNTRY ? sizes.province + 5 : sizes.symbol + 5);
    context.restore();
  }

  /**
   * The rounded frame that says: somewhere in this province.
   * @param {Context} context
   * @param {number} x
   * @param {number} y
   * @param {number} half
   * @param {number} [wide] Half its width.
   */
  function frame(context, x, y, half, wide = half) {
    context.beginPath();
    context.roundRect(x - wide, y - half, 2 * wide, 2 * half, 4);
    stroke(context, model.colour("halo"), 2 * sizes.halo + sizes.outline);
    context.fillStyle = model.colour("badge");
    context.fill();
    stroke(context, model.colour("outline"), sizes.outline);
  }

  /**
   * The ring round a mark across a border.
   * @param {Context} context
   * @param {number} x
   * @param {number} y
   * @param {number} r
   */
  function ring(context, x, y, r) {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    stroke(context, model.colour("halo"), 4);
    stroke(context, model.colour("cross_border"), 1.8);
  }

  /**
   * Many records: a circle through which the map is seen.
   * @param {Context} context
   * @param {number} x
   * @param {number} y
   * @param {number} r
   * @param {boolean} abroad
   */
  function circle(context, x, y, r, abroad) {
    context.globalAlpha = 0.5;
    disc(context, model.colour("badge"), x, y, r);
    context.globalAlpha = 1;
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    stroke(context, model.colour("halo"), 3);
    stroke(context, model.colour(abroad ? "cross_border" : "outline"), 1.2);
  }

  /**
   * Several records: a circle with a ring split by category, the count inside; a frame when all are known to a province only.
   * @param {Context} context
   * @param {Pick<Cluster, "count" | "counts" | "forms">} one
   * @param {Look[]} looks By category.
   * @param {number} x
   * @param {number} y
   * @param {number} r
   * @param {{abroad?: boolean}} [options]
   */
  function cluster(context, { count, counts, forms }, looks, x, y, r, { abroad = false } = {}) {
    context.save();
    const square = forms === 1 << FORM.PROVINCE;
    const text = shortCount(count);
    // Half pixels: a font of each size is looked up and its digits are drawn once.
    const size = Math.round(2 * Math.max(10.5, Math.min(14, r * 0.72))) / 2;
    context.font = `600 ${size}px ${FONT}`;
    if (square) {
      const wide = Math.max(sizes.province + 1, context.measureText(text).width / 2 + 5);
      frame(context, x, y, sizes.province + 2, wide);
      bar(context, counts, looks, x - wide + 1, y + sizes.province - 2, 2 * wide - 2, 3.5);
      y -= 1.5;
    } else {
      // Discs upon discs: a browser fills one in half the time that it takes to stroke a ring.
      disc(context, model.colour("halo"), x, y, r + sizes.halo + sizes.outline);
      disc(context, model.colour("outline"), x, y, r + sizes.outline);
      slices(context, counts, looks, count, x, y, r);
      disc(context, model.colour("badge"), x, y, r - Math.max(3.2, r * 0.24));
    }
    context.fillStyle = model.colour("badge_text");
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y + 0.5);
    if (abroad) ring(context, x, y, (square ? sizes.province + 4 : r) + 4);
    context.restore();
  }

  /**
   * @param {Context} context
   * @param {string} colour
   * @param {number} x
   * @param {number} y
   * @param {number} r
   */
  function disc(context, colour, x, y, r) {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }

  /**
   * @param {Context} context
   * @param {Uint32Array} counts
   * @param {Look[]} looks
   * @param {number} count
   * @param {number} x
   * @param {number} y
   * @param {number} r
   */
  function slices(context, counts, looks, count, x, y, r) {
    let from = -Math.PI / 2;
    for (let k = 0; k < counts.length; k++) {
      if (!counts[k]) continue;
      const to = from + (counts[k] / count) * 2 * Math.PI;
      context.beginPath();
      context.moveTo(x, y);
      context.arc(x, y, r, from, to);
      context.closePath();
      context.fillStyle = looks[k].colour;
      context.fill();
      from = to;
    }
  }

  /**
   * @param {Context} context
   * @param {Uint32Array} counts
   * @param {Look[]} looks
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  function bar(context, counts, looks, x, y, width, height) {
    const sum = counts.reduce((a, b) => a + b, 0);
    for (let k = 0; k < counts.length; k++) {
      if (!counts[k]) continue;
      const part = (counts[k] / sum) * width;
      context.fillStyle = looks[k].colour;
      context.fillRect(x, y, part, height);
      x += part;
    }
  }

  /**
   * A number or word in a box, after a symbol and over a bar of `counts` where these are given; returns half its width and height.
   * @param {Context} context
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {BadgeOptions} [options]
   */
  function badge(context, text, x, y, { abroad = false, shape = null, counts = null, looks = [] } = {}) {
    context.save();
    context.font = `600 12px ${FONT}`;
    const room = shape ? 16 : 0;
    const half = { x: Math.max(12, (context.measureText(text).width + room) / 2 + 7), y: 11 };
    context.beginPath();
    context.roundRect(x - half.x, y - half.y, 2 * half.x, 2 * half.y, abroad ? half.y : 3);
    stroke(context, model.colour("halo"), 4);
    context.fillStyle = model.colour("badge");
    context.fill();
    stroke(context, model.colour(abroad ? "cross_border" : "outline"), abroad ? 2 : sizes.outline);
    context.fillStyle = model.colour("badge_text");
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x + room / 2, y + 0.5);
    if (shape) {
      trace(context, shape, x - half.x + 13, y, 5.5);
      stroke(context, model.colour("badge_text"), 1.6);
    }
    if (counts) bar(context, counts, looks, x - half.x + 1, y + half.y - 3.5, 2 * half.x - 2, 3);
    context.restore();
    return half;
  }

  return { mark, cluster, circle, badge, frame, ring };
}

/**
 * A count in at most four signs.
 * @param {number} count
 */
export function shortCount(count) {
  if (count < 1e4) return String(count);
  return count < 1e6 ? `${Math.round(count / 1e3)}k` : `${(count / 1e6).toFixed(1)}M`;
}
