/* The bars of the time bar: a column a year, a segment an event type; years without records keep a visible stub. */

import { t } from "../core/i18n.js";
import { el, setAttribute } from "./dom.js";

/** @typedef {import("../types/model.d.ts").Model} Model */

/**
 * The bars; `update()` follows filters and theme.
 * @param {Model} model
 */
export function createYearBars(model) {
  const { years, types } = model.derived.byYear;
  const columns = years.map(() => types.map(() => el("span", { class: "geo-segment" })));
  const nodes = years.map((_, k) => el("span", { class: "geo-bar" }, columns[k]));
  const element = el("div", { class: "geo-bars", role: "img" }, nodes);

  function update() {
    const { counts } = model.derived.byYear;
    const kinds = model.derived.tallies.map(({ counted }) => counted);
    /** @param {number} count */
    const what = (count) => t(`years.${kinds.length === 1 ? kinds[0] : "record"}`, { count });
    // What has no event type is of the colour of the interface, which is none of the types'.
    const plain = kinds.includes("incident") ? model.palette("") : "var(--geo-accent)";
    const totals = years.map((_, k) => types.reduce((sum, __, m) => sum + counts[k * types.length + m], 0));
    const most = Math.max(1, ...totals);
    const colours = types.map((type) => (type ? model.palette(type) : plain));
    years.forEach((year, k) => {
      nodes[k].classList.toggle("geo-bar-empty", totals[k] === 0);
      const name = t("years.bar", { year: String(year), what: what(totals[k]) });
      if (nodes[k].title !== name) nodes[k].title = name;
      columns[k].forEach((segment, m) => {
        const share = counts[k * types.length + m] / most;
        segment.style.height = share ? `max(1.5px, ${share * 100}%)` : "0"; // so that one incident can be seen beside hundreds
        segment.style.backgroundColor = colours[m];
      });
    });
    const top = totals.indexOf(most);
    setAttribute(
      element,
      "aria-label",
      top < 0 ? t("years.chart_empty") : t("years.chart", { year: String(years[top]), what: what(most) }),
    );
  }

  update();
  return { element, update };
}
