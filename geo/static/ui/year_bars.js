/* The bars of the time bar: a column a year, a segment an event type; years without records keep a visible stub. */

import { t } from "../core/i18n.js";
import { between } from "../core/tally.js";
import { el, setAttribute } from "./dom.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("./year_scale.js").YearScale} YearScale */

/**
 * The bars; `update()` follows filters and theme, `lay(scale)` the years that are folded.
 * @param {Model} model
 */
export function createYearBars(model) {
  const { types } = model.derived.byYear;
  const element = el("div", { class: "geo-bars", role: "img" });
  /** @type {{ scale: YearScale, nodes: HTMLElement[], columns: HTMLElement[][] } | null} */
  let laid = null;

  /** @param {YearScale} scale */
  function lay(scale) {
    const columns = scale.slots.map(() => types.map(() => el("span", { class: "geo-segment" })));
    const nodes = scale.slots.map(({ from, to, width }, k) =>
      el(
        "span",
        { class: from < to ? "geo-bar geo-bar-fold" : "geo-bar", style: { "flex-grow": `${width * 1000}` } },
        columns[k],
      ),
    );
    element.replaceChildren(...nodes);
    laid = { scale, nodes, columns };
    update();
  }

  function update() {
    if (!laid) return;
    const { scale, nodes, columns } = laid;
    const { counts, years } = model.derived.byYear;
    const kinds = model.derived.tallies.map(({ counted }) => counted);
    /** @param {number} count */
    const what = (count) => t(`years.${kinds.length === 1 ? kinds[0] : "record"}`, { count });
    // What has no event type is of the colour of the interface, which is none of the types'.
    const plain = kinds.includes("incident") ? model.palette("") : "var(--geo-accent)";
    const colours = types.map((type) => (type ? model.palette(type) : plain));
    /** @param {number} year */
    const inYear = (year) => types.map((_, m) => counts[(year - years[0]) * types.length + m]);
    const parts = scale.slots.map(({ from, to }) =>
      from === to ? inYear(from) : types.map((type) => (type ? 0 : between(model.rows, kinds, [from, to]))),
    );
    const totals = parts.map((list) => list.reduce((sum, count) => sum + count, 0));
    const most = Math.max(1, ...totals);
    scale.slots.forEach(({ from, to }, k) => {
      nodes[k].classList.toggle("geo-bar-empty", totals[k] === 0);
      const name = t("years.bar", { year: from === to ? String(from) : `${from}–${to}`, what: what(totals[k]) });
      if (nodes[k].title !== name) nodes[k].title = name;
      columns[k].forEach((segment, m) => {
        const share = parts[k][m] / most;
        segment.style.height = share ? `max(1.5px, ${share * 100}%)` : "0"; // so that one incident can be seen beside hundreds
        segment.style.backgroundColor = from === to ? colours[m] : "var(--geo-muted)";
      });
    });
    const top = totals.indexOf(most);
    const text = () => t("years.chart", { year: nodes[top].title.split(":")[0], what: what(most) });
    setAttribute(element, "aria-label", top < 0 ? t("years.chart_empty") : text());
  }

  return { element, update, lay };
}
