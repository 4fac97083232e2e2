/* The play button: moves the period on, a year at a time, to the end of the data. */

import { t } from "../core/i18n.js";
import { button, icon } from "../ui/dom.js";
import * as timescale from "../ui/timescale.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Years} Years */

const PAUSE_MS = 1100; // long enough to read the map of one year

/**
 * The play button; `stop()` pauses.
 * @param {Model} model
 * @param {() => import("../ui/year_scale.js").YearScale} scale
 */
export function createPlayer(model, scale) {
  const extent = timescale.extent(model);
  /** @type {ReturnType<typeof setTimeout> | undefined} Undefined while it does not play. */
  let timer;
  const play = icon("play");
  const pause = icon("pause");
  const element = button("geo-play", { label: t("years.play") }, () => (timer === undefined ? start() : stop()));
  element.append(play);

  /** @param {boolean} playing */
  function show(playing) {
    const name = t(playing ? "years.pause" : "years.play");
    element.replaceChildren(playing ? pause : play);
    element.setAttribute("aria-label", name);
    element.title = name;
  }

  /** @type {Years | null} The period that was chosen before. */
  let chosen = null;

  function start() {
    const { years } = model.state;
    chosen = years;
    const atEnd = years && years[1] === extent[1];
    const first = !years ? firstShown() : atEnd ? timescale.shift(years, -Infinity, extent) : scale().step(years, 1);
    show(true);
    go(first);
  }

  /** The first stretch of the bar that has a record under the filters: nobody waits for the empty years before. */
  function firstShown() {
    const { years, types, counts } = model.derived.byYear;
    const at = counts.findIndex((count) => count > 0);
    const { from, to } = scale().slotOf(at < 0 ? extent[0] : years[Math.floor(at / types.length)]);
    return /** @type {Years} */ ([from, to]);
  }

  /** @param {Years} years */
  async function go(years) {
    timer = setTimeout(next, PAUSE_MS);
    await model.set({ years }, { source: "player" });
  }

  function next() {
    const { years } = model.state;
    if (!years || years[1] === extent[1]) {
      stop();
      model.set({ years: chosen }, { source: "player" }); // play shows, it does not choose
    } else go(scale().step(years, 1));
  }

  function stop() {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    show(false);
  }

  return { element, stop, playing: () => timer !== undefined, destroy: stop };
}
