/* Badges: boxed numbers on the label points of countries and provinces, for records of an area as a whole. */

import { FORM } from "../core/marks.js";
import { latitude, longitude, mercatorX, mercatorY } from "../core/topology.js";
import { withoutMark } from "./grid.js";
import { selectedOf } from "./selection.js";
import { symbolTools } from "./symbols.js";

/** @import { Badge, BadgeOptions, Context } from "../types/layers.d.ts" */
/** @import { Model } from "../types/model.d.ts" */
/** @import { CanvasView, Hit } from "../types/page.d.ts" */

const EDGE_PX = 2; // the halo of a badge

/**
 * Badges of those of `records` that are selected: one for each area.
 * @param {Model} model
 * @param {Int32Array} records
 * @param {object} options
 * @param {(records: number[], more: number) => string} options.text What stands on a badge.
 * @param {() => Map<string, number>} [options.others] By country code: how many incidents without a mark there are besides.
 * @param {number} [options.lift] Pixels above the label point of the area.
 * @param {boolean} [options.abroad]
 * @param {string} [options.shape]
 * @param {boolean} [options.stripped] Whether a page has the numbers of countries in its strips instead.
 */
export function createBadges(model, records, { text, others = () => new Map(), lift = 0, stripped = false, ...look }) {
  const tools = symbolTools(model);
  const { store, marks } = model;
  /** @type {{of: Uint8Array, badges: Badge[]} | null} */
  let made = null;
  /** @type {(Badge & {half: {x: number, y: number}, latlng: L.LatLng})[]} In pixels. */
  let drawn = [];

  function list() {
    const { selected } = model.derived;
    if (made?.of === selected) return made.badges;
    /** @type {Map<string, Badge>} */
    const badges = new Map();
    /** @type {(x: number, y: number, country: string) => Badge} */
    const at = (x, y, country) => {
      const place = `${x} ${y}`;
      const badge = badges.get(place) ?? { x, y, country, records: [], more: 0 };
      badges.set(place, badge);
      return badge;
    };
    for (const i of selectedOf(model, records))
      at(marks.x[i], marks.y[i], store.word("country_code", i)).records.push(i);
    for (const [country, count] of others()) {
      const { lng, lat } = store.header.countries[country];
      at(mercatorX(lng), mercatorY(lat), country).more += count;
    }
    made = { of: selected, badges: [...badges.values()] };
    return made.badges;
  }

  /**
   * On a country the badge names it: in the middle of the map it would seem to speak of the province beneath.
   * @param {Badge} badge
   */
  function wording(badge) {
    const words = text(badge.records, badge.more);
    return isCountry(badge) ? `${badge.country} ${words}` : words;
  }

  /** @param {Badge} badge */
  function isCountry({ records: here }) {
    return !here.length || marks.form[here[0]] === FORM.COUNTRY;
  }

  return {
    list,
    /**
     * @param {Context} context
     * @param {CanvasView} view
     */
    draw(context, view) {
      const shown = list().filter((badge) => !(stripped && model.hasPage && isCountry(badge)));
      drawn = shown.map((badge) => {
        const x = badge.x * view.scale - view.left;
        const y = badge.y * view.scale - view.top - lift;
        return {
          ...badge,
          x,
          y,
          half: tools.badge(context, wording(badge), x, y, look),
          latlng: L.latLng(latitude(badge.y), longitude(badge.x)),
        };
      });
      return drawn.length > 0;
    },
    /** @type {NonNullable<import("../types/page.d.ts").Painter["obstacles"]>} */
    obstacles: () => drawn.map(({ x, y, half }) => ({ x, y, half: { x: half.x + EDGE_PX, y: half.y + EDGE_PX } })),
    /** @type {NonNullable<import("../types/page.d.ts").Painter["where"]>} */
    where: (record) => drawn.find(({ records }) => records.includes(record)) ?? null,
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
      const { records, latlng, country, more } = found;
      return {
        key: `badge ${country} ${records[0]} ${records.length}`,
        lines: () =>
          [...records.slice(0, 3).map((i) => store.text("title", i)), more ? withoutMark(more) : ""].filter(Boolean),
        click: () => model.select(records.length === 1 ? records[0] : records, { latlng }),
      };
    },
  };
}
