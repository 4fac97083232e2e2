/* Play: the period moves on by a year at a time to the end of the data. */

import { t } from "../core/i18n.js";
import { button, icon } from "../ui/dom.js";
import * as timescale from "../ui/timescale.js";

const PAUSE_MS = 1100; // long enough to read the map of one year

export function createPlayer(model) {
  const extent = timescale.extent(model);
  let timer = null;
  const play = icon("play");
  const pause = icon("pause");
  const element = button("geo-play", { label: t("years.play") }, () => (timer === null ? start() : stop()));
  element.append(play);

  function show(playing) {
    const name = t(playing ? "years.pause" : "years.play");
    element.replaceChildren(playing ? pause : play);
    element.setAttribute("aria-label", name);
    element.title = name;
  }

  function start() {
    const { years } = model.state;
    const atEnd = years && years[1] === extent[1];
    const first = atEnd ? timescale.shift(years, -Infinity, extent) : timescale.step(years, 1, extent);
    show(true);
    go(first);
  }

  async function go(years) {
    timer = setTimeout(next, PAUSE_MS);
    await model.set({ years }, { source: "player" });
  }

  function next() {
    const { years } = model.state;
    if (!years || years[1] === extent[1]) stop();
    else go(timescale.shift(years, 1, extent));
  }

  function stop() {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    show(false);
  }

  return { element, stop, playing: () => timer !== null, destroy: stop };
}
