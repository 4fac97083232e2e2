/* Boxed numbers on the label points of countries and provinces: for what is known of an area as a whole. */

import { FORM } from "../core/marks.js";
import { latitude, longitude, mercatorX, mercatorY } from "../core/topology.js";
import { withoutMark } from "./grid.js";
import { selectedOf } from "./selection.js";
import { symbolTools } from "./symbols.js";

/** Badges of those of `records` that are selected: one for each area. `text(records, more)` says what stands on it, `lift` pixels above the area's label point; `others()`: Map of country code -> how many more there are without a mark. */
export function createBadges(model, records, { text, others = () => new Map(), lift = 0, ...look }) {
  const tools = symbolTools(model);
  const { store, marks } = model;
  let made = null;
  let drawn = [];

  function list() {
    const { selected } = model.derived;
    if (made?.of === selected) return made.badges;
    const badges = new Map();
    for (const i of selectedOf(model, records)) {
      const place = `${marks.x[i]} ${marks.y[i]}`;
      if (!badges.has(place))
        badges.set(place, {
          x: marks.x[i],
          y: marks.y[i],
          country: store.word("country_code", i),
          records: [],
          more: 0,
        });
      badges.get(place).records.push(i);
    }
    for (const [country, count] of others()) {
      const { lng, lat } = store.header.countries[country];
      const [x, y] = [mercatorX(lng), mercatorY(lat)];
      const place = `${x} ${y}`;
      if (!badges.has(place)) badges.set(place, { x, y, country, records: [], more: 0 });
      badges.get(place).more += count;
    }
    made = { of: selected, badges: [...badges.values()] };
    return made.badges;
  }

  /** On a country the badge names it: in the middle of the map it would seem to speak of the province beneath. */
  function wording({ records: here, country, more }) {
    return !here.length || marks.form[here[0]] === FORM.COUNTRY ? `${country} ${text(here, more)}` : text(here, more);
  }

  return {
    list,
    draw(context, view) {
      drawn = list().map((badge) => {
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
          [...records.slice(0, 3).map((i) => store.text("title", i)), more && withoutMark(more)].filter(Boolean),
        click: () => model.select(records.length === 1 ? records[0] : records, { latlng }),
      };
    },
  };
}
