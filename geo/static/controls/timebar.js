/* The time bar: a stacked bar for each year, and over the bars the period as a window with two handles. */

import { t } from "../core/i18n.js";
import { inEachYear } from "../core/tally.js";
import * as describe from "../ui/describe.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { head } from "../ui/shown.js";
import { createTimeDrag } from "../ui/time_drag.js";
import * as timescale from "../ui/timescale.js";
import { createYearBars } from "../ui/year_bars.js";
import { createScale } from "../ui/year_scale.js";
import { createPlayer } from "./player.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../ui/timescale.js").Handle} Handle */

const LABEL_ROOM = 38; // px that a year's label needs

/**
 * The time bar; its count of undated records opens the list where `actions.list` is given.
 * @param {Model} model
 * @param {Options} _options
 * @param {{ list?: Actions["list"] | null }} actions
 */
export function createTimebar(model, _options, actions) {
  const extent = timescale.extent(model);
  let scale = newScale();
  const bars = createYearBars(model);
  bars.lay(scale);
  const shadeBefore = el("div", { class: "geo-shade geo-shade-before" });
  const shadeAfter = el("div", { class: "geo-shade geo-shade-after" });
  const span = el("div", { class: "geo-window" });
  const handles = {
    from: createHandle("from", extent, (event) => key(event, "from")),
    to: createHandle("to", extent, (event) => key(event, "to")),
  };
  const axis = createAxis();
  // Time runs from left to right in every language.
  const track = el(
    "div",
    { class: "geo-track", dir: "ltr" },
    bars.element,
    shadeBefore,
    shadeAfter,
    span,
    handles.from,
    handles.to,
  );
  const period = el("p", { class: "geo-period" });
  const player = createPlayer(model, () => scale);
  const all = button("geo-all", { text: t("years.all_button"), "aria-pressed": "false" }, () => choose(null));
  const { list } = actions;
  const undated = list
    ? button("geo-undated", { text: " " }, () => list("undated"))
    : el("span", { class: "geo-undated geo-undated-count" });
  const buttons = el(
    "div",
    { class: "geo-timebar-buttons", role: "group", "aria-label": t("years.buttons") },
    player.element,
    button("geo-step", { icon: "previous", label: t("years.previous") }, () => step(-1)),
    button("geo-step", { icon: "next", label: t("years.next") }, () => step(1)),
  );
  const element = el(
    "section",
    { class: "geo-timebar", "aria-label": t("years.region"), onkeydown: stepByKey },
    el("div", { class: "geo-timebar-head" }, buttons, period),
    el("div", { class: "geo-timebar-track" }, track, axis.element),
    el("div", { class: "geo-timebar-tail" }, all, undated),
  );
  if (!model.extent) {
    for (const part of [buttons, track, axis.element, all]) part.hidden = true;
    track.before(el("p", { class: "geo-how" }, t("years.none")));
  }

  /** @param {Years | null} years */
  function choose(years) {
    player.stop();
    return model.set({ years }, { source: "timebar" });
  }

  /** @param {-1 | 1} by */
  function step(by) {
    choose(scale.step(model.state.years, by));
  }

  /** The years as they lie on the bar: a map of strongholds folds other years than one of incidents. */
  function newScale() {
    const kinds = model.derived.tallies.map(({ counted }) => counted);
    return createScale(extent, inEachYear(model.rows, kinds, extent));
  }

  function fold() {
    scale = newScale();
    bars.lay(scale);
    axis.layout(scale, track.clientWidth);
  }

  /**
   * Arrow keys on the bar's buttons step, as they do on its handles.
   * @param {KeyboardEvent} event
   */
  function stepByKey(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    step(event.key === "ArrowLeft" ? -1 : 1);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Handle} name
   */
  function key(event, name) {
    const current = (model.state.years ?? extent)[name === "from" ? 0 : 1];
    const year = timescale.yearByKey(event.key, current, extent);
    if (year === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // `stepByKey` would move the period as well
    if (event.shiftKey) choose(timescale.shift(model.state.years ?? extent, year - current, extent));
    else choose(timescale.resize(model.state.years, name, year, extent));
  }

  function update() {
    const [from, to] = model.state.years ?? extent;
    const left = scale.start(from) * 100;
    const right = scale.end(to) * 100;
    shadeBefore.style.width = `${left}%`;
    shadeAfter.style.left = `${right}%`;
    span.style.left = handles.from.style.left = `${left}%`;
    span.style.width = `${right - left}%`;
    handles.to.style.left = `${right}%`;
    describeHandle(handles.from, from, "aria-valuemax", to);
    describeHandle(handles.to, to, "aria-valuemin", from);
    setText(period, describe.period(model.state.years));
    setAttribute(all, "aria-pressed", model.state.years === null);
    const { noYear, before } = head(model.derived.tallies, model.state.years);
    // Hidden, it keeps its place: the bar must not move while it plays.
    undated.style.visibility = noYear ? "visible" : "hidden";
    // Short, for a phone: the title card says how many of them are known only to be before a date.
    setText(undated, t(before ? "years.without" : "years.undated", { count: noYear }));
  }

  const drag = createTimeDrag(track, model, () => scale, choose);
  const observer = new ResizeObserver(() => axis.layout(scale, track.clientWidth));
  observer.observe(track);
  const stop = model.on("change", ({ changed }) => {
    if (changed.has("layers")) fold();
    else if (changed.has("filters") || changed.has("theme")) bars.update();
    if (changed.has("years") || changed.has("filters") || changed.has("layers")) update();
  });
  update();
  return {
    element,
    destroy() {
      stop();
      observer.disconnect();
      drag.destroy();
      player.destroy();
    },
  };
}

/**
 * One end of the period: a slider for the keyboard and for screen readers; ui/time_drag.js drags it.
 * @param {Handle} name
 * @param {Years} extent
 * @param {(event: KeyboardEvent) => void} onkeydown
 */
function createHandle(name, extent, onkeydown) {
  return el(
    "div",
    {
      class: `geo-handle geo-handle-${name}`,
      role: "slider",
      tabindex: "0",
      "aria-label": t(`years.${name}`),
      "aria-orientation": "horizontal",
      "aria-valuemin": extent[0],
      "aria-valuemax": extent[1],
      onkeydown,
    },
    el("span", { class: "geo-grip", "aria-hidden": "true" }),
  );
}

/**
 * Set the values of a handle: its year, and the other handle's year as its bound.
 * @param {HTMLElement} node
 * @param {number} year
 * @param {"aria-valuemin" | "aria-valuemax"} bound
 * @param {number} other
 */
function describeHandle(node, year, bound, other) {
  setAttribute(node, "aria-valuenow", year);
  setAttribute(node, "aria-valuetext", year);
  setAttribute(node, bound, other);
}

/** The years below the bars; `layout(scale, width)` labels as many as fit. */
function createAxis() {
  const element = el("div", { class: "geo-axis", "aria-hidden": "true" });
  return {
    element,
    /**
     * @param {import("../ui/year_scale.js").YearScale} scale
     * @param {number} width
     */
    layout(scale, width) {
      const labels = scale.labels(width, LABEL_ROOM);
      element.replaceChildren(...labels.map(({ text, at }) => el("span", { style: { left: `${at * 100}%` } }, text)));
    },
  };
}
