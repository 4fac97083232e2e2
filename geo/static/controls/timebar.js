/* The time bar: one bar a year stacked by event type, and the period as a window with two handles over it. */

import { t } from "../core/i18n.js";
import * as describe from "../ui/describe.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { createTimeDrag } from "../ui/time_drag.js";
import * as timescale from "../ui/timescale.js";
import { createYearBars } from "../ui/year_bars.js";
import { createPlayer } from "./player.js";

const LABEL_ROOM = 38; // px that a year's label needs

export function createTimebar(model, _options, actions) {
  const extent = timescale.extent(model);
  const N = timescale.length(extent);
  const bars = createYearBars(model);
  const shadeBefore = el("div", { class: "geo-shade geo-shade-before" });
  const shadeAfter = el("div", { class: "geo-shade geo-shade-after" });
  const span = el("div", { class: "geo-window" });
  const handles = { from: handle("from"), to: handle("to") };
  const axis = el("div", { class: "geo-axis", "aria-hidden": "true" });
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
  const player = createPlayer(model);
  const all = button("geo-all", { text: t("years.all_button"), "aria-pressed": "false" }, () => choose(null));
  const undated = actions.list
    ? button("geo-undated", { text: " " }, () => actions.list("undated"))
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
    el("div", { class: "geo-timebar-track" }, track, axis),
    el("div", { class: "geo-timebar-tail" }, all, undated),
  );
  if (!model.extent) {
    for (const part of [buttons, track, axis, all]) part.hidden = true;
    track.before(el("p", { class: "geo-how" }, t("years.none")));
  }

  function handle(name) {
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
        onkeydown: (event) => key(event, name),
      },
      el("span", { class: "geo-grip", "aria-hidden": "true" }),
    );
  }

  function choose(years) {
    player.stop();
    return model.set({ years }, { source: "timebar" });
  }

  function step(delta) {
    choose(timescale.step(model.state.years, delta, extent));
  }

  /** Arrow keys on the bar's buttons step, as they do on its handles. */
  function stepByKey(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    step(event.key === "ArrowLeft" ? -1 : 1);
  }

  function key(event, name) {
    const current = (model.state.years ?? extent)[name === "from" ? 0 : 1];
    const targets = {
      ArrowLeft: current - 1,
      ArrowDown: current - 1,
      ArrowRight: current + 1,
      ArrowUp: current + 1,
      PageDown: current - 5,
      PageUp: current + 5,
      Home: extent[0],
      End: extent[1],
    };
    if (!(event.key in targets) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) choose(timescale.shift(model.state.years ?? extent, targets[event.key] - current, extent));
    else choose(timescale.resize(model.state.years, name, targets[event.key], extent));
  }

  function update() {
    const [from, to] = model.state.years ?? extent;
    const left = ((from - extent[0]) / N) * 100;
    const right = ((to - extent[0] + 1) / N) * 100;
    shadeBefore.style.width = `${left}%`;
    shadeAfter.style.left = `${right}%`;
    span.style.left = handles.from.style.left = `${left}%`;
    span.style.width = `${right - left}%`;
    handles.to.style.left = `${right}%`;
    describeHandle(handles.from, from, "aria-valuemax", to);
    describeHandle(handles.to, to, "aria-valuemin", from);
    setText(period, describe.period(model.state.years));
    setAttribute(all, "aria-pressed", model.state.years === null);
    const count = model.derived.totals.undated;
    undated.hidden = count === 0;
    setText(undated, t("years.undated", { count }));
  }

  function describeHandle(node, year, bound, other) {
    setAttribute(node, "aria-valuenow", year);
    setAttribute(node, "aria-valuetext", year);
    setAttribute(node, bound, other);
  }

  function layout() {
    const width = track.clientWidth;
    axis.replaceChildren(
      ...timescale
        .labels(extent, width, LABEL_ROOM)
        .map((year) => el("span", { style: { left: `${((year - extent[0] + 0.5) / N) * 100}%` } }, String(year))),
    );
  }

  const drag = createTimeDrag(track, model, choose);
  const observer = new ResizeObserver(layout);
  observer.observe(track);
  const stop = model.on("change", ({ changed }) => {
    if (changed.has("filters") || changed.has("theme")) bars.update();
    if (changed.has("years") || changed.has("filters")) update();
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
