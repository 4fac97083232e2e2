/* How groups look that claim strongholds: colour, angle and kind of lines; their entries in the legend, and their short names. */

import * as i18n from "../core/i18n.js";
import { textOr } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { hatch } from "./hatch.js";
import { countBy, selectedOf } from "./selection.js";
import { symbolTools } from "./symbols.js";

/** @import { Column } from "../types/data.d.ts" */
/** @import { Context, GroupLook } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { LegendEntry } from "../types/page.d.ts" */

export const TIERS = ["assessed", "reported", "claimed"]; // the best first
const SHORT = 9; // letters of a short name

/** The level of a claim. @type {(model: Model, i: number) => string} */
export const tierOf = (model, i) => model.store.word("tier", i) || "claimed";

/**
 * The short name that a group's own has in brackets, or else its first word, cut.
 * @param {string} name
 */
export function shortName(name) {
  const inside = /\(([^()]{1,12})\)\s*$/.exec(name);
  if (inside) return inside[1];
  return name.length <= SHORT ? name : `${name.slice(0, SHORT - 1).trimEnd()}…`;
}

/**
 * Looks of groups by code of the column group; 0 is a stronghold without one.
 * @param {Model} model
 * @returns {GroupLook[]}
 */
export function looks(model) {
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
export function pattern(context, model, { colour, angle, line }, groups = 1) {
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
 * @param {Model} model
 * @param {Int32Array} all
 * @param {Column} groups By record.
 * @returns {LegendEntry[]}
 */
export function strongholdsLegend(model, all, groups) {
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
    ...shields(model),
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

/**
 * The symbols of claims at a place, in the legend.
 * @param {Model} model
 * @returns {LegendEntry[]}
 */
function shields(model) {
  const tools = symbolTools(model);
  const look = { shape: "shield", colour: model.colour("muted") };
  return [
    {
      word: "shield",
      label: textOr("legend.shield", "claim at a town or site"),
      count: null,
      paint: (context, width, height) => tools.mark(context, look, FORM.POINT, width / 2, height / 2),
    },
    {
      word: "shields",
      label: textOr("legend.shields", "several claims there, by group"),
      count: null,
      paint: (context, width, height) => {
        context.translate(width / 2, height / 2);
        context.scale(0.72, 0.72);
        const counts = Uint32Array.of(1, 1);
        const looks = [0, 1].map((k) => ({
          shape: "shield",
          colour: model.styles.groups[k]?.[model.theme] ?? look.colour,
        }));
        tools.badge(context, "2", 0, 0, { shape: "shield", counts, looks });
      },
    },
    {
      word: "crowded",
      label: textOr("legend.crowded", "area of more than two groups, by their number or names"),
      count: null,
      paint: (context, width, height) => {
        context.translate(width / 2, height / 2);
        context.scale(0.72, 0.72);
        const looks = [0, 1, 2].map((k) => ({
          shape: "shield",
          colour: model.styles.groups[k]?.[model.theme] ?? look.colour,
        }));
        tools.badge(context, "3", 0, 0, { counts: Uint32Array.of(1, 1, 1), looks });
      },
    },
  ];
}
